"""Gifts: a programme is founded within the policy's quota, and its places are given out to the person."""

import threading

import attrs
import pytest

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.membership.enrolment import Enrolment, JoinedAs
from mutualaid_core.domain.membership.gift import GiftProgramme
from mutualaid_core.domain.scheme.dues import FundingSource
from mutualaid_core.domain.scheme.policy.fund import Gift
from mutualaid_core.domain.scheme.policy.membership import JoinedBy
from mutualaid_core.errors import AlreadyExistsError, NotFoundError, TooLargeError
from mutualaid_core.rules.membership.renewal import DueReason
from mutualaid_core.services.membership.gifts.founding import given_counter
from mutualaid_core.services.membership.gifts.giving import GIFTED_MAX
from mutualaid_core.services.membership.renewal.due import RenewalAsked, due_for_renewal
from mutualaid_core.testing.acts.years import LATER, RENEWED_ON, Years
from mutualaid_core.testing.samples import FOUNDING, PERIOD, POLICY, SCHEME, UNIT, dues, joiner, member_id
from mutualaid_core.testing.world import World
from mutualaid_core.work import read_all, read_one

GIFT_2014 = Gift(year=2014, persons=5, groups=8, payer=FundingSource.UNION, source="SN-2.1.5")


def years_with(*gifts: Gift, members: int = 5) -> Years:
    """A world whose unit was admitted with so many, under a policy with these gifts."""
    world = World(founding=attrs.evolve(FOUNDING, policy=attrs.evolve(POLICY, gifts=gifts)))
    world.found()
    world.admit(members, members)
    return Years(world)


@pytest.fixture
def years() -> Years:
    """A world whose unit was admitted with five workers, and a programme of two places."""
    made = years_with()
    made.gifts.found()
    return made


def given(years: Years) -> int:
    """How many places of the programme are taken."""
    programme = read_one(years.world.store, GiftProgramme, f"{SCHEME}/GIFT")
    key = given_counter(programme)
    return years.world.store.get((), (key,)).counters[key].value


def test_a_programme_is_founded_once() -> None:
    """It must be on record with its payer and quota, and a second one of its id be refused."""
    years = years_with()
    assert years.gifts.found().outcome is Outcome.PASS
    programme = read_one(years.world.store, GiftProgramme, f"{SCHEME}/GIFT")
    assert (programme.payer, programme.quota, programme.groups) == (FundingSource.UNION, 2, ("courier",))
    with pytest.raises(AlreadyExistsError):
        years.gifts.found()


def test_the_fund_itself_gives_nothing() -> None:
    """A programme at the cost of the mutual fund must be refused, and leave no record."""
    years = years_with()
    done = years.gifts.found(payer=None)
    assert (done.outcome, [fault.found for fault in done.faults]) == (Outcome.REJECT, ["mutual_fund"])
    assert not list(read_all(years.world.store, GiftProgramme))


def test_a_programme_without_a_resolution_is_held() -> None:
    """Without the number of a decision nothing must be founded yet."""
    years = years_with()
    done = years.gifts.found(resolution=None)
    assert (done.outcome, [fault.clause for fault in done.faults]) == (Outcome.HOLD, ["SN-2.3.4b"])
    assert not list(read_all(years.world.store, GiftProgramme))


def test_programmes_of_a_year_share_the_quota_of_the_policy() -> None:
    """Of five persons a year, three and two must pass, and then nobody more."""
    years = years_with(GIFT_2014)
    assert years.gifts.found(3, programme_id="A").outcome is Outcome.PASS
    assert years.gifts.found(3, programme_id="B").outcome is Outcome.REJECT
    assert years.gifts.found(2, programme_id="C").outcome is Outcome.PASS
    assert [fault.found for fault in years.gifts.found(1, programme_id="D").faults] == ["1"]


def test_a_place_is_given_with_all_that_is_known(years: Years) -> None:
    """The enrolment must name the gift, the occasion and the way, and stand in both counters."""
    done = years.gifts.give(1)
    assert (done.outcome, done.enrolled, done.held, done.faults) == (Outcome.PASS, (member_id(1),), (), ())
    enrolment = years.enrolment(1)
    assert (enrolment.gift_id, enrolment.joined_as, enrolment.joined_by) == (
        "GIFT",
        JoinedAs.GIFT,
        JoinedBy.UNIT,
    )
    assert (given(years), years.joined()) == (1, 1)


def test_whoever_comes_after_the_quota_is_held(years: Years) -> None:
    """Of three persons for two places, the third must be held and the others enrolled."""
    done = years.gifts.give(1, 2, 3)
    assert (done.outcome, done.enrolled) == (Outcome.FLAG, (member_id(1), member_id(2)))
    assert [(fault.subject, fault.found) for fault in done.held] == [(member_id(3), "number 3")]
    alone = years.gifts.give(3)
    assert (alone.outcome, alone.enrolled, given(years)) == (Outcome.HOLD, (), 2)


def test_whoever_is_in_no_group_is_refused(years: Years) -> None:
    """A person of another group must be refused, and take no place."""
    done = years.gifts.give(1, group="miner")
    assert (done.outcome, [fault.clause for fault in done.faults]) == (Outcome.REJECT, ["SN-2.1.5"])
    assert given(years) == 0


def test_nobody_is_given_a_second_place(years: Years) -> None:
    """A person who is enrolled already, or twice on the list, must be refused by name."""
    assert [fault.clause for fault in years.gifts.give(1, 1).faults] == ["HN-4.3.4c"]
    assert [fault.found for fault in years.gifts.give(1).faults] == ["enrolled already"]


def test_the_unit_must_be_admitted() -> None:
    """No places must be given through a unit that was not judged, or beyond its roster."""
    world = World()
    world.found()
    years = Years(world)
    years.gifts.found()
    assert [fault.found for fault in years.gifts.give(1).faults] == ["not judged"]
    world.admit(1, 1)
    beyond = years.gifts.give(1, 2)
    assert (beyond.outcome, [fault.clause for fault in beyond.faults]) == (Outcome.REJECT, ["HN-4.1.2a"])
    assert not list(read_all(world.store, Enrolment))


def test_a_known_person_is_not_added_again(years: Years) -> None:
    """A member of before, who took the place back, must be given one with the history going on."""
    years.world.enrol(joiner(1))
    years.mend.withdraw(1)
    assert years.gifts.give(1).outcome is Outcome.PASS
    assert [change.kind.value for change in years.enrolment(1).history] == ["joined", "withdrawn", "joined"]


def test_a_place_is_not_given_before_the_day_it_was_taken_back(years: Years) -> None:
    """Entries must stand in the order in which they became known."""
    years.world.enrol(joiner(1))
    years.mend.withdraw(1, on=RENEWED_ON)
    assert [fault.found for fault in years.gifts.give(1).faults] == ["2013-12-20"]


def test_a_place_taken_back_becomes_free(years: Years) -> None:
    """After one of two is withdrawn, somebody else must get it."""
    years.gifts.give(1, 2)
    years.mend.withdraw(1)
    assert (given(years), years.joined()) == (1, 1)
    assert years.gifts.give(3).outcome is Outcome.PASS


def test_a_gift_ends_with_its_period(years: Years) -> None:
    """A gifted member must not be due for renewal where the region says nothing of going on."""
    years.gifts.give(1)
    years.world.remit(dues(1, union=50))
    years.open_later()
    asked = RenewalAsked(scheme_id=SCHEME, from_period=PERIOD, to_period=LATER, on=RENEWED_ON)
    (row,) = due_for_renewal(years.world.store, asked).rows
    assert row.reasons == (DueReason.GIFT_OVER,)


def test_an_unknown_programme_is_told(years: Years) -> None:
    """Giving from a programme that was never founded must say that there is none."""
    other = years_with()
    with pytest.raises(NotFoundError, match="gift_programme 'HN-A/GIFT' does not exist"):
        other.gifts.give(1)
    assert years.joined(UNIT) == 0


def test_a_long_list_comes_in_several_acts(years: Years) -> None:
    """More persons than one act takes must be refused."""
    with pytest.raises(TooLargeError, match=str(GIFTED_MAX)):
        years.gifts.give(*[1] * (GIFTED_MAX + 1))


def test_two_who_give_at_once_never_exceed_the_quota(years: Years) -> None:
    """With two places and two lists of two given at once, two must be enrolled and two held."""
    done = []
    lists = ((1, 2), (3, 4))
    worlds = [Years(World(years.world.store, name=f"side-{number}")) for number in range(2)]
    threads = [
        threading.Thread(target=lambda own=own, wanted=wanted: done.append(own.gifts.give(*wanted)))
        for own, wanted in zip(worlds, lists, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(len(each.enrolled) for each in done) == given(years) == 2
    assert sum(len(each.held) for each in done) == 2
