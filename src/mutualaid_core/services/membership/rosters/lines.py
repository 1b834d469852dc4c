"""Lines (名册行): one worker of one unit as a plain tuple, and what many workers have in common.

A million rows leave no time to build an entity for each of them. A line holds what was
checked already, and knows how its person is written in the canonical form.
"""

import datetime
from typing import Final, NamedTuple

import attrs

from mutualaid_core.domain.membership.roster import RosterPerson
from mutualaid_core.domain.scheme.eligibility import Employment, InsuranceType
from mutualaid_core.domain.scheme.policy.membership import MemberClass
from mutualaid_core.serialization.codec import canonical, to_plain

_FIRST: Final = ("classes", "employment", "group", "hired_on")
_SECOND: Final = ("insurance_type", "joins")


@attrs.frozen(kw_only=True)
class Common:
    """What many workers have in common (共同信息).

    Attributes:
        insurance_type: Basic insurance.
        employment: Form of employment.
        shares: Shares wanted.
        joins: Whether the worker joins.
        parts: Parts of the scheme wanted.
        classes: Classes of members to which the worker belongs.
        group: Group to which programmes of gifts are addressed; or empty.
        hired_on: First day of work, where it is told.
        before_id: Canonical text between the day of birth and the ID number.
        before_member: Canonical text between the ID number and the pseudonym.
        before_row: Canonical text between the name and the row.
        after_sex: Canonical text after the sex.
    """

    insurance_type: InsuranceType
    employment: Employment
    shares: int = 1
    joins: bool = True
    parts: tuple[str, ...] = ()
    classes: tuple[MemberClass, ...] = ()
    group: str = ""
    hired_on: datetime.date | None = None
    before_id: str = attrs.field(init=False, eq=False, repr=False)
    before_member: str = attrs.field(init=False, eq=False, repr=False)
    before_row: str = attrs.field(init=False, eq=False, repr=False)
    after_sex: str = attrs.field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        """Write once what every person of these says; names are in the canonical order."""
        object.__setattr__(self, "before_id", f'",{self._text(*_FIRST)},"id_number":"')
        object.__setattr__(self, "before_member", f'",{self._text(*_SECOND)},"member_id":"')
        object.__setattr__(self, "before_row", f'",{self._text("parts")},"row":')
        object.__setattr__(self, "after_sex", f",{self._text('shares')}}}")

    def _text(self, *names: str) -> str:
        """These fields in canonical form, without the brackets around them."""
        return canonical({name: to_plain(getattr(self, name)) for name in names}).decode()[1:-1]


class Line(NamedTuple):
    """One worker of one unit (名册行), checked.

    Attributes:
        unit_id: Unit.
        id_number: Resident ID number of 18 characters.
        birth_date: Day of birth that the number holds, as an ISO day.
        sex: Sex by its national code.
        name: Name.
        common: The rest, shared with others.
        row: Row of the file.
    """

    unit_id: str
    id_number: str
    birth_date: str
    sex: str
    name: str
    common: Common
    row: int

    def __repr__(self) -> str:
        """Nothing of the person."""
        return f"Line(unit_id={self.unit_id!r}, row={self.row})"

    def text(self, member_id: str) -> str:
        """The person in the canonical form, exactly as ``encode`` writes it.

        A name needs no escape: ``PersonName`` takes neither quotation marks nor backslashes.
        """
        common = self.common
        return (
            f'{{"birth_date":"{self.birth_date}{common.before_id}{self.id_number}{common.before_member}'
            f'{member_id}","name":"{self.name}{common.before_row}{self.row},"sex":{self.sex}{common.after_sex}'
        )


def line_of(unit_id: str, person: RosterPerson) -> Line:
    """The line of a person, who has been checked by being built.

    Args:
        unit_id: Unit.
        person: The worker; the pseudonym is made anew when the line is stored.
    """
    common = Common(
        insurance_type=person.insurance_type,
        employment=person.employment,
        shares=person.shares,
        joins=person.joins,
        parts=person.parts,
        classes=person.classes,
        group=person.group,
        hired_on=person.hired_on,
    )
    return Line(
        unit_id=unit_id,
        id_number=person.id_number.reveal(),
        birth_date=person.birth_date.isoformat(),
        sex=str(person.sex.value),
        name=person.name.reveal(),
        common=common,
        row=person.row,
    )
