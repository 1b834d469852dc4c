"""Policy: ranges that allow something, thresholds that protect, sources that exist, directions."""

import datetime
from typing import Any

import attrs
import pytest

from mutualaid_core.domain.scheme.dues import FundingSource
from mutualaid_core.domain.scheme.eligibility import Employment, InsuranceType
from mutualaid_core.domain.scheme.policy import (
    SUBJECTS,
    BenefitLimits,
    Cite,
    ContributionTerms,
    Direction,
    DisclosureTerms,
    EligibilityLimits,
    Extends,
    ParticipationGate,
    Policy,
    PoolingTerms,
    rulings_of,
)
from mutualaid_core.domain.scheme.policy.direction import NO_IS_STRICTER, YES_IS_STRICTER, ruled
from mutualaid_core.domain.scheme.policy.fund import AccountMap, Subsidy
from mutualaid_core.domain.scheme.policy.membership import MembershipMode
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
        cites=(Cite(field="shares_max", source="HN-4.3.4c"),),
    )


@pytest.fixture
def policy(contribution: ContributionTerms) -> Policy:
    """The policy of HN-2013."""
    return Policy(
        policy_id="HN-2013",
        title="指导意见",
        document="HN",
        valid_from=DAY,
        documents=(SourceDocument(id="memo", title="备忘录", grade=Grade.MADE_UP),),
        pooling=PoolingTerms(levels=(PoolLevel.CITY,), types=tuple(PoolType), source="HN-3.2.1a"),
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


@pytest.mark.parametrize("end", ["amount_min", "amount_max"])
def test_a_range_may_have_one_end(contribution: ContributionTerms, end: str) -> None:
    """A layer that is silent on one end of the range must pass."""
    changed = attrs.evolve(contribution, **{end: None})
    assert end not in changed.told


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


def test_a_single_parameter_cites_what_is_known(policy: Policy, contribution: ContributionTerms) -> None:
    """A source of one parameter alone, and one of a dated row, must be known too."""
    cited = attrs.evolve(contribution, cites=(Cite(field="shares_max", source="hearsay"),))
    row = Subsidy(per_head=Money(50), first_year=2014, last_year=2016, source="rumour")
    with pytest.raises(InvalidValueError, match="got 'hearsay, rumour'"):
        attrs.evolve(policy, contribution=cited, subsidies=(row,))


def test_a_listed_document_may_be_cited(policy: Policy) -> None:
    """A source that the policy lists must pass, and fail once the list is empty."""
    with pytest.raises(InvalidValueError, match="got 'memo'"):
        attrs.evolve(policy, documents=())


def test_a_policy_may_be_silent() -> None:
    """A policy without parameters must be one, with nothing told and nothing cited."""
    silent = Policy(policy_id="CITY", title="市级办法", valid_from=DAY)
    assert [terms.told for terms in silent.subjects.values()] == [()] * len(SUBJECTS)
    assert silent.sources == ()


def test_a_parameter_is_printed_somewhere() -> None:
    """A parameter without a source must be refused, and one that is cited alone pass."""
    with pytest.raises(InvalidValueError, match="source must be given for waiting_days_max"):
        BenefitLimits(waiting_days_max=0)
    cited = BenefitLimits(waiting_days_max=0, cites=(Cite(field="waiting_days_max", source="HN-4.4.2b"),))
    assert cited.sources == ("HN-4.4.2b",)


def test_a_parameter_has_the_source_of_its_subject_or_its_own(contribution: ContributionTerms) -> None:
    """The second share must cite its own clause, the amount that of the subject."""
    found = [contribution.source_of(name) for name in ("shares_max", "amount_max")]
    assert found == ["HN-4.3.4c", "HN-4.3.4b"]


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        (("payers", "refund"), "cites must name parameters that are set, got 'refund'"),
        (("source",), "cites must name parameters that are set, got 'source'"),
        (("payers", "payers"), "cites must name each parameter once, got 'payers, payers'"),
    ],
)
def test_citations_name_parameters_once(
    contribution: ContributionTerms, fields: tuple[str, ...], message: str
) -> None:
    """A citation of what is not set, or of one parameter twice, must be refused."""
    cites = tuple(Cite(field=field, source="HN-4.3.1") for field in fields)
    with pytest.raises(InvalidValueError, match=message):
        attrs.evolve(contribution, cites=cites)


@pytest.mark.parametrize("codes", [("2l",), ("21", "zz")])
def test_kinds_of_care_exist(codes: tuple[str, ...]) -> None:
    """A policy must not allow what no settlement can have as its kind of care."""
    with pytest.raises(InvalidValueError, match="kinds_of_care must be kinds of care such as 11, 13"):
        BenefitLimits(kinds_of_care=codes)


def test_a_list_names_each_once(policy: Policy) -> None:
    """A level that is told twice must be refused."""
    with pytest.raises(InvalidValueError, match="levels must name each once"):
        attrs.evolve(policy.pooling, levels=(PoolLevel.CITY, PoolLevel.CITY))


def test_a_document_is_one_of_the_sources(policy: Policy) -> None:
    """A document whose clauses nobody knows must be refused, and a policy without one pass."""
    with pytest.raises(InvalidValueError, match="document must be one of ACFTU, SN, GD, HN, TXT"):
        attrs.evolve(policy, document="BJ")
    assert attrs.evolve(policy, document=None).document is None


@pytest.mark.clause("ACFTU-18.1")
def test_no_policy_stands_above_itself(policy: Policy) -> None:
    """A policy that extends itself must be refused."""
    with pytest.raises(InvalidValueError, match="extends must be another policy, got 'HN-2013'"):
        attrs.evolve(policy, extends=Extends(policy="HN-2013", from_day=DAY))
    assert attrs.evolve(policy, extends=Extends(policy="ACFTU-2018", from_day=DAY)).extends is not None


DIRECTIONS = {
    "pooling.levels": "subset",
    "pooling.types": "free",
    "pooling.risk_coordination": "free",
    "eligibility.classes": "subset",
    "participation.ratio_min": "min",
    "product.structure": "free",
    "product.rider_requires_main": "tighten_only",
    "contribution.shares_max": "max",
    "contribution.amount_max": "max",
    "contribution.payers": "subset",
    "contribution.refund": "fixed",
    "contribution.portability": "fixed",
    "benefit.deductible_max": "fixed",
    "benefit.waiting_days_max": "fixed",
    "benefit.basis": "subset",
    "fund.fee_rate_max": "max",
    "fund.cost_payer": "tighten_only",
    "fund.side_spending": "tighten_only",
    "account.exception": "tighten_only",
    "placement.allow": "subset",
    "claims.levels": "free",
    "supervision.committee": "tighten_only",
    "governance.internal_rules": "superset",
    "disclosure.contents": "superset",
    "assessment.subjects": "free",
    "product.commercial_plan": "tighten_only",
}
"""Directions of the project's table of fields (clauses, section 5)."""


@pytest.mark.parametrize(("path", "direction"), DIRECTIONS.items())
@pytest.mark.clause("ACFTU-18.1")
def test_each_parameter_has_the_direction_of_the_table(path: str, direction: str) -> None:
    """The direction beside a field must be that which the table of the documents gives it."""
    subject, _, name = path.partition(".")
    assert rulings_of(SUBJECTS[subject])[name].direction is Direction(direction)


def test_orders_go_from_loose_to_strict() -> None:
    """The ways in must become fewer along the order, and truths be ordered either way."""
    assert rulings_of(SUBJECTS["membership"])["mode"].order == tuple(MembershipMode)
    assert rulings_of(SUBJECTS["claims"])["posts_separated"].order == YES_IS_STRICTER
    assert rulings_of(SUBJECTS["account"])["exception"].order == NO_IS_STRICTER


@pytest.mark.parametrize(
    ("direction", "order"), [(Direction.TIGHTEN_ONLY, ()), (Direction.MAX, YES_IS_STRICTER)]
)
def test_an_order_belongs_to_tightening(direction: Direction, order: tuple[object, ...]) -> None:
    """An order without tightening, and tightening without an order, must be refused."""
    with pytest.raises(InvalidValueError, match="order must be given for tighten_only, and only for it"):
        ruled(direction, "ACFTU-18.1", *order)


@pytest.mark.parametrize(
    ("row", "changes", "message"),
    [
        (
            Subsidy(per_head=Money(50), first_year=2014, last_year=2014, source="HN-4.6.3"),
            {"last_year": 2013},
            "last_year must be >= 2014, got 2013",
        ),
        (
            AccountMap(spending="aid", account="工会经费", first_day=DAY, last_day=DAY, source="SN-2.3.3"),
            {"last_day": datetime.date(2013, 12, 31)},
            "last_day must be >= 2014-01-01, got '2013-12-31'",
        ),
    ],
)
def test_a_row_does_not_end_before_it_starts(
    row: Subsidy | AccountMap, changes: dict[str, Any], message: str
) -> None:
    """Years and days of a row must be in their order, and may be the same."""
    with pytest.raises(InvalidValueError, match=message):
        attrs.evolve(row, **changes)


@pytest.mark.parametrize(
    ("last_day", "day", "holds"),
    [
        (None, datetime.date(2013, 12, 31), False),
        (None, DAY, True),
        (None, datetime.date(2099, 1, 1), True),
        (DAY, DAY, True),
        (DAY, datetime.date(2014, 1, 2), False),
    ],
)
@pytest.mark.clause("SN-2.3.3")
def test_a_map_has_its_days(
    last_day: datetime.date | None,
    day: datetime.date,
    holds: bool,  # noqa: FBT001  # the expected truth
) -> None:
    """A map must hold from its first day to its last, both included, or without an end."""
    row = AccountMap(spending="aid", account="工会经费", first_day=DAY, last_day=last_day, source="SN-2.3.3")
    assert row.holds_on(day) is holds
