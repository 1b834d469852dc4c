"""Collecting (代收): a unit's money and its list, as an agency tells of them."""

import datetime
import shlex
from pathlib import Path
from typing import Final

import attrs

from mutualaid_core.cli.membership.acting.once import Once
from mutualaid_core.cli.membership.acting.rehearsal import do_or_preview, rehearsed
from mutualaid_core.cli.membership.acting.taken import refusing_taken
from mutualaid_core.cli.membership.acting.telling import How, plain_of, say_outcome, status_of
from mutualaid_core.cli.membership.doing import Asked
from mutualaid_core.cli.membership.known import known_organisation, known_period, known_unit, list_of_unit
from mutualaid_core.cli.membership.paying.listed import lines_of, listed, portions, say_left_alone
from mutualaid_core.cli.membership.persons import impersonal
from mutualaid_core.cli.output import Output
from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.governance.act import Act
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.values.dates import parse_day
from mutualaid_core.domain.values.identifiers import EntryId
from mutualaid_core.domain.values.money import ZERO, Money, parse_yuan, total
from mutualaid_core.intake.membership.remittances import RemittanceList
from mutualaid_core.ports.store import Store
from mutualaid_core.rules.membership.paying.remittance import list_faults
from mutualaid_core.services.membership.paying.agencies import (
    CollectByAgency,
    CollectedByAgency,
    collect_by_agency,
)
from mutualaid_core.work import Host

_IDS: Final = ("remittance", "agency", "unit", "paper", "scheme", "period", "received")
"""Arguments that go into records, and so hold no number of a person."""


@attrs.frozen(kw_only=True)
class Collecting:
    """Money that an agency took (代收款), as the command line tells it.

    Attributes:
        remittance: Id of the remittance.
        file: Its list.
        agency: The agency.
        unit: The unit that paid.
        received: What the agency had.
        collected_on: Day on which it had it, as written.
        paper: Number of its receipt.
        payer: Who bears it where the list names no payers.
        scheme: Scheme.
        period: Period.
        is_preview: Whether nothing may be written.
    """

    remittance: str
    file: Path
    agency: str
    unit: str
    received: str
    collected_on: str
    paper: str
    payer: str
    scheme: str
    period: str
    is_preview: bool


@attrs.frozen(kw_only=True)
class Collected:
    """What became of the remittances of one list (代收结果).

    Attributes:
        results: Of each remittance by its id.
        replayed: Whether all of it had been done before.
    """

    results: dict[str, CollectedByAgency]
    replayed: bool

    @property
    def outcome(self) -> Outcome:
        """``REJECT`` where one of them is refused; there is nothing between."""
        is_refused = any(each.outcome is Outcome.REJECT for each in self.results.values())
        return Outcome.REJECT if is_refused else Outcome.PASS

    @property
    def booked(self) -> Money:
        """What was booked in all."""
        return total(each.booked for each in self.results.values())

    @property
    def faults(self) -> tuple[Fault, ...]:
        """Those of all."""
        return tuple(fault for each in self.results.values() for fault in each.faults)


def collect(asked: Asked, wanted: Collecting, output: Output) -> int:
    """Book what an agency took from a unit.

    A list that is longer than one remittance becomes several, ``ID-1`` and so on; it is booked
    whole or not at all.

    Raises:
        IntakeError: With every problem of the list.
        InvalidValueError: An amount or a day cannot be read, or something personal stands on the
            command line.
        NotFoundError: There is no such unit, agency, scheme or period.
    """
    for name in _IDS:
        impersonal(name, getattr(wanted, name))
    received, day = parse_yuan(wanted.received), parse_day(wanted.collected_on)
    with list_of_unit(asked.store, wanted.unit):
        read = listed(wanted.file, wanted.unit, wanted.payer)

    def call(host: Host, act: Act) -> Collected:
        commands = _commands(wanted, read, (received, day), host)
        if len(commands) > 1:
            lines = tuple(line for command in commands for line in command.lines)
            if faults := list_faults(commands[0].unit_id, lines, received):
                return _not_agreeing(wanted, faults)
            rehearsal = _book(rehearsed(host), act, commands, asked.key)
            if rehearsal.outcome is Outcome.REJECT:
                return _refused(rehearsal)
        return _book(host, act, commands, asked.key)

    def tell(_store: Store, collected: Collected) -> int:
        say_left_alone(read, output)
        return _tell(asked, wanted, collected, output)

    return do_or_preview(asked, call, tell, is_preview=wanted.is_preview)


def _commands(
    wanted: Collecting, read: RemittanceList, told: tuple[Money, datetime.date], host: Host
) -> tuple[CollectByAgency, ...]:
    """A command for each portion of the list; the last one has what is left of the money."""
    received, day = told
    scheme_id, period_id = known_period(host.store, wanted.scheme, wanted.period)
    agency_id = known_organisation(host.store, "agency", wanted.agency)
    unit_id = known_unit(host.store, "unit", wanted.unit)
    parts = tuple(portions(lines_of(read.rows, host.keys)))
    sums = [total(line.amount for line in lines) for lines in parts]
    sums[-1] = received - total(sums[:-1])
    return tuple(
        CollectByAgency(
            scheme_id=scheme_id,
            period_id=period_id,
            unit_id=unit_id,
            agency_id=agency_id,
            entry_id=EntryId(wanted.remittance if len(parts) == 1 else f"{wanted.remittance}-{number}"),
            collected_on=day,
            paper=wanted.paper,
            received=amount,
            lines=lines,
        )
        for number, (lines, amount) in enumerate(zip(parts, sums, strict=True), start=1)
    )


def _book(host: Host, act: Act, commands: tuple[CollectByAgency, ...], key: str | None) -> Collected:
    results: dict[str, CollectedByAgency] = {}
    replayed = True
    for number, command in enumerate(commands, start=1):
        own = None if key is None else key if len(commands) == 1 else f"{key}/{number}"
        with refusing_taken("remittance", command.entry_id, store=host.store):
            done = Once(key=own).do(collect_by_agency, host, act, command)
        results[command.entry_id] = done.result
        replayed = replayed and done.replayed
    return Collected(results=results, replayed=replayed)


def _not_agreeing(wanted: Collecting, faults: tuple[Fault, ...]) -> Collected:
    """A long list that does not agree with the money, or names somebody twice, by its true sums."""
    refused = CollectedByAgency(
        outcome=Outcome.REJECT, agency_outcome=Outcome.PASS, booked=ZERO, faults=faults
    )
    return Collected(results={wanted.remittance: refused}, replayed=False)


def _refused(rehearsal: Collected) -> Collected:
    """What could not be booked whole is not booked at all."""
    results = {
        remittance: attrs.evolve(each, outcome=Outcome.REJECT, agency_outcome=Outcome.PASS, booked=ZERO)
        for remittance, each in rehearsal.results.items()
    }
    return Collected(results=results, replayed=False)


def _tell(asked: Asked, wanted: Collecting, collected: Collected, output: Output) -> int:
    output.document(
        {
            "outcome": collected.outcome.value,
            "remittances": {name: plain_of(each) for name, each in collected.results.items()},
            "replayed": collected.replayed,
            "preview": wanted.is_preview,
        }
    )
    how = How(is_preview=wanted.is_preview, replayed=collected.replayed)
    say_outcome(output, collected.outcome, collected.faults, how)
    if collected.booked:
        _say_booked(wanted, collected, output)
        if not wanted.is_preview:
            command = _next(asked, wanted, collected)
            output.say(f"上缴后：{command}", f"once it is passed on: {command}")
    return status_of(collected.outcome)


def _say_booked(wanted: Collecting, collected: Collected, output: Output) -> None:
    """What was booked, and what the agency is flagged for; the members have paid all the same."""
    zh, en = ("将入账", "would be booked") if wanted.is_preview else ("入账", "booked")
    for name, each in collected.results.items():
        output.say(f"{name} {zh} {each.booked} 元", f"{name} {en}, {each.booked} yuan")
    output.say(
        f"会员自 {wanted.collected_on} 起已缴费；代办机构 {wanted.agency} 应上缴 {collected.booked} 元",
        f"the members have paid on {wanted.collected_on};"
        f" the agency {wanted.agency} owes {collected.booked} yuan to the fund",
    )


def _next(asked: Asked, wanted: Collecting, collected: Collected) -> str:
    """The command that books what the agency passes on, with every option that it needs."""
    parts = " ".join(f"{name}={each.booked.to_text()}" for name, each in collected.results.items())
    keys = "" if asked.key_file is None else f" --key-file {shlex.quote(str(asked.key_file))}"
    return (
        f"mutualaid agency pass-on ENTRY --agency {shlex.quote(wanted.agency)}"
        f" --received {collected.booked.to_text()} --part {parts} \\\n"
        f"  --scheme {shlex.quote(wanted.scheme)} --period {shlex.quote(wanted.period)}"
        f" --store {shlex.quote(asked.store)}{keys}"
    )
