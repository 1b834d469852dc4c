"""Contribution: a remittance is booked whole, or held with everything that is wrong with it."""

import attrs
import pytest

from mutualaid_core.domain.claims.reason import Outcome, Reason
from mutualaid_core.domain.fund.account import Title
from mutualaid_core.domain.fund.ledger import LedgerLine
from mutualaid_core.domain.membership.change import ChangeKind
from mutualaid_core.domain.membership.contribution import Contribution
from mutualaid_core.domain.membership.enrolment import Enrolment
from mutualaid_core.domain.membership.paying.remittance import Remittance, RemittanceState
from mutualaid_core.domain.scheme.benefit.conditions import CountWithin
from mutualaid_core.domain.scheme.dues import Dues, FundingSource, PayerShare
from mutualaid_core.domain.scheme.joining import CoverStart, JoiningTerms, LateJoining, Term
from mutualaid_core.domain.scheme.policy.membership import JoinedBy
from mutualaid_core.domain.values.identifiers import EntryId, UnitId
from mutualaid_core.domain.values.money import ZERO
from mutualaid_core.domain.values.ratio import Ratio
from mutualaid_core.errors import AlreadyExistsError, TooLargeError
from mutualaid_core.rules.membership.paying.remittance import held_part
from mutualaid_core.services.membership.contribution import (
    LINES_MAX,
    ReceiveRemittance,
    RemittanceReceived,
    receive_remittance,
)
from mutualaid_core.services.verification import verify
from mutualaid_core.testing.samples import (
    COLLECTED_ON,
    FOUNDING,
    PERIOD,
    POLICY,
    SCHEME,
    STAYED,
    UNIT,
    VERSION,
    YEAR,
    dues,
    joiner,
    member_id,
    stay,
    yuan,
)
from mutualaid_core.testing.world import World, balance
from mutualaid_core.work import read_all


@pytest.fixture
def enrolled(world: World) -> World:
    """Three workers who joined and have not paid."""
    world.admit(3, 3)
    world.enrol(*(joiner(number) for number in (1, 2, 3)))
    return world


def clauses(done: RemittanceReceived) -> list[tuple[str, str]]:
    """Subject and clause of each fault."""
    return [(fault.subject, fault.clause) for fault in done.faults]


def test_a_remittance_that_agrees_is_booked(enrolled: World) -> None:
    """Three times 50 with 150 at the bank must be booked, with a contribution each."""
    done = enrolled.remit(*(dues(number) for number in (1, 2, 3)))
    assert (done.outcome, done.booked, balance(enrolled.store, Title.BANK)) == (
        Outcome.PASS,
        yuan(150),
        yuan(150),
    )
    assert len(list(read_all(enrolled.store, Contribution))) == 3


def test_each_source_has_its_account(enrolled: World) -> None:
    """20 by the member and 30 by the employer must stand in two accounts."""
    enrolled.remit(dues(1, member=20, employer=30))
    sources = (FundingSource.MEMBER, FundingSource.EMPLOYER, FundingSource.UNION)
    assert [balance(enrolled.store, Title.CONTRIBUTION, each) for each in sources] == [
        yuan(20),
        yuan(30),
        ZERO,
    ]


@pytest.mark.parametrize("received", ["149.99", "150.01"])
def test_a_difference_holds_the_whole_batch(enrolled: World, received: str) -> None:
    """150 listed and a fen less or more at the bank must be held, and nothing booked for anybody."""
    done = enrolled.remit(*(dues(number) for number in (1, 2, 3)), received=yuan(received))
    assert (done.outcome, clauses(done)) == (Outcome.HOLD, [(UNIT, "HN-3.1.2b")])
    assert (balance(enrolled.store, Title.BANK), list(read_all(enrolled.store, Contribution))) == (ZERO, [])


@pytest.mark.clause("HN-3.1.2b")
def test_held_money_and_list_are_kept(enrolled: World) -> None:
    """What is held must stand on accounts of its own, with the list, and the store must stay whole."""
    lines = tuple(dues(number) for number in (1, 2, 3))
    enrolled.remit(*lines, received=yuan(149), entry="R-1")
    (held,) = read_all(enrolled.store, Remittance)
    assert (held.state, held.difference, held.lines) == (RemittanceState.HELD, -yuan(1), lines)
    assert [balance(enrolled.store, title) for title in (Title.HELD_BANK, Title.HELD)] == [yuan(149)] * 2
    assert verify(enrolled.host).faults == ()


def test_a_part_without_money_is_held_without_an_entry(enrolled: World) -> None:
    """A part of a long list for which nothing came must be kept, and nothing be booked for it."""
    part = ReceiveRemittance(
        scheme_id=SCHEME,
        period_id=PERIOD,
        unit_id=UnitId(UNIT),
        entry_id=EntryId("R-9"),
        received=ZERO,
        lines=(dues(1),),
        of_list=held_part(UNIT),
    )
    assert receive_remittance(enrolled.host, enrolled.act(COLLECTED_ON), part).result.booked == ZERO
    (held,) = read_all(enrolled.store, Remittance)
    assert (held.received, held.difference) == (ZERO, -yuan(50))
    assert list(read_all(enrolled.store, LedgerLine)) == []


def test_what_is_refused_is_not_kept(enrolled: World) -> None:
    """Money that may not be taken must leave no remittance behind."""
    enrolled.remit(dues(1, 49))
    assert list(read_all(enrolled.store, Remittance)) == []


def test_a_booked_remittance_says_what_it_was(enrolled: World) -> None:
    """Unit, sum, number of persons and the entry must be kept; the list is in the contributions."""
    enrolled.remit(dues(1), dues(2), entry="R-1")
    (booked,) = read_all(enrolled.store, Remittance)
    assert (booked.state, booked.received, booked.persons, booked.lines, booked.settled_by) == (
        RemittanceState.BOOKED,
        yuan(100),
        2,
        (),
        "R-1",
    )


def test_a_remittance_without_persons_is_held(enrolled: World) -> None:
    """Money without a list must be held."""
    assert clauses(enrolled.remit(received=yuan(50))) == [(UNIT, "HN-3.1.2b")]


def test_every_line_at_fault_is_named(enrolled: World) -> None:
    """A stranger, a wrong amount and a payer not allowed must be told together."""
    done = enrolled.remit(dues(4), dues(1, 49), dues(2, donation=50), dues(3))
    assert (done.outcome, clauses(done)) == (
        Outcome.REJECT,
        [(member_id(4), "HN-3.1.2b"), (member_id(1), "HN-4.3.4b"), (member_id(2), "HN-4.3.1")],
    )


def test_parts_that_do_not_add_up_are_named(enrolled: World) -> None:
    """Parts of 20 and 20 for 50 must hold the batch with the clause of the split."""
    done = enrolled.remit(dues(1, member=20, employer=20))
    assert (clauses(done), done.faults[0].found) == ([(member_id(1), "ACFTU-2.3a")], "40.00")


def test_a_person_listed_twice_is_named(enrolled: World) -> None:
    """A person with two lines must hold the batch."""
    done = enrolled.remit(dues(1), dues(1))
    assert (clauses(done), done.faults[0].found) == ([(member_id(1), "HN-4.3.5a")], "2 lines")


def test_a_person_of_another_unit_is_named(enrolled: World) -> None:
    """A person who joined through another unit must not be paid for by this one."""
    enrolled.admit(1, 1, unit="U-2")
    done = enrolled.remit(dues(1), unit="U-2")
    assert (clauses(done), done.faults[0].found) == ([(member_id(1), "HN-3.1.2b")], "of another unit")


def test_nobody_pays_twice(enrolled: World) -> None:
    """A second payment for the same period must be held."""
    enrolled.remit(dues(1))
    done = enrolled.remit(dues(1))
    assert (clauses(done), done.faults[0].found) == ([(member_id(1), "HN-4.3.5a")], "paid already")


def test_money_that_came_too_early_is_held(enrolled: World) -> None:
    """Money of 14 November 2013 must be held, a day before collection begins."""
    done = enrolled.remit(dues(1), on=COLLECTED_ON.replace(month=11, day=14))
    assert clauses(done) == [(member_id(1), "HN-5.2.2a")]


def test_a_number_of_an_entry_is_used_once(enrolled: World) -> None:
    """A remittance under the number of another entry must be refused."""
    enrolled.remit(dues(1), entry="R-1")
    with pytest.raises(AlreadyExistsError, match="ledger_line 'HN-A/R-1/1' already exists"):
        enrolled.remit(dues(2), entry="R-1")


def test_a_list_that_one_act_cannot_take_is_refused(enrolled: World) -> None:
    """More lines than an act can take must be refused before anything is read."""
    with pytest.raises(TooLargeError, match="remittance has 401, the limit is 400"):
        enrolled.remit(*(dues(1),) * (LINES_MAX + 1))


def test_the_largest_list_fits_one_act(world: World) -> None:
    """As many lines as are promised must fit one commit."""
    world.admit(LINES_MAX, LINES_MAX)
    numbers = range(1, LINES_MAX + 1)
    world.enrol(*(joiner(number) for number in numbers))
    assert world.remit(*(dues(number) for number in numbers)).booked == yuan(50 * LINES_MAX)


def test_nothing_is_booked_to_a_period_that_is_closing(enrolled: World) -> None:
    """A remittance after the period has stopped must be refused."""
    enrolled.stop()
    done = enrolled.remit(dues(1))
    assert (done.outcome, clauses(done)) == (Outcome.REJECT, [(PERIOD, "ACFTU-S4.2b")])


def test_a_line_shows_only_what_it_needs(enrolled: World) -> None:
    """A fault must name a person by the pseudonym alone."""
    fault = enrolled.remit(dues(1, 49)).faults[0]
    assert str(fault) == f"{member_id(1)} contribution must be 50.00, got 49.00 [HN-4.3.4b]"


def test_a_contribution_keeps_its_split(enrolled: World) -> None:
    """Who bore what must be kept with the contribution."""
    line = dues(1, member=16, union=17, employer=17)
    enrolled.remit(line)
    (paid,) = read_all(enrolled.store, Contribution)
    assert paid.split == line.split


def enrolled_under(own: Dues) -> World:
    """One worker, born in 1980, who joined a scheme with other dues and has not paid."""
    world = World(founding=attrs.evolve(FOUNDING, version=attrs.evolve(VERSION, dues=own)))
    world.found()
    world.admit(1, 1)
    world.enrol(joiner(1))
    return world


@pytest.mark.parametrize(("amount", "outcome"), [(40, Outcome.PASS), (50, Outcome.REJECT)])
def test_a_rate_may_hang_on_the_member(amount: int, outcome: Outcome) -> None:
    """Where members up to 40 years of age pay 40 and others 50, a young one must pay 40."""
    (everybody,) = VERSION.dues.rates
    young = attrs.evolve(everybody, amount=yuan(40), when=(CountWithin(fact="age", most=40),))
    world = enrolled_under(attrs.evolve(VERSION.dues, rates=(young, everybody)))
    assert world.remit(dues(1, amount)).outcome is outcome


@pytest.mark.clause("ACFTU-2.3a")
def test_a_split_of_the_scheme_binds_the_unit() -> None:
    """Where a scheme has the union bear 30 percent, another split must be refused and that one taken."""
    shares = (
        PayerShare(payer=FundingSource.UNION, ratio=Ratio(30, 100)),
        PayerShare(payer=FundingSource.MEMBER),
    )
    world = enrolled_under(attrs.evolve(VERSION.dues, split=shares))
    refused = world.remit(dues(1, member=25, union=25))
    assert (refused.outcome, clauses(refused)) == (Outcome.REJECT, [(member_id(1), "ACFTU-2.3a")])
    assert world.remit(dues(1, member=35, union=15)).outcome is Outcome.PASS


def paying_world() -> World:
    """A scheme without joining window whose cover starts on the day after the payment; one enrolled."""
    joining = JoiningTerms(
        ways=(JoinedBy.UNIT,),
        late=LateJoining.ACCEPT,
        terms=(Term(starts_after_months=0, months=12, fee=Ratio(1, 1), source="HN-4.3.4a"),),
        cover_start=CoverStart.DAY_AFTER_PAYMENT,
        source="HN-4.3.5d",
    )
    policy = attrs.evolve(POLICY, benefit=attrs.evolve(POLICY.benefit, waiting_days_max=30))
    version = attrs.evolve(VERSION, joining=joining)
    world = World(founding=attrs.evolve(FOUNDING, policy=policy, version=version))
    assert world.found().faults == ()
    world.admit(1, 1)
    assert world.enrol(joiner(1)).faults == ()
    return world


@pytest.mark.clause("HN-4.3.5d", "ACFTU-2.3b")
def test_the_payment_sets_the_first_day_of_cover() -> None:
    """Paid on 5 March 2014, cover must run from 6 March to the end of the year, and say why."""
    world = paying_world()
    day = YEAR.first_day.replace(month=3, day=5)
    assert world.remit(dues(1), on=day, entry="R-1").outcome is Outcome.PASS
    (enrolment,) = read_all(world.store, Enrolment)
    entry = enrolment.history[-1]
    assert (enrolment.cover.first_day, enrolment.cover.last_day) == (day.replace(day=6), YEAR.last_day)
    assert (entry.kind, entry.known_on, entry.cause) == (ChangeKind.EFFECTIVE, day, "R-1")
    assert verify(world.host).faults == ()


@pytest.mark.clause("ACFTU-2.3b")
def test_no_cover_before_the_payment_took_effect() -> None:
    """A stay that ends before the first day of cover must not be paid, one after it must."""
    world = paying_world()
    world.remit(dues(1), on=STAYED.last_day)
    assert world.file(stay(8_000)).reasons == (Reason.OUTSIDE_COVER,)
    later = STAYED.last_day.replace(month=4)
    assert world.file(stay(8_000, setl_id="S-9", enddate=later), on=later).outcome is Outcome.PASS
