"""Policy: ranges that allow something, thresholds that protect, sources that exist."""

import datetime

import attrs
import pytest

from mutualaid_core.domain.scheme.dues import FundingSource
from mutualaid_core.domain.scheme.eligibility import Employment, InsuranceType
from mutualaid_core.domain.scheme.policy import (
    BenefitLimits,
    ContributionTerms,
    DisclosureTerms,
    EligibilityLimits,
    ParticipationGate,
    Policy,
    PoolingTerms,
)
from mutualaid_core.domain.scheme.region import PoolLevel, PoolType
from mutualaid_core.domain.scheme.source import Grade, SourceDocument
from mutualaid_core.domain.values.money import ZERO, Money
from mutualaid_core.domain.values.ratio import Ratio
from mutualaid_core.errors import InvalidValueError

DAY = datetime.date(2014, 1, 1)


@pytest.fixture
def contribution() -> ContributionTerms:
    """HN-4.3.4b: 40 to 60 yuan."""
    return ContributionTerms(
        amount_min=Money(4_000),
        amount_max=Money(6_000),
        shares_max=1,
        payers=tuple(FundingSource),
        collect_from=DAY,
        source="HN-4.3.4b",
    )


@pytest.fixture
def policy(contribution: ContributionTerms) -> Policy:
    """The policy of HN-2013."""
    return Policy(
        policy_id="HN-2013",
        title="指导意见",
        valid_from=DAY,
        documents=(SourceDocument(id="memo", title="备忘录", grade=Grade.MADE_UP),),
        pooling=PoolingTerms(level=PoolLevel.CITY, types=tuple(PoolType), source="HN-3.2.1a"),
        eligibility=EligibilityLimits(
            insurance_types=(InsuranceType.EMPLOYEE,), employments=tuple(Employment), source="HN-4.1.1b"
        ),
        participation=ParticipationGate(ratio_min=Ratio(80, 100), all_below=30, source="HN-4.1.2a"),
        contribution=contribution,
        benefit=BenefitLimits(
            deductible_max=ZERO,
            waiting_days_max=0,
            earlier_payers=("fund_pay_sumamt",),
            cap_required=True,
            pay_from=DAY,
            source="HN-4.4.2a",
        ),
        disclosure=DisclosureTerms(persons_min=5, largest_share_max=Ratio(1, 2), source="memo"),
    )


@pytest.mark.clause("HN-4.3.4b")
def test_a_range_allows_something(contribution: ContributionTerms) -> None:
    """Highest dues below the lowest must be refused, the same amount must pass."""
    assert Money(4_000) == attrs.evolve(contribution, amount_max=Money(4_000)).amount_max
    with pytest.raises(InvalidValueError, match=r"amount_max must be >= 40\.00, got '39\.99'"):
        attrs.evolve(contribution, amount_max=Money(3_999))


@pytest.mark.clause("ACFTU-11.3b")
def test_no_policy_publishes_small_groups(policy: Policy) -> None:
    """A threshold of fewer than five persons must be refused."""
    with pytest.raises(InvalidValueError, match="persons_min must be >= 5, got 4"):
        attrs.evolve(policy.disclosure, persons_min=4)


def test_a_parameter_cites_what_is_known(policy: Policy) -> None:
    """A source that is neither a clause nor a listed document must be refused with advice."""
    gate = attrs.evolve(policy.participation, source="hearsay")
    with pytest.raises(
        InvalidValueError, match="must be a clause or a listed document, got 'hearsay'"
    ) as caught:
        attrs.evolve(policy, participation=gate)
    assert caught.value.hint == "list it under documents, or cite a clause id"


def test_a_listed_document_may_be_cited(policy: Policy) -> None:
    """A source that the policy lists must pass, and fail once the list is empty."""
    with pytest.raises(InvalidValueError, match="got 'memo'"):
        attrs.evolve(policy, documents=())
