"""Strategies of membership (会员记录): enrolments with a history, transfers in every state."""

import datetime  # noqa: TC003  # told to a strategy at run time
from collections.abc import Callable, Mapping
from typing import Any, Final

import attrs
from hypothesis import strategies as st

from mutualaid_core.domain.membership.change import Change, ChangeKind, Held, JoinedAs
from mutualaid_core.domain.membership.enrolment import Enrolment, EnrolmentState
from mutualaid_core.domain.membership.gift import GIVERS, GiftProgramme
from mutualaid_core.domain.membership.organisation import (
    KINDS_OF_LEVEL,
    ROOTS,
    Organisation,
    OrganisationKind,
    OrganisationLevel,
    OrganisationTerm,
)
from mutualaid_core.domain.membership.roster import ImportState, RosterImport
from mutualaid_core.domain.membership.transfer import Transfer, TransferRefusal, TransferState
from mutualaid_core.domain.membership.workflow import WORKFLOWS, Workflow
from mutualaid_core.domain.scheme.eligibility import Employment, InsuranceType
from mutualaid_core.domain.scheme.policy.membership import JoinedBy
from mutualaid_core.domain.values.dates import add_days
from mutualaid_core.domain.values.divisions import Certainty, Division, ancestors_of_code, level_of_code
from mutualaid_core.domain.values.identifiers import (
    DivisionCode,
    MemberId,
    PeriodId,
    PoolId,
    SchemeId,
    UnitId,
)
from mutualaid_core.testing import strategies as values


@st.composite
def changes(draw: st.DrawFn) -> Change:
    """Entries of a history."""
    return Change(
        kind=draw(st.sampled_from(ChangeKind)),
        holds_from=draw(values.days()),
        known_on=draw(values.days()),
        unit_id=draw(st.none() | values.ids().map(UnitId)),
        cover=draw(st.none() | values.day_ranges()),
        cause=draw(st.none() | values.ids()),
        held=draw(st.none() | holdings()),
    )


def holdings() -> st.SearchStrategy[Held]:
    """What an enrolment may hold."""
    return st.builds(
        Held,
        shares=st.integers(1, 5),
        parts=st.sampled_from(((), ("main",), ("main", "rider"))),
        joined_as=st.sampled_from(JoinedAs),
        term_months=st.sampled_from((6, 12, 36)),
        waits_from=st.none() | values.days(),
    )


@st.composite
def histories(draw: st.DrawFn, held: Held) -> tuple[Change, ...]:
    """Histories in the order in which their entries became known, and which end with what is held."""
    drawn = draw(st.lists(changes(), max_size=3))
    entries = sorted(drawn, key=lambda entry: entry.known_on)
    told = [number for number, entry in enumerate(entries) if entry.held is not None]
    if told:
        entries[told[-1]] = attrs.evolve(entries[told[-1]], held=held)
    for number, entry in enumerate(entries):
        if number > 1 and entry.kind is ChangeKind.CORRECTED:
            back = draw(st.none() | st.integers(1, number - 1))
            entries[number] = attrs.evolve(entry, withdraws=back)
    return tuple(entries)


@st.composite
def enrolments(draw: st.DrawFn) -> Enrolment:
    """Enrolments of every kind and state."""
    cover = draw(values.day_ranges())
    held = attrs.evolve(draw(holdings()), waits_from=draw(st.none() | st.just(cover.first_day)))
    return Enrolment(
        scheme_id=SchemeId(draw(values.ids())),
        period_id=PeriodId(draw(values.ids())),
        member_id=MemberId(draw(values.ids())),
        unit_id=UnitId(draw(values.ids())),
        insurance_type=draw(st.sampled_from(InsuranceType)),
        employment=draw(st.sampled_from(Employment)),
        shares=held.shares,
        cover=cover,
        state=draw(st.sampled_from(EnrolmentState)),
        parts=held.parts,
        joined_by=draw(st.sampled_from(JoinedBy)),
        joined_as=held.joined_as,
        joined_on=draw(st.none() | values.days()),
        waits_from=held.waits_from,
        term_months=held.term_months,
        gift_id=draw(st.none() | values.ids()),
        history=draw(histories(held)),
    )


@st.composite
def transfers(draw: st.DrawFn) -> Transfer:
    """Transfers in every state."""
    state = draw(st.sampled_from(TransferState))
    proposed_on: datetime.date = draw(values.days())
    decided = None if state is TransferState.PROPOSED else proposed_on
    from_unit, to_unit = draw(st.lists(values.ids(), min_size=2, max_size=2, unique=True))
    return Transfer(
        transfer_id=draw(values.ids()),
        scheme_id=SchemeId(draw(values.ids())),
        period_id=PeriodId(draw(values.ids())),
        member_id=MemberId(draw(values.ids())),
        from_unit=UnitId(from_unit),
        to_unit=UnitId(to_unit),
        to_pool=PoolId(draw(values.ids())),
        is_inside=draw(st.booleans()),
        moves_on=draw(values.days()),
        proposed_on=proposed_on,
        expires_on=add_days(proposed_on, draw(st.integers(0, 30))),
        state=state,
        decided_on=decided,
        refusal=draw(st.sampled_from(TransferRefusal)) if state is TransferState.REJECTED else None,
        place=draw(st.integers(1, 9)),
    )


@st.composite
def gift_programmes(draw: st.DrawFn) -> GiftProgramme:
    """Gift programmes of every payer who may give."""
    return GiftProgramme(
        programme_id=draw(values.ids()),
        scheme_id=SchemeId(draw(values.ids())),
        period_id=PeriodId(draw(values.ids())),
        payer=draw(st.sampled_from(GIVERS)),
        groups=draw(st.sampled_from((("courier",), ("courier", "driver")))),
        quota=draw(st.integers(1, 10_000)),
        resolution=draw(values.ids()),
        source=draw(values.ids()),
        founded_on=draw(st.none() | values.days()),
    )


_CODES: Final = ("430000", "430100", "430121", "429004", "110101", "710000")


@st.composite
def divisions(draw: st.DrawFn) -> Division:
    """Divisions of every level, in force and abandoned."""
    code = DivisionCode(draw(st.sampled_from(_CODES)))
    days = draw(values.day_ranges())
    ends = draw(st.booleans())
    return Division(
        code=code,
        name=draw(values.ids()),
        level=level_of_code(code),
        parent=next(iter(ancestors_of_code(code)), None),
        valid_from=days.first_day,
        valid_to=days.last_day if ends else None,
        successor=draw(st.sampled_from((None, DivisionCode("430112")))) if ends else None,
        seen_to=draw(st.none() | values.days()),
        certainty=draw(st.sampled_from(Certainty)),
        source=draw(values.ids()),
    )


@st.composite
def organisation_terms(
    draw: st.DrawFn, level: OrganisationLevel = OrganisationLevel.UNIT
) -> OrganisationTerm:
    """Terms of an organisation at a level, ended or going on."""
    days = draw(values.day_ranges())
    above = st.just("above")
    parents = {OrganisationLevel.NATIONAL: st.none()}
    return OrganisationTerm(
        first_day=days.first_day,
        last_day=draw(st.sampled_from((None, days.last_day))),
        name=draw(values.ids()),
        parent_id=draw(parents.get(level, st.none() | above if level in ROOTS else above)),
        division=draw(st.sampled_from((None, DivisionCode("430100")))),
    )


@st.composite
def organisations(draw: st.DrawFn) -> Organisation:
    """Organisations of every level and kind, with one term or two."""
    level = draw(st.sampled_from(OrganisationLevel))
    kinds = [kind for kind in OrganisationKind if kind in KINDS_OF_LEVEL[level]]
    first = draw(organisation_terms(level))
    terms: tuple[OrganisationTerm, ...] = (first,)
    if first.last_day is not None:
        later = attrs.evolve(first, first_day=add_days(first.last_day, 1), last_day=None, name="renamed")
        terms = draw(st.sampled_from((terms, (first, later))))
    return Organisation(
        organisation_id=draw(values.ids().map(lambda drawn: "O" + drawn[:20])),
        level=level,
        kind=draw(st.sampled_from(kinds)),
        terms=terms,
    )


@st.composite
def roster_imports(draw: st.DrawFn) -> RosterImport:
    """Imports that were known on their roster date, and later ones."""
    counted_on = draw(values.days())
    later = st.integers(1, 60).map(lambda count: add_days(counted_on, count))
    return RosterImport(
        import_id=draw(values.ids()),
        counted_on=counted_on,
        file=draw(values.ids()),
        rows=draw(st.integers(0, 1000)),
        units=draw(st.integers(0, 50)),
        joining=draw(st.integers(0, 1000)),
        state=draw(st.sampled_from(ImportState)),
        known_on=draw(st.none() | later),
    )


OWN: Final[Mapping[type, Callable[[], st.SearchStrategy[Any]]]] = {
    Division: divisions,
    Organisation: organisations,
    OrganisationTerm: organisation_terms,
    Change: changes,
    Held: holdings,
    Enrolment: enrolments,
    GiftProgramme: gift_programmes,
    RosterImport: roster_imports,
    Transfer: transfers,
    Workflow: lambda: st.sampled_from(WORKFLOWS),
}
"""Strategies of classes whose fields hang together."""
