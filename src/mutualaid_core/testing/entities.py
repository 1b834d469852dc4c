"""A hypothesis strategy for every entity of the domain (实体生成).

Fields are drawn by their declared type; the entities whose fields depend on each other have
a strategy of their own, here or in ``strategies``. Stores, codecs and masks are tested with
``entities()``, so that none of them forgets a kind.
"""

import datetime
import enum
import types
import typing
from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar

import attrs
from hypothesis import strategies as st

from mutualaid_core.clauses import CLAUSES
from mutualaid_core.domain.claims.claim import Claim
from mutualaid_core.domain.claims.decision import Decision
from mutualaid_core.domain.claims.reason import Outcome, Reason, gravest, in_order
from mutualaid_core.domain.claims.referral import Referral
from mutualaid_core.domain.claims.settlement import Settlement
from mutualaid_core.domain.claims.trace import TRACE_FORM, Trace
from mutualaid_core.domain.fund.account import FundAccount, Side, Title
from mutualaid_core.domain.fund.closing import Closing
from mutualaid_core.domain.fund.ledger import EntryKind, LedgerEntry, LedgerLine, Posting, lines_of
from mutualaid_core.domain.fund.payment import Payment
from mutualaid_core.domain.governance.act import Act
from mutualaid_core.domain.governance.approval import ApprovalFile
from mutualaid_core.domain.governance.complaint import Complaint
from mutualaid_core.domain.governance.event import JournalEvent
from mutualaid_core.domain.governance.secret import StoreSecret
from mutualaid_core.domain.membership.contribution import Contribution, PaidSpan
from mutualaid_core.domain.membership.enrolment import Enrolment
from mutualaid_core.domain.membership.gift import GiftProgramme
from mutualaid_core.domain.membership.member import Member
from mutualaid_core.domain.membership.organisation import Organisation
from mutualaid_core.domain.membership.paying.funding import FundingPlan
from mutualaid_core.domain.membership.paying.remittance import Remittance
from mutualaid_core.domain.membership.refusal import Refusal
from mutualaid_core.domain.membership.roster import RosterImport, RosterPage
from mutualaid_core.domain.membership.transfer import Transfer
from mutualaid_core.domain.membership.unit import Admission, Judgement, Unit
from mutualaid_core.domain.oversight.disclosure import Cell, Disclosure
from mutualaid_core.domain.scheme.benefit.bands import Band, DayBand, SumBand
from mutualaid_core.domain.scheme.benefit.base import AmountsBase
from mutualaid_core.domain.scheme.benefit.conditions import AmountWithin, CountWithin
from mutualaid_core.domain.scheme.benefit.rounding import RoundingRule
from mutualaid_core.domain.scheme.benefit.steps import (
    ByClass,
    Choice,
    DayTable,
    MarginalBands,
    SlabBands,
    SumBands,
)
from mutualaid_core.domain.scheme.benefit.terms import Accumulation, Benefit
from mutualaid_core.domain.scheme.benefit.waiting import Waiting
from mutualaid_core.domain.scheme.dues import Dues, DuesRate, FundingSource
from mutualaid_core.domain.scheme.facts import KINDS_OF_CARE, FactTerm
from mutualaid_core.domain.scheme.parts import Part
from mutualaid_core.domain.scheme.period import Period
from mutualaid_core.domain.scheme.policy import ContributionTerms, Policy, Terms
from mutualaid_core.domain.scheme.policy.fund import AccountMap, PlacementTerms, Subsidy
from mutualaid_core.domain.scheme.region import PoolingRegion
from mutualaid_core.domain.scheme.scheme import Scheme
from mutualaid_core.domain.scheme.version import SchemeVersion
from mutualaid_core.domain.values.dates import DayRange, MonthEnd, add_days, add_months
from mutualaid_core.domain.values.identifiers import CreditCode, DivisionCode, EntryId, PeriodId, SchemeId
from mutualaid_core.domain.values.money import ZERO, Money
from mutualaid_core.domain.values.personal import Diagnosis, PersonName, ResidentId
from mutualaid_core.domain.values.ratio import Ratio
from mutualaid_core.testing import schemes, steps
from mutualaid_core.testing import strategies as values
from mutualaid_core.testing.governance import records as governance
from mutualaid_core.testing.membership import paying, records, terms

Entity = TypeVar("Entity")

_AMOUNT_MAX: Final = 10**9
_CLAUSE_IDS: Final = st.sampled_from(sorted(CLAUSES))

_BY_FIELD: Final[Mapping[str, st.SearchStrategy[Any]]] = {
    "source": _CLAUSE_IDS,
    "form": st.integers(1, TRACE_FORM),
    "clause": _CLAUSE_IDS,
    "kinds_of_care": st.lists(st.sampled_from(KINDS_OF_CARE), min_size=1, max_size=2, unique=True).map(tuple),
    "clauses": st.tuples(_CLAUSE_IDS),
    "material": st.text("0123456789abcdef", min_size=64, max_size=64),
    "documents": st.just(()),
    "document": st.sampled_from((None, "HN")),
    "extends": st.none(),
    "cites": st.just(()),
    "credit_code": st.sampled_from((None, CreditCode("81430000MC00000016"))),
    "division": st.sampled_from((DivisionCode("430100"), DivisionCode("610100"))),
    "workplace": st.sampled_from((None, DivisionCode("430200"))),
    "supervisor": st.just("省总工会"),
}
"""What a field of that name must be, beyond its type."""

_BY_TYPE: Final[Mapping[object, st.SearchStrategy[Any]]] = {
    str: values.ids(),
    int: st.integers(min_value=5, max_value=1_000),
    bool: st.booleans(),
    types.NoneType: st.none(),
    datetime.date: values.days(),
    Money: values.money(1, _AMOUNT_MAX),
    Ratio: values.ratios(1_000),
    DayRange: values.day_ranges(),
    ResidentId: values.resident_ids(),
    PersonName: values.person_names(),
    Diagnosis: values.diagnoses(),
}


@st.composite
def _periods(draw: st.DrawFn) -> Period:
    first = draw(values.days())
    last = add_days(add_months(first, 12, MonthEnd.NEXT_FIRST), -1)
    drawn = draw(_fields_of(Period))
    return Period(**(drawn | {"cover": DayRange(first, last)}))


@st.composite
def _judgements(draw: st.DrawFn) -> Judgement:
    """Judgements with counts that agree."""
    required, enrolled, eligible = sorted(draw(st.tuples(*[st.integers(0, 500)] * 3)))
    drawn = draw(_fields_of(Judgement))
    return Judgement(**(drawn | {"required": required, "enrolled": enrolled, "eligible": eligible}))


def _terms(kind: type[Entity]) -> st.SearchStrategy[Entity]:
    """Terms of a policy: silent, which is most of what a policy is, or with their parameters."""
    return st.just(kind()) | _fields_of(kind).map(lambda fields: kind(**fields))


@st.composite
def _contribution_terms(draw: st.DrawFn) -> ContributionTerms:
    low, high = sorted(draw(st.tuples(values.money(1, 10_000), values.money(1, 10_000))))
    return ContributionTerms(amount_min=low, amount_max=high, payers=tuple(FundingSource), source="HN-4.3.1")


@st.composite
def _subsidies(draw: st.DrawFn) -> Subsidy:
    first, last = sorted(draw(st.tuples(*[st.integers(2000, 2100)] * 2)))
    amount = draw(values.money(1, 10_000))
    return Subsidy(per_head=amount, first_year=first, last_year=last, source="HN-4.6.3")


@st.composite
def _account_maps(draw: st.DrawFn) -> AccountMap:
    days = draw(values.day_ranges())
    drawn = draw(_fields_of(AccountMap))
    return AccountMap(**(drawn | {"first_day": days.first_day, "last_day": days.last_day}))


@st.composite
def _postings(draw: st.DrawFn, title: Title | None = None, side: Side | None = None) -> Posting:
    chosen = title or draw(st.sampled_from(Title))
    source = draw(st.sampled_from(FundingSource)) if chosen is Title.CONTRIBUTION else None
    amount = draw(values.money(1, _AMOUNT_MAX))
    return Posting(title=chosen, side=side or draw(st.sampled_from(Side)), amount=amount, source=source)


@st.composite
def _ledger_entries(draw: st.DrawFn) -> LedgerEntry:
    credits_ = draw(st.lists(_postings(side=Side.CREDIT), min_size=1, max_size=3))
    debit = Posting(
        title=Title.BANK, side=Side.DEBIT, amount=Money(sum(each.amount.fen for each in credits_))
    )
    return LedgerEntry(
        entry_id=EntryId(draw(values.ids())),
        scheme_id=SchemeId(draw(values.ids())),
        period_id=PeriodId(draw(values.ids())),
        booked_on=draw(values.days()),
        kind=draw(st.sampled_from(EntryKind)),
        subject=draw(values.ids()),
        postings=(debit, *credits_),
    )


@st.composite
def _ledger_lines(draw: st.DrawFn) -> LedgerLine:
    return draw(st.sampled_from(lines_of(draw(_ledger_entries()))))


@st.composite
def _fund_accounts(draw: st.DrawFn) -> FundAccount:
    posting = draw(_postings())
    period = PeriodId(draw(values.ids())) if posting.title.per_period else None
    scheme = SchemeId(draw(values.ids()))
    return FundAccount(scheme_id=scheme, title=posting.title, period_id=period, source=posting.source)


@st.composite
def _closings(draw: st.DrawFn) -> Closing:
    reserve, grant, granted, income = draw(st.tuples(*[values.money(0, _AMOUNT_MAX)] * 4))
    benefits = draw(values.money(0, (reserve + grant + granted + income).fen))
    deficit = max(benefits - income, ZERO)
    from_reserve = min(deficit, reserve)
    figures = {
        "reserve_before": reserve,
        "grant_before": grant,
        "granted": granted,
        "income": income,
        "benefits": benefits,
        "surplus": income - benefits,
        "from_reserve": from_reserve,
        "from_grant": deficit - from_reserve,
        "reserve_after": reserve - from_reserve + max(income - benefits, ZERO),
        "grant_after": grant + granted - (deficit - from_reserve),
    }
    return Closing(**(draw(_fields_of(Closing)) | figures))


@st.composite
def _decisions(draw: st.DrawFn) -> Decision:
    reasons = in_order(tuple(draw(st.sets(st.sampled_from(Reason), min_size=1, max_size=3))))
    outcome = gravest(reasons)
    trace = draw(entity(Trace))
    flows = outcome not in {Outcome.REJECT, Outcome.HOLD}
    facts = {
        "version_id": trace.version_id,
        "policy_id": trace.policy_id,
        "trace": trace,
        "reasons": reasons,
        "outcome": outcome,
        "benefit": draw(values.money(0, _AMOUNT_MAX)) if flows else ZERO,
    }
    return Decision(**(draw(_fields_of(Decision)) | facts))


@st.composite
def _cells(draw: st.DrawFn) -> Cell:
    group = draw(values.ids())
    if draw(st.booleans()):
        return Cell(group=group, claims=None, amount=None)
    return Cell(group=group, claims=draw(st.integers(0, 999)), amount=draw(values.money(0, _AMOUNT_MAX)))


@st.composite
def _disclosures(draw: st.DrawFn) -> Disclosure:
    opening, granted, income = draw(st.tuples(*[values.money(0, _AMOUNT_MAX)] * 3))
    benefits = draw(values.money(0, (opening + granted + income).fen))
    figures = {
        "opening": opening,
        "grants": ZERO,
        "granted": granted,
        "income": ((FundingSource.MEMBER, income),),
        "income_total": income,
        "benefits": benefits,
        "closing": opening + granted + income - benefits,
    }
    return Disclosure(**(draw(_fields_of(Disclosure)) | figures))


_OWN: Final[Mapping[type, Callable[[], st.SearchStrategy[Any]]]] = {
    Judgement: _judgements,
    AccountMap: _account_maps,
    Accumulation: schemes.accumulations,
    AmountWithin: steps.amount_conditions,
    AmountsBase: steps.amounts_bases,
    Band: lambda: steps.marginal_bands().map(lambda table: table.bands[0]),
    Benefit: schemes.benefits,
    ByClass: lambda: steps.by_class(steps.ratio_steps()),
    Cell: _cells,
    Closing: _closings,
    Contribution: values.contributions,
    PaidSpan: values.paid_spans,
    Choice: lambda: steps.by_class(steps.ratio_steps()).map(lambda each: each.choices[0]),
    ContributionTerms: _contribution_terms,
    CountWithin: steps.count_conditions,
    DayBand: lambda: steps.day_tables().map(lambda table: table.bands[-1]),
    DayTable: steps.day_tables,
    Decision: _decisions,
    Disclosure: _disclosures,
    Dues: schemes.dues,
    DuesRate: schemes.rates,
    FactTerm: lambda: st.sampled_from(steps.DECLARED),
    FundAccount: _fund_accounts,
    LedgerEntry: _ledger_entries,
    LedgerLine: _ledger_lines,
    MarginalBands: steps.marginal_bands,
    Member: values.members,
    Part: lambda: st.sampled_from(schemes.PARTS),
    **records.OWN,
    **governance.OWN,
    **paying.OWN,
    **terms.OWN,
    Period: _periods,
    PlacementTerms: lambda: st.builds(PlacementTerms),
    Posting: _postings,
    RoundingRule: lambda: schemes.roundings(has_bands=True),
    SchemeVersion: schemes.scheme_versions,
    Settlement: values.settlements,
    SlabBands: steps.slab_bands,
    SumBand: lambda: steps.sum_bands().map(lambda table: table.bands[0]),
    Subsidy: _subsidies,
    SumBands: steps.sum_bands,
    Waiting: schemes.waitings,
}

ENTITIES: Final[tuple[type, ...]] = (
    *(PoolingRegion, Scheme, SchemeVersion, Policy, Period),
    *(Unit, Admission, Member, Enrolment, Contribution, Transfer, RosterPage, RosterImport),
    Organisation,
    *(GiftProgramme, Refusal),
    *(Remittance, FundingPlan),
    *(Settlement, Claim, Decision, Trace),
    *(Referral, Complaint, ApprovalFile),
    *(FundAccount, LedgerEntry, LedgerLine, Payment, Closing),
    *(Act, JournalEvent, StoreSecret, Disclosure),
)
"""Every entity that stands on its own; the others are parts of these."""


def entities() -> st.SearchStrategy[Any]:
    """Entities of every kind."""
    return st.one_of([entity(kind) for kind in ENTITIES])


def entity(kind: type[Entity]) -> st.SearchStrategy[Entity]:
    """Entities of one kind."""
    if kind in _OWN:
        return _OWN[kind]()
    if issubclass(kind, Terms):
        return _terms(kind)
    return _fields_of(kind).map(lambda fields: kind(**fields))


def _fields_of(kind: type) -> st.SearchStrategy[dict[str, Any]]:
    """Arguments of the constructor, each by its name or its declared type."""
    return st.fixed_dictionaries({str(field.alias): _of_field(field) for field in attrs.fields(kind)})


def _of_field(field: "attrs.Attribute[Any]") -> st.SearchStrategy[Any]:
    return _BY_FIELD[field.name] if field.name in _BY_FIELD else _of_type(field.type)


def _of_type(declared: Any) -> st.SearchStrategy[Any]:  # noqa: ANN401  # a type form has no common type
    origin, arguments = typing.get_origin(declared), typing.get_args(declared)
    if declared in _BY_TYPE:
        return _BY_TYPE[declared]
    if origin is tuple and arguments[-1] is ...:
        return st.lists(_of_type(arguments[0]), min_size=1, max_size=2, unique=True).map(tuple)
    if origin is tuple:
        return st.tuples(*map(_of_type, arguments))
    if origin is not None:
        return st.one_of([_of_type(each) for each in arguments])
    if isinstance(declared, typing.NewType):
        return _of_type(declared.__supertype__)
    return st.sampled_from(declared) if issubclass(declared, enum.Enum) else entity(declared)
