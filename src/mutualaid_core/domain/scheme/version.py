"""Scheme version (项目版本): the dated terms of a scheme. Exactly one holds on any day."""

import datetime
import enum

import attrs

from mutualaid_core.domain.scheme.benefit.terms import Benefit
from mutualaid_core.domain.scheme.dues import Dues
from mutualaid_core.domain.scheme.eligibility import Eligibility
from mutualaid_core.domain.scheme.facts import FactTerm
from mutualaid_core.domain.scheme.joining import JoiningTerms
from mutualaid_core.domain.scheme.options import OpenPoints
from mutualaid_core.domain.scheme.parts import Part
from mutualaid_core.domain.scheme.source import SourceDocument, unknown_sources
from mutualaid_core.domain.values.checks import checked, identifier, not_blank, not_empty, positive
from mutualaid_core.domain.values.identifiers import InstitutionCode, PolicyId, SchemeId, VersionId
from mutualaid_core.errors import InvalidValueError, VersionGapError


class EventDate(enum.Enum):
    """Which day puts a stay into a period (HN-4.2.1b); the documents leave it open."""

    ADMISSION = "admission"
    DISCHARGE = "discharge"
    SETTLEMENT = "settlement"


@attrs.frozen(kw_only=True, field_transformer=checked)
class EventTerms:
    """Which stays are covered (保障事项).

    Attributes:
        kinds_of_care: National codes of ``med_type`` that are covered (21 inpatient).
        institutions: Designated hospitals (定点医院); empty where the settlement by basic
            insurance is itself taken as the designation.
        period_by: The day that puts a stay into a period.
        filing_days_max: Days after discharge within which a claim must be filed.
        source: Where the rule is printed, or who decided it.

    Clause:
        HN-4.2.1a, HN-4.2.1b, HN-4.2.1c, HN-4.4.2b
    """

    kinds_of_care: tuple[str, ...] = attrs.field(validator=not_empty)
    institutions: tuple[InstitutionCode, ...]
    period_by: EventDate
    filing_days_max: int = attrs.field(validator=positive)
    source: str = attrs.field(validator=not_blank)


@attrs.frozen(kw_only=True, field_transformer=checked)
class SchemeVersion:
    """Scheme version (项目版本): frozen once published (ACFTU-4.3c).

    Attributes:
        version_id: Id, unique among the versions of the scheme.
        scheme_id: Scheme.
        policy_id: Policy that it was checked against.
        first_day: First day in force.
        last_day: Last day in force; ``None`` where no end is set.
        documents: Documents that the parameters cite, besides clauses.
        facts: Facts that the terms ask for besides those that are always known.
        parts: What a member may hold; empty where the scheme has no parts.
        dues: What members pay.
        eligibility: Who may join.
        joining: How one joins; ``None`` where the version says nothing of it, so that everybody
            joins through the unit, at any time, for the whole period.
        event: Which events are covered.
        benefits: What is paid, in the order in which it is computed.
        open_points: What the guiding documents leave open.

    Clause:
        ACFTU-4.3c, ACFTU-3.1c
    """

    version_id: VersionId = attrs.field(validator=identifier)
    scheme_id: SchemeId = attrs.field(validator=identifier)
    policy_id: PolicyId = attrs.field(validator=identifier)
    first_day: datetime.date
    last_day: datetime.date | None
    documents: tuple[SourceDocument, ...]
    facts: tuple[FactTerm, ...] = ()
    parts: tuple[Part, ...] = ()
    dues: Dues
    eligibility: Eligibility
    joining: JoiningTerms | None = None
    event: EventTerms
    benefits: tuple[Benefit, ...]
    open_points: OpenPoints

    def __attrs_post_init__(self) -> None:
        """Refuse an end before the start, and a parameter that cites nothing known."""
        if self.last_day is not None and self.last_day < self.first_day:
            raise InvalidValueError(
                "last_day", f"must be >= {self.first_day.isoformat()}", self.last_day.isoformat()
            )
        if unknown := unknown_sources(self.sources, self.documents):
            hint = "list it under documents, or cite a clause id"
            raise InvalidValueError(
                "source", "must be a clause or a listed document", ", ".join(unknown), hint=hint
            )

    @property
    def sources(self) -> tuple[str, ...]:
        """Every source that the terms cite."""
        points = self.open_points
        return (
            *(fact.source for fact in self.facts),
            *(part.source for part in self.parts),
            *self.dues.sources,
            *(self.eligibility.source, self.event.source),
            *(self.joining.sources if self.joining else ()),
            *(source for benefit in self.benefits for source in benefit.sources),
            *(points.source, points.cover_after.source, points.large_payment.source),
        )

    def is_in_force(self, day: datetime.date) -> bool:
        """Whether the version holds on *day*."""
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)


def version_on(versions: tuple[SchemeVersion, ...], scheme_id: SchemeId, day: datetime.date) -> SchemeVersion:
    """The one version of a scheme that is in force on *day*.

    Raises:
        VersionGapError: None is, or more than one.

    Clause:
        ACFTU-4.3c
    """
    holding = [version for version in versions if version.scheme_id == scheme_id and version.is_in_force(day)]
    if len(holding) != 1:
        raise VersionGapError(scheme_id, day.isoformat(), tuple(version.version_id for version in holding))
    return holding[0]
