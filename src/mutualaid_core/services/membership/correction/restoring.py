"""Restoring (离开误报更正): a leaving that was reported in error is taken back by a further entry."""

import attrs

from mutualaid_core.domain.governance.act import Act
from mutualaid_core.domain.membership.change import ChangeKind
from mutualaid_core.domain.membership.workflow import Action, Side
from mutualaid_core.domain.values.personal import paper_number
from mutualaid_core.rules.membership.history import with_change
from mutualaid_core.rules.membership.transfer import left_as, restored_change, restoring_faults
from mutualaid_core.services.membership.correction.judged import (
    EnrolmentJudged,
    Named,
    judged,
    known_of,
    order_faults,
    table_faults,
)
from mutualaid_core.services.membership.later import alive_faults
from mutualaid_core.services.membership.leaving import reported
from mutualaid_core.work import Done, Host, Purpose, Work, perform


@attrs.frozen(kw_only=True)
class RestoreMember:
    """Command: a member did not leave; the report was an error.

    Attributes:
        named: Which enrolment.
        kind: ``RETIRED``, ``DISMISSED`` or ``DIED``, as it was reported.
        paper: Paper on which it rests; no name and no ID number.
    """

    named: Named
    kind: ChangeKind = attrs.field(validator=reported)
    paper: str = attrs.field(validator=paper_number)


def restore_member(host: Host, act: Act, command: RestoreMember) -> Done[EnrolmentJudged]:
    """Take a leaving back: unit, cover and state are as before it, and both entries stay.

    Refused where a later act rests on it, which is named: that one is taken back first. What was
    known on earlier days stays as it was. Later periods are not touched: a place there that ended by
    the death is restored by an act of its own after this one, and one that was taken back because
    of the report is one to join anew.

    Raises:
        NotFoundError: There is no such period.

    Clause:
        HN-4.3.5b, HN-4.3.5c
    """
    named = command.named

    def decide(work: Work) -> EnrolmentJudged:
        known = known_of(work, named)
        enrolment = known.enrolment
        faults = (
            *table_faults(known, named, Action.RESTORE, Side.OFFICE),
            *order_faults(act, enrolment),
            *restoring_faults(named.member_id, enrolment, command.kind),
        )
        if enrolment is not None and command.kind is ChangeKind.DIED:
            faults = (*faults, *alive_faults(work, host.store, enrolment))
        left = left_as(enrolment, command.kind)
        if faults or enrolment is None or left is None:
            return judged(enrolment, faults)
        change = restored_change(enrolment, left, known_on=act.business_on, paper=command.paper)
        restored = with_change(enrolment, change)
        work.replace(restored)
        return judged(restored, ())

    purpose = Purpose(
        name="restore_member", subject=named.member_id, chain=named.scheme_id, answer=EnrolmentJudged
    )
    return perform(host, act, purpose, command, decide)
