"""Payroll consents (代扣授权): workers give and withdraw them, and payroll lists are judged by them."""

import datetime
from typing import Final

import attrs

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.governance.act import Act
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.membership.paying.consent import ConsentEvent, ConsentStep, PayrollConsent
from mutualaid_core.domain.membership.unit import Unit
from mutualaid_core.domain.scheme.scheme import Scheme
from mutualaid_core.domain.values.identifiers import MemberId, SchemeId, UnitId
from mutualaid_core.domain.values.personal import pseudonym
from mutualaid_core.errors import TooLargeError
from mutualaid_core.rules.membership.paying.consent import (
    consented_batch,
    declaration_faults,
    declared_day_faults,
    listed_twice_faults,
    payroll_faults,
    payroll_outcome,
)
from mutualaid_core.serialization.records import key_of
from mutualaid_core.work import Done, Host, Purpose, Work, perform

WORKERS_MAX: Final = 400
"""Workers of one act; a larger payroll comes in several."""


@attrs.frozen(kw_only=True)
class Declaration:
    """What one worker declared (声明).

    Attributes:
        member_id: The worker.
        on: Day of the declaration.
        paper: Number of the paper that the worker signed; no person's name.
    """

    member_id: MemberId = attrs.field(validator=pseudonym)
    on: datetime.date
    paper: str


@attrs.frozen(kw_only=True)
class DeclareConsents:
    """Command: workers of a unit consent to the deduction from their pay, or withdraw that.

    Attributes:
        scheme_id: Scheme.
        unit_id: Unit that pays the wages.
        step: What they declare.
        declarations: Each worker's own, at most ``WORKERS_MAX``.
    """

    scheme_id: SchemeId
    unit_id: UnitId = attrs.field(validator=pseudonym)
    step: ConsentStep
    declarations: tuple[Declaration, ...]


@attrs.frozen(kw_only=True)
class ConsentsDeclared:
    """Result: ``PASS`` if all were recorded, ``FLAG`` if some, ``REJECT`` if none; every fault is told."""

    outcome: Outcome
    recorded: tuple[MemberId, ...]
    faults: tuple[Fault, ...]


@attrs.frozen(kw_only=True)
class JudgePayroll:
    """Command: a unit wants to deduct the dues from the pay of these workers.

    Attributes:
        scheme_id: Scheme.
        unit_id: Unit that pays the wages.
        members: The workers, at most ``WORKERS_MAX``.
        cut_off: Day of the deduction; who withdrew before it is not deducted.
    """

    scheme_id: SchemeId
    unit_id: UnitId = attrs.field(validator=pseudonym)
    members: tuple[MemberId, ...] = attrs.field(validator=attrs.validators.deep_iterable(pseudonym))
    cut_off: datetime.date


@attrs.frozen(kw_only=True)
class PayrollJudged:
    """Result: who may be deducted, and who may not.

    Attributes:
        outcome: ``PASS`` if everybody may be, ``FLAG`` if some, ``REJECT`` if nobody.
        deducted: Workers who have authorised it, in the order of the list.
        listed: Workers who have not; they pay otherwise, or not at all.
        faults: Why they may not be.
    """

    outcome: Outcome
    deducted: tuple[MemberId, ...]
    listed: tuple[MemberId, ...]
    faults: tuple[Fault, ...]


def declare_consents(host: Host, act: Act, command: DeclareConsents) -> Done[ConsentsDeclared]:
    """Record each worker's own declaration; nothing that was declared before is ever altered.

    Raises:
        NotFoundError: There is no such scheme, or no such unit.
        TooLargeError: More workers than one act can take.

    Clause:
        SN-2.3.5d
    """
    _check_number(len(command.declarations))

    def decide(work: Work) -> ConsentsDeclared:
        _check_place(work, command.scheme_id, command.unit_id)
        keys = [_key(command, each.member_id) for each in command.declarations]
        known = work.find_many(PayrollConsent, keys)
        twice = listed_twice_faults(tuple(each.member_id for each in command.declarations))
        if twice:
            return ConsentsDeclared(outcome=Outcome.REJECT, recorded=(), faults=twice)
        recorded: list[MemberId] = []
        faults: list[Fault] = []
        for key, each in zip(keys, command.declarations, strict=True):
            if found := _declare(work, act, command, each, known.get(key)):
                faults += found
            else:
                recorded.append(each.member_id)
        outcome = Outcome.PASS if not faults else Outcome.FLAG if recorded else Outcome.REJECT
        return ConsentsDeclared(outcome=outcome, recorded=tuple(recorded), faults=tuple(faults))

    purpose = Purpose(
        name="declare_consents", subject=command.unit_id, chain=command.scheme_id, answer=ConsentsDeclared
    )
    return perform(host, act, purpose, command, decide)


def _check_number(workers: int) -> None:
    if workers > WORKERS_MAX:
        raise TooLargeError("payroll", size=workers, limit=WORKERS_MAX)


def _check_place(work: Work, scheme_id: SchemeId, unit_id: UnitId) -> None:
    """Scheme and unit must be there; a consent that nobody can find again would be none."""
    work.get(Scheme, scheme_id)
    work.get(Unit, unit_id)


def _key(place: DeclareConsents | JudgePayroll, member_id: MemberId) -> str:
    return key_of(place.scheme_id, place.unit_id, member_id)


def _declare(
    work: Work, act: Act, command: DeclareConsents, each: Declaration, known: PayrollConsent | None
) -> tuple[Fault, ...]:
    """Record one declaration, or tell why not."""
    if early := declared_day_faults(each.member_id, each.on, act.business_on):
        return early
    event = ConsentEvent(
        step=command.step,
        on=each.on,
        told_on=act.business_on,
        taken_by=act.actor.actor_id,
        paper=each.paper,
    )
    if faults := declaration_faults(each.member_id, known, event):
        return faults
    if known is not None:
        work.replace(attrs.evolve(known, events=(*known.events, event)))
        return ()
    work.add(
        PayrollConsent(
            scheme_id=command.scheme_id, unit_id=command.unit_id, member_id=each.member_id, events=(event,)
        )
    )
    return ()


def judge_payroll(host: Host, act: Act, command: JudgePayroll) -> Done[PayrollJudged]:
    """Judge a payroll list by the consents that are recorded up to the business day of the act.

    Nothing is deducted here: the answer, which stays on record, says from whose pay the unit may
    deduct. It is asked before the deduction; booking the money judges anew.

    Raises:
        NotFoundError: There is no such scheme, or no such unit.
        TooLargeError: More workers than one act can take.

    Clause:
        SN-2.3.5d
    """
    _check_number(len(command.members))

    def decide(work: Work) -> PayrollJudged:
        _check_place(work, command.scheme_id, command.unit_id)
        if twice := listed_twice_faults(command.members):
            return PayrollJudged(outcome=Outcome.REJECT, deducted=(), listed=command.members, faults=twice)
        keys = [_key(command, member_id) for member_id in command.members]
        consents = work.find_many(PayrollConsent, keys).values()
        batch = consented_batch(command.members, consents, command.cut_off, act.business_on)
        return PayrollJudged(
            outcome=payroll_outcome(batch),
            deducted=batch.deducted,
            listed=batch.listed,
            faults=payroll_faults(batch),
        )

    purpose = Purpose(
        name="judge_payroll", subject=command.unit_id, chain=command.scheme_id, answer=PayrollJudged
    )
    return perform(host, act, purpose, command, decide)
