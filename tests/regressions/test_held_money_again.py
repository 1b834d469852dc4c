"""Held money again (再论待核对款项): no choice of who is covered, no plan that undoes, and a way out."""

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.membership.contribution import Contribution
from mutualaid_core.domain.membership.paying.consent import ConsentStep
from mutualaid_core.domain.membership.paying.funding import FundingPlan, PlanPattern, PlanYear
from mutualaid_core.domain.membership.paying.remittance import (
    RefundGround,
    Remittance,
    RemittanceLine,
    RemittanceState,
)
from mutualaid_core.domain.scheme.dues import FundingSource, PayerShare
from mutualaid_core.domain.values.identifiers import EntryId
from mutualaid_core.domain.values.money import ZERO, Money
from mutualaid_core.domain.values.ratio import Ratio
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.intake.problem.wording import chinese
from mutualaid_core.services.membership.contribution import (
    ReceiveRemittance,
    RemittanceReceived,
    receive_remittance,
)
from mutualaid_core.services.membership.paying.corrections import (
    CorrectContribution,
    Corrected,
    correct_contribution,
)
from mutualaid_core.services.membership.paying.funding import (
    PlanRecorded,
    RecordFundingPlan,
    record_funding_plan,
)
from mutualaid_core.services.membership.paying.remittances import SettleRemittance, settle_remittance
from mutualaid_core.services.verification import verify
from mutualaid_core.testing.acts.agencies import Agencies
from mutualaid_core.testing.acts.mending import Mending
from mutualaid_core.testing.samples import (
    COLLECTED_ON,
    PERIOD,
    SCHEME,
    UNIT,
    dues,
    joiner,
    member_id,
    yuan,
)
from mutualaid_core.testing.world import World
from mutualaid_core.work import read_one

DAY = datetime.date
ILL = DAY(2014, 6, 2)
"""After the window, when it is known who fell ill."""
NEXT = COLLECTED_ON + datetime.timedelta(days=1)
EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture
def world() -> World:
    """Five workers who joined in December and have not paid."""
    made = World()
    made.found()
    made.admit(5, 5)
    made.enrol(*map(joiner, range(1, 6)))
    return made


def settle(
    world: World, *lines: RemittanceLine, on: datetime.date = ILL, more: Money = ZERO, entry: str = "R-3"
) -> RemittanceReceived:
    """Resolve R-2 by another list, or by the same with more money where no line is given."""
    command = SettleRemittance(
        scheme_id=SCHEME,
        remittance_id=EntryId("R-2"),
        entry_id=EntryId(entry),
        supplement=more,
        lines=lines or None,
    )
    return settle_remittance(world.host, world.act(on), command).result


def back(  # noqa: PLR0913  # the facts of a return
    world: World,
    amount: int,
    *,
    ground: RefundGround = RefundGround.OVERPAID,
    number: int | None = None,
    entry: str = "V-1",
    on: datetime.date = ILL,
    of: str = "R-2",
) -> Corrected:
    """Give so much of R-2 back."""
    command = CorrectContribution(
        scheme_id=SCHEME,
        remittance_id=EntryId(of),
        entry_id=EntryId(entry),
        ground=ground,
        amount=yuan(amount),
        member_id=None if number is None else member_id(number),
        cause="退款单1号",
    )
    return correct_contribution(world.host, world.act(on), command).result


def record(
    world: World, pattern: PlanPattern, on: datetime.date = COLLECTED_ON, **percents: int
) -> PlanRecorded:
    """Record a plan by which the employer bears so much from each year on, and the member the rest."""
    years = tuple(
        PlanYear(
            year=int(year.removeprefix("y")),
            split=(
                PayerShare(payer=FundingSource.EMPLOYER, ratio=Ratio(percent, 100)),
                PayerShare(payer=FundingSource.MEMBER),
            ),
        )
        for year, percent in percents.items()
    )
    plan = FundingPlan(
        scheme_id=SCHEME, unit_id=UNIT, pattern=pattern, years=years, resolution="2013-3", made_on=on
    )
    command = RecordFundingPlan(period_id=PERIOD, plan=plan)
    return record_funding_plan(world.host, world.act(on), command).result


def held(world: World) -> Remittance:
    """R-2 as it is kept."""
    return read_one(world.store, Remittance, f"{SCHEME}/R-2")


def told(faults: tuple[Fault, ...]) -> list[tuple[str, str]]:
    """What was found and clause of each fault; each rule must have Chinese."""
    assert all(chinese(each.rule) != each.rule for each in faults if each.rule.startswith("must"))
    return [(each.found, each.clause) for each in faults]


@pytest.mark.clause("HN-4.3.5b")
def test_a_duplicate_is_of_somebody_on_the_list(world: World) -> None:
    """Person 1 paid with R-1: of the money for a list of others nothing goes back for that."""
    world.remit(dues(1), entry="R-1")
    world.remit(dues(2), dues(3), received=yuan(150), entry="R-2")
    stranger = back(world, 50, ground=RefundGround.DUPLICATE, number=1)
    assert (stranger.outcome, told(stranger.faults)) == (Outcome.REJECT, [("not listed", "HN-4.3.5b")])


@pytest.mark.clause("HN-4.3.5b")
def test_a_duplicate_goes_back_once(world: World) -> None:
    """Of a held list of 1 and 2, the 50.00 of person 1, who pays otherwise meanwhile, go back once."""
    world.remit(dues(1), dues(2), received=yuan(150), entry="R-2")
    world.remit(dues(1), entry="R-1")
    first = back(world, 50, ground=RefundGround.DUPLICATE, number=1)
    again = back(world, 50, ground=RefundGround.DUPLICATE, number=1, entry="V-2")
    assert (first.outcome, told(again.faults)) == (Outcome.PASS, [("returned", "HN-4.3.5b")])


@pytest.mark.clause("HN-4.3.5b")
def test_a_duplicate_leaves_what_others_owe(world: World) -> None:
    """Where 40.00 are above what person 2 owes, 50.00 must not go back as a duplicate of person 1."""
    world.remit(dues(1), dues(2), received=yuan(90), entry="R-2")
    world.remit(dues(1), entry="R-1")
    duplicate = back(world, 50, ground=RefundGround.DUPLICATE, number=1)
    assert told(duplicate.faults) == [("50.00", "HN-4.3.5b")]
    assert back(world, 40, entry="V-2").outcome is Outcome.PASS
    assert settle(world, dues(2)).outcome is Outcome.FLAG


@pytest.mark.clause("HN-4.3.5b", "HN-3.1.2b")
def test_a_later_plan_makes_nothing_overpaid(world: World) -> None:
    """Of 101.00 for two who owe 100.00, a plan with another split must not set 51.00 free."""
    world.remit(dues(1), dues(2), received=yuan(101), entry="R-2")
    assert record(world, PlanPattern.EMPLOYER_SUBSIDY, ILL, y2014=50).outcome is Outcome.PASS
    assert told(back(world, 51).faults) == [("51.00", "HN-4.3.5b")]
    assert back(world, 1).outcome is Outcome.PASS


@pytest.mark.clause("SN-2.3.5d")
def test_a_later_plan_does_not_undo_a_deduction(world: World) -> None:
    """Who never consented under the plan of the day of the payment must stand against booking."""
    record(world, PlanPattern.PAYROLL_VOLUNTARY, DAY(2013, 12, 12), y2014=0)
    Agencies(world).declare(ConsentStep.GIVEN, member_id(1), declared_on=DAY(2013, 12, 12))
    assert world.remit(dues(1), dues(2), entry="R-2").outcome is Outcome.HOLD
    for on in (COLLECTED_ON, NEXT):
        record(world, PlanPattern.GIFT_THEN_INDIVIDUAL, on, y2014=0)
        done = settle(world, on=on)
        assert (done.outcome, told(done.faults)) == (Outcome.HOLD, [("none", "SN-2.3.5d")])


@pytest.mark.clause("SN-2.3.5d", "HN-3.1.2b")
def test_papers_told_later_choose_nobody(world: World) -> None:
    """The paper of who fell ill, told in June without those of the others, must not cover one alone."""
    record(world, PlanPattern.PAYROLL_VOLUNTARY, DAY(2013, 12, 12), y2014=0)
    world.remit(dues(1), dues(2), dues(3), entry="R-2")
    Agencies(world).declare(ConsentStep.GIVEN, member_id(3), declared_on=DAY(2013, 12, 12), on=ILL)
    assert back(world, 100).outcome is Outcome.PASS
    done = settle(world, dues(3))
    assert (done.outcome, told(done.faults)[0]) == (Outcome.REJECT, ("2014-06-02", "HN-4.3.5d"))
    assert back(world, 50, entry="V-2").outcome is Outcome.PASS
    assert (held(world).state, world.stop().outcome) == (RemittanceState.RETURNED, Outcome.PASS)


@pytest.mark.clause("SN-2.3.5a", "SN-2.3.5c")
def test_a_plan_of_a_later_year_leaves_this_one_alone(world: World) -> None:
    """A plan from 2015 on must not switch that of 2014 off."""
    record(world, PlanPattern.EMPLOYER_SUBSIDY, COLLECTED_ON, y2014=60)
    record(world, PlanPattern.EMPLOYER_SUBSIDY, NEXT, y2015=60)
    done = world.remit(dues(1), on=NEXT)
    assert (done.outcome, told(done.faults)) == (Outcome.REJECT, [("member 50.00", "SN-2.3.4a")])


@pytest.mark.clause("SN-2.3.5a")
def test_a_glide_path_does_not_fall_by_a_further_plan(world: World) -> None:
    """From 50 % in 2014, a further plan must not let the member's share fall to 10 % in 2015."""
    glide = PlanPattern.GIFT_THEN_INDIVIDUAL
    assert record(world, glide, COLLECTED_ON, y2014=50).outcome is Outcome.PASS
    for on in (NEXT, DAY(2014, 12, 11)):
        falling = record(world, glide, on, y2015=90)
        assert told(falling.faults) == [("2015: 1/10 after 1/2", "SN-2.3.5a")]
    assert record(world, glide, NEXT, y2014=60).outcome is Outcome.PASS  # a year to come


@pytest.mark.clause("HN-3.1.2b", "HN-4.3.5d")
def test_nobody_is_chosen_from_a_list_after_the_event(world: World) -> None:
    """50.00 for a list of five must not cover the one of them who fell ill, and may go back whole."""
    world.remit(*map(dues, range(1, 6)), received=yuan(50), entry="R-2")
    done = settle(world, dues(4))
    assert done.outcome is Outcome.REJECT
    assert told(done.faults) == [
        ("2014-06-02", "HN-4.3.5d"),
        *[("left out", "HN-3.1.2b")] * 4,
        ("held", "HN-4.3.5d"),
    ]
    assert (back(world, 50).outcome, held(world).state) == (Outcome.PASS, RemittanceState.RETURNED)


@pytest.mark.clause("HN-3.1.2b")
def test_a_smaller_list_in_the_window_counts_from_its_own_day(world: World) -> None:
    """Whoever is kept in the window has paid on the day of that list, also where it is settled later."""
    world.remit(*map(dues, range(1, 4)), received=yuan(100), entry="R-2")
    assert settle(world, dues(1), dues(2), on=NEXT).outcome is Outcome.FLAG
    paid = read_one(world.store, Contribution, f"{SCHEME}/{PERIOD}/{member_id(1)}")
    assert (paid.received_on, verify(world.host).faults) == (NEXT, ())


@pytest.mark.clause("HN-4.3.5b", "HN-3.1.2b")
def test_no_place_is_taken_back_for_held_money_once_cover_began(world: World) -> None:
    """The healthy of a held list must keep their places in July; in December they may be taken back."""
    world.remit(dues(1), dues(2), received=yuan(101), entry="R-2")
    late = Mending(world).withdraw(2, on=ILL)
    assert (late.outcome, told(late.faults)) == (Outcome.REJECT, [("R-2", "HN-4.3.5b")])
    assert back(world, 51).outcome is Outcome.REJECT
    assert Mending(world).withdraw(2, on=NEXT).outcome is Outcome.PASS
    assert back(world, 51).outcome is Outcome.PASS
    assert settle(world, dues(1)).outcome is Outcome.FLAG


@pytest.mark.clause("HN-3.1.2b")
def test_nothing_is_not_received(world: World) -> None:
    """A remittance of nothing must be refused with what to do; one below zero told in yuan."""
    for amount, found in ((ZERO, "0.00"), (yuan(-50), "-50.00")):
        with pytest.raises(InvalidValueError, match=f"received must be above 0.00, got '{found}'") as caught:
            world.remit(dues(1), received=amount, entry="R-2")
        assert caught.value.hint == "receive it once the money is there"


@pytest.mark.clause("HN-3.1.2b")
def test_a_part_without_money_keeps_no_period_open(world: World) -> None:
    """Of a long list a part may have nothing: that is held, and the period stops all the same."""
    part = ReceiveRemittance(
        scheme_id=SCHEME,
        period_id=PERIOD,
        unit_id=UNIT,
        entry_id=EntryId("R-2"),
        received=ZERO,
        lines=(dues(1), dues(2)),
        of_list=(Fault(subject=UNIT, rule="must add up", found="0.00", clause="HN-3.1.2b"),),
    )
    assert receive_remittance(world.host, world.act(COLLECTED_ON), part).result.outcome is Outcome.HOLD
    assert settle(world, on=NEXT, more=yuan(50)).outcome is Outcome.HOLD
    assert world.stop().outcome is Outcome.REJECT
    assert back(world, 50).outcome is Outcome.PASS
    assert world.stop().outcome is Outcome.PASS
    assert verify(world.host).faults == ()


@pytest.mark.clause("HN-3.1.2b", "HN-4.3.5d")
def test_too_little_goes_back_whole_once_the_rest_is_late(world: World) -> None:
    """Of 90.00 for two, 40.00 must not go back in June; a supplement is told to be late, and 90.00 may go."""
    world.remit(dues(1), dues(2), received=yuan(90), entry="R-2")
    assert told(back(world, 90, on=NEXT).faults) == [("90.00", "HN-4.3.5b")]
    assert told(settle(world, more=yuan(10)).faults)[-1] == ("held", "HN-4.3.5d")
    assert "must go back whole, as overpaid 90.00" in settle(world, more=yuan(10)).faults[-1].rule
    assert told(back(world, 40).faults) == [("40.00", "HN-4.3.5d")]
    assert back(world, 90).outcome is Outcome.PASS
    assert world.stop().outcome is Outcome.PASS


@pytest.mark.clause("HN-4.3.5b", "ACFTU-11.1b")
def test_a_contribution_goes_back_no_earlier_than_its_place_was_void(world: World) -> None:
    """A return of January for a place that was found void in June would change what was known."""
    world.remit(dues(1), entry="R-2")
    Mending(world).void(1, on=ILL)
    early = back(world, 50, ground=RefundGround.VOIDED_ENROLMENT, number=1, on=DAY(2014, 1, 5))
    assert told(early.faults) == [("2014-01-05", "HN-4.3.5b")]
    assert back(world, 50, ground=RefundGround.VOIDED_ENROLMENT, number=1).outcome is Outcome.PASS


@pytest.mark.clause("HN-3.1.2b")
def test_rows_that_are_left_alone_are_told(cli: Callable[..., Any], tmp_path: Path) -> None:
    """Rows of other units and of who does not join must be counted; where none is left, that is told."""
    year, store = EXAMPLES / "clerks_year", f"sqlite:///{tmp_path}/clerk.db"
    files = ("--scheme", year / "scheme.yaml", "--policy", EXAMPLES / "chengbu_2014" / "policy.yaml")
    opened = ("period", "open", "2014", *files, "--first-day", "2014-01-01", "--on", "2013-11-20", "--new")
    assert cli(*opened, "--store", store).status == 0
    roster = year / "roster-2013-12-10.csv"
    known = (roster, "--units", year / "units.csv", "--counted-on", "2013-12-10", "--store", store)
    assert cli("roster", "import", *known).status == 0
    named = ("--scheme", "hn-example-inpatient", "--period", "2014", "--on", "2013-12-12", "--store", store)
    assert cli("unit", "admit", "EX101", *named, "--counted-on", "2013-12-10").status == 0
    asked = ("member", "enrol", roster, "--unit", "EX101", *named)
    assert "rows of other units, left alone: " in cli(*asked, "--preview").out
    head, *rows = roster.read_text("utf-8").splitlines()
    nobody = tmp_path / "nobody.csv"
    others = [row for row in rows if not row.startswith("EX101")]
    nobody.write_text("\n".join([head, *others, ""]), "utf-8")
    refused = cli("member", "enrol", nobody, "--unit", "EX101", *named)
    assert (refused.status, "no row is of somebody of the unit who joins" in refused.err) == (2, True)
