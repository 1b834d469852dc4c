"""Void places at the end of a period (作废参加的退款): their money goes back before it is reserve."""

import attrs
import pytest

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.membership.contribution import Contribution
from mutualaid_core.domain.membership.paying.remittance import RefundGround
from mutualaid_core.domain.scheme.period import Period, PeriodState
from mutualaid_core.domain.values.identifiers import EntryId
from mutualaid_core.intake.problem.fault_wording import rule_in_chinese
from mutualaid_core.services.closing import ClosePeriod, stop_postings
from mutualaid_core.services.membership.paying.corrections import CorrectContribution, correct_contribution
from mutualaid_core.testing.acts.meanwhile import Meanwhile
from mutualaid_core.testing.acts.mending import Mending
from mutualaid_core.testing.samples import CLOSED_ON, PERIOD, SCHEME, YEAR, member_id, yuan
from mutualaid_core.testing.world import World
from mutualaid_core.work import read_one


@pytest.fixture
def world() -> World:
    """A world of two members, the first of whom is found void on the last day of the period."""
    made = World()
    made.found()
    made.join(1, 2)
    Mending(made).void(1, YEAR.last_day)
    return made


def give_back(world: World) -> Outcome:
    """Return the first member's contribution on the day on which the period is to stop."""
    paid = read_one(world.store, Contribution, f"{SCHEME}/{PERIOD}/{member_id(1)}")
    command = CorrectContribution(
        scheme_id=world.scheme_id,
        remittance_id=paid.entry_id,
        entry_id=EntryId("C-1"),
        ground=RefundGround.VOIDED_ENROLMENT,
        amount=paid.amount,
        member_id=paid.member_id,
        cause="P-1",
    )
    return correct_contribution(world.host, world.act(CLOSED_ON), command).result.outcome


@pytest.mark.clause("HN-4.3.5b")
def test_a_period_does_not_stop_while_it_owes_money_back(world: World) -> None:
    """Fifty of a void place must be named, with the pseudonym, and the period must stay open."""
    told = world.stop()
    assert (told.outcome, [(each.subject, each.found, each.clause) for each in told.faults]) == (
        Outcome.REJECT,
        [(member_id(1), "50.00", "HN-4.3.5b")],
    )
    assert read_one(world.store, Period, f"{SCHEME}/{PERIOD}").state is PeriodState.OPEN
    assert all(rule_in_chinese(each.rule) for each in told.faults)


@pytest.mark.clause("HN-4.3.5b", "HN-4.3.2")
def test_what_went_back_is_no_reserve(world: World) -> None:
    """Once the fifty went back, the period must stop and close with the other fifty as income."""
    assert give_back(world) is Outcome.PASS
    assert world.stop().outcome is Outcome.PASS
    closing = world.close().closing
    assert closing is not None
    assert (closing.income, closing.reserve_after) == (yuan(50), yuan(50))


@pytest.mark.clause("HN-4.3.5b")
def test_a_place_found_void_meanwhile_keeps_the_period_open() -> None:
    """The stop read that nothing is owed; before its commit a place is found void: it must decide anew."""
    world = World()
    world.found()
    world.join(1, 2)
    other = World(world.store, world.founding, name="other")
    host = attrs.evolve(
        world.host, store=Meanwhile(world.store, lambda: Mending(other).void(1, YEAR.last_day))
    )
    command = ClosePeriod(scheme_id=world.scheme_id, period_id=world.period_id)
    told = stop_postings(host, world.act(CLOSED_ON), command).result
    assert (told.outcome, [each.subject for each in told.faults]) == (Outcome.REJECT, [member_id(1)])
