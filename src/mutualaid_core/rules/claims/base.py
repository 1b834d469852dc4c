"""Base (补助基数): the quantity from which the steps of a benefit start."""

from collections.abc import Mapping
from typing import assert_never

from mutualaid_core.clauses import implements
from mutualaid_core.domain.scheme.benefit.base import AmountsBase, Base, DayCount, DaysBase, EventBase
from mutualaid_core.rules.claims.facts import EventFacts


@implements("HN-4.2.1d", "HN-4.2.1e", "HN-4.2.1f", "HN-4.4.1", "ACFTU-3.1a", "SN-2.1.6a")
def base_of(base: Base, facts: EventFacts, paid: Mapping[str, int]) -> int:
    """The base: fen, days of the stay, or one event; never below zero.

    Args:
        base: Base of the scheme.
        facts: Facts of the event.
        paid: What earlier benefits of the same event paid, in fen, by their ids.

    Raises:
        InvalidValueError: The facts do not say what the base asks for.

    Clause:
        HN-4.2.1d, HN-4.2.1e, HN-4.2.1f, HN-4.4.1, ACFTU-3.1a, SN-2.1.6a
    """
    match base:
        case AmountsBase():
            fen = own_fen(base, facts) - sum(paid.get(each, 0) for each in base.less_benefits)
            return max(fen - facts.elsewhere if base.less_elsewhere else fen, 0)
        case DaysBase():
            return days_of_stay(base, facts)
        case EventBase():
            return 1
        case _:
            assert_never(base)


def payable_of(base: Base, quantity: int) -> int:
    """What of *quantity* the steps start from: of days, those from the first payable one on.

    Stays that count as one leave out the member's own first days only once, so this comes
    after stays have been added up.
    """
    return max(quantity - base.first_payable_day + 1, 0) if isinstance(base, DaysBase) else quantity


def cost_known(base: Base, facts: EventFacts) -> int:
    """What is known of the cost where the facts tell none: the base before earlier benefits are taken off.

    Those are taken off again where the benefit is held against the cost. Days tell nothing of
    it, so what compensates them needs the cost.

    Raises:
        InvalidValueError: The facts tell no cost, and the base is no amount.
    """
    if isinstance(base, AmountsBase):
        return own_fen(base, facts)
    return facts.amount("medfee_sumamt")


@implements("HN-4.2.1f")
def own_fen(base: AmountsBase, facts: EventFacts) -> int:
    """What counts less what insurance paid, in fen; below zero where it paid more than counts.

    Raises:
        InvalidValueError: The facts do not say one of the amounts.

    Clause:
        HN-4.2.1f
    """
    fen = 0
    for name in base.add:
        fen += facts.amount(name)
    for name in base.subtract:
        fen -= facts.amount(name)
    return fen


@implements("HN-4.2.1f")
def is_below_zero(base: Base, facts: EventFacts) -> bool:
    """Whether insurance paid more than counts, which no right settlement can say.

    Clause:
        HN-4.2.1f
    """
    return isinstance(base, AmountsBase) and own_fen(base, facts) < 0


def days_of_stay(base: DaysBase, facts: EventFacts) -> int:
    """Days of the stay: as the facts say, or else counted from its first and last day."""
    told = facts.counts.get("days")
    if told is not None:
        return told
    nights = (facts.ended - facts.began).days
    return nights + (base.counted is DayCount.BOTH_DAYS)
