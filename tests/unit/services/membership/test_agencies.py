"""Agencies: what they collect covers its members at once, is owed until it comes, and pays no benefit."""

import datetime

import attrs
import pytest

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.fund.account import Title
from mutualaid_core.domain.membership.contribution import Contribution
from mutualaid_core.domain.membership.organisation import OrganisationLevel
from mutualaid_core.domain.membership.paying.receipt import ReceiptLine
from mutualaid_core.domain.values.identifiers import EntryId
from mutualaid_core.domain.values.money import ZERO, total
from mutualaid_core.errors import AlreadyExistsError, NotFoundError, TooLargeError
from mutualaid_core.services.membership.contribution import LINES_MAX
from mutualaid_core.services.membership.paying.agencies import PARTS_MAX
from mutualaid_core.services.membership.paying.holding import collection_of
from mutualaid_core.services.membership.paying.remittances import receipt_of
from mutualaid_core.services.verification import verify
from mutualaid_core.testing.acts.agencies import PASSED_ON, TOLD_ON, Agencies, agency
from mutualaid_core.testing.samples import (
    CLOSED_ON,
    COLLECTED_ON,
    SCHEME,
    dues,
    joiner,
    member_id,
    stay,
    yuan,
)
from mutualaid_core.testing.world import World, balance
from mutualaid_core.work import read_all

BOOKS = (Title.BANK, Title.AGENCY, Title.HELD)


@pytest.fixture
def agencies(world: World) -> Agencies:
    """Two members of an admitted unit, who have not paid, and an agency."""
    world.admit(2, 2)
    world.enrol(joiner(1), joiner(2))
    made = Agencies(world)
    made.put(agency())
    return made


def books(made: Agencies) -> list[str]:
    """What is at the bank, owed by agencies, and held."""
    return [str(balance(made.world.store, title)) for title in BOOKS]


def test_what_an_agency_has_is_paid_and_owed(agencies: Agencies) -> None:
    """The day of the agency must count as that of payment, while the bank has nothing."""
    done = agencies.collect(dues(1, member=20, employer=30), dues(2))
    assert (done.outcome, done.agency_outcome, done.booked) == (Outcome.PASS, Outcome.FLAG, yuan(100))
    paid = agencies.contribution(1)
    assert (paid.received_on, paid.known_on, paid.is_settled) == (COLLECTED_ON, TOLD_ON, True)
    assert not paid.is_settled_as_known(COLLECTED_ON)
    assert books(agencies) == ["0.00", "100.00", "0.00"]
    collection = collection_of(agencies.world.store, SCHEME, EntryId("R-1"))
    assert collection == agencies.collection()
    assert (collection.agency_id, collection.collected_on, collection.due) == (
        "AG-1",
        COLLECTED_ON,
        yuan(100),
    )
    assert collection_of(agencies.world.store, SCHEME, EntryId("R-2")) is None


def test_what_comes_from_an_agency_has_a_receipt(agencies: Agencies) -> None:
    """The receipt must be that of any remittance, with the day on which the agency had the money."""
    agencies.collect(dues(1))
    receipt = receipt_of(agencies.world.store, SCHEME, EntryId("R-1"))
    assert receipt is not None
    assert (receipt.received_on, receipt.lines) == (
        COLLECTED_ON,
        (ReceiptLine(member_id=member_id(1), amount=yuan(50)),),
    )


def test_money_is_passed_on_in_parts(agencies: Agencies) -> None:
    """After 70 of 100 the bank must have 70 and 30 be owed; after the rest nobody is flagged."""
    agencies.collect(dues(1))
    agencies.collect(dues(2), entry="R-2")
    first = agencies.pass_on(("R-1", 50), ("R-2", 20))
    assert (first.outcome, first.booked, books(agencies)) == (
        Outcome.PASS,
        yuan(70),
        ["70.00", "30.00", "0.00"],
    )
    held = agencies.holding()
    assert (held.outcome, [(due.amount, due.days) for due in held.dues]) == (Outcome.FLAG, [(yuan(30), 30)])
    agencies.pass_on(("R-2", 30), entry="T-2")
    assert (agencies.holding().outcome, agencies.holding().faults) == (Outcome.PASS, ())
    assert [part.entry_id for part in agencies.collection("R-2").parts] == ["T-1", "T-2"]
    assert verify(agencies.world.host).faults == ()


def test_more_than_is_owed_is_not_passed_on(agencies: Agencies) -> None:
    """51 of 50 must be refused, with all that is wrong, and leave books and collection alone."""
    agencies.collect(dues(1))
    done = agencies.pass_on(("R-1", 51), received=50)
    assert (done.outcome, done.booked) == (Outcome.REJECT, ZERO)
    assert [fault.subject for fault in done.faults] == ["AG-1", "R-1"]
    assert (books(agencies), agencies.collection().parts) == (["0.00", "50.00", "0.00"], ())


def test_a_list_that_does_not_agree_is_not_taken(agencies: Agencies) -> None:
    """99 for two of 50 must be refused and not held, and be taken once it is mended, with its day."""
    refused = agencies.collect(dues(1), dues(2), received=yuan(99))
    assert (refused.outcome, refused.agency_outcome) == (Outcome.REJECT, Outcome.PASS)
    assert [fault.clause for fault in refused.faults] == ["HN-3.1.2b"]
    assert (books(agencies), list(read_all(agencies.world.store, Contribution))) == (["0.00"] * 3, [])
    assert agencies.collect(dues(1), dues(2)).outcome is Outcome.PASS
    assert agencies.contribution(2).received_on == COLLECTED_ON


def test_a_line_is_judged_as_any_other(agencies: Agencies) -> None:
    """Who is not enrolled, or has paid, must be refused for money of an agency too."""
    agencies.collect(dues(1))
    done = agencies.collect(dues(1), dues(3), entry="R-2")
    assert [fault.clause for fault in done.faults] == ["HN-4.3.5a", "HN-3.1.2b"]


def test_only_an_agency_collects(agencies: Agencies) -> None:
    """A union of a county, and an organisation that nobody knows, must not collect."""
    agencies.put(agency("C-1", OrganisationLevel.COUNTY))
    for collector in ("C-1", "NOBODY"):
        done = agencies.collect(dues(1), agency_id=collector)
        assert (done.outcome, [fault.clause for fault in done.faults]) == (Outcome.REJECT, ["SN-1.1"])


def test_an_agency_does_not_pass_on_for_another(agencies: Agencies) -> None:
    """Money of another agency must be refused as passed on."""
    agencies.put(agency("AG-2"))
    agencies.collect(dues(1))
    done = agencies.pass_on(("R-1", 50), agency_id="AG-2")
    assert [fault.rule for fault in done.faults] == ["must be of AG-2 for 2014"]


def test_each_agency_is_flagged_for_its_own(agencies: Agencies) -> None:
    """Two agencies must be told apart, and another scheme's book not be looked at."""
    agencies.put(agency("AG-2"))
    agencies.collect(dues(1))
    agencies.collect(dues(2), entry="R-2", agency_id="AG-2", collected_on=TOLD_ON)
    assert [(due.agency_id, due.days) for due in agencies.holding().dues] == [("AG-1", 30), ("AG-2", 25)]
    other = attrs.evolve(agencies.world.founding.scheme, scheme_id="HN-B").scheme_id
    agencies.world.scheme_id = other
    assert agencies.holding().outcome is Outcome.PASS


def test_money_of_an_agency_pays_no_benefit(agencies: Agencies) -> None:
    """A claim must be approved by the cover, wait for money at the bank, and be paid once it comes."""
    agencies.collect(dues(1), dues(2))
    assert agencies.world.file(stay(100)).benefit == yuan(50)  # 30 % of 100 is below the minimum of 50
    assert agencies.world.pay("S-1").outcome is Outcome.HOLD
    agencies.pass_on(("R-1", 50), on=datetime.date(2014, 3, 20))
    assert agencies.world.pay("S-1").outcome is Outcome.PASS
    assert books(agencies) == ["0.00", "50.00", "0.00"]


def test_money_comes_after_the_closing_too(agencies: Agencies) -> None:
    """The rest must be taken after the period is closed, and on no day before."""
    agencies.collect(dues(1), dues(2))
    agencies.world.stop()
    assert agencies.pass_on(("R-1", 40), entry="T-0", on=CLOSED_ON).outcome is Outcome.PASS
    assert agencies.world.close().outcome is Outcome.PASS
    early = agencies.pass_on(("R-1", 60), on=CLOSED_ON - datetime.timedelta(days=1))
    assert [fault.clause for fault in early.faults] == ["ACFTU-S4.2b"]
    assert agencies.pass_on(("R-1", 60), on=CLOSED_ON).outcome is Outcome.PASS
    assert balance(agencies.world.store, Title.BANK) == balance(agencies.world.store, Title.RESERVE)
    assert verify(agencies.world.host).faults == ()


def test_nothing_is_collected_for_a_period_that_is_stopped(agencies: Agencies) -> None:
    """Money for a period that takes no postings must be refused."""
    agencies.collect(dues(1))
    agencies.world.stop()
    done = agencies.collect(dues(2), entry="R-2", on=CLOSED_ON)
    assert [fault.clause for fault in done.faults] == ["ACFTU-S4.2b"]


def test_what_there_is_not_is_an_error(agencies: Agencies) -> None:
    """A collection that there is not, and an id that is taken, must be errors."""
    with pytest.raises(NotFoundError, match="agency_collection 'HN-A/R-9' does not exist"):
        agencies.pass_on(("R-9", 1))
    agencies.collect(dues(1))
    with pytest.raises(AlreadyExistsError):
        agencies.collect(dues(2))


def test_one_act_takes_so_many(agencies: Agencies) -> None:
    """More lines or parts than one act can take must be an error, and the most of them pass."""
    with pytest.raises(TooLargeError, match="401"):
        agencies.collect(*(dues(1) for _ in range(LINES_MAX + 1)))
    with pytest.raises(TooLargeError, match="401"):
        agencies.pass_on(*(("R-1", 1) for _ in range(PARTS_MAX + 1)), on=PASSED_ON)


def test_an_agency_passes_on_as_much_as_one_act_can_take(world: World) -> None:
    """400 collections must fit into one act."""
    numbers = range(1, PARTS_MAX + 1)
    world.admit(PARTS_MAX, PARTS_MAX)
    world.enrol(*(joiner(number) for number in numbers))
    made = Agencies(world)
    made.put(agency())
    for number in numbers:
        made.collect(dues(number), entry=f"R-{number}")
    done = made.pass_on(*((f"R-{number}", 50) for number in numbers))
    assert (done.booked, made.holding().dues) == (yuan(20_000), ())


@pytest.mark.clause("HN-4.3.5b")
@pytest.mark.parametrize(
    ("passed", "left"),
    [
        (0, ["0.00", "50.00", "0.00"]),
        (30, ["30.00", "20.00", "0.00"]),
        (70, ["50.00", "0.00", "0.00"]),
        (100, ["50.00", "0.00", "0.00"]),
    ],
    ids=str,
)
def test_what_came_in_error_goes_back_out_of_what_the_agency_has(
    agencies: Agencies, passed: int, left: list[str]
) -> None:
    """50 of 100 must go back: by the agency as far as it has it, and the rest out of the bank."""
    agencies.collect(dues(1), dues(2))
    if passed:
        agencies.pass_on(("R-1", passed))
    done = agencies.give_back(1)
    assert (done.outcome, done.returned, done.faults) == (Outcome.PASS, yuan(50), ())
    assert books(agencies) == left
    assert str(agencies.collection().due) == left[1]
    assert total(due.amount for due in agencies.holding().dues) == agencies.collection().due
    assert verify(agencies.world.host).faults == ()


@pytest.mark.clause("HN-4.3.5b", "ACFTU-2.3b")
def test_what_went_back_is_not_passed_on(agencies: Agencies) -> None:
    """After both contributions went back the agency must owe nothing, and have nothing to pass on."""
    agencies.collect(dues(1), dues(2))
    agencies.give_back(1)
    assert [fault.found for fault in agencies.pass_on(("R-1", 51)).faults] == ["51.00"]
    agencies.give_back(2, correction="C-2")
    assert [each.entry_id for each in agencies.collection().given_back] == ["C-1", "C-2"]
    assert (agencies.holding().outcome, books(agencies)) == (Outcome.PASS, ["0.00", "0.00", "0.00"])
    assert verify(agencies.world.host).faults == ()


@pytest.mark.clause("HN-4.3.5b")
def test_what_was_passed_on_goes_back_on_that_day_or_later(agencies: Agencies) -> None:
    """A day before the agency passed it on must be refused: the bank had nothing yet."""
    agencies.collect(dues(1))
    agencies.pass_on(("R-1", 50))
    early = agencies.give_back(1, on=PASSED_ON - datetime.timedelta(days=1))
    assert [(fault.subject, fault.clause) for fault in early.faults] == [("business_on", "HN-4.3.5b")]
    assert books(agencies) == ["50.00", "0.00", "0.00"]


@pytest.mark.clause("HN-4.3.5b")
def test_only_what_the_bank_gives_must_be_in_the_bank(agencies: Agencies) -> None:
    """Money that the agency has goes back though the bank is empty; what the bank lacks is held."""
    agencies.collect(dues(1), dues(2))
    agencies.pass_on(("R-1", 60))
    agencies.world.file(stay(200, 2))
    agencies.world.pay("S-2")
    held = agencies.give_back(1, on=CLOSED_ON)
    assert (held.outcome, [fault.found for fault in held.faults]) == (Outcome.HOLD, ["10.00"])
    assert books(agencies) == ["0.00", "40.00", "0.00"]
    agencies.world.grant(10)
    assert agencies.give_back(1, on=CLOSED_ON).outcome is Outcome.PASS
    assert books(agencies) == ["0.00", "0.00", "0.00"]
    assert verify(agencies.world.host).faults == ()
