"""Earlier cover: who comes back through a list goes on as who renews."""

import attrs
import pytest

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.membership.enrolment import JoinedAs
from mutualaid_core.domain.scheme.benefit.conditions import FlagIs
from mutualaid_core.services.membership.enrolment import EnrolWorkers, WorkersEnrolled, enrol_workers
from mutualaid_core.testing.acts.years import BY_YEAR_END, LATER, RENEWED_ON, Years, two_years
from mutualaid_core.testing.samples import UNIT, VERSION, YEAR, dues, joiner, yuan

RATE = VERSION.dues.rates[0]
FOR_NEWCOMERS = attrs.evolve(
    VERSION.dues,
    rates=(
        attrs.evolve(RATE, when=(FlagIs(fact="first_time", holds=True),), amount=yuan(60)),
        attrs.evolve(RATE, amount=yuan(45)),
    ),
)
"""Newcomers pay 60, everybody else 45."""


def listed(years: Years, *numbers: int) -> WorkersEnrolled:
    """Enrol these persons into the second period through a list."""
    years.admit_later(eligible=len(numbers), enrolled=len(numbers))
    command = EnrolWorkers(
        scheme_id=years.world.scheme_id,
        period_id=LATER,
        unit_id=UNIT,
        joiners=tuple(joiner(number) for number in numbers),
    )
    return enrol_workers(years.world.host, years.world.act(RENEWED_ON), command).result


@pytest.mark.clause("HN-4.3.5d")
def test_who_comes_back_through_a_list_waits_no_second_time() -> None:
    """Member 1 of 2014 must go on from 1 January 2014, and newcomer 3 must begin with the year."""
    years = two_years(joining=BY_YEAR_END)
    assert listed(years, 1, 3).outcome is Outcome.PASS
    found = [years.enrolment(number, LATER) for number in (1, 3)]
    assert [(each.joined_as, each.waits_from) for each in found] == [
        (JoinedAs.RENEWAL, YEAR.first_day),
        (JoinedAs.NEW, None),
    ]


def test_a_place_that_was_never_paid_for_goes_on_in_nothing() -> None:
    """Who was enrolled in 2014 and never paid must begin anew."""
    years = two_years(joining=BY_YEAR_END)
    years.world.admit(unit="U-B")
    years.world.enrol(joiner(3), unit="U-B")
    assert listed(years, 3).outcome is Outcome.PASS
    assert years.enrolment(3, LATER).joined_as is JoinedAs.NEW


@pytest.mark.parametrize(("number", "owed"), [(1, 45), (3, 60)])
def test_the_fee_follows_from_whether_one_comes_back(number: int, owed: int) -> None:
    """Member 1 of 2014 must owe 45, and newcomer 3 must owe 60."""
    years = two_years(dues=FOR_NEWCOMERS)
    assert listed(years, number).outcome is Outcome.PASS
    line = dues(number)
    paid = [
        years.remit_later(
            attrs.evolve(line, amount=yuan(amount), split=(attrs.evolve(line.split[0], amount=yuan(amount)),))
        ).outcome
        for amount in (45 + 60 - owed, owed)
    ]
    assert paid == [Outcome.REJECT, Outcome.PASS]
