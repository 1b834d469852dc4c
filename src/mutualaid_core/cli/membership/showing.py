"""Showing transfers (查看转移): one of them, those of a unit, or all that happened to a member."""

from pathlib import Path
from typing import Any

import attrs
from cyclopts import CycloptsError

from mutualaid_core.cli.host import host_for, keys_from, opened, today
from mutualaid_core.cli.membership.doing import DONE, is_late, names_of, say_next
from mutualaid_core.cli.membership.known import known_unit
from mutualaid_core.cli.membership.persons import member_id_by, named_id, person_named
from mutualaid_core.cli.output import Output
from mutualaid_core.domain.membership.transfer import Transfer
from mutualaid_core.domain.membership.workflow import TRANSFERS, Side, allowed_actions
from mutualaid_core.domain.values.identifiers import MemberId, UnitId
from mutualaid_core.domain.values.personal import ResidentId
from mutualaid_core.errors import NotFoundError
from mutualaid_core.ports.clock import SystemClock
from mutualaid_core.ports.store import Store
from mutualaid_core.publication.labels import Language
from mutualaid_core.publication.membership.history import explain_changes, explain_transfer
from mutualaid_core.serialization.codec import to_plain
from mutualaid_core.services.membership.transfer import MemberHistory, transfer_history, unit_transfers
from mutualaid_core.work import read_one


@attrs.frozen(kw_only=True)
class Shown:
    """What is to be shown (查看内容): one of transfer, member and unit.

    Attributes:
        transfer: Id of one transfer.
        member: Pseudonym of a member.
        id_file: File with a member's ID number.
        unit: Unit.
        side: Of a unit: what it proposed, or what it is asked to accept.
        after: Of a unit: last id of the page before.
        limit: Of a unit: transfers a page.
    """

    transfer: str | None
    member: str | None
    id_file: Path | None
    unit: str | None
    side: Side
    after: str | None
    limit: int


def show_transfers(store_url: str, shown: Shown, key_file: Path | None, output: Output) -> int:
    """Show what is asked.

    Raises:
        InvalidValueError: An ID number stands on the command line, or cannot be read.
        NotFoundError: There is no such transfer, member or unit.
    """
    asked = (shown.transfer, shown.unit, shown.member or shown.id_file)
    if sum(each is not None for each in asked) != 1:
        raise CycloptsError(msg="one of TRANSFER, --member, --id-file and --unit must be given")
    if shown.transfer is not None or shown.unit is not None:
        with opened(store_url, read_only=True) as store:
            return _of_store(store, shown, output)
    person = person_named(shown.member, shown.id_file)
    keys = keys_from(key_file)
    with opened(store_url, read_only=True) as store:
        if isinstance(person, ResidentId):
            person = member_id_by(person, host_for(store, keys, may_write=False).keys)
        return _member(store, person, output)


def _of_store(store: Store, shown: Shown, output: Output) -> int:
    if shown.transfer is not None:
        return _one(store, read_one(store, Transfer, named_id("transfer", shown.transfer)), output)
    return _page(store, known_unit(store, "unit", shown.unit or ""), shown, output)


def _lang(output: Output) -> Language:
    return "zh" if output.lang == "zh" else "en"


def _told(store: Store, transfer: Transfer, output: Output) -> str:
    names = names_of(store, (transfer.from_unit, transfer.to_unit))
    return explain_transfer(transfer, names, _lang(output))


def _one(store: Store, transfer: Transfer, output: Output) -> int:
    allowed = allowed_actions(TRANSFERS, transfer.state)
    sentence = _told(store, transfer, output)
    output.document(
        {"transfer": to_plain(transfer), "allowed_actions": to_plain(allowed), "sentence": sentence}
    )
    output.say(sentence, sentence)
    say_next(output, allowed, is_over=is_late(transfer, today(SystemClock())))
    return DONE


def _page(store: Store, unit_id: UnitId, shown: Shown, output: Output) -> int:
    after = None if shown.after is None else named_id("after", shown.after)
    page = unit_transfers(store, unit_id, shown.side, after=after, limit=shown.limit)
    told = [_told(store, transfer, output) for transfer in page.transfers]
    output.document({"transfers": to_plain(page.transfers), "sentences": told, "next": page.next})
    for sentence in told:
        output.say(sentence, sentence)
    if not told:
        output.say("没有转移", "no transfers")
    if page.next is not None:
        output.say(f"续页：--after {page.next}", f"more: --after {page.next}")
    return DONE


def _member(store: Store, member_id: MemberId, output: Output) -> int:
    histories = transfer_history(store, member_id)
    if not histories:
        raise NotFoundError("member", member_id)
    told = [(each, _sentences(store, each, output)) for each in histories]
    output.document({"member": member_id, "periods": [_plain(each, lines) for each, lines in told]})
    for each, lines in told:
        output.say(
            f"项目 {each.scheme_id}，互助期 {each.period_id}", f"scheme {each.scheme_id}, {each.period_id}"
        )
        for line in lines:
            output.say(line, line)
    return DONE


def _sentences(store: Store, history: MemberHistory, output: Output) -> tuple[str, ...]:
    units = [change.unit_id for change in history.changes if change.unit_id is not None]
    names = names_of(store, tuple(units))
    changes = explain_changes(history.changes, names, _lang(output))
    return (*changes, *(_told(store, transfer, output) for transfer in history.transfers))


def _plain(history: MemberHistory, lines: tuple[str, ...]) -> dict[str, Any]:
    return {**to_plain(history), "sentences": list(lines)}
