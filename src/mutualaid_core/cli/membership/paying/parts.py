"""Parts (分批) of a list that is longer than one act takes: cut, held together, and gone on with."""

from collections.abc import Iterator

import attrs

from mutualaid_core.cli.membership.paying.listed import Lines, portions
from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.membership.contribution import Contribution
from mutualaid_core.domain.membership.paying.remittance import Remittance, RemittanceState
from mutualaid_core.domain.values.identifiers import EntryId
from mutualaid_core.domain.values.money import ZERO, Money, total
from mutualaid_core.ports.store import Store
from mutualaid_core.rules.membership.paying.remittance import held_part, list_faults
from mutualaid_core.serialization.records import key_of
from mutualaid_core.services.membership.contribution import (
    LINES_MAX,
    ReceiveRemittance,
    RemittanceReceived,
    check_money,
)
from mutualaid_core.work import read_many

Parts = tuple[ReceiveRemittance, ...]


def in_parts(whole: ReceiveRemittance) -> Parts:
    """A list as so many commands as it takes, ``ID-1`` and so on where that is more than one.

    What the bank shows goes to the parts in their order, to each as much as it lists, and to the
    last one all that is left: so the difference of the whole list is that of its parts. What stands
    against the whole list stands against each part, by the true sums.

    Args:
        whole: The command for the whole list.

    Raises:
        InvalidValueError: No money came.
    """
    check_money(whole.received)
    if len(whole.lines) <= LINES_MAX:
        return (whole,)
    cut = tuple(portions(whole.lines))
    against = list_faults(whole.unit_id, whole.lines, whole.received)
    return tuple(
        attrs.evolve(
            whole,
            entry_id=EntryId(f"{whole.entry_id}-{number}"),
            received=received,
            lines=lines,
            of_list=against,
        )
        for number, (lines, received) in enumerate(zip(cut, _shares(cut, whole.received), strict=True), 1)
    )


def _shares(cut: tuple[Lines, ...], received: Money) -> Iterator[Money]:
    left = received.fen
    for lines in cut[:-1]:
        share = min(left, total(line.amount for line in lines).fen)
        left -= share
        yield Money(share)
    yield Money(left)


def held_together(parts: Parts, results: dict[str, RemittanceReceived]) -> Parts:
    """The parts of a list of which some are held: then no further one is booked.

    Args:
        parts: The parts that are to be done.
        results: What would become of each of them by itself, and what became of those on record, by id.
    """
    if all(each.outcome is not Outcome.HOLD for each in results.values()):
        return parts
    return tuple(
        attrs.evolve(part, of_list=held_part(part.unit_id))
        if results[part.entry_id].outcome is not Outcome.HOLD
        else part
        for part in parts
    )


def standing(store: Store, parts: Parts) -> dict[EntryId, Remittance]:
    """The parts that are on record already, as after a run that was broken off, by their ids.

    A part is the same where money and list are: other persons or amounts under its id are not.

    Args:
        store: Store.
        parts: The parts.
    """
    keys = {key_of(part.scheme_id, part.entry_id): part for part in parts}
    known = read_many(store, Remittance, tuple(keys))
    return {keys[key].entry_id: each for key, each in known.items() if _is_same(store, each, keys[key])}


def _is_same(store: Store, known: Remittance, part: ReceiveRemittance) -> bool:
    if (known.unit_id, known.period_id, known.received) != (part.unit_id, part.period_id, part.received):
        return False
    if known.state is RemittanceState.HELD:
        return known.lines == part.lines
    keys = {key_of(part.scheme_id, part.period_id, line.member_id): line for line in part.lines}
    paid = read_many(store, Contribution, tuple(keys))
    return len(paid) == len(part.lines) == known.persons and all(
        (each.entry_id, each.amount, each.split) == (part.entry_id, keys[key].amount, keys[key].split)
        for key, each in paid.items()
    )


def standing_result(known: Remittance, part: ReceiveRemittance) -> RemittanceReceived:
    """What became of a part that is on record already.

    Args:
        known: The part as it is on record.
        part: The command for it.
    """
    is_held = known.state is RemittanceState.HELD
    return RemittanceReceived(
        outcome=Outcome.HOLD if is_held else Outcome.PASS,
        booked=ZERO if is_held else known.listed,
        faults=(part.of_list or held_part(part.unit_id)) if is_held else (),
    )
