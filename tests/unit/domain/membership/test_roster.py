"""Imports of rosters: the day from which on they are known."""

import datetime

import pytest

from mutualaid_core.domain.membership.roster import ImportState, RosterImport, RosterPerson
from mutualaid_core.domain.scheme.eligibility import Employment, InsuranceType
from mutualaid_core.domain.values.identifiers import MemberId
from mutualaid_core.domain.values.personal import PersonName, ResidentId, Sex
from mutualaid_core.errors import InvalidValueError

DAY = datetime.date(2013, 12, 1)
AFTER = DAY + datetime.timedelta(days=1)


def brought(known_on: datetime.date | None) -> RosterImport:
    """An import of one row."""
    return RosterImport(
        import_id="R1", counted_on=DAY, file="a.csv", rows=1, units=1, joining=1, state=ImportState.DONE,
        known_on=known_on,
    )  # fmt: skip


@pytest.mark.clause("HN-4.1.2a")
@pytest.mark.parametrize(("known_on", "known_from"), [(None, DAY), (AFTER, AFTER)])
def test_a_roster_is_known_from_its_day_on(known_on: datetime.date | None, known_from: datetime.date) -> None:
    """An import is known from its business day on, or from the roster date where it names none."""
    assert brought(known_on).known_from == known_from


@pytest.mark.clause("HN-4.1.2a")
def test_no_roster_is_known_before_the_day_after_it_was_counted() -> None:
    """The roster date itself must be left out, so that one thing is told in one way."""
    with pytest.raises(InvalidValueError, match="must be after 2013-12-01, or be left out"):
        brought(DAY)


@pytest.mark.clause("ACFTU-11.2h")
def test_a_person_on_a_roster_is_masked_in_every_text() -> None:
    """Neither the name, the number nor the day of birth may stand in a text of the line."""
    person = RosterPerson(
        member_id=MemberId("M1"), name=PersonName("张三丰"), id_number=ResidentId("430102198003070018"),
        sex=Sex.MALE, birth_date=datetime.date(1980, 3, 7), insurance_type=InsuranceType.EMPLOYEE,
        employment=Employment.REGULAR, joins=True,
    )  # fmt: skip
    shown = repr(person)
    assert "birth_date=***" in shown
    assert not [told for told in ("三丰", "19800307", "1980, 3, 7") if told in shown]
