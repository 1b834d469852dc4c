"""History (参加履历): what was known of an enrolment on a day, folded from its changes."""

import datetime
from collections.abc import Mapping
from typing import Final

import attrs

from mutualaid_core.clauses import implements
from mutualaid_core.domain.membership.change import Change, ChangeKind, Held
from mutualaid_core.domain.membership.enrolment import Enrolment, EnrolmentState
from mutualaid_core.domain.values.dates import DayRange, add_days
from mutualaid_core.domain.values.identifiers import UnitId

_VOID: Final[Mapping[ChangeKind, EnrolmentState]] = {
    ChangeKind.WITHDRAWN: EnrolmentState.WITHDRAWN,
    ChangeKind.VOIDED: EnrolmentState.VOIDED,
}
_LEAVING: Final = frozenset({ChangeKind.LEFT_POOL, ChangeKind.RETIRED, ChangeKind.DISMISSED, ChangeKind.DIED})
_EVER: Final = datetime.date.min
"""Stands for a span that has no first day of its own."""

_NEVER: Final = datetime.date.max
"""Stands for the day after all others."""


@attrs.frozen(kw_only=True)
class Standing:
    """Standing (参加情况) of an enrolment on a day, as known on another.

    Attributes:
        unit_id: Unit of the member on the day; ``None`` for no unit (any more).
        cover: Days of cover as known then; ``None`` for none at all.
        state: Where the enrolment stands on the day.
        held: What was held, as known then.
    """

    unit_id: UnitId | None
    cover: DayRange | None
    state: EnrolmentState
    held: Held

    @property
    def is_active(self) -> bool:
        """Whether it gives a place in the scheme: neither taken back nor an error, with days of cover."""
        if self.state is EnrolmentState.ENDED:
            return self.cover is not None
        return self.state is EnrolmentState.ENROLLED


@attrs.frozen(kw_only=True)
class Stretch:
    """Stretch (所在单位区间): at which unit on which days within the cover.

    Attributes:
        unit_id: Unit; ``None`` where cover goes on after the member left the unit.
        days: The days.
    """

    unit_id: UnitId | None
    days: DayRange


@attrs.frozen(kw_only=True)
class _Span:
    """From a day on: unit and state."""

    first_day: datetime.date
    unit_id: UnitId | None
    state: EnrolmentState


def joined_change(
    *,
    unit_id: UnitId,
    cover: DayRange,
    known_on: datetime.date,
    cause: str | None = None,
    held: Held | None = None,
) -> Change:
    """The first entry of a history (参加).

    Args:
        unit_id: Unit through which the member joins.
        cover: Days of cover.
        known_on: Business day of the act.
        cause: What it rests on, if anything.
        held: What is held; ``None`` for what the enrolment says.
    """
    return Change(
        kind=ChangeKind.JOINED,
        holds_from=cover.first_day,
        known_on=known_on,
        unit_id=unit_id,
        cover=cover,
        cause=cause,
        held=held,
    )


def joined(enrolment: Enrolment, known_on: datetime.date, cause: str | None = None) -> Enrolment:
    """A new enrolment with the first entry of its history, which tells all that it holds.

    Args:
        enrolment: The enrolment, still without history.
        known_on: Business day of the act.
        cause: The first period of the term, for the later ones of a term of several.
    """
    first = joined_change(
        unit_id=enrolment.unit_id,
        cover=enrolment.cover,
        known_on=known_on,
        cause=cause,
        held=enrolment.held,
    )
    return attrs.evolve(enrolment, history=(first,))


def joined_anew(enrolment: Enrolment, before: Enrolment) -> Enrolment:
    """A new enrolment in the place of one that was taken back or void, whose history goes on.

    Args:
        enrolment: The new enrolment, with the first entry of its own.
        before: What stood in its place.
    """
    return attrs.evolve(enrolment, history=(*_told_history(before), *enrolment.history))


def history_of(enrolment: Enrolment) -> tuple[Change, ...]:
    """The entries of an enrolment, with the one that a record of the first form implies.

    Such a record has no history: it says how it stands, known from the first day of cover.
    """
    if enrolment.history:
        return enrolment.history
    known_on = enrolment.joined_on or enrolment.cover.first_day
    return (joined_change(unit_id=enrolment.unit_id, cover=enrolment.cover, known_on=known_on),)


@implements("HN-4.3.5b", "HN-4.3.5c")
def in_force(changes: tuple[Change, ...]) -> dict[int, Change]:
    """The entries that count, by their numbers: without those taken back, and what takes them back.

    What took a place back or found it void stays, for it rests on no entry before it.

    Args:
        changes: Entries of one enrolment from the first on, as known on some day.

    Clause:
        HN-4.3.5b, HN-4.3.5c
    """
    kept: dict[int, Change] = {}
    for number, change in enumerate(changes):
        if change.withdraws is None:
            kept[number] = change
        else:
            kept = {
                earlier: each
                for earlier, each in kept.items()
                if earlier < change.withdraws or each.kind in _VOID
            }
    return kept


@implements("HN-4.3.5c")
def standing_of(enrolment: Enrolment, *, on: datetime.date, known_at: datetime.date) -> Standing | None:
    """How an enrolment stood on a day, by what was known on another.

    Only entries with ``known_on`` up to *known_at* count. A later entry replaces what the earlier
    ones say from its own ``holds_from`` on; withdrawal and voiding hold for every day.

    Args:
        enrolment: The enrolment.
        on: Day that is asked about.
        known_at: Day of the knowledge.

    Returns:
        The standing, or ``None`` where the enrolment was not known yet.

    Clause:
        HN-4.3.5c
    """
    known = _known(enrolment, known_at)
    if not known:
        return None
    span = [span for span in _spans(enrolment, known) if span.first_day <= on][-1]
    return Standing(
        unit_id=span.unit_id, cover=known[-1].cover, state=span.state, held=_held(enrolment, known)
    )


@implements("HN-4.3.5c")
def last_standing(enrolment: Enrolment, known_at: datetime.date) -> Standing | None:
    """How an enrolment stood after all that was known on a day, also of days to come.

    Args:
        enrolment: The enrolment.
        known_at: Day of the knowledge.

    Returns:
        The standing, or ``None`` where the enrolment was not known yet.

    Clause:
        HN-4.3.5c
    """
    return standing_of(enrolment, on=_NEVER, known_at=known_at)


@implements("HN-4.3.5c")
def stretches_of(enrolment: Enrolment, known_at: datetime.date) -> tuple[Stretch, ...]:
    """At which unit a member was on which days of the cover, in the order of the days.

    The stretches fill the cover without gap and overlap; there is none where there is no cover.

    Args:
        enrolment: The enrolment.
        known_at: Day of the knowledge.

    Clause:
        HN-4.3.5c
    """
    known = _known(enrolment, known_at)
    cover = known[-1].cover if known else None
    if cover is None:
        return ()
    spans = _spans(enrolment, known)
    ends = [add_days(later.first_day, -1) for later in spans[1:]] + [cover.last_day]
    stretches: list[Stretch] = []
    for span, end in zip(spans, ends, strict=True):
        first, last = max(span.first_day, cover.first_day), min(end, cover.last_day)
        if first > last:
            continue
        if stretches and stretches[-1].unit_id == span.unit_id:
            first = stretches.pop().days.first_day
        stretches.append(Stretch(unit_id=span.unit_id, days=DayRange(first, last)))
    return tuple(stretches)


@implements("HN-4.3.5c")
def with_change(enrolment: Enrolment, change: Change) -> Enrolment:
    """The enrolment with one more entry, and all that follows from the entries as it stands after it.

    Unit and cover stay as the last ones known where the entry leaves none, for an enrolment
    always names both; the state tells that they no longer hold. What is held stays where the
    entry does not tell it, but that nobody waits from a day after the first of the cover.

    Args:
        enrolment: The enrolment.
        change: The new entry; known on or after the day of the last one.

    Raises:
        InvalidValueError: The entry is known before the last one.

    Clause:
        HN-4.3.5c
    """
    earlier = _told_history(enrolment)
    if not enrolment.history:
        # A record without history must not stand in the way of a change known before its cover.
        known_on = min(earlier[0].known_on, change.known_on)
        earlier = (attrs.evolve(earlier[0], known_on=known_on),)
    cover = change.cover or enrolment.cover
    held = change.held or enrolment.held
    if held.waits_from is not None:
        held = attrs.evolve(held, waits_from=min(held.waits_from, cover.first_day))
    return attrs.evolve(
        enrolment,
        unit_id=change.unit_id or enrolment.unit_id,
        cover=cover,
        state=_state_after(change, enrolment.state),
        shares=held.shares,
        parts=held.parts,
        joined_as=held.joined_as,
        term_months=held.term_months,
        waits_from=held.waits_from,
        history=(*earlier, attrs.evolve(change, held=None if held == enrolment.held else held)),
    )


def _told_history(enrolment: Enrolment) -> tuple[Change, ...]:
    """The history, with what is held in its first entry where none tells it, as in older records."""
    first, *others = history_of(enrolment)
    if any(change.held is not None for change in (first, *others)):
        return (first, *others)
    return (attrs.evolve(first, held=enrolment.held), *others)


def _held(enrolment: Enrolment, known: tuple[Change, ...]) -> Held:
    """What was held by the entries that were known; what is held now where none of them tells it."""
    told = [change.held for change in known if change.held is not None]
    return told[-1] if told else enrolment.held


def _known(enrolment: Enrolment, known_at: datetime.date) -> tuple[Change, ...]:
    return tuple(change for change in history_of(enrolment) if change.known_on <= known_at)


def _spans(enrolment: Enrolment, known: tuple[Change, ...]) -> list[_Span]:
    """Unit and state from day to day, in the order of the days; the first span starts ever before."""
    spans: list[_Span] = []
    state = EnrolmentState.ENROLLED
    for change in _as_it_was(known):
        # A record without history says itself where it stands; elsewhere the entries tell it.
        state = _state_after(change, state) if enrolment.history else enrolment.state
        spans = _overlaid(spans, change, state)
    return spans


def _as_it_was(known: tuple[Change, ...]) -> list[Change]:
    """The entries without those that rest on a day of death that was told anew since."""
    kept: list[Change] = []
    death: int | None = None
    for change in in_force(known).values():
        if change.kind is ChangeKind.JOINED:
            death = None
        elif change.kind is ChangeKind.DIED:
            death = len(kept) if death is None else death
            del kept[death:]
        kept.append(change)
    return kept


def _overlaid(spans: list[_Span], change: Change, state: EnrolmentState) -> list[_Span]:
    """The spans with one more entry, which holds from its day on."""
    if change.kind in _VOID:
        return [_Span(first_day=_EVER, unit_id=None, state=state)]
    if change.kind is ChangeKind.JOINED or not spans:
        return [_Span(first_day=_EVER, unit_id=change.unit_id, state=state)]
    if change.kind is ChangeKind.EFFECTIVE:
        # A payment sets days of cover; it moves nobody.
        return [*spans[:-1], attrs.evolve(spans[-1], state=state)]
    before = [span for span in spans if span.first_day < change.holds_from]
    return [*before, _Span(first_day=change.holds_from, unit_id=change.unit_id, state=state)]


def _state_after(change: Change, state: EnrolmentState) -> EnrolmentState:
    """State that an entry leaves behind by its kind."""
    if change.kind in _VOID:
        return _VOID[change.kind]
    if change.kind in _LEAVING:
        return EnrolmentState.ENDED
    if change.kind in {ChangeKind.JOINED, ChangeKind.TRANSFERRED}:
        # Who was dismissed and goes on at another unit of the pool is enrolled there.
        return EnrolmentState.ENROLLED
    if change.kind is not ChangeKind.CORRECTED or state in _VOID.values():
        # A place that was taken back or void stays so, whatever is set right of it.
        return state
    if change.cover is None:
        return EnrolmentState.VOIDED
    return EnrolmentState.ENDED if change.unit_id is None else EnrolmentState.ENROLLED
