"""Showing what agencies have (查看在途款): one collection, or all that was not passed on yet."""

import datetime

import attrs

from mutualaid_core.cli.host import opened, today
from mutualaid_core.cli.membership.acting.telling import plain_of
from mutualaid_core.cli.membership.doing import DONE
from mutualaid_core.cli.membership.faults import say_faults
from mutualaid_core.cli.membership.known import known_organisation, known_scheme
from mutualaid_core.cli.membership.persons import impersonal
from mutualaid_core.cli.output import Output
from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.membership.paying.agency import AgencyCollection
from mutualaid_core.domain.values.dates import parse_day
from mutualaid_core.domain.values.identifiers import EntryId, SchemeId
from mutualaid_core.domain.values.money import Money, total
from mutualaid_core.errors import NotFoundError
from mutualaid_core.ports.clock import SystemClock
from mutualaid_core.ports.store import Store
from mutualaid_core.rules.membership.paying.agency import AgencyDue, due_faults
from mutualaid_core.services.membership.paying.holding import agencies_holding, collection_of


@attrs.frozen(kw_only=True)
class Shown:
    """What is to be shown (查询条件).

    Attributes:
        remittance: Id of one collection; ``None`` for what is not passed on yet.
        agency: Of this agency alone; ``None`` for all.
        scheme: Scheme.
        on: Day to which the days are counted, as written; ``None`` for today.
    """

    remittance: str | None
    agency: str | None
    scheme: str
    on: str | None


def show(store_url: str, shown: Shown, output: Output) -> int:
    """Show what is asked.

    Raises:
        InvalidValueError: The day cannot be read, or something personal stands on the command line.
        NotFoundError: There is no such scheme, agency or collection.
    """
    for name in ("scheme", "agency", "remittance"):
        impersonal(name, getattr(shown, name) or "")
    day = today(SystemClock()) if shown.on is None else parse_day(shown.on)
    with opened(store_url, read_only=True) as store:
        scheme_id = known_scheme(store, shown.scheme)
        agency = None if shown.agency is None else known_organisation(store, "agency", shown.agency)
        if shown.remittance is not None:
            return _one(store, scheme_id, EntryId(shown.remittance), output)
        dues = agencies_holding(store, scheme_id, day).dues
    return _all(tuple(due for due in dues if agency in {None, due.agency_id}), day, output)


def _one(store: Store, scheme_id: SchemeId, remittance_id: EntryId, output: Output) -> int:
    collection = collection_of(store, scheme_id, remittance_id)
    if collection is None:
        raise NotFoundError("agency_collection", remittance_id)
    output.document({"collection": plain_of(collection), "due": plain_of(collection.due)})
    _say(collection, output)
    for passed in collection.parts:
        day, amount, entry = passed.on.isoformat(), passed.amount, passed.entry_id
        output.say(f"{day} 上缴 {amount} 元（{entry}）", f"{day}: {amount} yuan passed on ({entry})")
    for back in collection.given_back:
        day, amount, entry = back.on.isoformat(), back.amount, back.entry_id
        output.say(f"{day} 退回 {amount} 元（{entry}）", f"{day}: {amount} yuan went back ({entry})")
    return DONE


def _all(dues: tuple[AgencyDue, ...], day: datetime.date, output: Output) -> int:
    faults = due_faults(dues)
    output.document(
        {
            "on": day.isoformat(),
            "outcome": (Outcome.FLAG if dues else Outcome.PASS).value,
            "due": plain_of(_sum(dues)),
            "agencies": [plain_of(due) for due in dues],
            "faults": [plain_of(fault) for fault in faults],
        }
    )
    if not dues:
        output.say("没有未上缴的代收款", "no agency has money that it has not passed on")
    for due in dues:
        name, since = due.agency_id, due.since.isoformat()
        output.say(
            f"{name}：应上缴 {due.amount} 元，最早 {since}，已 {due.days} 天",
            f"{name}: {due.amount} yuan due, the oldest since {since}, {due.days} days",
        )
        for collection in due.collections:
            _say(collection, output)
    say_faults(output, faults)
    return DONE


def _sum(dues: tuple[AgencyDue, ...]) -> Money:
    return total(due.amount for due in dues)


def _say(collection: AgencyCollection, output: Output) -> None:
    """One line: whose money it was, and how much of it is still due."""
    name, unit, agency = collection.remittance_id, collection.unit_id, collection.agency_id
    day, amount, due = collection.collected_on.isoformat(), collection.amount, collection.due
    output.say(
        f"{name}：{day} {agency} 代收单位 {unit} {amount} 元，票据 {collection.paper}，应上缴 {due} 元",
        f"{name}: {agency} took {amount} yuan of {unit} on {day}, paper {collection.paper}; {due} yuan due",
    )
