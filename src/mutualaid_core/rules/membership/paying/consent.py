"""Payroll consent (代扣授权): what a worker may declare, and who of a payroll list may be deducted."""

import datetime
from collections import Counter

from mutualaid_core.clauses import implements
from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.membership.paying.consent import ConsentEvent, ConsentStep, PayrollConsent
from mutualaid_core.domain.values.identifiers import MemberId
from mutualaid_core.rules.membership.paying.funding import PayrollBatch


@implements("SN-2.3.5d")
def declared_day_faults(member_id: MemberId, on: datetime.date, told_on: datetime.date) -> tuple[Fault, ...]:
    """Why a declaration cannot be recorded yet: it is of a day to come.

    Args:
        member_id: The worker.
        on: Day of the declaration.
        told_on: Business day on which it is recorded.

    Clause:
        SN-2.3.5d
    """
    if on <= told_on:
        return ()
    return (_fault(member_id, f"must be declared on or before {told_on.isoformat()}", on.isoformat()),)


@implements("SN-2.3.5d")
def declaration_faults(
    member_id: MemberId, known: PayrollConsent | None, event: ConsentEvent
) -> tuple[Fault, ...]:
    """Why a declaration cannot follow what the worker declared before; empty where it can.

    Args:
        member_id: The worker.
        known: What the worker declared before; ``None`` where that is nothing.
        event: The new declaration.

    Clause:
        SN-2.3.5d
    """
    holds = known is not None and known.holds
    if holds == (event.step is ConsentStep.GIVEN):
        rule = "must not hold already" if holds else "must hold to be withdrawn"
        return (_fault(member_id, rule, "given" if holds else "none"),)
    if known is None:
        return ()
    last = known.events[-1]
    faults = []
    if event.on < last.on:
        faults.append(_fault(member_id, f"must be >= {last.on.isoformat()}", event.on.isoformat()))
    if event.told_on < last.told_on:
        rule = f"must be recorded on or after {last.told_on.isoformat()}"
        faults.append(_fault(member_id, rule, event.told_on.isoformat()))
    return tuple(faults)


@implements("SN-2.3.5d")
def listed_twice_faults(members: tuple[MemberId, ...]) -> tuple[Fault, ...]:
    """Workers whom a list names more than once: nobody is deducted twice.

    Args:
        members: The list.

    Clause:
        SN-2.3.5d
    """
    times = Counter(members)
    return tuple(
        _fault(who, "must be listed once", f"{count} lines") for who, count in times.items() if count > 1
    )


@implements("SN-2.3.5d")
def payroll_faults(batch: PayrollBatch) -> tuple[Fault, ...]:
    """The finding against each worker of a list who has not authorised the deduction.

    Args:
        batch: The list as judged.

    Clause:
        SN-2.3.5d
    """
    return tuple(_fault(who, "must have authorised the deduction", "none") for who in batch.listed)


@implements("SN-2.3.5d")
def payroll_outcome(batch: PayrollBatch) -> Outcome:
    """``PASS`` where everybody may be deducted, ``FLAG`` where some may, ``REJECT`` where nobody may.

    Args:
        batch: The list as judged.

    Clause:
        SN-2.3.5d
    """
    if not batch.listed:
        return Outcome.PASS
    return Outcome.FLAG if batch.deducted else Outcome.REJECT


def _fault(member_id: MemberId, rule: str, found: str) -> Fault:
    return Fault(subject=member_id, rule=rule, found=found, clause="SN-2.3.5d")
