"""Inflows (资金流入): all that is given for mutual aid stays in its pool, and nothing else comes in."""

from typing import Final

from mutualaid_core.clauses import implements
from mutualaid_core.domain.fund.inflow import Book, Inflow, InflowKind
from mutualaid_core.domain.governance.fault import Fault

GRANTED: Final = frozenset({InflowKind.DONATION, InflowKind.GOVERNMENT_GRANT, InflowKind.UNION_GRANT})
"""What comes from outside and is kept apart from contributions (HN-4.3.3)."""


@implements("HN-3.1.4a")
def pool_faults(inflow: Inflow) -> tuple[Fault, ...]:
    """Why money may not be booked outside the pool: it was given for mutual aid.

    Clause:
        HN-3.1.4a
    """
    if inflow.kind is InflowKind.COMMERCIAL_PREMIUM or inflow.book is Book.FUND:
        return ()
    rule = f"of the kind {inflow.kind.value} must be booked to the fund"
    return (Fault(subject=inflow.scheme_id, rule=rule, found=inflow.book.value, clause="HN-3.1.4a"),)


@implements("HN-2.2a")
def mixing_faults(inflow: Inflow) -> tuple[Fault, ...]:
    """Why the premium of a commercial plan may not be booked here: the two are never mixed.

    Clause:
        HN-2.2a
    """
    if inflow.kind is not InflowKind.COMMERCIAL_PREMIUM or inflow.book is Book.COMMERCIAL:
        return ()
    rule = "of a commercial plan must be booked apart from mutual aid"
    return (Fault(subject=inflow.scheme_id, rule=rule, found=inflow.book.value, clause="HN-2.2a"),)


@implements("HN-2.2a", "HN-3.1.4a")
def inflow_faults(inflow: Inflow) -> tuple[Fault, ...]:
    """Why money may not be booked as it is meant to be; empty where it may.

    Clause:
        HN-2.2a, HN-3.1.4a
    """
    return (*pool_faults(inflow), *mixing_faults(inflow))
