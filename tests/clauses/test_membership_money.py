"""Contributions and funding: the figures of HN 四（三）, SN 二（三）, ACFTU 二 and 四, HN 四（六）."""

import datetime
from pathlib import Path

import attrs
import pytest

from mutualaid_core.domain.claims.reason import Outcome, Reason
from mutualaid_core.domain.fund.account import Title
from mutualaid_core.domain.membership.contribution import Contribution
from mutualaid_core.domain.membership.contribution import PayerShare as Borne
from mutualaid_core.domain.membership.enrolment import Enrolment
from mutualaid_core.domain.membership.paying.funding import Authorisation, FundingPlan, PlanPattern, PlanYear
from mutualaid_core.domain.membership.paying.remittance import RefundGround, Remittance
from mutualaid_core.domain.scheme.dues import FundingSource, PayerShare
from mutualaid_core.domain.scheme.joining import CoverStart, JoiningTerms, LateJoining, Term, Window
from mutualaid_core.domain.scheme.policy import Policy
from mutualaid_core.domain.scheme.policy.membership import JoinedBy
from mutualaid_core.domain.scheme.policy.product import FundingPattern
from mutualaid_core.domain.values.identifiers import EntryId, MemberId
from mutualaid_core.domain.values.money import ZERO, parse_yuan
from mutualaid_core.domain.values.ratio import Ratio
from mutualaid_core.intake.document import read_document
from mutualaid_core.intake.structure import structure
from mutualaid_core.rules.membership.paying.funding import (
    SourceGroup,
    is_for_a_person,
    payroll_batch,
    percent,
    plan_faults,
    planned_split,
    source_report,
)
from mutualaid_core.rules.membership.paying.subsidy import work_subsidy
from mutualaid_core.services.membership.paying.corrections import (
    CorrectContribution,
    Corrected,
    correct_contribution,
)
from mutualaid_core.services.membership.paying.funding import sources_of
from mutualaid_core.services.membership.paying.owed import held_remittances
from mutualaid_core.services.membership.paying.remittances import (
    SettleRemittance,
    settle_remittance,
)
from mutualaid_core.services.verification import verify
from mutualaid_core.testing.samples import (
    COLLECTED_ON,
    FOUNDING,
    PERIOD,
    POLICY,
    SCHEME,
    UNIT,
    VERSION,
    YEAR,
    dues,
    joiner,
    member_id,
    rated,
    stay,
    yuan,
)
from mutualaid_core.testing.world import World, balance
from mutualaid_core.work import read_all, read_one

DAY = datetime.date
FOLDER = Path(__file__).parents[2] / "src" / "mutualaid_core" / "regulations"


def shares(**told: Ratio | None) -> tuple[PayerShare, ...]:
    """Shares by payer; ``None`` for the rest."""
    return tuple(PayerShare(payer=FundingSource(payer), ratio=ratio) for payer, ratio in told.items())


def plan(
    pattern: PlanPattern, *years: tuple[PayerShare, ...], resolution: str | None = "职代会2014-1号"
) -> FundingPlan:
    """A plan from 2014 on."""
    return FundingPlan(
        scheme_id=SCHEME,
        unit_id=UNIT,
        pattern=pattern,
        years=tuple(PlanYear(year=2014 + after, split=each) for after, each in enumerate(years)),
        resolution=resolution,
        made_on=COLLECTED_ON,
    )


def clauses(made: FundingPlan) -> list[str]:
    """The clauses of a plan's faults."""
    return [fault.clause for fault in plan_faults(made, VERSION.dues, POLICY.contribution)]


def published(policy_id: str) -> Policy:
    """A policy as shipped."""
    policy = structure(read_document(FOLDER / f"{policy_id}.yaml"), Policy)
    assert policy is not None
    return policy


@pytest.fixture
def hundred(world: World) -> World:
    """100 enrolled workers; 5,000 are listed for them and 4,950 came."""
    numbers = range(1, 101)
    world.admit(100, 100)
    world.enrol(*(joiner(number) for number in numbers))
    world.remit(*(dues(number) for number in numbers), received=yuan(4_950), entry="R-1")
    return world


@pytest.mark.clause("HN-3.1.2b")
def test_a_difference_is_held_until_it_is_resolved(hundred: World) -> None:
    """The difference of 50 must be told and the money kept apart; 50 more must book all 100, once each."""
    (held,) = held_remittances(hundred.store, SCHEME, PERIOD)
    assert (held.difference, held.persons, list(read_all(hundred.store, Contribution))) == (
        -yuan(50),
        100,
        [],
    )
    assert [balance(hundred.store, title) for title in (Title.BANK, Title.HELD)] == [ZERO, yuan(4_950)]
    command = SettleRemittance(
        scheme_id=SCHEME, remittance_id=EntryId("R-1"), entry_id=EntryId("R-2"), supplement=yuan(50)
    )
    done = settle_remittance(hundred.host, hundred.act(COLLECTED_ON), command).result
    paid = [each.member_id for each in read_all(hundred.store, Contribution)]
    assert (done.outcome, done.booked, len(paid), len(set(paid))) == (Outcome.PASS, yuan(5_000), 100, 100)
    assert verify(hundred.host).faults == ()


@pytest.mark.clause("HN-3.1.2b")
def test_nobody_is_dropped_silently(hundred: World) -> None:
    """A corrected list of 99 must book 99, and leave the hundredth unpaid and able to pay."""
    lines = tuple(dues(number) for number in range(1, 100))
    command = SettleRemittance(
        scheme_id=SCHEME, remittance_id=EntryId("R-1"), entry_id=EntryId("R-2"), lines=lines
    )
    assert settle_remittance(hundred.host, hundred.act(COLLECTED_ON), command).result.booked == yuan(4_950)
    assert hundred.file(stay(8_000, 100)).reasons == (Reason.NO_PAID_COVER,)
    assert hundred.remit(dues(100)).outcome is Outcome.PASS


def ask_back(world: World, ground: RefundGround, number: str) -> Corrected:
    """Ask 50 of a remittance back for person 1."""
    command = CorrectContribution(
        scheme_id=SCHEME,
        remittance_id=EntryId(number),
        entry_id=EntryId("C-1"),
        ground=ground,
        amount=yuan(50),
        member_id=member_id(1),
        cause="退款单1号",
    )
    return correct_contribution(world.host, world.act(COLLECTED_ON), command).result


@pytest.mark.clause("HN-4.3.5b")
def test_no_refund_after_resignation(world: World) -> None:
    """A refund because the member left must be refused, and the contribution stay booked."""
    world.admit(1, 1)
    world.enrol(joiner(1))
    world.remit(dues(1), entry="R-1")
    done = ask_back(world, RefundGround.LEFT, "R-1")
    assert (done.outcome, [fault.clause for fault in done.faults]) == (Outcome.REJECT, ["HN-4.3.5b"])
    assert balance(world.store, Title.BANK) == yuan(50)


@pytest.mark.clause("HN-4.3.5b")
def test_a_duplicate_is_corrected(world: World) -> None:
    """50 that came twice must go back as a correction of that type, and cover stay unchanged."""
    world.admit(1, 1)
    world.enrol(joiner(1))
    world.remit(dues(1), entry="R-1")
    world.remit(received=yuan(50), entry="R-2")
    before = list(read_all(world.store, Enrolment)), list(read_all(world.store, Contribution))
    assert ask_back(world, RefundGround.DUPLICATE, "R-2").outcome is Outcome.PASS
    assert (list(read_all(world.store, Enrolment)), list(read_all(world.store, Contribution))) == before
    (correction,) = read_one(world.store, Remittance, f"{SCHEME}/R-2").corrections
    assert (correction.kind.value, correction.amount) == ("duplicate", yuan(50))
    assert balance(world.store, Title.BANK) == yuan(50)


@pytest.mark.clause("HN-4.3.5d", "ACFTU-2.3b")
@pytest.mark.parametrize(
    ("paid_on", "outcome"), [(DAY(2014, 12, 31), Outcome.PASS), (DAY(2015, 1, 5), Outcome.REJECT)]
)
def test_the_window_ends_with_its_last_day(paid_on: datetime.date, outcome: Outcome) -> None:
    """Window to 2014-12-31: paid on that day must pass and cover all of 2015, on 5 January be refused."""
    period = attrs.evolve(
        FOUNDING.period,
        period_id="2015",
        cover=attrs.evolve(YEAR, first_day=DAY(2015, 1, 1), last_day=DAY(2015, 12, 31)),
    )
    joining = JoiningTerms(
        ways=(JoinedBy.UNIT,),
        window=Window(opens=-400, closes=-1, source="HN-4.3.5d"),
        late=LateJoining.NEXT_PERIOD,
        terms=(Term(starts_after_months=0, months=12, fee=Ratio(1, 1), source="HN-4.3.4a"),),
        cover_start=CoverStart.TERM_START,
        source="HN-4.3.5d",
    )
    version = attrs.evolve(
        VERSION, first_day=period.cover.first_day, last_day=period.cover.last_day, joining=joining
    )
    world = World(founding=attrs.evolve(FOUNDING, version=version, period=period))
    assert world.found().faults == ()
    world.admit(1, 1)
    assert world.enrol(joiner(1)).faults == ()
    done = world.remit(dues(1), on=paid_on)
    assert (done.outcome, [fault.clause for fault in done.faults]) == (
        outcome,
        [] if outcome is Outcome.PASS else ["HN-4.3.5d"],
    )
    (enrolment,) = read_all(world.store, Enrolment)
    assert enrolment.cover == period.cover


@pytest.mark.clause("SN-2.3.5a")
def test_the_member_takes_over_step_by_step() -> None:
    """0, 30, 60 and 100 percent of 60.00 must be 0, 18, 36 and 60; a falling share must be refused."""
    steps = (Ratio(0, 100), Ratio(30, 100), Ratio(60, 100), Ratio(100, 100))
    rising = plan(PlanPattern.GIFT_THEN_INDIVIDUAL, *(shares(member=step, employer=None) for step in steps))
    assert clauses(rising) == []
    own = [planned_split(rising, 2014 + after, yuan(60))[0].amount for after in range(4)]
    assert own == [yuan(each) for each in (0, 18, 36, 60)]
    falling = attrs.evolve(
        rising,
        years=(
            PlanYear(year=2014, split=rising.years[2].split),
            PlanYear(year=2015, split=rising.years[1].split),
        ),
    )
    assert clauses(falling) == ["SN-2.3.5a"]


@pytest.mark.clause("SN-2.3.5b")
def test_three_bear_a_part_each(world: World) -> None:
    """50.00 by three must be 16.67, 16.67 and 16.66 in the stated order; three times 16.67 be refused."""
    third = Ratio(1, 3)
    thirds = plan(PlanPattern.THREE_WAY, shares(employer=third, union=third, member=third))
    assert clauses(thirds) == []
    parts = [str(part.amount) for part in planned_split(thirds, 2014, yuan(50))]
    assert parts == ["16.67", "16.67", "16.66"]
    world.admit(1, 1)
    world.enrol(joiner(1))
    done = world.remit(dues(1, employer="16.67", union="16.67", member="16.67"))
    assert (done.booked, done.faults[0].found) == (ZERO, "50.01")


@pytest.mark.clause("SN-2.3.5c")
@pytest.mark.parametrize(("union", "found"), [(30, ["SN-2.3.5c"]), (31, [])])
def test_the_union_bears_the_larger_part(union: int, found: list[str]) -> None:
    """30 of 60 by the union must be refused under this pattern, 31 against 29 must pass."""
    split = shares(union=Ratio(union, 60), member=Ratio(60 - union, 60))
    assert clauses(plan(PlanPattern.UNION_MAJOR, split)) == found


@pytest.mark.clause("SN-2.3.5d")
def test_only_who_authorised_it_is_deducted() -> None:
    """Of 100 with 98 authorisations 98 must be deducted and 2 listed; who withdrew in time is out."""
    members = tuple(MemberId(f"m-{number}") for number in range(100))
    given = [Authorisation(member_id=who, given_on=DAY(2013, 12, 1)) for who in members[:98]]
    batch = payroll_batch(members, tuple(given), DAY(2013, 12, 25))
    assert (len(batch.deducted), batch.listed) == (98, members[98:])
    given[0] = attrs.evolve(given[0], withdrawn_on=DAY(2013, 12, 24))
    batch = payroll_batch(members, tuple(given), DAY(2013, 12, 25))
    assert (len(batch.deducted), batch.listed) == (97, (members[0], *members[98:]))


@pytest.mark.clause("SN-2.3.4a")
def test_an_employer_subsidy_is_a_source() -> None:
    """60 = employer 30 + member 30 must be a share of 50.00 % for the employer."""
    half = Ratio(1, 2)
    subsidy = plan(PlanPattern.EMPLOYER_SUBSIDY, shares(employer=half, member=half))
    assert clauses(subsidy) == []
    assert [part.amount for part in planned_split(subsidy, 2014, yuan(60))] == [yuan(30)] * 2
    sixty = World(founding=attrs.evolve(FOUNDING, version=attrs.evolve(VERSION, dues=rated(amount=60))))
    sixty.found()
    sixty.admit(1, 1)
    sixty.enrol(joiner(1))
    sixty.remit(dues(1, 60, employer=30, member=30))
    report = sources_of(sixty.store, SCHEME, PERIOD)
    assert percent(report.share(FundingSource.EMPLOYER)) == "50.00 %"


@pytest.mark.clause("SN-2.3.4b")
def test_the_union_pays_by_a_resolution() -> None:
    """300 places that the union pays must be held without the number of a resolution, and pass with it."""
    major = shares(union=Ratio(2, 3), member=None)
    bare = plan_faults(
        plan(PlanPattern.UNION_MAJOR, major, resolution=None), VERSION.dues, POLICY.contribution
    )
    assert ([fault.clause for fault in bare], is_for_a_person(bare)) == (["SN-2.3.4b"], True)
    assert clauses(plan(PlanPattern.UNION_MAJOR, major)) == []
    terms = attrs.evolve(POLICY.contribution, patterns=published("SN-2021").contribution.patterns)
    assert terms.patterns == tuple(FundingPattern)
    world = World(founding=attrs.evolve(FOUNDING, policy=attrs.evolve(POLICY, contribution=terms)))
    world.found()
    numbers = range(1, 301)
    world.admit(300, 300)
    world.enrol(*(joiner(number) for number in numbers))
    done = world.remit(*(dues(number, union=50) for number in numbers))
    assert (done.outcome, [(fault.found, fault.clause) for fault in done.faults]) == (
        Outcome.HOLD,
        [("300 enrolments without one", "SN-2.3.4b")],
    )


@pytest.mark.clause("ACFTU-2.3a")
def test_the_individual_share_is_reported() -> None:
    """60.00 borne 20 each by member, union and employer must report 33.33 % for the member."""
    report = source_report(
        Borne(payer=FundingSource(payer), amount=yuan(20)) for payer in ("member", "union", "employer")
    )
    assert (report.total, percent(report.share(FundingSource.MEMBER))) == (yuan(60), "33.33 %")


@pytest.mark.clause("ACFTU-4.5")
def test_support_from_outside_is_listed_by_source() -> None:
    """Government 500,000, donations 200,000, members 50,000,000 must be listed and add up to 50,700,000."""
    told = {"government": 500_000, "donation": 200_000, "member": 50_000_000}
    report = source_report(
        Borne(payer=FundingSource(payer), amount=yuan(amount)) for payer, amount in told.items()
    )
    assert {line.payer.value: line.amount for line in report.lines} == {
        payer: yuan(amount) for payer, amount in told.items()
    }
    assert report.total == yuan(50_700_000)
    groups = (SourceGroup.GOVERNMENT, SourceGroup.SOCIETY, SourceGroup.MEMBERS)
    assert [report.amount(group) for group in groups] == [yuan(amount) for amount in told.values()]


@pytest.mark.clause("HN-4.6.3")
@pytest.mark.parametrize(
    ("persons", "year", "amount", "reason"),
    [
        (1_000_000, 2014, "500000.00", None),
        (71_301, 2016, "35650.50", None),
        (71_301, 2013, "0.00", "outside years"),
        (71_301, 2017, "0.00", "outside years"),
    ],
)
def test_the_province_subsidises_the_work(persons: int, year: int, amount: str, reason: str | None) -> None:
    """Half a yuan by the head from 2014 to 2016 by the policy as shipped; nothing before and after."""
    due = work_subsidy(persons, year, published("HN-2013"))
    assert (due.amount, due.reason and due.reason.value) == (parse_yuan(amount), reason)
