"""ID numbers in place of ids (误填身份证号): refused before anything is stored, starred out where told."""

import datetime
from collections.abc import Callable

import attrs
import pytest

from mutualaid_core.domain.membership.gift import GiftProgramme
from mutualaid_core.domain.membership.paying.consent import ConsentStep, PayrollConsent
from mutualaid_core.domain.membership.paying.remittance import Remittance
from mutualaid_core.domain.scheme.period import Period
from mutualaid_core.domain.values.identifiers import EntryId, MemberId, PeriodId, UnitId
from mutualaid_core.errors import InvalidValueError, NotFoundError
from mutualaid_core.services.membership.contribution import ReceiveRemittance
from mutualaid_core.services.membership.enrolment import EnrolWorkers
from mutualaid_core.services.membership.paying.remittances import SettleRemittance
from mutualaid_core.services.membership.queries.member import member_cover
from mutualaid_core.testing.acts.agencies import Agencies
from mutualaid_core.testing.acts.mending import Gifts
from mutualaid_core.testing.acts.years import named_in
from mutualaid_core.testing.samples import PERIOD, SCHEME, UNIT, YEAR, dues, id_number, joiner
from mutualaid_core.testing.world import World
from mutualaid_core.work import read_all

ID = id_number(1).reveal()
DAY = datetime.date(2014, 3, 1)


def remitted(entry_id: str = "R-1", unit_id: str = UNIT) -> ReceiveRemittance:
    """A remittance of fifty for the second member."""
    line = dues(2)
    return ReceiveRemittance(
        scheme_id=SCHEME,
        period_id=PERIOD,
        unit_id=UnitId(unit_id),
        entry_id=EntryId(entry_id),
        received=line.amount,
        lines=(line,),
    )


def list_of_another_unit(world: World) -> object:
    """Workers of a unit whose id is a person's."""
    joiners = (joiner(2),)
    return EnrolWorkers(scheme_id=world.scheme_id, period_id=PERIOD, unit_id=UnitId(ID), joiners=joiners)


CASES: dict[str, Callable[[World], object]] = {
    "consent": lambda world: Agencies(world).declare(ConsentStep.GIVEN, MemberId(ID)),
    "line": lambda _world: attrs.evolve(dues(2), member_id=MemberId(ID)),
    "entry": lambda _world: remitted(entry_id=ID),
    "entry_that_settles": lambda world: SettleRemittance(
        scheme_id=world.scheme_id, remittance_id=EntryId("R-1"), entry_id=EntryId(ID)
    ),
    "unit_that_pays": lambda _world: remitted(unit_id=ID),
    "unit_that_enrols": list_of_another_unit,
    "agency": lambda world: Agencies(world).collect(dues(2), agency_id=ID),
    "group": lambda world: Gifts(world).found(groups=(ID,)),
    "void": lambda world: attrs.evolve(named_in(world, 1), member_id=MemberId(ID)),
    "period": lambda world: Period(scheme_id=world.scheme_id, period_id=PeriodId(ID), cover=YEAR),
}


@pytest.fixture
def world() -> World:
    """A world whose scheme is founded, and whose unit is admitted."""
    made = World()
    made.found()
    made.admit(3, 3)
    return made


@pytest.mark.clause("ACFTU-11.2h")
@pytest.mark.parametrize("place", CASES)
def test_an_id_number_is_no_id(world: World, place: str) -> None:
    """An ID number in place of an id must be refused unshown, with nothing stored."""
    with pytest.raises(InvalidValueError) as caught:
        CASES[place](world)
    stored = [*read_all(world.store, PayrollConsent), *read_all(world.store, Remittance)]
    assert caught.value.clause == "ACFTU-11.2h"
    assert (ID in str(caught.value), [*stored, *read_all(world.store, GiftProgramme)]) == (False, [])


ASKED: dict[str, Callable[[World], object]] = {
    "cover": lambda world: member_cover(world.store, world.scheme_id, MemberId(ID), on=DAY, known_at=DAY),
}


@pytest.mark.clause("ACFTU-11.2h")
@pytest.mark.parametrize("asked", ASKED)
def test_what_is_missing_is_told_without_an_id_number(world: World, asked: str) -> None:
    """Whoever asks for an ID number must be told that there is no such record, with stars for it."""
    with pytest.raises(NotFoundError, match=r"\*\*\*") as caught:
        ASKED[asked](world)
    assert (ID in str(caught.value), ID in caught.value.key) == (False, False)


@pytest.mark.clause("ACFTU-11.2h")
@pytest.mark.parametrize(
    ("key", "told"),
    [
        (f"HN-A/2014/{ID}", "HN-A/2014/***"),
        ("HN-A/610103850307001", "HN-A/***"),
        ("HN-A/20131210000123", "HN-A/20131210000123"),
        ("U430502198001010013", "U***"),
    ],
)
def test_ids_stay_in_errors_and_id_numbers_do_not(key: str, told: str) -> None:
    """Of a key only what has the form of an ID number must be starred out."""
    assert NotFoundError("enrolment", key).key == told
