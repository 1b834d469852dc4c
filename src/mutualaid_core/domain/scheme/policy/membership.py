"""Pooling, membership, eligibility, participation (统筹、入会、参加条件、参与率)."""

import enum

import attrs

from mutualaid_core.domain.scheme.eligibility import Employment, InsuranceType
from mutualaid_core.domain.scheme.policy.direction import Direction, Terms, each_once, ruled
from mutualaid_core.domain.scheme.region import PoolLevel, PoolType
from mutualaid_core.domain.values.checks import checked, not_negative, optional, positive
from mutualaid_core.domain.values.ratio import Ratio


class Coordination(enum.Enum):
    """How pools stand in for each other (风险协调)."""

    RESERVE = "reserve"
    PROVINCE_WIDE = "province_wide"
    WARNING = "warning"


class CentralTask(enum.Enum):
    """What is done at the centre alone (三集中, GD-R.4a)."""

    UNDERWRITING = "underwriting"
    CLAIMS = "claims"
    FINANCE = "finance"


class MembershipMode(enum.Enum):
    """Who may bring a member in (参加方式). Each mode after the first is one way less."""

    INDIVIDUAL = "individual"
    """A person alone, or as below."""
    UNIT_OR_PLATFORM = "unit_or_platform"
    """A unit, or the union of a platform or an industry for those without an employer (GD-2.3.1c)."""
    UNIT_ONLY = "unit_only"
    """The unit alone (HN-3.1.2c)."""


class JoinedBy(enum.Enum):
    """Who brought a member in (参加渠道)."""

    UNIT = "unit"
    PLATFORM = "platform"
    PERSON = "person"


class MemberClass(enum.Enum):
    """Class of members (会员类别) that a document names; one person may belong to several (GD-2.3.1b)."""

    ACTIVE = "active"
    REGISTERED_HARDSHIP = "registered_hardship"
    MODEL_WORKER = "model_worker"
    NEW_FORM = "new_form"
    RETIRED_MODEL_WORKER = "retired_model_worker"


class UnitKind(enum.Enum):
    """What a unit is (单位性质, HN-4.1.1a); unions of platforms and industries have no employer."""

    ORGAN = "organ"
    INSTITUTION = "institution"
    ENTERPRISE = "enterprise"
    SOCIAL = "social"
    INDUSTRY_UNION = "industry_union"
    PLATFORM_UNION = "platform_union"


class UnitTerritory(enum.Enum):
    """Where a unit must be to belong to a pool (单位地域要求, HN-4.1.1a)."""

    ANYWHERE = "anywhere"
    REGISTERED_OR_WORKPLACE = "registered_or_workplace"
    """Registered inside, or with its workers at work inside."""
    REGISTERED = "registered"
    """Registered inside, wherever the workers work."""


class RefusalReason(enum.Enum):
    """Why a unit would not enrol its workers (拒绝理由); these reasons are invalid (SN-2.1.4c)."""

    SIMILAR_FUND = "similar_fund"
    COMMERCIAL_INSURANCE = "commercial_insurance"
    ILLNESS = "illness"


@attrs.frozen(kw_only=True, field_transformer=checked)
class PoolingTerms(Terms):
    """Where money is pooled (统筹层次).

    Attributes:
        levels: Levels at which money may be pooled.
        types: What a pool may rest on.
        count: Number of pools.
        central: What is done at the centre alone.
        risk_coordination: How pools stand in for each other.

    Clause:
        HN-3.2.1a, HN-3.2.1b, HN-3.2.1c, ACFTU-4.2a, ACFTU-18.2, GD-R.4a
    """

    levels: tuple[PoolLevel, ...] | None = attrs.field(
        default=None, validator=optional(each_once), metadata=ruled(Direction.SUBSET, "ACFTU-4.2a")
    )
    types: tuple[PoolType, ...] | None = attrs.field(
        default=None, validator=optional(each_once), metadata=ruled(Direction.FREE, "ACFTU-18.2")
    )
    count: int | None = attrs.field(
        default=None, validator=optional(positive), metadata=ruled(Direction.FREE, "HN-3.2.1b")
    )
    central: tuple[CentralTask, ...] | None = attrs.field(
        default=None, validator=optional(each_once), metadata=ruled(Direction.FREE, "GD-R.4a")
    )
    risk_coordination: tuple[Coordination, ...] | None = attrs.field(
        default=None, validator=optional(each_once), metadata=ruled(Direction.FREE, "HN-3.2.1c")
    )


@attrs.frozen(kw_only=True, field_transformer=checked)
class MembershipTerms(Terms):
    """How members join (参加方式).

    Attributes:
        mode: Who may bring a member in.
        refusals_banned: Reasons for which no unit may refuse to enrol its workers.

    Clause:
        HN-3.1.2a, HN-3.1.2c, GD-2.3.1c, SN-2.1.4c
    """

    mode: MembershipMode | None = attrs.field(
        default=None, metadata=ruled(Direction.TIGHTEN_ONLY, "HN-3.1.2c", *MembershipMode)
    )
    refusals_banned: tuple[RefusalReason, ...] | None = attrs.field(
        default=None, validator=optional(each_once), metadata=ruled(Direction.SUPERSET, "SN-2.1.4c")
    )


@attrs.frozen(kw_only=True, field_transformer=checked)
class EligibilityLimits(Terms):
    """Whom schemes may admit (参加对象).

    Attributes:
        insurance_types: Basic insurances that may qualify.
        employments: Forms of employment that may qualify.
        classes: Classes of members that the document names.
        unit_kinds: Kinds of units that may join.
        unit_territory: Where a unit must be.

    Clause:
        HN-4.1.1a, HN-4.1.1b, HN-4.1.1c, SN-1.5, GD-2.3.1b, GD-2.3.1c
    """

    insurance_types: tuple[InsuranceType, ...] | None = attrs.field(
        default=None, validator=optional(each_once), metadata=ruled(Direction.SUBSET, "HN-4.1.1b")
    )
    employments: tuple[Employment, ...] | None = attrs.field(
        default=None, validator=optional(each_once), metadata=ruled(Direction.SUBSET, "HN-4.1.1c")
    )
    classes: tuple[MemberClass, ...] | None = attrs.field(
        default=None, validator=optional(each_once), metadata=ruled(Direction.SUBSET, "GD-2.3.1b")
    )
    unit_kinds: tuple[UnitKind, ...] | None = attrs.field(
        default=None, validator=optional(each_once), metadata=ruled(Direction.SUBSET, "HN-4.1.1a")
    )
    unit_territory: UnitTerritory | None = attrs.field(
        default=None, metadata=ruled(Direction.TIGHTEN_ONLY, "HN-4.1.1a", *UnitTerritory)
    )


@attrs.frozen(kw_only=True, field_transformer=checked)
class ParticipationGate(Terms):
    """Participation gate (参与率要求) of a unit: below it the unit is refused as a whole.

    Attributes:
        ratio_min: Least share of the eligible workers that must join.
        all_below: Below this many eligible workers everybody must join; 0 for no such rule.

    Clause:
        HN-4.1.2a, HN-4.1.2b
    """

    ratio_min: Ratio | None = attrs.field(default=None, metadata=ruled(Direction.MIN, "HN-4.1.2a"))
    all_below: int | None = attrs.field(
        default=None, validator=optional(not_negative), metadata=ruled(Direction.MIN, "HN-4.1.2b")
    )


@attrs.frozen(kw_only=True, field_transformer=checked)
class ParticipationGoal(Terms):
    """Participation goal (参与目标): measured and shown, and never a reason to refuse.

    Attributes:
        unit_ratio: Share of a unit's eligible workers that should join.
        region_persons: Persons of the region that should join.

    Clause:
        SN-2.1.4a, HN-4.1.3
    """

    unit_ratio: Ratio | None = attrs.field(default=None, metadata=ruled(Direction.FREE, "SN-2.1.4a"))
    region_persons: int | None = attrs.field(
        default=None, validator=optional(positive), metadata=ruled(Direction.FREE, "HN-4.1.3")
    )
