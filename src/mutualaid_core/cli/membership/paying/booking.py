"""Booking (入账) a unit's money with its list, and resolving what is held."""

from functools import partial
from pathlib import Path
from typing import Final

import attrs

from mutualaid_core.cli.membership.acting.once import NOT_DONE, REFUSED, Once
from mutualaid_core.cli.membership.acting.rehearsal import do_or_preview, rehearsed
from mutualaid_core.cli.membership.acting.taken import refusing_taken
from mutualaid_core.cli.membership.acting.telling import How, plain_of, say_outcome, status_of
from mutualaid_core.cli.membership.doing import Asked
from mutualaid_core.cli.membership.known import known_unit, list_of_unit
from mutualaid_core.cli.membership.paying.listed import lines_of, listed, say_left_alone
from mutualaid_core.cli.membership.paying.parts import (
    Parts,
    held_together,
    in_parts,
    standing,
    standing_result,
)
from mutualaid_core.cli.membership.paying.settling import say_held, say_settle, taken_hint
from mutualaid_core.cli.membership.persons import impersonal
from mutualaid_core.cli.output import Output
from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.governance.act import Act
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.membership.paying.remittance import Remittance
from mutualaid_core.domain.values.identifiers import EntryId, PeriodId, SchemeId, UnitId
from mutualaid_core.domain.values.money import Money, parse_yuan
from mutualaid_core.intake.membership.remittances import RemittanceList
from mutualaid_core.ports.store import Store
from mutualaid_core.serialization.records import key_of
from mutualaid_core.services.membership.contribution import (
    ReceiveRemittance,
    RemittanceReceived,
    receive_remittance,
)
from mutualaid_core.services.membership.paying.remittances import SettleRemittance, settle_remittance
from mutualaid_core.work import Host, read_one

_GRAVEST: Final = (Outcome.REJECT, Outcome.HOLD, Outcome.FLAG, Outcome.PASS)


@attrs.frozen(kw_only=True)
class Receiving:
    """Money of a unit (汇缴款), as the command line tells it.

    Attributes:
        remittance: Id of the remittance.
        file: Its list.
        unit: The unit.
        received: What the bank shows.
        payer: Who bears it where the list names no payers.
        scheme: Scheme.
        period: Period.
        is_preview: Whether nothing may be written.
    """

    remittance: str
    file: Path
    unit: str
    received: str
    payer: str
    scheme: str
    period: str
    is_preview: bool


@attrs.frozen(kw_only=True)
class Settling:
    """How a held remittance is resolved (差异处理), as the command line tells it.

    Attributes:
        remittance: Id of the remittance.
        file: List as corrected; ``None`` for the one that was held.
        entry: Id of the entry that books it.
        supplement: Money that came in since.
        payer: Who bears it where the list names no payers.
        scheme: Scheme.
        is_preview: Whether nothing may be written.
    """

    remittance: str
    file: Path | None
    entry: str
    supplement: str
    payer: str
    scheme: str
    is_preview: bool


@attrs.frozen(kw_only=True)
class Booked:
    """What became of the remittances of one list (入账结果).

    Attributes:
        results: Of each remittance by its id.
        replayed: Whether all of it had been done before.
        before: Parts of a long list that were on record before, by their ids.
    """

    results: dict[str, RemittanceReceived]
    replayed: bool
    before: dict[EntryId, Remittance] = attrs.field(factory=dict)

    @property
    def outcome(self) -> Outcome:
        """The gravest of them."""
        found = {each.outcome for each in self.results.values()}
        return next(each for each in _GRAVEST if each in found)

    @property
    def faults(self) -> tuple[Fault, ...]:
        """Those of all."""
        return tuple(fault for each in self.results.values() for fault in each.faults)


def receive(asked: Asked, wanted: Receiving, output: Output) -> int:
    """Book a unit's money with its list.

    A list that is longer than one remittance becomes several, ``ID-1`` and so on; all of them are
    booked, or held, or refused together. Where a run was broken off, the next one goes on with the
    parts that are not on record.

    Raises:
        IntakeError: With every problem of the list.
        InvalidValueError: An amount cannot be read, or something personal stands on the command line.
        NotFoundError: There is no such unit or period.
    """
    received = parse_yuan(wanted.received)
    impersonal("remittance", wanted.remittance)
    impersonal("unit", wanted.unit)
    with list_of_unit(asked.store, wanted.unit):
        read = listed(wanted.file, wanted.unit, wanted.payer)

    def call(host: Host, act: Act) -> Booked:
        known_unit(host.store, "unit", wanted.unit)
        parts = in_parts(_command(wanted, read, received, host))
        book = _book if len(parts) == 1 else _book_parts
        return book(host, act, parts, asked, wanted.remittance)

    def tell(store: Store, booked: Booked) -> int:
        say_left_alone(read, output)
        status = _tell(output, booked, is_preview=wanted.is_preview)
        for remittance in booked.results:
            if remittance != wanted.remittance:
                say_held(store, wanted.scheme, remittance, output)
            say_settle(store, wanted.scheme, remittance, asked, output)
        return status

    return do_or_preview(asked, call, tell, is_preview=wanted.is_preview)


def _command(wanted: Receiving, read: RemittanceList, received: Money, host: Host) -> ReceiveRemittance:
    return ReceiveRemittance(
        scheme_id=SchemeId(wanted.scheme),
        period_id=PeriodId(wanted.period),
        unit_id=UnitId(wanted.unit),
        entry_id=EntryId(wanted.remittance),
        received=received,
        lines=lines_of(read.rows, host.keys),
    )


def _book_parts(host: Host, act: Act, parts: Parts, asked: Asked, whole: str) -> Booked:
    """All parts of a long list that are not on record yet, after a rehearsal of them."""
    before = standing(host.store, parts)
    stood: dict[str, RemittanceReceived] = {
        part.entry_id: standing_result(before[part.entry_id], part)
        for part in parts
        if part.entry_id in before
    }
    rest = tuple(part for part in parts if part.entry_id not in before)
    tried = _book(rehearsed(host), act, rest, asked, whole)
    if any(each.outcome is Outcome.REJECT for each in tried.results.values()):
        done = _refused(tried)
    else:
        done = _book(host, act, held_together(rest, stood | tried.results), asked, whole)
    return attrs.evolve(done, results=stood | done.results, before=before)


def _book(host: Host, act: Act, commands: Parts, asked: Asked, whole: str) -> Booked:
    key = asked.key
    results: dict[str, RemittanceReceived] = {}
    replayed = True
    for command in commands:
        # A part is the same act whichever parts are done with it.
        own = key if key is None or command.entry_id == whole else f"{key}/{command.entry_id}"
        hint = partial(taken_hint, host.store, command.scheme_id, command.entry_id, asked)
        with refusing_taken("remittance", command.entry_id, hint, host.store):
            done = Once(key=own).do(receive_remittance, host, act, command)
        results[command.entry_id] = done.result
        replayed = replayed and done.replayed
    return Booked(results=results, replayed=replayed)


def _refused(rehearsal: Booked) -> Booked:
    """What could not be booked whole is not booked at all."""
    results = {
        remittance: attrs.evolve(each, outcome=Outcome.REJECT, booked=Money(0))
        for remittance, each in rehearsal.results.items()
    }
    return attrs.evolve(rehearsal, results=results, replayed=False)


def settle(asked: Asked, wanted: Settling, output: Output) -> int:
    """Resolve a remittance that is held.

    Raises:
        IntakeError: With every problem of the list.
        InvalidValueError: An amount cannot be read, or something personal stands on the command line.
        NotFoundError: There is no such remittance.
    """
    supplement = parse_yuan(wanted.supplement)
    # Held anew with more money, something was done; without, the same may be tried again.
    undone = REFUSED if supplement else NOT_DONE
    remittance, entry = impersonal("remittance", wanted.remittance), impersonal("entry", wanted.entry)

    def call(host: Host, act: Act) -> Booked:
        lines = None
        if wanted.file is not None:
            held = read_one(host.store, Remittance, key_of(wanted.scheme, remittance))
            lines = lines_of(listed(wanted.file, held.unit_id, wanted.payer).rows, host.keys)
        command = SettleRemittance(
            scheme_id=SchemeId(wanted.scheme),
            remittance_id=EntryId(remittance),
            entry_id=EntryId(entry),
            supplement=supplement,
            lines=lines,
        )
        with refusing_taken("entry", entry, store=host.store):
            done = Once(key=asked.key, undone=undone).do(settle_remittance, host, act, command)
        return Booked(results={remittance: done.result}, replayed=done.replayed)

    def tell(_store: Store, booked: Booked) -> int:
        return _tell(output, booked, is_preview=wanted.is_preview)

    return do_or_preview(asked, call, tell, is_preview=wanted.is_preview)


def _tell(output: Output, booked: Booked, *, is_preview: bool) -> int:
    output.document(
        {
            "outcome": booked.outcome.value,
            "remittances": {name: plain_of(each) for name, each in booked.results.items()},
            "before": sorted(booked.before),
            "replayed": booked.replayed,
            "preview": is_preview,
        }
    )
    if booked.before and not booked.replayed:
        output.say(
            "名单的一部分此前已办理，本次办理其余部分", "a part of the list was done before; this is the rest"
        )
    say_outcome(output, booked.outcome, booked.faults, How(is_preview=is_preview, replayed=booked.replayed))
    for known in booked.before.values():
        _say_before(known, output)
    for name, each in booked.results.items():
        if each.booked and name not in booked.before:
            zh, en = ("将入账", "would be booked") if is_preview else ("入账", "booked")
            output.say(f"{name} {zh} {each.booked} 元", f"{name} {en}, {each.booked} yuan")
    return status_of(booked.outcome)


def _say_before(known: Remittance, output: Output) -> None:
    """A part that was booked before this command; what is held is told with how it is settled."""
    if known.settled_on is not None:
        name, day = known.remittance_id, known.settled_on.isoformat()
        zh, en = f"{name} 此前已于 {day} 入账 {known.listed} 元", f"{name} was booked before, on {day}"
        output.say(zh, f"{en}, {known.listed} yuan")
