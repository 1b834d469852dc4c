"""Restoring (离开误报更正): a leaving that was reported in error is taken back by a further entry."""

from typing import Final

import attrs

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.governance.act import Act
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.membership.change import ChangeKind
from mutualaid_core.domain.membership.enrolment import Enrolment, EnrolmentState
from mutualaid_core.domain.membership.workflow import ENROLMENTS, Action, Side
from mutualaid_core.domain.values.checks import Field
from mutualaid_core.domain.values.personal import paper_number
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.rules.membership.history import with_change
from mutualaid_core.rules.membership.transfer import (
    deaths_told,
    left_as,
    lives_flags,
    living_faults,
    past_flags,
    restored_change,
    restoring_faults,
)
from mutualaid_core.rules.membership.workflow import step_faults
from mutualaid_core.services.membership.continuity.dependants import dependants, replace_all
from mutualaid_core.services.membership.continuity.resting import order_faults
from mutualaid_core.services.membership.correction.judged import (
    EnrolmentJudged,
    Named,
    judged,
    known_of,
)
from mutualaid_core.services.membership.later import Others, other_places
from mutualaid_core.services.standing import posting_faults
from mutualaid_core.work import Done, Host, Purpose, Work, perform

RESTORED: Final = (ChangeKind.RETIRED, ChangeKind.DISMISSED, ChangeKind.DIED, ChangeKind.LEFT_POOL)
"""Ways of leaving that are taken back: those reported, and a transfer out that was accepted in error."""


def _restorable(_owner: object, _field: Field, kind: ChangeKind) -> None:
    """Refuse what is no leaving.

    Raises:
        InvalidValueError: It is another kind of change.
    """
    if kind not in RESTORED:
        ways = ", ".join(each.value for each in RESTORED)
        raise InvalidValueError("kind", f"must be one of {ways}", kind.value, clause="HN-4.3.5b")


@attrs.frozen(kw_only=True)
class RestoreMember:
    """Command: a member did not leave; the report was an error.

    Attributes:
        named: Which enrolment.
        kind: ``RETIRED``, ``DISMISSED`` or ``DIED``, as it was reported; ``LEFT_POOL`` for a
            transfer out of the pool, which stays on record as accepted.
        paper: Paper on which it rests; no name and no ID number.
    """

    named: Named
    kind: ChangeKind = attrs.field(validator=_restorable)
    paper: str = attrs.field(validator=paper_number)


def restore_member(host: Host, act: Act, command: RestoreMember) -> Done[EnrolmentJudged]:
    """Take a leaving back: unit, cover and state are as before it, and both entries stay.

    Refused where a later act rests on it, which is named: that one is taken back first. What was
    known on earlier days stays as it was.

    A death is taken back in every later place that it ended. In a place that was voided meanwhile
    the report is off the record and the place stays void: the member may join anew, as is told. It
    books nothing, and so it is taken back for a period that was stopped too.

    Raises:
        NotFoundError: There is no such period.

    Clause:
        HN-4.3.5b, HN-4.3.5c
    """
    named = command.named

    def decide(work: Work) -> EnrolmentJudged:
        known = known_of(work, named)
        enrolment = known.enrolment
        is_death = command.kind is ChangeKind.DIED
        others = other_places(work, host.store, enrolment) if is_death else Others()
        after = _ended_with(enrolment, others.after)
        state = None if enrolment is None else enrolment.state
        faults = (
            *(() if is_death else posting_faults(known.period)),
            *step_faults(ENROLMENTS, state, Action.RESTORE, named.member_id, Side.OFFICE),
            *order_faults(act, enrolment),
            *restoring_faults(named.member_id, enrolment, command.kind),
            *living_faults(named.member_id, others.before),
            *(fault for place in after for fault in order_faults(act, place)),
        )
        if faults or enrolment is None:
            return judged(enrolment, faults)
        restored = tuple(_restored(place, act, command) for place in (enrolment, *after))
        if not is_death:
            moved, unmoved = dependants(work, host, act, enrolment, restored[0])
            if not unmoved:
                replace_all(work, (*restored, *moved))
            return judged(enrolment if unmoved else restored[0], unmoved)
        replace_all(work, restored)
        flags = (*_lives(work, host, act, enrolment, restored), *past_flags(known.period))
        return judged(restored[0], flags, outcome=Outcome.FLAG if flags else Outcome.PASS)

    purpose = Purpose(
        name="restore_member", subject=named.member_id, chain=named.scheme_id, answer=EnrolmentJudged
    )
    return perform(host, act, purpose, command, decide)


def _restored(place: Enrolment, act: Act, command: RestoreMember) -> Enrolment:
    """A place without the leaving; as it is where none is in force."""
    left = left_as(place, command.kind)
    if left is None:
        return place
    change = restored_change(place, left, known_on=act.business_on, paper=command.paper)
    return with_change(place, change)


def _ended_with(enrolment: Enrolment | None, after: tuple[Enrolment, ...]) -> tuple[Enrolment, ...]:
    """The later places in which the death of a place was noted with it, be they void since."""
    days = () if enrolment is None else deaths_told(enrolment)
    lefts = [(place, left_as(place, ChangeKind.DIED)) for place in after]
    return tuple(place for place, left in lefts if left is not None and left.change.holds_from in days)


def _lives(
    work: Work, host: Host, act: Act, enrolment: Enrolment, restored: tuple[Enrolment, ...]
) -> tuple[Fault, ...]:
    """Count the waiting of later places anew, and tell what is left to be done for who lives."""
    own = restored[0]
    moved, unmoved = dependants(work, host, act, enrolment, own if own.is_active else None)
    replace_all(work, moved)
    others = other_places(work, host.store, own).after
    void = tuple(each for each in restored if each.state is EnrolmentState.VOIDED)
    dead = tuple(each for each in others if deaths_told(each))
    return (*lives_flags(enrolment.member_id, (*void, *dead)), *unmoved)
