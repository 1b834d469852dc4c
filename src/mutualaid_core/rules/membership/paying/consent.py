"""Payroll consent (代扣授权): what a worker may declare, and who of a payroll list may be deducted."""

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping

from mutualaid_core.clauses import implements
from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.membership.enrolment import Enrolment
from mutualaid_core.domain.membership.paying.consent import ConsentEvent, ConsentStep, PayrollConsent
from mutualaid_core.domain.membership.paying.funding import FundingPlan, PlanPattern
from mutualaid_core.domain.membership.paying.remittance import RemittanceLine
from mutualaid_core.domain.scheme.dues import FundingSource
from mutualaid_core.domain.values.identifiers import MemberId
from mutualaid_core.rules.membership.paying.funding import PayrollBatch, payroll_batch
from mutualaid_core.rules.membership.paying.remittance import Payment, outcome_of


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
def consented_batch(
    members: tuple[MemberId, ...],
    consents: Iterable[PayrollConsent],
    cut_off: datetime.date,
    known_on: datetime.date,
) -> PayrollBatch:
    """Who of a list is deducted, by the declarations that are on record.

    Args:
        members: Workers of the list, in their order.
        consents: What they declared; whoever declared nothing is absent.
        cut_off: Day of the deduction; a consent given later, or withdrawn before, is none.
        known_on: Business day up to which records count.

    Clause:
        SN-2.3.5d
    """
    held = tuple(span for each in consents for span in each.authorisations(known_on))
    return payroll_batch(members, held, cut_off)


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


@implements("SN-2.3.5d")
def deducting_plan(plans: FundingPlan | None, payment: Payment, year: int) -> FundingPlan | None:
    """The plan by which consents are asked for: one that deducted when the money came, or since.

    A plan that is made once the money is held does not undo a deduction.

    Args:
        plans: All plans of the unit; ``None`` where it has none.
        payment: The payment.
        year: Year in which the period begins.

    Clause:
        SN-2.3.5d
    """
    if plans is None:
        return None
    if payment.came_on is None:
        return plans.held_on(payment.known_on, year)
    held = plans.held_since(payment.came_on, payment.known_on, year)
    return next((each for each in held if each.pattern is PlanPattern.PAYROLL_VOLUNTARY), None)


@implements("SN-2.3.5d")
def deducted_members(
    lines: tuple[RemittanceLine, ...],
    enrolments: Mapping[MemberId, Enrolment],
    plan: FundingPlan | None,
    year: int,
) -> tuple[MemberId, ...]:
    """Workers of a remittance whose own part came out of their pay, each once.

    The unit's plan says so, from its first year on, of everybody whose line does not say that
    the part was paid by hand. A gift has a payer of its own, and nothing of it comes out of
    anybody's pay.

    Args:
        lines: The list.
        enrolments: Enrolments of the listed persons, by the member's id.
        plan: Funding plan of the unit; ``None`` where it has none.
        year: Year in which the period begins.

    Clause:
        SN-2.3.5d
    """
    if plan is None or plan.pattern is not PlanPattern.PAYROLL_VOLUNTARY or not plan.split_in(year):
        return ()
    own = (line.member_id for line in lines if _is_from_pay(line, enrolments.get(line.member_id)))
    return tuple(dict.fromkeys(own))


def _is_from_pay(line: RemittanceLine, enrolment: Enrolment | None) -> bool:
    if line.paid_directly or (enrolment is not None and enrolment.gift_id is not None):
        return False
    return any(part.payer is FundingSource.MEMBER and part.amount for part in line.split)


@implements("SN-2.3.5d", "HN-3.1.2b")
def booking_outcome(faults: tuple[Fault, ...], unauthorised: tuple[Fault, ...]) -> Outcome:
    """What becomes of a remittance: ``HOLD`` where nothing worse is wrong than that consents are missing.

    A paper that was signed in time may still be brought; until then the money covers nobody.

    Args:
        faults: Everything that is wrong with the remittance.
        unauthorised: Those of them against workers who have not authorised the deduction.

    Clause:
        SN-2.3.5d, HN-3.1.2b
    """
    outcome = outcome_of(tuple(fault for fault in faults if fault not in unauthorised))
    return Outcome.HOLD if unauthorised and outcome is Outcome.PASS else outcome


def _fault(member_id: MemberId, rule: str, found: str) -> Fault:
    return Fault(subject=member_id, rule=rule, found=found, clause="SN-2.3.5d")
