"""Naming (名单更换): whom a later list of held money names, and from which day each of them has paid."""

import datetime

from mutualaid_core.clauses import implements
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.membership.paying.remittance import Remittance, RemittanceLine
from mutualaid_core.domain.values.identifiers import MemberId
from mutualaid_core.rules.membership.paying.remittance import Payment


@implements("HN-3.1.2b", "HN-4.3.5d")
def held_payment(
    held: Remittance,
    known_on: datetime.date,
    owing: frozenset[MemberId] = frozenset(),
    late: frozenset[MemberId] = frozenset(),
) -> Payment:
    """The payment that a held remittance is, as its present list shares it.

    Whoever a list named by the day of the money has paid on that day. Whoever was named later has
    paid on the day of the naming, so that nobody is chosen once it is known who fell ill. For the
    same reason all of a list that leaves out somebody who could be booked have paid on the day from
    which on the lists named just these.

    Args:
        held: The remittance with its lists.
        known_on: Business day of the act.
        owing: Whom its lists named and who could be booked.
        late: Who is paid for only now, by a paper that was told since.

    Clause:
        HN-3.1.2b, HN-4.3.5d
    """
    named = {line.member_id: held.named_on(line.member_id) for line in held.ever_listed}
    kept = [line.member_id for line in held.lines]
    if not owing.issubset(kept):
        named |= dict.fromkeys(kept, held.chosen_on)
    named |= dict.fromkeys(late, known_on)
    return Payment(
        scheme_id=held.scheme_id,
        period_id=held.period_id,
        unit_id=held.unit_id,
        entry_id=held.remittance_id,
        paid_on=held.received_on,
        known_on=known_on,
        named_on={who: day for who, day in named.items() if day > held.received_on},
        came_on=held.came_on or held.received_on,
    )


@implements("HN-3.1.2b")
def left_out_faults(held: Remittance, lines: tuple[RemittanceLine, ...]) -> tuple[Fault, ...]:
    """The finding for each person of a list that was held whom the last list leaves out.

    Args:
        held: The remittance as it was.
        lines: The last list.

    Clause:
        HN-3.1.2b
    """
    kept = {line.member_id for line in lines}
    gone = dict.fromkeys(each.member_id for each in held.ever_listed if each.member_id not in kept)
    rule = "must be looked at: was on a list that was held"
    return tuple(Fault(subject=who, rule=rule, found="left out", clause="HN-3.1.2b") for who in gone)
