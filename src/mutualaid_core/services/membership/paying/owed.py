"""Owed (应退互助金): what must be cleared up before a period stops, and who owes what beside."""

import itertools
from collections.abc import Iterator
from typing import Final

from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.membership.contribution import Contribution
from mutualaid_core.domain.membership.enrolment import Enrolment, EnrolmentState
from mutualaid_core.domain.membership.paying.agency import AgencyCollection, CollectionState
from mutualaid_core.domain.membership.paying.remittance import Remittance, RemittanceState, held_counter
from mutualaid_core.domain.scheme.period import Period
from mutualaid_core.domain.values.identifiers import EntryId, PeriodId, SchemeId
from mutualaid_core.domain.values.money import FEN_MAX
from mutualaid_core.ports.store import PAGE_ROWS_MAX, Store
from mutualaid_core.serialization.codec import decode
from mutualaid_core.serialization.records import form_of, key_of
from mutualaid_core.work import Work, read_all, read_many, records_of

UNRETURNED_SHOWN: Final = 100
"""Contributions to be returned, remittances and collections that an answer names of each."""

_VOIDED: Final = f'"{EnrolmentState.VOIDED.value}"'.encode()
"""How a stored enrolment tells, among other things, that it is void."""


def held_faults(work: Work, store: Store, period: Period) -> tuple[Fault, ...]:
    """Why a period may not stop: one fault for each remittance that is held, the first of them.

    Once a period has stopped nothing is booked to it, so that the persons of such a remittance
    would never be covered. It is settled first, or goes back.

    Args:
        work: The work that stops the period; refused at commit if money was held meanwhile.
        store: Where to read.
        period: Period that is to stop.

    Clause:
        HN-3.1.2b
    """
    # Before the scan: whatever is held after it has counted further.
    work.consume(held_counter(period.scheme_id, period.period_id), 0, hi=FEN_MAX)
    rule = "must be settled or go back before the period stops"
    # A part of a long list may be held for which nothing came.
    held = (each for each in held_remittances(store, period.scheme_id, period.period_id) if each.balance)
    return tuple(
        Fault(subject=each.remittance_id, rule=rule, found=each.state.value, clause="HN-3.1.2b")
        for each in itertools.islice(held, UNRETURNED_SHOWN)
    )


def held_remittances(store: Store, scheme_id: SchemeId, period_id: PeriodId) -> Iterator[Remittance]:
    """The remittances of a period that are held, in the order of their ids.

    Clause:
        HN-3.1.2b
    """
    for remittance in read_all(store, Remittance, "state", RemittanceState.HELD.value):
        if (remittance.scheme_id, remittance.period_id) == (scheme_id, period_id):
            yield remittance


def held_for(store: Store, place: Enrolment) -> EntryId | None:
    """The first remittance that is held and ever listed the member of a place; ``None`` for none.

    Args:
        store: Where to read.
        place: The place.

    Clause:
        HN-3.1.2b
    """
    held = held_remittances(store, place.scheme_id, place.period_id)
    found = (
        each.remittance_id
        for each in held
        if any(line.member_id == place.member_id for line in each.ever_listed)
    )
    return next(found, None)


def agency_flags(store: Store, period: Period) -> tuple[Fault, ...]:
    """The finding for each collection of a period whose money an agency still has, the first of them.

    The members have paid, so it keeps no period open; an agency passes on after the closing too.

    Args:
        store: Where to read.
        period: Period that is to stop.

    Clause:
        ACFTU-2.3b
    """
    rule = "must be passed on by {}"
    return tuple(
        Fault(
            subject=each.remittance_id,
            rule=rule.format(each.agency_id),
            found=str(each.due),
            clause="ACFTU-2.3b",
        )
        for each in itertools.islice(_due(store, period), UNRETURNED_SHOWN)
    )


def _due(store: Store, period: Period) -> Iterator[AgencyCollection]:
    for each in read_all(store, AgencyCollection, "state", CollectionState.DUE.value):
        if (each.scheme_id, each.period_id) == (period.scheme_id, period.period_id):
            yield each


def tell_owed(work: Work, scheme_id: SchemeId, period_id: PeriodId) -> None:
    """Count a paid place that is found void, so that a stop of the period under way decides anew.

    Args:
        work: The work that finds it void.
        scheme_id: Scheme.
        period_id: Period.
    """
    work.consume(_counter_of(scheme_id, period_id), 1, hi=FEN_MAX)


def unreturned_faults(work: Work, store: Store, period: Period) -> tuple[Fault, ...]:
    """Why a period may not stop: one fault for each contribution that is to go back, the first of them.

    Once a period has stopped, no place is found void and nothing goes back, so that what is still
    owed would become reserve for good. Cost: one scan of the enrolments of the period's name.

    Args:
        work: The work that stops the period; refused at commit if a place was found void meanwhile.
        store: Where to read.
        period: Period that is to stop.

    Clause:
        HN-4.3.5b
    """
    # Before the scan: whatever is found void after it has counted further.
    work.consume(_counter_of(period.scheme_id, period.period_id), 0, hi=FEN_MAX)
    rule = "must get the contribution of the void place back before the period stops"
    return tuple(
        Fault(subject=each.member_id, rule=rule, found=str(each.amount), clause="HN-4.3.5b")
        for each in _unreturned(store, period)[:UNRETURNED_SHOWN]
    )


def _counter_of(scheme_id: SchemeId, period_id: PeriodId) -> str:
    """Key of the counter of the paid places of a period that were ever found void."""
    return f"void/{scheme_id}/{period_id}"


def _unreturned(store: Store, period: Period) -> list[Contribution]:
    keys = _void_places(store, period)
    found: list[Contribution] = []
    for first in range(0, len(keys), PAGE_ROWS_MAX):
        paid = read_many(store, Contribution, keys[first : first + PAGE_ROWS_MAX]).values()
        found += [each for each in paid if each.is_settled]
    return found


def _void_places(store: Store, period: Period) -> list[str]:
    """Keys of the void places; most places are none, so that only what may be one is decoded."""
    records = records_of(store, form_of(Enrolment).kind, "period_id", period.period_id)
    maybe = [decode(each.body, Enrolment) for each in records if _VOIDED in each.body]
    return [
        key_of(each.scheme_id, each.period_id, each.member_id)
        for each in maybe
        if each.scheme_id == period.scheme_id and each.state is EnrolmentState.VOIDED
    ]
