"""A sample world (样例环境): a host with the sample scheme, and short ways to act in it."""

import datetime
import itertools

from mutualaid_core.domain.claims.settlement import Settlement
from mutualaid_core.domain.fund.account import FundAccount, Title
from mutualaid_core.domain.governance.act import Act
from mutualaid_core.domain.governance.actor import Actor, Role
from mutualaid_core.domain.membership.paying.remittance import RemittanceLine
from mutualaid_core.domain.membership.unit import Unit
from mutualaid_core.domain.scheme.dues import FundingSource
from mutualaid_core.domain.values.identifiers import ActorId, ClaimId, EntryId, UnitId
from mutualaid_core.domain.values.money import Money, total
from mutualaid_core.ports.clock import FixedClock
from mutualaid_core.ports.discovery import open_store
from mutualaid_core.ports.store import Store
from mutualaid_core.services.adjudication import Adjudicated, FileClaim, adjudicate
from mutualaid_core.services.closing import (
    ClosePeriod,
    PeriodClosed,
    PeriodStopped,
    close_period,
    stop_postings,
)
from mutualaid_core.services.disclosure import Disclosed, DisclosePeriod, disclose_period
from mutualaid_core.services.founding import Founded, FoundScheme, found_scheme
from mutualaid_core.services.granting import GrantReceived, ReceiveGrant, receive_grant
from mutualaid_core.services.membership.admission import AdmitUnit, UnitJudged, admit_unit
from mutualaid_core.services.membership.contribution import (
    ReceiveRemittance,
    RemittanceReceived,
    receive_remittance,
)
from mutualaid_core.services.membership.enrolment import EnrolWorkers, WorkersEnrolled, enrol_workers
from mutualaid_core.services.membership.joiner import Joiner
from mutualaid_core.services.payment import Paid, PayClaim, pay_claim
from mutualaid_core.testing.samples import (
    CLOSED_ON,
    COLLECTED_ON,
    FILED_ON,
    FOUNDED_ON,
    FOUNDING,
    KEYS,
    PERIOD,
    REGION,
    SCHEME,
    UNIT,
    dues,
    joiner,
    yuan,
)
from mutualaid_core.work import Host

_NOW_US = 1_400_000_000_000_000


def balance(store: Store, title: Title, source: FundingSource | None = None) -> Money:
    """Present balance of an account of the sample scheme's book."""
    period_id = PERIOD if title.per_period else None
    account = FundAccount(scheme_id=SCHEME, title=title, period_id=period_id, source=source)
    return Money(store.get((), (account.counter,)).counters[account.counter].value)


class World:
    """A host with the sample scheme; each act has a key of its own unless one is given.

    Two worlds on one store need names of their own, since keys are made of them.
    """

    def __init__(
        self, store: Store | None = None, founding: FoundScheme = FOUNDING, *, name: str = "act"
    ) -> None:
        """Open a fresh memory store unless one is given; nothing is founded yet."""
        self.store = open_store("memory:") if store is None else store
        self.host = Host(store=self.store, clock=FixedClock(_NOW_US), keys=KEYS)
        self.founding = founding
        self.scheme_id, self.period_id = founding.scheme.scheme_id, founding.period.period_id
        self._name = name
        self._numbers = itertools.count(1)

    def act(self, on: datetime.date = FILED_ON, key: str | None = None, role: Role = Role.CLERK) -> Act:
        """An act on that day, under a fresh key unless one is given."""
        own = key or f"{self._name}-{next(self._numbers)}"
        return Act(key=own, actor=Actor(actor_id=ActorId("tester"), role=role), business_on=on)

    def found(self) -> Founded:
        """Found the scheme."""
        return found_scheme(self.host, self.act(FOUNDED_ON), self.founding).result

    def grant(self, amount: str | int, entry: str = "G-1", on: datetime.date = COLLECTED_ON) -> GrantReceived:
        """Receive a reserve grant in yuan."""
        command = ReceiveGrant(
            scheme_id=self.scheme_id,
            period_id=self.period_id,
            entry_id=EntryId(entry),
            giver="市财政局",
            amount=yuan(amount),
        )
        return receive_grant(self.host, self.act(on), command).result

    def admit(self, eligible: int = 1, enrolled: int = 1, unit: str = UNIT) -> UnitJudged:
        """Judge a unit by its counts."""
        command = AdmitUnit(
            scheme_id=self.scheme_id,
            period_id=self.period_id,
            unit=Unit(unit_id=UnitId(unit), name=f"单位{unit}", pool_id=REGION.pool_id),
            eligible=eligible,
            enrolled=enrolled,
            counted_on=COLLECTED_ON,
        )
        return admit_unit(self.host, self.act(COLLECTED_ON), command).result

    def enrol(self, *joiners: Joiner, unit: str = UNIT) -> WorkersEnrolled:
        """Enrol workers through a unit."""
        command = EnrolWorkers(
            scheme_id=self.scheme_id, period_id=self.period_id, unit_id=UnitId(unit), joiners=joiners
        )
        return enrol_workers(self.host, self.act(COLLECTED_ON), command).result

    def remit(
        self,
        *lines: RemittanceLine,
        received: Money | None = None,
        unit: str = UNIT,
        on: datetime.date = COLLECTED_ON,
        entry: str | None = None,
    ) -> RemittanceReceived:
        """Receive a unit's remittance; the bank shows what the lines add up to unless told."""
        command = ReceiveRemittance(
            scheme_id=self.scheme_id,
            period_id=self.period_id,
            unit_id=UnitId(unit),
            entry_id=EntryId(entry or f"R-{self._name}-{next(self._numbers)}"),
            received=total(line.amount for line in lines) if received is None else received,
            lines=lines,
        )
        return receive_remittance(self.host, self.act(on), command).result

    def join(self, *numbers: int, unit: str = UNIT) -> None:
        """Admit a unit, enrol these persons through it, and receive their dues."""
        self.admit(len(numbers), len(numbers), unit)
        self.enrol(*(joiner(number) for number in numbers), unit=unit)
        self.remit(*(dues(number) for number in numbers), unit=unit)

    def file(
        self, settlement: Settlement, on: datetime.date = FILED_ON, key: str | None = None
    ) -> Adjudicated:
        """File a claim with a settlement, and judge it."""
        command = FileClaim(
            scheme_id=self.scheme_id, period_id=self.period_id, settlement=settlement, filed_on=on
        )
        return adjudicate(self.host, self.act(on, key, Role.REVIEWER), command).result

    def pay(self, claim_id: str, on: datetime.date = FILED_ON, key: str | None = None) -> Paid:
        """Pay a claim."""
        return pay_claim(
            self.host,
            self.act(on, key, Role.CASHIER),
            PayClaim(scheme_id=self.scheme_id, claim_id=ClaimId(claim_id)),
        ).result

    def stop(self, on: datetime.date = CLOSED_ON) -> PeriodStopped:
        """Let nothing more be posted to the period."""
        command = ClosePeriod(scheme_id=self.scheme_id, period_id=self.period_id)
        return stop_postings(self.host, self.act(on, role=Role.ACCOUNTANT), command).result

    def close(self, on: datetime.date = CLOSED_ON) -> PeriodClosed:
        """Roll the period into the reserve."""
        command = ClosePeriod(scheme_id=self.scheme_id, period_id=self.period_id)
        return close_period(self.host, self.act(on, role=Role.ACCOUNTANT), command).result

    def disclose(self, on: datetime.date = CLOSED_ON) -> Disclosed:
        """Disclose the closed period."""
        command = DisclosePeriod(scheme_id=self.scheme_id, period_id=self.period_id)
        return disclose_period(self.host, self.act(on, role=Role.ACCOUNTANT), command).result
