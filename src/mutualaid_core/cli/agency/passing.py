"""Passing on (上缴): what an agency collected comes to the bank."""

from typing import Final

import attrs

from mutualaid_core.cli.membership.acting.once import Once
from mutualaid_core.cli.membership.acting.rehearsal import do_or_preview
from mutualaid_core.cli.membership.acting.taken import refusing_taken
from mutualaid_core.cli.membership.acting.telling import How, plain_of, say_outcome, status_of
from mutualaid_core.cli.membership.doing import Asked
from mutualaid_core.cli.membership.known import known_organisation, known_period
from mutualaid_core.cli.membership.persons import impersonal
from mutualaid_core.cli.output import Output
from mutualaid_core.domain.governance.act import Act
from mutualaid_core.domain.values.identifiers import EntryId
from mutualaid_core.domain.values.money import Money, parse_yuan
from mutualaid_core.errors import InvalidValueError, NotFoundError
from mutualaid_core.ports.store import Store
from mutualaid_core.rules.membership.paying.agency import PassedPart
from mutualaid_core.services.membership.paying.agencies import MoneyPassedOn, PassOn
from mutualaid_core.services.membership.paying.agencies import pass_on as book
from mutualaid_core.services.membership.paying.holding import collection_of
from mutualaid_core.work import Done, Host

_IDS: Final = ("entry", "agency", "scheme", "period", "received")
"""Arguments that go into records, and so hold no number of a person."""


@attrs.frozen(kw_only=True)
class Passing:
    """Money that an agency passed on (上缴款), as the command line tells it.

    Attributes:
        entry: Id of the entry that books it.
        agency: The agency.
        received: What the bank shows.
        parts: Of which collections it is, each as written.
        scheme: Scheme.
        period: Period.
        is_preview: Whether nothing may be written.
    """

    entry: str
    agency: str
    received: str
    parts: tuple[str, ...]
    scheme: str
    period: str
    is_preview: bool


def pass_on(asked: Asked, wanted: Passing, output: Output) -> int:
    """Book what an agency passed on.

    Raises:
        InvalidValueError: An amount or a part cannot be read, or something personal stands on the
            command line.
        NotFoundError: There is no such agency, scheme, period or collection.
        TooLargeError: More parts than one act can take.
    """
    for name in _IDS:
        impersonal(name, getattr(wanted, name))
    received, parts = parse_yuan(wanted.received), tuple(map(part_of, wanted.parts))

    def call(host: Host, act: Act) -> Done[MoneyPassedOn]:
        command = _command(wanted, received, parts, host.store)
        with refusing_taken("entry", wanted.entry, store=host.store):
            return Once(key=asked.key).do(book, host, act, command)

    def tell(store: Store, done: Done[MoneyPassedOn]) -> int:
        return _tell(wanted, parts, (store, done), output)

    return do_or_preview(asked, call, tell, is_preview=wanted.is_preview)


def part_of(text: str) -> PassedPart:
    """A part as written on the command line.

    Args:
        text: Such as ``R-1=150.00``.

    Raises:
        InvalidValueError: It is written otherwise, or holds a number of a person.
    """
    remittance, mark, amount = impersonal("part", text).rpartition("=")
    if not remittance or not mark:
        raise InvalidValueError("part", "must be written R-1=150.00", f"{len(text)} characters")
    return PassedPart(remittance_id=EntryId(remittance), amount=parse_yuan(amount))


def _command(wanted: Passing, received: Money, parts: tuple[PassedPart, ...], store: Store) -> PassOn:
    scheme_id, period_id = known_period(store, wanted.scheme, wanted.period)
    agency_id = known_organisation(store, "agency", wanted.agency)
    for part in parts:
        if collection_of(store, scheme_id, part.remittance_id) is None:
            raise NotFoundError("agency_collection", part.remittance_id)
    return PassOn(
        scheme_id=scheme_id,
        period_id=period_id,
        agency_id=agency_id,
        entry_id=EntryId(wanted.entry),
        received=received,
        parts=parts,
    )


def _tell(
    wanted: Passing, parts: tuple[PassedPart, ...], told: tuple[Store, Done[MoneyPassedOn]], output: Output
) -> int:
    store, done = told
    result = done.result
    output.document({**plain_of(result), "replayed": done.replayed, "preview": wanted.is_preview})
    say_outcome(
        output, result.outcome, result.faults, How(is_preview=wanted.is_preview, replayed=done.replayed)
    )
    if result.booked:
        zh, en = ("将入账", "would be booked") if wanted.is_preview else ("入账", "booked")
        output.say(f"{wanted.entry} {zh} {result.booked} 元", f"{wanted.entry} {en}, {result.booked} yuan")
        if not wanted.is_preview:
            _say_left(wanted, parts, store, output)
    return status_of(result.outcome)


def _say_left(wanted: Passing, parts: tuple[PassedPart, ...], store: Store, output: Output) -> None:
    """What the agency still owes of each collection, as it is now."""
    for part in parts:
        scheme_id, _ = known_period(store, wanted.scheme, wanted.period)
        collection = collection_of(store, scheme_id, part.remittance_id)
        if collection is not None:
            name, due = part.remittance_id, collection.due
            output.say(f"{name} 仍应上缴 {due} 元", f"{name}: {due} yuan still due")
