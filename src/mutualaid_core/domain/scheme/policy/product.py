"""Products, contributions and benefits (项目、缴费、给付): what a scheme may offer and ask."""

import datetime
import enum

import attrs

from mutualaid_core.domain.scheme.benefit.terms import Basis
from mutualaid_core.domain.scheme.dues import FundingSource
from mutualaid_core.domain.scheme.facts import KINDS_OF_CARE, EventKind, is_kind_of_care
from mutualaid_core.domain.scheme.policy.direction import YES_IS_STRICTER, Direction, Terms, each_once, ruled
from mutualaid_core.domain.values.checks import Field, checked, not_negative, optional, positive, public_name
from mutualaid_core.domain.values.money import Money
from mutualaid_core.errors import InvalidValueError


class Structure(enum.Enum):
    """How the products of a region hang together (项目结构)."""

    SINGLE = "single"
    """One item without parts (HN-4.2.1a)."""
    MAIN_WITH_RIDERS = "main_with_riders"
    """主险带副险 (SN-2.2.3a)."""
    SEVERAL = "several"
    """Several products beside each other (GD-2.3.2b)."""


class FundingPattern(enum.Enum):
    """How the parts of the dues are shared (缴费方式, SN-2.3.5)."""

    GIFT_THEN_INDIVIDUAL = "gift_then_individual"
    THREE_WAY = "three_way"
    UNION_MAJOR = "union_major"
    PAYROLL_VOLUNTARY = "payroll_voluntary"


class Refund(enum.Enum):
    """Whether dues are given back (退费)."""

    CORRECTION_ONLY = "correction_only"
    """Never; what was paid in error is corrected (HN-4.3.5b)."""
    BY_SCHEME = "by_scheme"


class Portability(enum.Enum):
    """Where cover follows a worker (转移接续)."""

    INSIDE_POOL = "inside_pool"
    NONE = "none"


class CommercialPlan(enum.Enum):
    """Commercial supplementary plans beside the scheme (商业补充医疗保险), the stricter last."""

    NOT_PROMOTED = "not_promoted"
    """Neither promoted nor sold (ACFTU-1.2b)."""
    RUNS_OUT = "runs_out"
    """Run to term and not renewed (HN-5.1.5)."""


@attrs.frozen(kw_only=True, field_transformer=checked)
class ProductTerms(Terms):
    """How the products hang together (项目结构).

    Attributes:
        structure: How they do.
        rider_requires_main: Whether a rider needs its main item, per person and period.
        commercial_plan: What holds of commercial plans beside the scheme.

    Clause:
        SN-2.2.2a, SN-2.2.3a, HN-4.2.1a, HN-5.1.5, GD-2.3.2b, ACFTU-1.2b
    """

    structure: Structure | None = attrs.field(default=None, metadata=ruled(Direction.FREE, "SN-2.2.3a"))
    rider_requires_main: bool | None = attrs.field(
        default=None, metadata=ruled(Direction.TIGHTEN_ONLY, "SN-2.2.3a", *YES_IS_STRICTER)
    )
    commercial_plan: CommercialPlan | None = attrs.field(
        default=None, metadata=ruled(Direction.TIGHTEN_ONLY, "ACFTU-1.2b", *CommercialPlan)
    )


@attrs.frozen(kw_only=True, field_transformer=checked)
class ContributionTerms(Terms):
    """What a scheme may ask of a member (缴费标准范围).

    Attributes:
        amount_min: Least dues per share and period.
        amount_max: Highest dues per share and period.
        shares_max: Most shares per person.
        payments_max: Most payments in a period.
        payers: Sources that may bear a part.
        patterns: How units may share the dues.
        same_for: Facts of a member by which dues must not differ (community rating).
        collect_from: First day on which dues may be received.
        refund: Whether dues are given back.
        portability: Where cover follows a worker.

    Clause:
        ACFTU-1.1b, ACFTU-1.1c, HN-4.3.1, HN-4.3.4b, HN-4.3.4c, HN-4.3.5a, HN-4.3.5b, HN-4.3.5c, HN-5.2.2a
    """

    amount_min: Money | None = attrs.field(
        default=None, validator=optional(positive), metadata=ruled(Direction.MIN, "HN-4.3.4b")
    )
    amount_max: Money | None = attrs.field(
        default=None, validator=optional(positive), metadata=ruled(Direction.MAX, "HN-4.3.4b")
    )
    shares_max: int | None = attrs.field(
        default=None, validator=optional(positive), metadata=ruled(Direction.MAX, "HN-4.3.4c")
    )
    payments_max: int | None = attrs.field(
        default=None, validator=optional(positive), metadata=ruled(Direction.MAX, "HN-4.3.5a")
    )
    payers: tuple[FundingSource, ...] | None = attrs.field(
        default=None, validator=optional(each_once), metadata=ruled(Direction.SUBSET, "HN-4.3.1")
    )
    patterns: tuple[FundingPattern, ...] | None = attrs.field(
        default=None, validator=optional(each_once), metadata=ruled(Direction.SUBSET, "SN-2.3.5a")
    )
    same_for: tuple[str, ...] | None = attrs.field(
        default=None, validator=optional(each_once), metadata=ruled(Direction.SUPERSET, "ACFTU-1.1c")
    )
    collect_from: datetime.date | None = attrs.field(default=None, metadata=ruled(Direction.MIN, "HN-5.2.2a"))
    refund: Refund | None = attrs.field(default=None, metadata=ruled(Direction.FIXED, "HN-4.3.5b"))
    portability: Portability | None = attrs.field(default=None, metadata=ruled(Direction.FIXED, "HN-4.3.5c"))

    def __attrs_post_init__(self) -> None:
        """Refuse a range that allows nothing."""
        super().__attrs_post_init__()
        least, most = self.amount_min, self.amount_max
        if least is not None and most is not None and most < least:
            raise InvalidValueError("amount_max", f"must be >= {least}", str(most))


def _kinds_of_care(owner: object, field: Field, value: tuple[str, ...]) -> None:
    """Codes that can be kinds of care, each once."""
    each_once(owner, field, value)
    if strangers := [code for code in value if not is_kind_of_care(code)]:
        rule = f"must be kinds of care such as {', '.join(KINDS_OF_CARE)}, or local ones"
        raise InvalidValueError(public_name(field), rule, ", ".join(strangers))


@attrs.frozen(kw_only=True, field_transformer=checked)
class BenefitLimits(Terms):
    """What a scheme's benefits must keep to (补助标准要求).

    Attributes:
        events: Kinds of event for which schemes may pay.
        kinds_of_care: National codes of ``med_type`` that schemes may cover.
        basis: Bases that a benefit may have.
        deductible_max: Highest deductible allowed.
        waiting_days_max: Longest waiting period allowed.
        earlier_payers: Settlement amounts that the base of an indemnity must be free of.
        cap_required: Whether one cap per person and period must hold over all benefits.
        pay_from: First day on which benefits may be paid.

    Clause:
        ACFTU-S1.1, ACFTU-3.1a, ACFTU-3.2a, HN-4.2.1a, HN-4.2.1e, HN-4.2.1f, HN-4.4.2a, HN-4.4.2b,
        HN-4.4.3c, HN-5.2.2b
    """

    events: tuple[EventKind, ...] | None = attrs.field(
        default=None, validator=optional(each_once), metadata=ruled(Direction.SUBSET, "HN-4.2.1a")
    )
    kinds_of_care: tuple[str, ...] | None = attrs.field(
        default=None, validator=optional(_kinds_of_care), metadata=ruled(Direction.SUBSET, "HN-4.2.1a")
    )
    basis: tuple[Basis, ...] | None = attrs.field(
        default=None, validator=optional(each_once), metadata=ruled(Direction.SUBSET, "ACFTU-3.2a")
    )
    deductible_max: Money | None = attrs.field(
        default=None, validator=optional(not_negative), metadata=ruled(Direction.FIXED, "HN-4.4.2a")
    )
    waiting_days_max: int | None = attrs.field(
        default=None, validator=optional(not_negative), metadata=ruled(Direction.FIXED, "HN-4.4.2b")
    )
    earlier_payers: tuple[str, ...] | None = attrs.field(
        default=None, validator=optional(each_once), metadata=ruled(Direction.SUPERSET, "HN-4.2.1e")
    )
    cap_required: bool | None = attrs.field(
        default=None, metadata=ruled(Direction.TIGHTEN_ONLY, "HN-4.4.3c", *YES_IS_STRICTER)
    )
    pay_from: datetime.date | None = attrs.field(default=None, metadata=ruled(Direction.MIN, "HN-5.2.2b"))
