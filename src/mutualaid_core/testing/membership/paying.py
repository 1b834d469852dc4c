"""Strategies of paying (缴费记录): remittances in every state, funding plans of every pattern."""

import datetime
from collections.abc import Callable, Mapping
from typing import Any, Final

from hypothesis import strategies as st

from mutualaid_core.domain.membership.paying.agency import AgencyCollection, GivenBack, PassedOn
from mutualaid_core.domain.membership.paying.consent import ConsentEvent, ConsentStep, PayrollConsent
from mutualaid_core.domain.membership.paying.funding import (
    Authorisation,
    EarlierPlan,
    FundingPlan,
    PlanPattern,
    PlanYear,
)
from mutualaid_core.domain.membership.paying.receipt import Receipt, ReceiptLine
from mutualaid_core.domain.membership.paying.remittance import (
    Correction,
    CorrectionKind,
    EarlierList,
    Remittance,
    RemittanceLine,
    RemittanceState,
)
from mutualaid_core.domain.scheme.dues import FundingSource, PayerShare
from mutualaid_core.domain.values.identifiers import ActorId, EntryId, MemberId, PeriodId, SchemeId, UnitId
from mutualaid_core.domain.values.money import Money, total
from mutualaid_core.testing import strategies as values


def lines() -> st.SearchStrategy[RemittanceLine]:
    """Lines of a list, borne by somebody."""
    return st.builds(
        lambda paid, directly: RemittanceLine(
            member_id=paid.member_id, amount=paid.amount, split=paid.split, paid_directly=directly
        ),
        values.contributions(),
        st.booleans(),
    )


@st.composite
def corrections(draw: st.DrawFn, amount: Money | None = None) -> Correction:
    """Corrections; without an *amount* of a payment that came out of the fund again."""
    held = (CorrectionKind.DUPLICATE, CorrectionKind.OVERPAID)
    kind = draw(st.sampled_from(held)) if amount else CorrectionKind.VOIDED_ENROLMENT
    return Correction(
        entry_id=EntryId(draw(values.ids())),
        kind=kind,
        amount=amount or draw(values.money(1, 100_000)),
        corrected_on=draw(values.days()),
        member_id=draw(st.none() | values.ids().map(MemberId)),
        cause=draw(values.ids()),
    )


@st.composite
def remittances(draw: st.DrawFn) -> Remittance:
    """Remittances that are held, booked, or went back."""
    state = draw(st.sampled_from(RemittanceState))
    listed = tuple(draw(st.lists(lines(), max_size=2)))
    amount = total(line.amount for line in listed)
    received = amount if state is RemittanceState.BOOKED else draw(values.money(0, 100_000))
    back: tuple[Correction, ...] = ()
    if state is RemittanceState.BOOKED:
        back = tuple(draw(st.lists(corrections(), max_size=1)))
    elif state is RemittanceState.RETURNED and received:
        back = (draw(corrections(received)),)
    is_held = state is RemittanceState.HELD
    received_on = draw(values.days())
    earlier = tuple(draw(st.lists(earlier_lists(received_on), max_size=1)))
    return Remittance(
        remittance_id=EntryId(draw(values.ids())),
        scheme_id=SchemeId(draw(values.ids())),
        period_id=PeriodId(draw(values.ids())),
        unit_id=UnitId(draw(values.ids())),
        received=received,
        listed=amount,
        persons=len(listed),
        received_on=received_on,
        state=state,
        settled_on=None if is_held else draw(values.days()),
        settled_by=EntryId(draw(values.ids())) if state is RemittanceState.BOOKED else None,
        lines=listed if is_held else (),
        corrections=back,
        agency_id=None if is_held else draw(st.none() | values.ids()),
        earlier=earlier,
        listed_on=earlier[-1].told_on if earlier else None,
    )


@st.composite
def earlier_lists(draw: st.DrawFn, told_on: datetime.date | None = None) -> EarlierList:
    """Lists that were held before another."""
    listed = tuple(draw(st.lists(lines(), max_size=2)))
    return EarlierList(told_on=told_on or draw(values.days()), lines=listed)


@st.composite
def funding_plans(draw: st.DrawFn) -> FundingPlan:
    """Plans of every pattern, with one payer of the rest in each year."""
    years = sorted(draw(st.sets(st.integers(2000, 2100), min_size=1, max_size=3)))
    made_on = draw(values.days())
    return FundingPlan(
        scheme_id=SchemeId(draw(values.ids())),
        unit_id=UnitId(draw(values.ids())),
        pattern=draw(st.sampled_from(PlanPattern)),
        years=tuple(draw(plan_years(year)) for year in years),
        resolution=draw(st.none() | values.ids()),
        made_on=made_on,
        earlier=tuple(draw(st.lists(earlier_plans(made_on), max_size=1))),
    )


@st.composite
def earlier_plans(draw: st.DrawFn, made_on: datetime.date | None = None) -> EarlierPlan:
    """Plans that were made before another."""
    return EarlierPlan(
        pattern=draw(st.sampled_from(PlanPattern)),
        years=(draw(plan_years()),),
        resolution=draw(st.none() | values.ids()),
        made_on=made_on or draw(values.days()),
    )


@st.composite
def plan_years(draw: st.DrawFn, year: int = 2026) -> PlanYear:
    """A year of a plan, with one payer who takes the rest."""
    payers = draw(st.lists(st.sampled_from(FundingSource), min_size=2, max_size=2, unique=True))
    told = PayerShare(payer=payers[0], ratio=draw(values.ratios(1_000)))
    return PlanYear(year=year, split=(told, PayerShare(payer=payers[1])))


@st.composite
def authorisations(draw: st.DrawFn) -> Authorisation:
    """Authorisations that hold, and such as were withdrawn."""
    given, withdrawn = sorted(draw(st.tuples(values.days(), values.days())))
    return Authorisation(
        member_id=MemberId(draw(values.ids())),
        given_on=given,
        withdrawn_on=draw(st.sampled_from((None, withdrawn))),
    )


@st.composite
def receipts(draw: st.DrawFn) -> Receipt:
    """Receipts of one member's contribution."""
    paid = draw(values.contributions())
    return Receipt(
        receipt_id=EntryId(draw(values.ids())),
        scheme_id=paid.scheme_id,
        period_id=paid.period_id,
        unit_id=paid.unit_id,
        received_on=paid.received_on,
        amount=paid.amount,
        by_source=paid.split,
        lines=(ReceiptLine(member_id=paid.member_id, amount=paid.amount),),
    )


@st.composite
def collections(draw: st.DrawFn) -> AgencyCollection:
    """Collections of which nothing, a part or all was passed on, and an error may have gone back."""
    amount = draw(values.money(1, 100_000))
    collected, told, passed = sorted(draw(st.tuples(values.days(), values.days(), values.days())))
    back = draw(values.money(0, amount.fen))
    part = PassedOn(entry_id=EntryId(draw(values.ids())), amount=back, on=passed) if back else None
    error = draw(values.money(0, (amount - back).fen))
    gone = GivenBack(entry_id=EntryId(draw(values.ids())), amount=error, on=passed) if error else None
    return AgencyCollection(
        remittance_id=EntryId(draw(values.ids())),
        scheme_id=SchemeId(draw(values.ids())),
        period_id=PeriodId(draw(values.ids())),
        unit_id=UnitId(draw(values.ids())),
        agency_id=draw(values.ids()),
        paper=draw(values.ids()),
        amount=amount,
        collected_on=collected,
        told_on=told,
        parts=(part,) if part else (),
        given_back=(gone,) if gone else (),
    )


@st.composite
def consents(draw: st.DrawFn) -> PayrollConsent:
    """Consents that hold, were withdrawn, or were given anew."""
    days = sorted(draw(st.lists(values.days(), min_size=1, max_size=3)))
    return PayrollConsent(
        scheme_id=SchemeId(draw(values.ids())),
        unit_id=UnitId(draw(values.ids())),
        member_id=MemberId(draw(values.ids())),
        events=tuple(draw(consent_events(number, day)) for number, day in enumerate(days)),
    )


@st.composite
def consent_events(draw: st.DrawFn, number: int = 0, day: datetime.date | None = None) -> ConsentEvent:
    """Declarations; those of an odd *number* take the one before them back."""
    on = day or draw(values.days())
    return ConsentEvent(
        step=ConsentStep.WITHDRAWN if number % 2 else ConsentStep.GIVEN,
        on=on,
        told_on=on,
        taken_by=ActorId(draw(values.ids())),
        paper=draw(values.ids()),
    )


OWN: Final[Mapping[type, Callable[[], st.SearchStrategy[Any]]]] = {
    AgencyCollection: collections,
    ConsentEvent: consent_events,
    Correction: corrections,
    Authorisation: authorisations,
    EarlierList: earlier_lists,
    EarlierPlan: earlier_plans,
    FundingPlan: funding_plans,
    PayrollConsent: consents,
    PlanYear: plan_years,
    Receipt: receipts,
    Remittance: remittances,
    RemittanceLine: lines,
}
"""The strategy of each of these entities."""
