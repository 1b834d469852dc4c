"""Refusals (拒绝办理): a unit tells why it would not enrol its workers, and is ruled on."""

from collections.abc import Iterator

import attrs

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.governance.act import Act
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.membership.refusal import Refusal
from mutualaid_core.domain.scheme.policy.membership import RefusalReason
from mutualaid_core.domain.values.identifiers import PeriodId, SchemeId, UnitId
from mutualaid_core.ports.store import Store
from mutualaid_core.rules.membership.joining import refusal_reason_faults
from mutualaid_core.services.membership.ruling import ruling_of
from mutualaid_core.services.standing import period_of, version_for
from mutualaid_core.work import Done, Host, Purpose, Work, perform, read_all


@attrs.frozen(kw_only=True)
class TellRefusal:
    """Command: a unit will not enrol its workers.

    Attributes:
        refusal_id: Id of the record.
        scheme_id: Scheme.
        period_id: Period.
        unit_id: Unit.
        reason: Why; ``None`` for a reason that no document names.
    """

    refusal_id: str
    scheme_id: SchemeId
    period_id: PeriodId
    unit_id: UnitId
    reason: RefusalReason | None


@attrs.frozen(kw_only=True)
class RefusalTold:
    """Result: what becomes of the refusal, and of the unit.

    Attributes:
        outcome: ``PASS`` if the refusal stands, ``REJECT`` if its reason is banned.
        unit_outcome: ``FLAG`` for a unit whose refusal was rejected; else ``PASS``.
        faults: Why it was rejected.
    """

    outcome: Outcome
    unit_outcome: Outcome
    faults: tuple[Fault, ...]


def tell_refusal(host: Host, act: Act, command: TellRefusal) -> Done[RefusalTold]:
    """Record a unit's refusal; a banned reason has it rejected and the unit flagged.

    The record stays either way, so that the unit can be asked again. A member's own cover
    elsewhere never stands against joining: it enters the limit of what all payers pay.

    Raises:
        NotFoundError: There is no such period.
        AlreadyExistsError: There is a refusal of that id.

    Clause:
        SN-2.1.4c, ACFTU-1.1c
    """

    def decide(work: Work) -> RefusalTold:
        period = period_of(work, command.scheme_id, command.period_id)
        policy = ruling_of(work, command.scheme_id, act.business_on)
        version = version_for(work, host.store, command.scheme_id, period.cover.first_day)
        reason = command.reason
        found = refusal_reason_faults(reason, policy, version.joining) if reason else ()
        faults = tuple(attrs.evolve(each, subject=command.unit_id) for each in found)
        work.add(_refusal(command, act, is_valid=not faults))
        if not faults:
            return RefusalTold(outcome=Outcome.PASS, unit_outcome=Outcome.PASS, faults=())
        return RefusalTold(outcome=Outcome.REJECT, unit_outcome=Outcome.FLAG, faults=faults)

    purpose = Purpose(
        name="tell_refusal", subject=command.unit_id, chain=command.scheme_id, answer=RefusalTold
    )
    return perform(host, act, purpose, command, decide)


def _refusal(command: TellRefusal, act: Act, *, is_valid: bool) -> Refusal:
    return Refusal(
        refusal_id=command.refusal_id,
        scheme_id=command.scheme_id,
        period_id=command.period_id,
        unit_id=command.unit_id,
        reason=command.reason,
        told_on=act.business_on,
        is_valid=is_valid,
    )


def flags_of_unit(
    store: Store, scheme_id: SchemeId, period_id: PeriodId, unit_id: UnitId
) -> Iterator[Refusal]:
    """The rejected refusals for which a unit is flagged in a period, in the order of their ids.

    Args:
        store: Where records are kept.
        scheme_id: Scheme.
        period_id: Period.
        unit_id: Unit.

    Clause:
        SN-2.1.4c
    """
    for refusal in read_all(store, Refusal, "unit_id", unit_id):
        if (refusal.scheme_id, refusal.period_id) == (scheme_id, period_id) and not refusal.is_valid:
            yield refusal
