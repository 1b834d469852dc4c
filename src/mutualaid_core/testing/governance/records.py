"""Strategies of classes of governance whose fields hang together, in every state."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from hypothesis import strategies as st

from mutualaid_core.domain.claims.referral import (
    BurdenThreshold,
    Consent,
    Ground,
    Referral,
    ReferralResult,
    ReferralState,
)
from mutualaid_core.domain.fund.inflow import SurplusDisposal
from mutualaid_core.domain.governance.approval import Approval, ApprovalFile, PaperOnFile
from mutualaid_core.domain.governance.complaint import (
    Complaint,
    ComplaintAnswer,
    ComplaintKind,
    ComplaintState,
)
from mutualaid_core.domain.governance.lifecycle import LifeAct, Paper, Stage
from mutualaid_core.domain.governance.meeting import Ballot, Meeting
from mutualaid_core.domain.governance.plan import PlanTarget
from mutualaid_core.domain.governance.pricing import BenefitBand, PricingMemo
from mutualaid_core.domain.governance.readiness import Checklist, ItemShown, ReadinessItem
from mutualaid_core.domain.scheme.policy.fund import SurplusUse
from mutualaid_core.domain.values.dates import DayRange, add_days
from mutualaid_core.domain.values.identifiers import (
    ActorId,
    ClaimId,
    MemberId,
    PeriodId,
    PoolId,
    SchemeId,
    VersionId,
)
from mutualaid_core.domain.values.ratio import Ratio
from mutualaid_core.domain.values.workdays import WorkCalendar
from mutualaid_core.testing import strategies as values

_WEEK: Final = 7
_SATURDAY: Final = 5


@st.composite
def work_calendars(draw: st.DrawFn) -> WorkCalendar:
    """Calendars of four weeks with some days off and some weekends worked."""
    first = draw(values.days())
    days = [add_days(first, number) for number in range(4 * _WEEK)]
    weekend = [day for day in days if day.weekday() >= _SATURDAY]
    plain = [day for day in days if day.weekday() < _SATURDAY]
    return WorkCalendar(
        days=DayRange(days[0], days[-1]),
        holidays=tuple(sorted(draw(st.sets(st.sampled_from(plain), max_size=3)))),
        worked=tuple(sorted(draw(st.sets(st.sampled_from(weekend), max_size=2)))),
        source="HN-4.5.3a",
    )


@st.composite
def complaints(draw: st.DrawFn) -> Complaint:
    """Complaints and appeals in every state."""
    state = draw(st.sampled_from(ComplaintState))
    received = draw(values.days())
    is_open = state in {ComplaintState.RECEIVED, ComplaintState.ASSIGNED}
    is_handled = state in {ComplaintState.ASSIGNED, ComplaintState.ANSWERED}
    return Complaint(
        complaint_id=draw(values.ids()),
        scheme_id=SchemeId(draw(values.ids())),
        member_id=MemberId(draw(values.ids())),
        kind=draw(st.sampled_from(ComplaintKind)),
        claim_id=ClaimId(draw(values.ids())),
        received_on=received,
        limit_days=draw(st.integers(1, 60)),
        limit_source=draw(values.ids()),
        due_on=add_days(received, draw(st.integers(1, 90))),
        state=state,
        handler=ActorId(draw(values.ids())) if is_handled else None,
        closed_on=None if is_open else received,
        answer=draw(st.sampled_from(ComplaintAnswer)) if state is ComplaintState.ANSWERED else None,
    )


@st.composite
def thresholds(draw: st.DrawFn) -> BurdenThreshold:
    """Thresholds by amount, by share of income, and by both."""
    amount = draw(st.none() | values.money(1, 10**7))
    share = draw(values.ratios(100))
    return BurdenThreshold(
        amount=amount,
        income_share=share if amount is None else draw(st.sampled_from((None, share))),
        source=draw(values.ids()),
    )


@st.composite
def referrals(draw: st.DrawFn) -> Referral:
    """Referrals in every state."""
    state = draw(st.sampled_from(ReferralState))
    listed = draw(values.days())
    is_told = state in {ReferralState.SHARED, ReferralState.CLOSED}
    is_over = state in {ReferralState.DECLINED, ReferralState.CLOSED}
    return Referral(
        scheme_id=SchemeId(draw(values.ids())),
        period_id=PeriodId(draw(values.ids())),
        member_id=MemberId(draw(values.ids())),
        burden=draw(values.money(1, 10**7)),
        grounds=tuple(
            sorted(draw(st.sets(st.sampled_from(Ground), min_size=1)), key=lambda each: each.value)
        ),
        source=draw(values.ids()),
        listed_on=listed,
        state=state,
        consent=Consent(given_on=listed, record=draw(values.ids())) if is_told else None,
        shared_on=listed if is_told else None,
        closed_on=listed if is_over else None,
        result=draw(st.sampled_from(ReferralResult)) if state is ReferralState.CLOSED else None,
    )


@st.composite
def papers(draw: st.DrawFn) -> PaperOnFile:
    """Papers of every kind; approvals have an issuer."""
    paper = draw(st.sampled_from(Paper))
    issuer = draw(values.ids())
    return PaperOnFile(
        paper=paper,
        document=draw(values.ids()),
        issued_on=draw(values.days()),
        issuer_id=issuer if paper is Paper.APPROVAL else draw(st.sampled_from((None, issuer))),
    )


@st.composite
def bands(draw: st.DrawFn) -> BenefitBand:
    """Bands of expected benefits."""
    low, high = sorted(draw(st.tuples(st.integers(0, 100), st.integers(0, 100))))
    return BenefitBand(low=Ratio(low, 100), high=Ratio(high, 100), source=draw(values.ids()))


@st.composite
def memos(draw: st.DrawFn) -> PricingMemo:
    """Pricing memos without survey and experience."""
    return PricingMemo(
        memo_id=draw(values.ids()),
        scheme_id=SchemeId(draw(values.ids())),
        version_id=VersionId(draw(values.ids())),
        contribution=draw(values.money(1, 10_000)),
        benefits=draw(values.money(0, 10**9)),
        lives=draw(st.integers(1, 10**6)),
        band=draw(bands()),
    )


@st.composite
def approvals(draw: st.DrawFn) -> Approval:
    """Steps on file, with and without papers."""
    return Approval(
        act=draw(st.sampled_from(LifeAct)),
        stage=draw(st.sampled_from(Stage)),
        on=draw(values.days()),
        papers=tuple(draw(st.lists(papers(), max_size=2))),
        memo=draw(st.none() | memos()),
    )


@st.composite
def approval_files(draw: st.DrawFn) -> ApprovalFile:
    """Files of schemes and of organisations."""
    own = draw(values.ids())
    is_scheme = draw(st.booleans())
    entries = draw(st.lists(approvals(), min_size=1, max_size=3))
    return ApprovalFile(
        scheme_id=SchemeId(own) if is_scheme else None,
        organisation_id=None if is_scheme else own,
        union_id=draw(values.ids()),
        approvals=tuple(sorted(entries, key=lambda entry: entry.on)),
    )


@st.composite
def items(draw: st.DrawFn) -> ItemShown:
    """Items of the checklist with their documents."""
    return ItemShown(item=draw(st.sampled_from(ReadinessItem)), document=draw(values.ids()))


@st.composite
def targets(draw: st.DrawFn) -> PlanTarget:
    """Targets of a year."""
    return PlanTarget(
        pool_id=PoolId(draw(values.ids())),
        year=draw(st.integers(2000, 2100)),
        persons=draw(st.integers(1, 10**7)),
        document=draw(values.ids()),
    )


@st.composite
def checklists(draw: st.DrawFn) -> Checklist:
    """Checklists with some items shown."""
    shown = draw(st.lists(st.sampled_from(ReadinessItem), unique=True))
    return Checklist(
        pool_id=PoolId(draw(values.ids())),
        shown=tuple(ItemShown(item=item, document=draw(values.ids())) for item in shown),
        lives=draw(st.integers(0, 20_000)),
        lives_min=draw(st.integers(1, 20_000)),
        lives_source=draw(values.ids()),
    )


@st.composite
def meetings(draw: st.DrawFn) -> Meeting:
    """Meetings at which all, some or none were present."""
    members = draw(st.integers(1, 500))
    return Meeting(
        meeting_id=draw(values.ids()),
        body="会员代表大会",
        held_on=draw(values.days()),
        members=members,
        present=draw(st.integers(0, members)),
    )


@st.composite
def ballots(draw: st.DrawFn) -> Ballot:
    """Ballots with and without abstentions."""
    meeting = draw(meetings())
    in_favour = draw(st.integers(0, meeting.present))
    return Ballot(
        proposal_id=draw(values.ids()),
        meeting=meeting,
        in_favour=in_favour,
        against=draw(st.integers(0, meeting.present - in_favour)),
    )


@st.composite
def disposals(draw: st.DrawFn) -> SurplusDisposal:
    """Plans for a surplus, allowed and not."""
    return SurplusDisposal(
        use=draw(st.sampled_from(SurplusUse)), purpose=draw(values.ids()), document=draw(values.ids())
    )


OWN: Final[Mapping[type, Callable[[], st.SearchStrategy[Any]]]] = {
    Approval: approvals,
    ApprovalFile: approval_files,
    Ballot: ballots,
    BenefitBand: bands,
    BurdenThreshold: thresholds,
    Checklist: checklists,
    Complaint: complaints,
    ItemShown: items,
    Meeting: meetings,
    PaperOnFile: papers,
    PlanTarget: targets,
    PricingMemo: memos,
    Referral: referrals,
    SurplusDisposal: disposals,
    WorkCalendar: work_calendars,
}
"""Strategies of classes whose fields hang together."""
