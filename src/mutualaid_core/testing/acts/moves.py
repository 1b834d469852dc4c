"""Moves (转移与离职): transfers between units, and leaving, in a world."""

import datetime
from typing import Final

import attrs

from mutualaid_core.domain.membership.change import ChangeKind
from mutualaid_core.domain.membership.enrolment import Enrolment
from mutualaid_core.domain.membership.transfer import TransferRefusal
from mutualaid_core.domain.membership.unit import Unit
from mutualaid_core.domain.values.identifiers import PoolId, UnitId
from mutualaid_core.serialization.records import key_of
from mutualaid_core.services.membership.admission import AdmitUnit, admit_unit
from mutualaid_core.services.membership.leaving import LeaveWork, WorkLeft, leave_work
from mutualaid_core.services.membership.transfer import (
    AcceptTransfer,
    ProposeTransfer,
    RejectTransfer,
    TransferJudged,
    WithdrawTransfer,
    accept_transfer,
    expire_transfers,
    propose_transfer,
    reject_transfer,
    withdraw_transfer,
)
from mutualaid_core.testing.samples import COLLECTED_ON, REGION, UNIT, member_id
from mutualaid_core.testing.world import World
from mutualaid_core.work import Purpose, Work, perform, read_one

NEXT: Final = UnitId("U-2")
"""Another unit of the same pool."""

FAR: Final = UnitId("U-9")
"""A unit of another pool."""

FAR_POOL: Final = PoolId("430200")

PROPOSED_ON: Final = datetime.date(2014, 6, 1)
MOVES_ON: Final = datetime.date(2014, 6, 15)
EXPIRES_ON: Final = datetime.date(2014, 6, 30)


@attrs.frozen
class Moves:
    """Moves in a world, with the sample days and units unless told otherwise.

    Attributes:
        world: Where they happen.
    """

    world: World

    def know(self, unit: UnitId = NEXT, pool_id: PoolId = REGION.pool_id, enrolled: int = 0) -> None:
        """Let a unit apply; with nobody who joins it is refused and known all the same.

        A unit of another pool does not apply here; it is written down alone.
        """
        if pool_id != REGION.pool_id:
            self._write_down(Unit(unit_id=unit, name=f"单位{unit}", pool_id=pool_id))
            return
        command = AdmitUnit(
            scheme_id=self.world.scheme_id,
            period_id=self.world.period_id,
            unit=Unit(unit_id=unit, name=f"单位{unit}", pool_id=pool_id),
            eligible=max(enrolled, 1),
            enrolled=enrolled,
            counted_on=COLLECTED_ON,
        )
        admit_unit(self.world.host, self.world.act(COLLECTED_ON), command)

    def _write_down(self, unit: Unit) -> None:
        """Write a unit down, as an import of units does."""

        def decide(work: Work) -> Unit:
            work.add(unit)
            return unit

        purpose = Purpose(name="know_unit", subject=unit.unit_id, chain=self.world.scheme_id, answer=Unit)
        perform(self.world.host, self.world.act(COLLECTED_ON), purpose, unit, decide)

    def enrolment(self, number: int = 1) -> Enrolment:
        """The enrolment of a person as it stands."""
        key = key_of(self.world.scheme_id, self.world.period_id, member_id(number))
        return read_one(self.world.store, Enrolment, key)

    def propose(  # noqa: PLR0913  # one argument per field of the command
        self,
        number: int = 1,
        *,
        to: UnitId = NEXT,
        by: UnitId = UNIT,
        moves_on: datetime.date = MOVES_ON,
        expires_on: datetime.date = EXPIRES_ON,
        on: datetime.date = PROPOSED_ON,
        transfer_id: str = "T-1",
        key: str | None = None,
    ) -> TransferJudged:
        """Propose a transfer."""
        command = ProposeTransfer(
            transfer_id=transfer_id,
            by_unit=by,
            scheme_id=self.world.scheme_id,
            period_id=self.world.period_id,
            member_id=member_id(number),
            to_unit=to,
            moves_on=moves_on,
            expires_on=expires_on,
        )
        return propose_transfer(self.world.host, self.world.act(on, key), command).result

    def accept(
        self,
        transfer_id: str = "T-1",
        *,
        by: UnitId = NEXT,
        on: datetime.date = PROPOSED_ON,
        key: str | None = None,
    ) -> TransferJudged:
        """Accept a transfer."""
        command = AcceptTransfer(scheme_id=self.world.scheme_id, transfer_id=transfer_id, by_unit=by)
        return accept_transfer(self.world.host, self.world.act(on, key), command).result

    def reject(
        self, transfer_id: str = "T-1", *, by: UnitId = NEXT, on: datetime.date = PROPOSED_ON
    ) -> TransferJudged:
        """Reject a transfer, since nobody of that kind works there."""
        command = RejectTransfer(
            scheme_id=self.world.scheme_id,
            transfer_id=transfer_id,
            by_unit=by,
            refusal=TransferRefusal.NOT_EMPLOYED_HERE,
        )
        return reject_transfer(self.world.host, self.world.act(on), command).result

    def withdraw(
        self, transfer_id: str = "T-1", *, by: UnitId = UNIT, on: datetime.date = PROPOSED_ON
    ) -> TransferJudged:
        """Take a proposal back."""
        command = WithdrawTransfer(scheme_id=self.world.scheme_id, transfer_id=transfer_id, by_unit=by)
        return withdraw_transfer(self.world.host, self.world.act(on), command).result

    def expire(self, on: datetime.date, key: str | None = None) -> tuple[str, ...]:
        """Expire what nobody answered before a day."""
        return expire_transfers(self.world.host, self.world.act(on, key), self.world.scheme_id)

    def leave(
        self,
        number: int = 1,
        kind: ChangeKind = ChangeKind.RETIRED,
        *,
        by: UnitId = UNIT,
        on: datetime.date = MOVES_ON,
        told_on: datetime.date | None = None,
    ) -> WorkLeft:
        """Report that a person left work; a death is told on its day at the earliest."""
        noted = max(on, PROPOSED_ON) if kind is ChangeKind.DIED else PROPOSED_ON
        command = LeaveWork(
            scheme_id=self.world.scheme_id,
            period_id=self.world.period_id,
            member_id=member_id(number),
            by_unit=by,
            kind=kind,
            on=on,
            paper="P-1",
        )
        return leave_work(self.world.host, self.world.act(told_on or noted), command).result

    def move(  # noqa: PLR0913  # one argument per field of the command
        self,
        number: int = 1,
        *,
        to: UnitId = NEXT,
        by: UnitId = UNIT,
        moves_on: datetime.date = MOVES_ON,
        on: datetime.date = PROPOSED_ON,
        transfer_id: str = "T-1",
    ) -> TransferJudged:
        """Propose a transfer and accept it."""
        self.propose(
            number,
            to=to,
            by=by,
            moves_on=moves_on,
            on=on,
            expires_on=max(on, EXPIRES_ON),
            transfer_id=transfer_id,
        )
        return self.accept(transfer_id, by=to, on=on)
