"""Member (会员): the person, under a pseudonym."""

import datetime

import attrs

from mutualaid_core.domain.values.checks import checked
from mutualaid_core.domain.values.identifiers import MemberId
from mutualaid_core.domain.values.personal import PersonName, ResidentId, Sex, pseudonym
from mutualaid_core.errors import InvalidValueError


def _hidden(_value: object) -> str:
    return "***"


@attrs.frozen(kw_only=True, field_transformer=checked)
class Member:
    """Member (会员). Everything outside this record names the person by ``member_id`` only.

    Attributes:
        member_id: Pseudonym, made from the ID number with a key.
        name: Name; masked in every text.
        id_number: Resident ID number; masked in every text.
        sex: Sex, which must agree with the ID number where it is stated.
        birth_date: Day of birth, which must agree with the ID number; it is not shown, since
            with it the masked ID number could be completed.

    Clause:
        ACFTU-2.1a, HN-4.3.4c
    """

    member_id: MemberId = attrs.field(validator=pseudonym)
    name: PersonName
    id_number: ResidentId
    sex: Sex
    birth_date: datetime.date = attrs.field(repr=_hidden)

    def __attrs_post_init__(self) -> None:
        """Refuse a birth date or a sex that the ID number contradicts."""
        if self.birth_date != self.id_number.birth_date:
            raise InvalidValueError("birth_date", "must agree with the ID number", self.id_number.masked())
        if self.sex in {Sex.MALE, Sex.FEMALE} and self.sex is not self.id_number.sex:
            raise InvalidValueError("sex", "must agree with the ID number", self.sex.name)
