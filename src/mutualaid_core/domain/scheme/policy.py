"""Policy (政策文件): what a region's documents ask of every scheme under them."""

import datetime

import attrs

from mutualaid_core.domain.scheme.dues import FundingSource
from mutualaid_core.domain.scheme.eligibility import Employment, InsuranceType
from mutualaid_core.domain.scheme.region import PoolLevel, PoolType
from mutualaid_core.domain.scheme.source import SourceDocument, unknown_sources
from mutualaid_core.domain.values.checks import at_least, checked, identifier, not_blank, not_empty, positive
from mutualaid_core.domain.values.identifiers import PolicyId
from mutualaid_core.domain.values.money import Money
from mutualaid_core.domain.values.ratio import Ratio
from mutualaid_core.errors import InvalidValueError

SMALL_GROUP_LEAST = 5
"""No policy may publish figures of fewer persons than this."""


@attrs.frozen(kw_only=True, field_transformer=checked)
class PoolingTerms:
    """Where money is pooled (统筹层次).

    Clause:
        HN-3.2.1a, HN-3.2.1b, ACFTU-4.2a
    """

    level: PoolLevel
    types: tuple[PoolType, ...] = attrs.field(validator=not_empty)
    source: str = attrs.field(validator=not_blank)


@attrs.frozen(kw_only=True, field_transformer=checked)
class ParticipationGate:
    """Participation gate (参与率要求) of a unit.

    Attributes:
        ratio_min: Least share of the eligible workers that must join.
        all_below: Below this many eligible workers everybody must join; 0 for no such rule.
        source: Clause.

    Clause:
        HN-4.1.2a, HN-4.1.2b
    """

    ratio_min: Ratio
    all_below: int = attrs.field(validator=at_least(0))
    source: str = attrs.field(validator=not_blank)


@attrs.frozen(kw_only=True, field_transformer=checked)
class ContributionTerms:
    """What a scheme may ask of a member (缴费标准范围).

    Attributes:
        amount_min: Least dues per share and period.
        amount_max: Highest dues per share and period.
        shares_max: Most shares per person.
        payers: Sources that may bear a part.
        collect_from: First day on which dues may be received.
        source: Clause.

    Clause:
        HN-4.3.1, HN-4.3.4b, HN-4.3.4c, HN-5.2.2a
    """

    amount_min: Money = attrs.field(validator=positive)
    amount_max: Money = attrs.field(validator=positive)
    shares_max: int = attrs.field(validator=positive)
    payers: tuple[FundingSource, ...] = attrs.field(validator=not_empty)
    collect_from: datetime.date
    source: str = attrs.field(validator=not_blank)

    def __attrs_post_init__(self) -> None:
        """Refuse a range that allows nothing."""
        if self.amount_max < self.amount_min:
            raise InvalidValueError("amount_max", f"must be >= {self.amount_min}", str(self.amount_max))


@attrs.frozen(kw_only=True, field_transformer=checked)
class BenefitLimits:
    """What a scheme's benefit must keep to (补助标准要求).

    Attributes:
        deductible_max: Highest deductible allowed.
        waiting_days_max: Longest waiting period allowed.
        earlier_payers: Settlement fields that every base must subtract.
        cap_required: Whether a cap per person and period must be set.
        pay_from: First day on which benefits may be paid.
        source: Clause.

    Clause:
        HN-4.2.1e, HN-4.4.2a, HN-4.4.2b, HN-4.4.3c, HN-5.2.2b
    """

    deductible_max: Money = attrs.field(validator=at_least(0))
    waiting_days_max: int = attrs.field(validator=at_least(0))
    earlier_payers: tuple[str, ...]
    cap_required: bool
    pay_from: datetime.date
    source: str = attrs.field(validator=not_blank)


@attrs.frozen(kw_only=True, field_transformer=checked)
class EligibilityLimits:
    """Whom schemes may admit (参加对象).

    Clause:
        HN-4.1.1b, HN-4.1.1c, HN-3.1.2c
    """

    insurance_types: tuple[InsuranceType, ...] = attrs.field(validator=not_empty)
    employments: tuple[Employment, ...] = attrs.field(validator=not_empty)
    source: str = attrs.field(validator=not_blank)


@attrs.frozen(kw_only=True, field_transformer=checked)
class DisclosureTerms:
    """What may be published of a period (公示要求).

    Attributes:
        persons_min: A figure that rests on fewer persons is hidden; at least 5.
        largest_share_max: A sum of money is hidden where one person has more of it.
        source: Clause, or who decided it.

    Clause:
        HN-4.5.5, ACFTU-14.2a, ACFTU-14.2c, ACFTU-11.3b
    """

    persons_min: int = attrs.field(validator=at_least(SMALL_GROUP_LEAST))
    largest_share_max: Ratio
    source: str = attrs.field(validator=not_blank)


@attrs.frozen(kw_only=True, field_transformer=checked)
class Policy:
    """Policy (政策文件): the rules above every scheme of a region.

    Attributes:
        policy_id: Id, for example ``HN-2013``.
        title: Title of the document.
        valid_from: Day from which it holds.
        documents: Documents that the parameters cite, besides clauses.
        pooling: Where money is pooled.
        eligibility: Whom schemes may admit.
        participation: The gate of a unit.
        contribution: What schemes may ask.
        benefit: What benefits must keep to.
        disclosure: What may be published.
    """

    policy_id: PolicyId = attrs.field(validator=identifier)
    title: str = attrs.field(validator=not_blank)
    valid_from: datetime.date
    documents: tuple[SourceDocument, ...]
    pooling: PoolingTerms
    eligibility: EligibilityLimits
    participation: ParticipationGate
    contribution: ContributionTerms
    benefit: BenefitLimits
    disclosure: DisclosureTerms

    def __attrs_post_init__(self) -> None:
        """Refuse a parameter that cites nothing known."""
        parts = (
            self.pooling,
            self.eligibility,
            self.participation,
            self.contribution,
            self.benefit,
            self.disclosure,
        )
        if unknown := unknown_sources(tuple(part.source for part in parts), self.documents):
            hint = "list it under documents, or cite a clause id"
            raise InvalidValueError(
                "source", "must be a clause or a listed document", ", ".join(unknown), hint=hint
            )
