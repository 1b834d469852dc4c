"""A whole year (互助年度): every act from founding to disclosure, in order.

Each act has its own idempotency key, made from what it is about. So a run that was cut off
goes on where it stopped, and a second run does nothing.
"""

import datetime
import enum
import itertools
from collections.abc import Callable, Iterator
from typing import Final, TypeVar

import attrs

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.fund.closing import Closing
from mutualaid_core.domain.governance.act import Act
from mutualaid_core.domain.governance.actor import Actor, Role
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.membership.paying.remittance import RemittanceLine
from mutualaid_core.domain.oversight.disclosure import Disclosure
from mutualaid_core.domain.scheme.period import Period
from mutualaid_core.domain.scheme.scheme import Scheme
from mutualaid_core.domain.values.entries import grant_of_year_id, remittance_of_year_id
from mutualaid_core.domain.values.identifiers import ActorId, ClaimId, MemberId, UnitId
from mutualaid_core.domain.values.money import ZERO, Money, total
from mutualaid_core.errors import InvalidValueError, KeyReusedError
from mutualaid_core.rules.membership.eligibility import check_eligible
from mutualaid_core.serialization.records import key_of
from mutualaid_core.services.adjudication import Adjudicated, FileClaim, adjudicate
from mutualaid_core.services.closing import (
    ClosePeriod,
    PeriodClosed,
    PeriodStopped,
    close_period,
    stop_postings,
)
from mutualaid_core.services.disclosure import Disclosed, DisclosePeriod, disclose_period
from mutualaid_core.services.founding import Founded, FoundScheme, found_scheme, open_period
from mutualaid_core.services.granting import receive_grant
from mutualaid_core.services.identity import member_id_of
from mutualaid_core.services.membership.admission import AdmitUnit, admit_unit
from mutualaid_core.services.membership.contribution import receive_remittance
from mutualaid_core.services.membership.enrolment import EnrolWorkers, enrol_workers
from mutualaid_core.services.payment import Paid, PayClaim, pay_claim
from mutualaid_core.services.year.entries import GrantOfYear, RemittanceOfYear
from mutualaid_core.services.year.plan import Grant, RosterLine, Year
from mutualaid_core.work import Done, Host, read_many

JOINERS_AN_ACT = 250
_PASSED: Final = frozenset({Outcome.PASS, Outcome.FLAG})
_UNPAID: Final = frozenset({Outcome.REJECT, Outcome.HOLD})
Result = TypeVar("Result")
Item = TypeVar("Item")
Answer = TypeVar("Answer", Founded, Paid, PeriodStopped, PeriodClosed, Disclosed)
Founding = Callable[[Host, Act, FoundScheme], Done[Founded]]
Progress = Callable[[str, int, int], None]
"""Told the step, how much of it is done, and how much there is."""


class Until(enum.Enum):
    """How far a year is run (运行到哪一步); a later run goes on from there."""

    FOUNDED = "found"
    ENROLLED = "enrol"
    COLLECTED = "collect"
    DISCLOSED = "disclose"


@attrs.frozen(kw_only=True)
class YearRun:
    """What a run came to.

    Attributes:
        founded: Whether scheme and period are there; refused where the policy does not allow them.
        decisions: Every claim's result, in the order of judging.
        refusals: What was refused on the way, each with its clause.
        paid: Benefits paid.
        closing: Figures of the closing; ``None`` where it was refused.
        disclosure: What is disclosed; ``None`` where it was refused.
        acts: How many acts the year has.
        replayed: How many of them had been done before.
    """

    founded: bool
    decisions: tuple[Adjudicated, ...]
    refusals: tuple[Fault, ...]
    paid: Money
    closing: Closing | None
    disclosure: Disclosure | None
    acts: int
    replayed: int

    @property
    def changed_nothing(self) -> bool:
        """Whether every act had been done before."""
        return self.acts == self.replayed


def run_year(host: Host, year: Year, progress: Progress, until: Until = Until.DISCLOSED) -> YearRun:
    """Do every act of a year, each once.

    Args:
        host: Store, clock and keys.
        year: What the acts are made of.
        progress: Told how far the run is.
        until: The last step that is done.

    Raises:
        KeyReusedError: The store holds another year under the same ids.
    """
    run = _Run(host, year, progress)
    judged: tuple[tuple[Adjudicated, datetime.date], ...] = ()
    paid = ZERO
    closing = disclosure = None
    founded = run.found()
    if founded:
        if until is not Until.FOUNDED:
            run.admit_units()
            run.enrol()
        if until in {Until.COLLECTED, Until.DISCLOSED}:
            run.collect()
        if until is Until.DISCLOSED:
            judged = tuple(run.judge())
            paid = run.pay(judged)
            closing = run.close()
    if closing is not None:
        disclosure = run.disclose()
    return YearRun(
        founded=founded,
        decisions=tuple(decided for decided, _ in judged),
        refusals=tuple(run.refusals),
        paid=paid,
        closing=closing,
        disclosure=disclosure,
        acts=run.acts,
        replayed=run.replayed,
    )


class _Run:
    """One run: knows the ids, counts the acts, keeps what was refused."""

    def __init__(self, host: Host, year: Year, progress: Progress) -> None:
        self._host, self._year, self._progress = host, year, progress
        self._scheme_id = year.founding.scheme.scheme_id
        self._period_id = year.founding.period.period_id
        self._period = ClosePeriod(scheme_id=self._scheme_id, period_id=self._period_id)
        self.acts = self.replayed = 0
        self.refusals: list[Fault] = []
        self._enrolled: set[tuple[UnitId, MemberId]] = set()

    def found(self) -> bool:
        """Found the scheme, or open a further period of it; false where its policy does not allow it."""
        is_first = self._host.store.receipt(self._founding_act("found/1").key) is not None
        name, service = "found", found_scheme
        if not is_first and self._is_founded():
            name, service = "open", open_period
        founded = self._until_passed(lambda attempt: self._try_founding(service, f"{name}/1{attempt}"))
        self.refusals += founded.faults
        return founded.outcome is Outcome.PASS

    def _try_founding(self, service: Founding, name: str) -> Done[Founded] | None:
        """Try once; nothing where the key is that of a refusal that came with other terms."""
        try:
            return service(self._host, self._founding_act(name), self._year.founding)
        except KeyReusedError:
            if self._is_open():
                raise
            return None

    def _founding_act(self, name: str) -> Act:
        step, _, subject = name.partition("/")
        return self._act(step, subject, Role.ACCOUNTANT, self._year.founding.version.first_day)

    def _is_open(self) -> bool:
        key = key_of(self._scheme_id, self._period_id)
        return bool(read_many(self._host.store, Period, (key,)))

    def _is_founded(self) -> bool:
        return bool(read_many(self._host.store, Scheme, (self._scheme_id,)))

    def _receive_grant(self, number: int, grant: Grant) -> None:
        command = GrantOfYear(
            scheme_id=self._scheme_id,
            period_id=self._period_id,
            entry_id=grant_of_year_id(self._period_id, number),
            giver=grant.giver,
            amount=grant.amount,
        )
        act = self._act("grant", str(number), Role.ACCOUNTANT, grant.received_on)
        self.refusals += self._done(receive_grant(self._host, act, command)).faults

    def admit_units(self) -> None:
        """Judge every unit by its roster."""
        joining = {unit.unit.unit_id: 0 for unit in self._year.units}
        for line in self._year.roster:
            joining[line.unit_id] += self._is_eligible(line)
        for unit in self._steps("admit", self._year.units):
            command = AdmitUnit(
                scheme_id=self._scheme_id,
                period_id=self._period_id,
                unit=unit.unit,
                eligible=unit.eligible,
                enrolled=joining[unit.unit.unit_id],
                counted_on=self._year.counted_on,
            )
            act = self._act("admit", unit.unit.unit_id, Role.CLERK, self._year.counted_on)
            self.refusals += self._done(admit_unit(self._host, act, command)).faults

    def _is_eligible(self, line: RosterLine) -> bool:
        """Whether the gate may count a line: who may not join does not help a unit over it."""
        try:
            terms = self._year.founding.version.eligibility
            check_eligible(line.joiner.insurance_type, line.joiner.employment, terms)
        except InvalidValueError:
            return False
        return True

    def enrol(self) -> None:
        """Enrol the workers, unit by unit."""
        for unit_id, number, lines in self._steps("enrol", tuple(self._portions())):
            command = EnrolWorkers(
                scheme_id=self._scheme_id,
                period_id=self._period_id,
                unit_id=unit_id,
                joiners=tuple(line.joiner for line in lines if self._is_eligible(line)),
            )
            act = self._act("enrol", f"{unit_id}/{number}", Role.CLERK, self._year.counted_on)
            done = self._done(enrol_workers(self._host, act, command))
            self._enrolled.update((unit_id, member_id) for member_id in done.enrolled)
            self.refusals += done.faults

    def collect(self) -> None:
        """Book the units' remittances for those who were enrolled."""
        for unit_id, number, lines in self._steps("collect", tuple(self._portions())):
            parts = [(self._member_id(line), line) for line in lines]
            kept = [(who, line) for who, line in parts if (unit_id, who) in self._enrolled]
            if not kept:
                continue
            command = self._remittance(unit_id, number, kept)
            act = self._act("collect", f"{unit_id}/{number}", Role.CASHIER, self._year.received_on)
            self.refusals += self._done(receive_remittance(self._host, act, command)).faults

    def _remittance(
        self, unit_id: UnitId, number: int, lines: list[tuple[MemberId, RosterLine]]
    ) -> RemittanceOfYear:
        return RemittanceOfYear(
            scheme_id=self._scheme_id,
            period_id=self._period_id,
            unit_id=unit_id,
            entry_id=remittance_of_year_id(self._period_id, unit_id, number),
            received=total(line.amount for _, line in lines),
            lines=tuple(
                RemittanceLine(member_id=who, amount=line.amount, split=line.split) for who, line in lines
            ),
        )

    def judge(self) -> Iterator[tuple[Adjudicated, datetime.date]]:
        """Judge the settlements in the order of discharge, then of their id; with the day of each."""
        ordered = sorted(self._year.settlements, key=lambda each: (each.enddate, each.setl_id))
        for settlement in self._steps("judge", tuple(ordered)):
            day = settlement.settled_on
            command = FileClaim(
                scheme_id=self._scheme_id, period_id=self._period_id, settlement=settlement, filed_on=day
            )
            act = self._act("judge", settlement.setl_id, Role.REVIEWER, day)
            decided = self._done(adjudicate(self._host, act, command))
            self.refusals += decided.faults
            yield decided, day

    def pay(self, judged: tuple[tuple[Adjudicated, datetime.date], ...]) -> Money:
        """Receive grants and pay claims in the order of their days: nothing is paid from later money.

        What the account could not cover on its day is tried again on the day of each further
        grant, and at last on the day of closing.
        """
        due = sorted(
            (
                (max(day, self._pay_from), decided)
                for decided, day in judged
                if decided.outcome not in _UNPAID
            ),
            key=lambda each: (each[0], each[1].claim_id),
        )
        grants = sorted(enumerate(self._year.grants, start=1), key=lambda each: each[1].received_on)
        held: list[ClaimId] = []
        paid = ZERO
        for day, decided in due:
            while grants and grants[0][1].received_on <= day:
                paid += self._grant_and_retry(*grants.pop(0), held)
            paid += self._pay(decided.claim_id, "", day, held)
        for number, grant in grants:
            paid += self._grant_and_retry(number, grant, held)
        return paid + total(self._pay_at_last(claim_id) for claim_id in held)

    def _grant_and_retry(self, number: int, grant: Grant, held: list[ClaimId]) -> Money:
        self._receive_grant(number, grant)
        waiting, held[:] = tuple(held), ()
        mark = f"/{grant.received_on.isoformat()}/{number}"
        return total(self._pay(claim_id, mark, grant.received_on, held) for claim_id in waiting)

    def _pay(self, claim_id: ClaimId, mark: str, day: datetime.date, held: list[ClaimId]) -> Money:
        """Try once to pay a claim; a claim that is not paid is noted as held."""
        done = self._done(self._pay_act(f"{claim_id}{mark}", claim_id, day))
        if done.outcome is not Outcome.PASS:
            held.append(claim_id)
        return done.amount

    def _pay_at_last(self, claim_id: ClaimId) -> Money:
        day = max(self._year.closed_on, self._pay_from)
        done = self._until_passed(lambda attempt: self._pay_act(f"{claim_id}/last{attempt}", claim_id, day))
        self.refusals += done.faults
        return done.amount

    def _pay_act(self, subject: str, claim_id: ClaimId, day: datetime.date) -> Done[Paid]:
        act = self._act("pay", subject, Role.CASHIER, day)
        return pay_claim(self._host, act, PayClaim(scheme_id=self._scheme_id, claim_id=claim_id))

    def close(self) -> Closing | None:
        """Stop the period, then roll it into the reserve; ``None`` where that was refused."""
        stopped = self._until_passed(
            lambda attempt: stop_postings(self._host, self._final("stop", attempt), self._period)
        )
        self.refusals += stopped.faults
        if stopped.outcome is Outcome.REJECT:
            return None
        closed = self._until_passed(
            lambda attempt: close_period(self._host, self._final("close", attempt), self._period)
        )
        self.refusals += closed.faults
        return closed.closing

    def disclose(self) -> Disclosure | None:
        """Disclose the closed period; ``None`` where that was refused."""
        command = DisclosePeriod(scheme_id=self._scheme_id, period_id=self._period_id)
        disclosed = self._until_passed(
            lambda attempt: disclose_period(self._host, self._final("disclose", attempt), command)
        )
        self.refusals += disclosed.faults
        return disclosed.disclosure

    def _final(self, name: str, attempt: str) -> Act:
        return self._act(name, f"{self._period_id}{attempt}", Role.ACCOUNTANT, self._year.closed_on)

    def _until_passed(self, do: Callable[[str], Done[Answer] | None]) -> Answer:
        """Do an act that may be refused for now: each run tries it once more, under a further key."""
        for number in itertools.count(1):
            done = do(f"/{number}" if number > 1 else "")
            if done is not None and (not done.replayed or done.result.outcome in _PASSED):
                return self._done(done)
        raise AssertionError  # pragma: no cover - the count has no end

    @property
    def _pay_from(self) -> datetime.date:
        return self._year.founding.policy.benefit.pay_from or datetime.date.min

    def _act(self, name: str, subject: str, role: Role, day: datetime.date) -> Act:
        """An act whose key is made from what it is about, so that it is done once."""
        key = f"{self._scheme_id}/{self._period_id}/{name}/{subject}"
        return Act(key=key, actor=Actor(actor_id=ActorId(f"run-{role.value}"), role=role), business_on=day)

    def _done(self, done: Done[Result]) -> Result:
        self.acts += 1
        self.replayed += done.replayed
        return done.result

    def _steps(self, name: str, work: tuple[Item, ...]) -> Iterator[Item]:
        for number, item in enumerate(work):
            self._progress(name, number, len(work))
            yield item
        self._progress(name, len(work), len(work))

    def _portions(self) -> Iterator[tuple[UnitId, int, tuple[RosterLine, ...]]]:
        """The roster by unit, in portions that fit one act; units in their given order."""
        by_unit: dict[UnitId, list[RosterLine]] = {unit.unit.unit_id: [] for unit in self._year.units}
        for line in self._year.roster:
            by_unit[line.unit_id].append(line)
        for unit_id, lines in by_unit.items():
            for start in range(0, len(lines), JOINERS_AN_ACT):
                yield unit_id, start // JOINERS_AN_ACT + 1, tuple(lines[start : start + JOINERS_AN_ACT])

    def _member_id(self, line: RosterLine) -> MemberId:
        return member_id_of(self._host.keys, line.joiner.id_number)
