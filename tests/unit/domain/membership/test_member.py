"""Member: agrees with the ID number, and shows nobody."""

import datetime

import attrs
import pytest

from mutualaid_core.domain.membership.member import Member
from mutualaid_core.domain.values.personal import PersonName, ResidentId, Sex
from mutualaid_core.errors import InvalidValueError


@pytest.fixture
def member() -> Member:
    """A man born on 7 March 1985."""
    return Member(
        member_id="m-5f3a",
        name=PersonName("张伟"),
        id_number=ResidentId("610103198503070014"),
        sex=Sex.MALE,
        birth_date=datetime.date(1985, 3, 7),
    )


def test_the_birth_date_agrees_with_the_number(member: Member) -> None:
    """Another birth date than that of the number must be refused, with the number masked."""
    with pytest.raises(
        InvalidValueError, match=r"birth_date must agree with the ID number, got '610\*{11}0014'"
    ):
        attrs.evolve(member, birth_date=datetime.date(1985, 7, 3))


def test_the_sex_agrees_with_the_number(member: Member) -> None:
    """A stated sex that the number contradicts must be refused."""
    with pytest.raises(InvalidValueError, match="sex must agree with the ID number, got 'FEMALE'"):
        attrs.evolve(member, sex=Sex.FEMALE)


@pytest.mark.parametrize("sex", [Sex.UNKNOWN, Sex.NOT_STATED])
def test_the_sex_may_be_open(member: Member, sex: Sex) -> None:
    """A sex that is unknown or not stated must pass."""
    assert sex is attrs.evolve(member, sex=sex).sex


@pytest.mark.clause("ACFTU-11.2h")
def test_the_pseudonym_is_no_number(member: Member) -> None:
    """An ID number as pseudonym must be refused and not quoted."""
    with pytest.raises(InvalidValueError, match="member_id must not be an ID number, got '18 characters'"):
        attrs.evolve(member, member_id="610103198503070014")


@pytest.mark.clause("ACFTU-11.2b")
def test_the_text_cannot_be_completed(member: Member) -> None:
    """The masked number must not stand beside the birth date that is starred out in it."""
    name, number = "name=PersonName(张*)", "id_number=ResidentId(610***********0014)"
    assert f"Member(member_id='m-5f3a', {name}, {number}, sex=<Sex.MALE: 1>, birth_date=***)" == repr(member)
