"""Neighbours of membership: complaints, referrals, protection, meetings, plans, what comes in."""

import datetime
from fractions import Fraction
from pathlib import Path

import attrs
import pytest

from mutualaid_core.domain.claims.reason import Outcome, Reason
from mutualaid_core.domain.claims.referral import (
    BurdenThreshold,
    Consent,
    Ground,
    ReferralResult,
    ReferralState,
)
from mutualaid_core.domain.claims.settlement import FUND_FIELDS
from mutualaid_core.domain.fund.account import Title
from mutualaid_core.domain.fund.inflow import Book, Inflow, InflowKind, SurplusDisposal
from mutualaid_core.domain.governance.act import Act
from mutualaid_core.domain.governance.actor import Actor, Role
from mutualaid_core.domain.governance.complaint import ComplaintAnswer, ComplaintKind, ComplaintState
from mutualaid_core.domain.governance.meeting import Ballot, Meeting, ResolutionState
from mutualaid_core.domain.governance.plan import PlanTarget
from mutualaid_core.domain.scheme.eligibility import InsuranceType
from mutualaid_core.domain.scheme.policy import Extends, Policy
from mutualaid_core.domain.scheme.policy.fund import AccountTerms, SurplusUse
from mutualaid_core.domain.scheme.policy.governance import GovernanceTerms
from mutualaid_core.domain.values.dates import DayRange
from mutualaid_core.domain.values.identifiers import ActorId, ClaimId, EntryId, PolicyId
from mutualaid_core.domain.values.money import ZERO, Money
from mutualaid_core.domain.values.ratio import Ratio
from mutualaid_core.domain.values.workdays import WorkCalendar
from mutualaid_core.intake.document import read_document
from mutualaid_core.intake.structure import structure
from mutualaid_core.rules.claims.burden import self_pay_of, unsettled_faults
from mutualaid_core.rules.claims.referral import grounds_of
from mutualaid_core.rules.fund.purposes import disposal_faults
from mutualaid_core.rules.governance.automation import JudgedBy, automatic_share
from mutualaid_core.rules.governance.meeting import ballot_judged
from mutualaid_core.rules.governance.plan import plan_completion
from mutualaid_core.rules.governance.protection import PaidClaim, ProtectionTerms, over_paid, relief_by_band
from mutualaid_core.rules.scheme.fund_use import leakage
from mutualaid_core.rules.scheme.layers import Chain, chain_faults, effective_policy, policy_chain
from mutualaid_core.services.adjudication import FileClaim, adjudicate
from mutualaid_core.services.governance.complaints import (
    AnswerComplaint,
    AssignComplaint,
    ComplaintMoved,
    ReceiveComplaint,
    answer_complaint,
    assign_complaint,
    late_complaints,
    receive_complaint,
)
from mutualaid_core.services.governance.inflows import BookInflow, InflowBooked, book_inflow
from mutualaid_core.services.governance.judges import automation_of
from mutualaid_core.services.governance.referrals import (
    CloseReferral,
    ReferMember,
    ReferralMoved,
    ShareReferral,
    close_referral,
    refer_member,
    share_referral,
    watch_list,
)
from mutualaid_core.services.governance.ruin import PoolModel, raised_pool
from mutualaid_core.testing.samples import FILED_ON, PERIOD, REGION, SCHEME, member_id, stay, yuan
from mutualaid_core.testing.world import World, balance

DAY = datetime.date
FOLDER = Path(__file__).parents[2] / "src" / "mutualaid_core" / "regulations"
READ = {path.stem: structure(read_document(path), Policy) for path in FOLDER.glob("*.yaml")}
PUBLISHED = {name: policy for name, policy in READ.items() if policy is not None}
HUNAN, FLOOR = (policy_chain(PUBLISHED[name], PUBLISHED.get)[0] for name in ("HN-2013", "ACFTU-2018"))

YEAR_2026 = WorkCalendar(days=DayRange(DAY(2026, 1, 1), DAY(2026, 12, 31)), source="made up")
"""A calendar without holidays in the days of these tests."""


def by(name: str, on: datetime.date, key: str, role: Role = Role.REVIEWER) -> Act:
    """An act of somebody."""
    return Act(key=key, actor=Actor(actor_id=ActorId(name), role=role), business_on=on)


def appealed(world: World) -> ComplaintMoved:
    """An appeal of 2 March 2026 about a claim that the account ``tester`` judged."""
    world.file(stay(8_000))
    command = ReceiveComplaint(
        complaint_id="C-1",
        scheme_id=SCHEME,
        member_id=member_id(1),
        kind=ComplaintKind.APPEAL,
        claim_id=ClaimId("S-1"),
        limit_days=15,
        limit_source="省总工会信访办法",
        calendar=YEAR_2026,
    )
    return receive_complaint(world.host, world.act(DAY(2026, 3, 2)), command).result


def assigned(world: World, handler: str) -> ComplaintMoved:
    """The appeal given to somebody."""
    command = AssignComplaint(scheme_id=SCHEME, complaint_id="C-1", handler=ActorId(handler))
    return assign_complaint(world.host, world.act(DAY(2026, 3, 3)), command).result


@pytest.mark.clause("ACFTU-2.4c")
def test_a_complaint_is_due_in_working_days(joined: World) -> None:
    """Received on Monday 2 March 2026 with 15 working days, it must be due on 23 March, late on the 24th."""
    done = appealed(joined)
    assert done.complaint is not None
    assert done.complaint.due_on == DAY(2026, 3, 23)
    assert list(late_complaints(joined.store, SCHEME, DAY(2026, 3, 23))) == []
    assert [fault.clause for fault in late_complaints(joined.store, SCHEME, DAY(2026, 3, 24))] == [
        "ACFTU-2.4c"
    ]


@pytest.mark.clause("ACFTU-2.4c")
def test_a_complaint_is_handled_by_somebody_else(joined: World) -> None:
    """The first adjudicator must be refused as handler; another person is taken, and alone answers."""
    appealed(joined)
    refused, taken = assigned(joined, "tester"), assigned(joined, "other")
    assert (refused.outcome, taken.outcome) == (Outcome.REJECT, Outcome.PASS)
    command = AnswerComplaint(scheme_id=SCHEME, complaint_id="C-1", answer=ComplaintAnswer.NOT_UPHELD)
    on = DAY(2026, 3, 24)
    strange = answer_complaint(joined.host, by("tester", on, "answer-1"), command).result
    own = answer_complaint(joined.host, by("other", on, "answer-2"), command).result
    assert (strange.outcome, own.outcome) == (Outcome.REJECT, Outcome.FLAG)
    assert own.complaint is not None
    assert own.complaint.state is ComplaintState.ANSWERED


HEAVY = BurdenThreshold(amount=yuan(30_000), source="市总工会困难职工认定办法")


def referred(world: World, threshold: BurdenThreshold = HEAVY, income: Money | None = None) -> ReferralMoved:
    """Look whether the first member bears much."""
    command = ReferMember(
        scheme_id=SCHEME, period_id=PERIOD, member_id=member_id(1), threshold=threshold, income=income
    )
    return refer_member(world.host, world.act(), command).result


def shared(world: World, consent: Consent | None) -> ReferralMoved:
    """Tell the register of the first member."""
    command = ShareReferral(scheme_id=SCHEME, period_id=PERIOD, member_id=member_id(1), consent=consent)
    return share_referral(world.host, world.act(), command).result


@pytest.fixture
def burdened(joined: World) -> World:
    """A member to whom 40,000 are left: 72,500 in scope and 500 outside, less a benefit of 33,000.

    The benefit is 1,500 + 1,750 + 4,000 + 4,500 and half of 42,500.
    """
    assert joined.file(stay(72_500)).benefit == yuan(33_000)
    return joined


@pytest.mark.clause("ACFTU-3.1b")
def test_a_heavy_burden_is_referred_once(burdened: World) -> None:
    """A burden of 40,000 after all payers must be referred once for the person and period."""
    first, second = referred(burdened), referred(burdened)
    assert first.burden == yuan(40_000)
    assert (first.is_new, second.is_new) == (True, False)
    assert [each.member_id for each in watch_list(burdened.store, SCHEME, PERIOD)] == [member_id(1)]


@pytest.mark.clause("ACFTU-3.1b")
@pytest.mark.parametrize(
    ("burden", "grounds"), [(40_000, (Ground.AMOUNT,)), (30_000, (Ground.AMOUNT,)), (29_999, ())]
)
def test_the_threshold_itself_is_heavy(burden: int, grounds: tuple[Ground, ...]) -> None:
    """40,000 and 30,000 must be heavy where the threshold is 30,000, and 29,999 not."""
    assert grounds_of(yuan(burden), None, HEAVY) == grounds


@pytest.mark.clause("ACFTU-3.1b", "SN-2.1.6b")
def test_nothing_is_shared_without_consent(burdened: World) -> None:
    """Sharing without the member's recorded consent must be refused; with it, it is shared."""
    referred(burdened)
    assert shared(burdened, None).outcome is Outcome.REJECT
    done = shared(burdened, Consent(given_on=FILED_ON, record="同意-1"))
    assert done.referral is not None
    assert (done.outcome, done.referral.state) == (Outcome.PASS, ReferralState.SHARED)


@pytest.mark.clause("SN-2.1.6b")
@pytest.mark.parametrize(("income", "grounds"), [(60_000, (Ground.INCOME_SHARE,)), (80_000, ())])
def test_a_burden_is_heavy_by_its_share_of_income(income: int, grounds: tuple[Ground, ...]) -> None:
    """36,000 must be heavy on an income of 60,000, being 60 %, and not on one of 80,000."""
    half = BurdenThreshold(income_share=Ratio(50, 100), source="省总工会")
    assert grounds_of(yuan(36_000), yuan(income), half) == grounds


@pytest.mark.clause("SN-2.1.6b")
def test_who_bears_half_of_the_income_is_listed_once(joined: World) -> None:
    """36,000 left of the year on an income of 60,000 must be listed, and once only."""
    joined.file(stay(64_500))  # 65,000 borne, less 11,750 and half of 34,500
    half = BurdenThreshold(income_share=Ratio(50, 100), source="省总工会")
    found = [referred(joined, half, yuan(60_000)) for _ in range(2)]
    assert [each.burden for each in found] == [yuan(36_000)] * 2
    assert [each.is_new for each in found] == [True, False]


@pytest.mark.clause("GD-R.3c")
def test_the_result_of_the_register_closes_a_referral(burdened: World) -> None:
    """What the register returned must close the referral, and only once it was shared."""
    referred(burdened)
    command = CloseReferral(
        scheme_id=SCHEME, period_id=PERIOD, member_id=member_id(1), result=ReferralResult.HELPED
    )
    early = close_referral(burdened.host, burdened.act(), command).result
    shared(burdened, Consent(given_on=FILED_ON, record="同意-1"))
    done = close_referral(burdened.host, burdened.act(), command).result
    assert (early.outcome, done.outcome) == (Outcome.REJECT, Outcome.PASS)
    assert done.referral is not None
    assert (done.referral.state, done.referral.result) == (ReferralState.CLOSED, ReferralResult.HELPED)


@pytest.mark.clause("ACFTU-2.4a")
@pytest.mark.parametrize(
    ("present", "in_favour", "state"),
    [
        (190, 190, ResolutionState.INVALID),
        (200, 101, ResolutionState.CARRIED),
        (200, 100, ResolutionState.LOST),
    ],
)
def test_a_resolution_needs_quorum_and_majority(present: int, in_favour: int, state: ResolutionState) -> None:
    """Of 300 delegates 200 must be present, and more than half of those in favour."""
    meeting = Meeting(
        meeting_id="M-1", body="会员代表大会", held_on=DAY(2026, 3, 1), members=300, present=present
    )
    ballot = Ballot(proposal_id="P-1", meeting=meeting, in_favour=in_favour, against=0)
    terms = GovernanceTerms(quorum_min=Ratio(2, 3), majority_min=Ratio(1, 2), source="ACFTU-6.3b")
    assert ballot_judged(ballot, terms).state is state


@pytest.mark.clause("ACFTU-4.2b")
def test_a_higher_level_of_pooling_lowers_the_risk() -> None:
    """Pools of 10,000 at 75 must be ruined with 6.48 %, ten of them together with 3e-7 (RUIN-2a, 2c)."""
    pool = PoolModel(
        lives=10_000, frequency=Fraction(825, 40_363), severity=97_120 / 33, severity_cv=2, contribution=75
    )
    raised = raised_pool((pool,) * 10)
    assert f"{raised.before[0].probability:.2%}" == "6.48%"
    assert f"{raised.after.probability:.1e}" == "3.0e-07"
    assert raised.after.reserve_months == 0


@pytest.mark.clause("ACFTU-4.3b")
def test_a_plan_is_compared_with_what_was_reached() -> None:
    """1,260,000 of 1,500,000 must be 84.0 %; a region without a plan for the year is flagged."""
    target = PlanTarget(pool_id=REGION.pool_id, year=2025, persons=1_500_000, document="规划-1")
    done = plan_completion((target,), REGION.pool_id, 2025, 1_260_000)
    assert (done.outcome, done.completion.shown(1)) == (Outcome.PASS, "84.0 %")
    none = plan_completion((target,), REGION.pool_id, 2026, 1_260_000)
    assert (none.outcome, none.completion.shown(1)) == (Outcome.FLAG, "n/a")


def paid(number: int, expense: int, earlier: int, benefit: str | int) -> PaidClaim:
    """A claim in yuan."""
    return PaidClaim(
        claim_id=ClaimId(f"S-{number}"), expense=yuan(expense), earlier=yuan(earlier), benefit=yuan(benefit)
    )


@pytest.mark.clause("ACFTU-3.2b")
def test_too_little_relief_in_a_band_is_flagged() -> None:
    """Above 50,000, benefits of 1.2 m for 20 m of self-pay must be 6.0 % and flagged below 10 %."""
    terms = ProtectionTerms(bounds=(yuan(50_000),), relief_min=Ratio(10, 100), source="市总工会")
    claims = [paid(number, 300_000, 100_000, 12_000) for number in range(100)]
    low, high = relief_by_band((*claims, paid(100, 10_000, 0, 4_000)), terms)
    assert (high.relief.shown(1), high.outcome) == ("6.0 %", Outcome.FLAG)
    assert (low.relief.shown(1), low.outcome) == ("40.0 %", Outcome.PASS)


@pytest.mark.clause("ACFTU-3.2c")
def test_nobody_gets_more_than_the_expense() -> None:
    """Two claims at 100.01 % of the expense must both be listed, and block the closing."""
    found = over_paid(
        (paid(1, 10_000, 9_000, 1_001), paid(2, 10_000, 10_001, 0), paid(3, 10_000, 9_000, 1_000))
    )
    assert (found.outcome, found.claims, found.amount) == (Outcome.CRITICAL, 2, yuan(2))
    assert [fault.subject for fault in found.faults] == ["S-1", "S-2"]


@pytest.mark.clause("GD-2.3.3b")
def test_the_share_of_automatic_decisions() -> None:
    """850 of 1,000 claims decided by a machine must be 85.0 %."""
    roles = (*[Role.SYSTEM] * 850, *[Role.REVIEWER] * 150)
    claims = [
        JudgedBy(claim_id=ClaimId(f"S-{number}"), outcome=Outcome.PASS, roles=(role,))
        for number, role in enumerate(roles)
    ]
    assert automatic_share(claims).shown(1) == "85.0 %"


@pytest.mark.clause("GD-2.3.3b")
def test_an_automatic_refusal_needs_a_person(world: World) -> None:
    """A refusal by a machine must not stand until a person has judged the same claim."""
    command = FileClaim(scheme_id=SCHEME, period_id=PERIOD, settlement=stay(8_000), filed_on=FILED_ON)
    done = adjudicate(world.host, by("machine", FILED_ON, "auto", Role.SYSTEM), command).result
    assert done.outcome is Outcome.REJECT
    share, open_ = automation_of(world.store, SCHEME)
    assert (share.shown(1), [fault.clause for fault in open_]) == ("100.0 %", ["GD-2.3.3b"])
    adjudicate(world.host, by("reviewer", FILED_ON, "again"), command)
    assert automation_of(world.store, SCHEME)[1] == ()


@pytest.mark.clause("HN-2.1b")
def test_profit_is_not_distributed() -> None:
    """Giving a surplus to anybody must be refused; keeping it for medical benefits must not."""
    policy = effective_policy(HUNAN, DAY(2015, 6, 1))
    shared_out = SurplusDisposal(use=SurplusUse.DISTRIBUTE, document="方案-1")
    kept = SurplusDisposal(use=SurplusUse.ROLL_FORWARD, purpose="medical_benefit", document="方案-2")
    assert "HN-2.1b" in [fault.clause for fault in disposal_faults(shared_out, policy)]
    assert disposal_faults(kept, policy) == ()


@pytest.mark.clause("HN-2.2b")
def test_everything_comes_from_the_workers_and_goes_to_them() -> None:
    """50,000,000 and interest of 300,000 must be benefits and pool, with a leakage of 0.00."""
    assert leakage(yuan(50_300_000), yuan(41_000_000), yuan(9_300_000)) == ZERO
    assert leakage(yuan(50_300_000), yuan(41_000_000), yuan(9_299_880)) == yuan(120)


def came_in(world: World, kind: InflowKind, book: Book) -> InflowBooked:
    """100,000 that come in and are to be put down somewhere."""
    inflow = Inflow(
        scheme_id=SCHEME,
        period_id=PERIOD,
        kind=kind,
        book=book,
        amount=yuan(100_000),
        giver="某公司",
        received_on=FILED_ON,
    )
    return book_inflow(world.host, world.act(), BookInflow(entry_id=EntryId("I-1"), inflow=inflow)).result


@pytest.mark.clause("HN-2.2a")
def test_a_commercial_premium_is_kept_apart(world: World) -> None:
    """The premium of a commercial plan must not be posted to the ledger of mutual aid."""
    done = came_in(world, InflowKind.COMMERCIAL_PREMIUM, Book.FUND)
    assert (done.outcome, [fault.clause for fault in done.faults]) == (Outcome.REJECT, ["HN-2.2a"])
    assert balance(world.store, Title.GRANT) == ZERO


@pytest.mark.clause("HN-3.1.4a")
def test_a_donation_stays_in_the_pool(world: World) -> None:
    """A donation of 100,000 booked to the union must be refused, and booked to the pool it stands there."""
    refused = came_in(world, InflowKind.DONATION, Book.UNION)
    assert (refused.outcome, [fault.clause for fault in refused.faults]) == (Outcome.REJECT, ["HN-3.1.4a"])
    assert came_in(world, InflowKind.DONATION, Book.FUND).outcome is Outcome.PASS
    assert balance(world.store, Title.GRANT) == yuan(100_000)


def with_exception(above: Policy) -> Chain:
    """A city that allows itself an exception from the dedicated account, under a policy."""
    city = Policy(
        policy_id=PolicyId("CITY"),
        title="市级实施办法",
        valid_from=DAY(2019, 1, 1),
        extends=Extends(policy=above.policy_id, from_day=DAY(2019, 1, 1)),
        account=AccountTerms(exception=True, source="ACFTU-13.3a"),
    )
    return policy_chain(city, PUBLISHED.get)[0]


@pytest.mark.clause("HN-3.1.4b")
def test_the_dedicated_account_has_no_exception() -> None:
    """An exception from the dedicated account must be refused under Hunan, and not under the ACFTU alone."""
    (refused,) = chain_faults(with_exception(HUNAN[0]))
    assert (refused.subject, "HN-3.1.4b" in refused.rule) == ("account.exception", True)
    assert chain_faults(with_exception(FLOOR[0])) == ()


@pytest.mark.clause("HN-2.3")
def test_the_insurance_settles_first() -> None:
    """A stay of an insured member for which no insurance has paid must wait for it."""
    whole = stay(11_000, fund_pay_sumamt=ZERO, **dict.fromkeys(FUND_FIELDS, ZERO))
    assert [fault.clause for fault in unsettled_faults(whole, InsuranceType.EMPLOYEE)] == ["HN-2.3"]
    assert unsettled_faults(stay(11_000), InsuranceType.EMPLOYEE) == ()


@pytest.mark.clause("HN-2.3")
def test_the_effect_on_self_pay_is_told() -> None:
    """A self-pay of 5,000 must be told as 2,000 after a benefit of 3,000."""
    found = self_pay_of(attrs.evolve(stay(4_500), psn_part_amt=yuan(5_000)), yuan(3_000))
    assert (found.before, found.benefit, found.after) == (yuan(5_000), yuan(3_000), yuan(2_000))


@pytest.mark.clause("HN-2.3")
def test_a_claim_before_the_insurance_settled_is_held(joined: World) -> None:
    """A claim with a stay that the insurance has not settled must be held, and nothing is granted."""
    none = dict.fromkeys((*FUND_FIELDS, "fund_pay_sumamt"), ZERO)
    done = joined.file(stay(11_000, psn_part_amt=yuan(22_500), psn_cash_pay=yuan(22_500), **none))
    assert (done.outcome, done.reasons, done.benefit) == (Outcome.HOLD, (Reason.NOT_SETTLED_FIRST,), ZERO)
