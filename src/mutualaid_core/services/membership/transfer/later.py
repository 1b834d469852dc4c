"""Later periods (后续各期): a move inside the pool takes the places of later periods along."""

import attrs

from mutualaid_core.domain.governance.act import Act
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.membership.enrolment import Enrolment, EnrolmentState
from mutualaid_core.domain.membership.transfer import Transfer
from mutualaid_core.domain.membership.unit import Unit
from mutualaid_core.rules.membership.history import with_change
from mutualaid_core.rules.membership.transfer import (
    Move,
    later_flags,
    move_faults,
    moved_change,
    receiving_later_flags,
)
from mutualaid_core.services.membership.later import later_places
from mutualaid_core.services.membership.transfer.judged import flags_of
from mutualaid_core.services.standing import period_of, posting_faults
from mutualaid_core.work import Host, Work


def follow(work: Work, host: Host, act: Act, transfer: Transfer, enrolment: Enrolment) -> tuple[Fault, ...]:
    """Move the later places of the member too, each from its own first day, and flag what stays.

    Whoever is enrolled for later periods, for a term of several or by a renewal, goes on at the
    new unit in all of them. Days of cover stay, and so does what the units were judged by: the
    member joined through the unit that is left. A place stays and is flagged where the move
    breaks an order: its period takes nothing more, or it stands at a third unit.

    Args:
        work: The work of the act.
        host: Store, clock and keys.
        act: The acceptance.
        transfer: The transfer, inside the pool.
        enrolment: The place that moves, as it was before.

    Returns:
        What a person should look at.

    Clause:
        HN-4.3.5c
    """
    stays: list[Enrolment] = []
    outside: list[Enrolment] = []
    for place in later_places(work, host.store, enrolment):
        if place.state is not EnrolmentState.ENROLLED or place.unit_id == transfer.to_unit:
            continue
        own = attrs.evolve(transfer, period_id=place.period_id, moves_on=place.cover.first_day)
        closed = posting_faults(period_of(work, place.scheme_id, place.period_id))
        if closed or move_faults(_move(work, own, place, act)):
            stays.append(place)
            continue
        work.replace(with_change(place, moved_change(own, place.cover, act.business_on)))
        if flags_of(work, own):
            outside.append(place)
    flags = receiving_later_flags(transfer.to_unit, tuple(each.period_id for each in outside))
    return (*flags, *later_flags(transfer.member_id, tuple(each.period_id for each in stays), stays=True))


def _move(work: Work, transfer: Transfer, place: Enrolment, act: Act) -> Move:
    return Move(
        is_inside=True,
        member_id=transfer.member_id,
        enrolment=place,
        from_unit=transfer.from_unit,
        to_unit=transfer.to_unit,
        receiving=work.find(Unit, transfer.to_unit),
        moves_on=transfer.moves_on,
        acted_on=act.business_on,
    )
