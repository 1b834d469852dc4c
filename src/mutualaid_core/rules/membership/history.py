"""History (参加履历): what was known of an enrolment on a day, folded from its changes."""

import datetime
from collections.abc import Mapping
from typing import Final

import attrs

from mutualaid_core.clauses import implements
from mutualaid_core.domain.membership.change import Change, ChangeKind
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


@attrs.frozen(kw_only=True)
class Standing:
    """Standing (参加情况) of an enrolment on a day, as known on another.

    Attributes:
        unit_id: Unit of the member on the day; ``None`` for no unit (any more).
        cover: Days of cover as known then; ``None`` for none at all.
        state: Where the enrolment stands on the day.
    """

    unit_id: UnitId | None
    cover: DayRange | None
    state: EnrolmentState


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
    *, unit_id: UnitId, cover: DayRange, known_on: datetime.date, cause: str | None = None
) -> Change:
    """The first entry of a history (参加).

    Args:
        unit_id: Unit through which the member joins.
        cover: Days of cover.
        known_on: Business day of the act.
        cause: What it rests on, if anything.
    """
    return Change(
        kind=ChangeKind.JOINED,
        holds_from=cover.first_day,
        known_on=known_on,
        unit_id=unit_id,
        cover=cover,
        cause=cause,
    )


def history_of(enrolment: Enrolment) -> tuple[Change, ...]:
    """The entries of an enrolment, with the one that a record of the first form implies.

    Such a record has no history: it says how it stands, known from the first day of cover.
    """
    if enrolment.history:
        return enrolment.history
    known_on = enrolment.joined_on or enrolment.cover.first_day
    return (joined_change(unit_id=enrolment.unit_id, cover=enrolment.cover, known_on=known_on),)


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
    return Standing(unit_id=span.unit_id, cover=known[-1].cover, state=span.state)


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
def with_change(enrolment: Enrolment, change: Change, *, state: EnrolmentState | None = None) -> Enrolment:
    """The enrolment with one more entry, and unit, cover and state as they stand after it.

    Unit and cover stay as the last ones known where the entry leaves none, for an enrolment
    always names both; the state tells that they no longer hold.

    Args:
        enrolment: The enrolment.
        change: The new entry; known on or after the day of the last one.
        state: State after it; the one that follows from its kind if ``None``.

    Raises:
        InvalidValueError: The entry is known before the last one.

    Clause:
        HN-4.3.5c
    """
    earlier = history_of(enrolment)
    if not enrolment.history:
        # A record without history must not stand in the way of a change known before its cover.
        known_on = min(earlier[0].known_on, change.known_on)
        earlier = (attrs.evolve(earlier[0], known_on=known_on),)
    cover = change.cover or enrolment.cover
    waits_from = min(enrolment.waits_from, cover.first_day) if enrolment.waits_from else None
    return attrs.evolve(
        enrolment,
        unit_id=change.unit_id or enrolment.unit_id,
        cover=cover,
        waits_from=waits_from,
        state=state or _state_after(change, enrolment.state),
        history=(*earlier, change),
    )


def _known(enrolment: Enrolment, known_at: datetime.date) -> tuple[Change, ...]:
    return tuple(change for change in history_of(enrolment) if change.known_on <= known_at)


def _spans(enrolment: Enrolment, known: tuple[Change, ...]) -> list[_Span]:
    """Unit and state from day to day, in the order of the days; the first span starts ever before."""
    spans: list[_Span] = []
    state = EnrolmentState.ENROLLED
    is_whole = len(known) == len(history_of(enrolment))
    for number, change in enumerate(known, start=1):
        state = _state_after(change, state)
        if is_whole and number == len(known):
            # The newest entry may have set another state than its kind alone tells.
            state = enrolment.state
        spans = _overlaid(spans, change, state)
    return spans


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
    if change.kind is ChangeKind.JOINED:
        return EnrolmentState.ENROLLED
    if change.kind is not ChangeKind.CORRECTED:
        return state
    if change.cover is None:
        return EnrolmentState.VOIDED
    return EnrolmentState.ENDED if change.unit_id is None else EnrolmentState.ENROLLED
