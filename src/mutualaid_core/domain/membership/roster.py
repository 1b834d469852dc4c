"""Roster (职工名册): the workers of a unit on one day, those who join and those who do not."""

import datetime
import enum

import attrs

from mutualaid_core.domain.scheme.eligibility import Employment, InsuranceType
from mutualaid_core.domain.scheme.policy.membership import MemberClass
from mutualaid_core.domain.values.checks import checked, identifier, not_negative, positive
from mutualaid_core.domain.values.identifiers import MemberId, UnitId
from mutualaid_core.domain.values.personal import PersonName, ResidentId, Sex, impersonal_text, pseudonym
from mutualaid_core.errors import InvalidValueError


def _hidden(_value: object) -> str:
    return "***"


@attrs.frozen(kw_only=True, field_transformer=checked)
class RosterPerson:
    """One worker on a roster (名册人员).

    Attributes:
        member_id: Pseudonym, the same as that of the member.
        name: Name; masked in every text.
        id_number: Resident ID number; masked in every text.
        sex: Sex.
        birth_date: Day of birth.
        insurance_type: Basic insurance.
        employment: Form of employment.
        joins: Whether the worker joins; who objects or does not want to stays on the roster.
        shares: Shares wanted.
        parts: Parts of the scheme wanted.
        classes: Classes of members that the worker belongs to (GD-2.3.1b).
        group: One of the groups to which programmes of gifts are addressed (SN-2.1.5); or empty.
        hired_on: First day of work, where it is told.
        row: Row of the file from which it came.
    """

    member_id: MemberId = attrs.field(validator=pseudonym)
    name: PersonName
    id_number: ResidentId
    sex: Sex
    birth_date: datetime.date = attrs.field(repr=_hidden)
    insurance_type: InsuranceType
    employment: Employment
    joins: bool
    shares: int = attrs.field(default=1, validator=positive)
    parts: tuple[str, ...] = ()
    classes: tuple[MemberClass, ...] = ()
    group: str = ""
    hired_on: datetime.date | None = None
    row: int = attrs.field(default=0, validator=not_negative)


@attrs.frozen(kw_only=True, field_transformer=checked)
class RosterPage:
    """One page of a unit's roster (名册页); a large unit has several.

    Attributes:
        unit_id: Unit.
        counted_on: Day on which the roster was true (HN-4.1.2a).
        import_id: Import that brought it.
        page: Number of the page within the unit's roster, from 1.
        persons: The workers, at most ``PAGE_PERSONS_MAX``.

    Clause:
        HN-3.1.2a, HN-4.1.2a
    """

    unit_id: UnitId = attrs.field(validator=identifier)
    counted_on: datetime.date
    import_id: str = attrs.field(validator=pseudonym)
    page: int = attrs.field(validator=positive)
    persons: tuple[RosterPerson, ...]


class ImportState(enum.Enum):
    """Where an import stands (导入状态)."""

    RUNNING = "running"
    DONE = "done"


@attrs.frozen(kw_only=True, field_transformer=checked)
class RosterImport:
    """Import of a roster (名册导入): what it brought, and whether it came to its end.

    Attributes:
        import_id: Id, a digest of the file's content.
        counted_on: Roster date.
        file: Name of the file.
        rows: Rows of the file.
        units: Units on it.
        joining: Workers who join.
        state: Where it stands.
        known_on: Business day of the import, from which on its rosters are known; ``None`` where
            that is the roster date.

    Clause:
        HN-4.1.2a
    """

    import_id: str = attrs.field(validator=pseudonym)
    counted_on: datetime.date
    file: str = attrs.field(validator=impersonal_text)
    rows: int = attrs.field(validator=not_negative)
    units: int = attrs.field(validator=not_negative)
    joining: int = attrs.field(validator=not_negative)
    state: ImportState
    known_on: datetime.date | None = None

    def __attrs_post_init__(self) -> None:
        """Refuse a roster that was known before it was counted."""
        if self.known_on is not None and self.known_on <= self.counted_on:
            rule = f"must be after {self.counted_on.isoformat()}, or be left out"
            raise InvalidValueError("known_on", rule, self.known_on.isoformat(), clause="HN-4.1.2a")

    @property
    def known_from(self) -> datetime.date:
        """First day on which its rosters are known."""
        return self.known_on or self.counted_on
