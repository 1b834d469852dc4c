"""History (参加履历) in sentences that a member can read; it names units, never a person."""

import datetime
import re
from collections.abc import Mapping, Sequence
from typing import Final

from mutualaid_core.domain.membership.change import Change, ChangeKind
from mutualaid_core.domain.membership.transfer import Transfer, TransferRefusal, TransferState
from mutualaid_core.domain.values.identifiers import UnitId
from mutualaid_core.publication.labels import Label, Language
from mutualaid_core.publication.wording import Words

_CHANGES: Final[Mapping[ChangeKind, Label]] = {
    ChangeKind.JOINED: Label(
        "在{unit}参加，保障期为{first}至{last}", "joined through {unit}, covered from {first} to {last}"
    ),
    ChangeKind.EFFECTIVE: Label(
        "互助金已入账，保障期为{first}至{last}", "contribution settled, covered from {first} to {last}"
    ),
    ChangeKind.TRANSFERRED: Label(
        "{day}起由{before}转入{unit}，保障不间断，无需另行缴费，已用限额随同转移",
        "moved from {before} to {unit} on {day}: cover goes on without a gap and without a further payment,"
        " and what was used of the limits moves along",
    ),
    ChangeKind.LEFT_POOL: Label(
        "{day}起由{before}转出本统筹区域，保障至{last}止，期满后不再续保",
        "left {before} and the pool on {day}: cover ends with {last}, and there is no renewal",
    ),
    ChangeKind.RETIRED: Label("{day}起退休，保障至{last}止", "retired on {day}: cover ends with {last}"),
    ChangeKind.DISMISSED: Label(
        "{day}起与{before}解除劳动关系，保障至{last}止",
        "employment by {before} ended on {day}: cover ends with {last}",
    ),
    ChangeKind.DIED: Label(
        "{day}死亡，保障至{last}止，当日及以前发生的事项仍可申请",
        "died on {day}: cover ends with {last}, and events up to then may still be claimed",
    ),
    ChangeKind.WITHDRAWN: Label("参加已撤回，没有保障", "joining was taken back: there is no cover"),
    ChangeKind.VOIDED: Label(
        "参加登记有误，已作废，没有保障", "entered by error and voided: there is no cover"
    ),
    ChangeKind.CORRECTED: Label(
        "更正：{day}起所在单位为{unit}，保障期为{first}至{last}",
        "corrected: at {unit} from {day}, covered from {first} to {last}",
    ),
}

_WITHDRAWN: Final = Label(
    "更正：此前登记的离开系误报，予以撤销，保障期为{first}至{last}",
    "corrected: the leaving entered before was an error and is taken back, covered from {first} to {last}",
)
_STAYS_VOID: Final = Label(
    "更正：此前登记的死亡系误报，予以撤销，参加仍为作废",
    "corrected: the death entered before was an error and is taken back, and the place stays void",
)
_NEVER_COVERED: Final = Label("{day}死亡，没有保障日", "died on {day}: there is no day of cover")
_KNOWN: Final = Label("{told}（{known}登记）。", "{told} (entered on {known}).")
_RESTS: Final = Label("{told}（{known}登记，依据：{cause}）。", "{told} (entered on {known}, by {cause}).")
_ERRORS: Final[Mapping[str, Label]] = {
    "wrong_person": Label("人员有误", "wrong person"),
    "duplicate": Label("重复参加", "enrolled twice"),
    "not_eligible": Label("不符合参加条件", "not eligible"),
}
"""Kinds of error that a cause begins with, before its paper."""

_TAKEN_BACK: Final = re.compile(r"(.*): (retired|dismissed|died|left_pool) (\d{4}-\d\d-\d\d) -> none")
"""The cause of an entry that takes a leaving back: its paper, and what was told."""
_TOLD: Final[Mapping[str, Label]] = {
    "retired": Label("{paper}，原登记{day}退休", "{paper}: no retirement on {day}"),
    "dismissed": Label("{paper}，原登记{day}离职", "{paper}: no end of work on {day}"),
    "left_pool": Label("{paper}，原登记{day}转出统筹区域", "{paper}: no transfer out of the pool on {day}"),
    "died": Label("{paper}，原登记{day}死亡", "{paper}: no death on {day}"),
}

_NO_UNIT: Final = Label("无单位", "no unit")
_NO_DAY: Final = Label("无", "none")

_TRANSFER: Final = Label(
    "转移{id}：{day}起由{before}转往{unit}，{proposed}提出，{state}",
    "transfer {id}: from {before} to {unit} on {day}, proposed on {proposed}, {state}",
)
_STATES: Final[Mapping[TransferState, Label]] = {
    TransferState.PROPOSED: Label(
        "待接收，请于{expires}前（含当日）答复。", "waiting for an answer until {expires}."
    ),
    TransferState.ACCEPTED: Label("{decided}已接收。", "accepted on {decided}."),
    TransferState.REJECTED: Label("{decided}被拒绝：{refusal}。", "rejected on {decided}: {refusal}."),
    TransferState.WITHDRAWN: Label("{decided}已撤回。", "withdrawn on {decided}."),
    TransferState.EXPIRED: Label("逾期未答复，已过期。", "expired without an answer."),
}
_REFUSALS: Final[Mapping[TransferRefusal, Label]] = {
    TransferRefusal.NOT_EMPLOYED_HERE: Label("接收单位无此人员", "not employed by the receiving unit"),
    TransferRefusal.WRONG_PERSON: Label("人员信息有误", "another person is meant"),
    TransferRefusal.WRONG_DAY: Label("日期有误", "the day is wrong"),
    TransferRefusal.OTHER: Label("其他原因", "another reason"),
}


def explain_changes(
    changes: Sequence[Change], names: Mapping[UnitId, str], lang: Language
) -> tuple[str, ...]:
    """Say what happened to an enrolment: a sentence per entry, in their order.

    Each says from which day it holds and on which day it became known, which may be another.

    Args:
        changes: Entries of one enrolment, all from the first on.
        names: Names of units; one without is called by its id.
        lang: ``zh`` or ``en``; both say the same.

    Clause:
        HN-4.3.5c, ACFTU-11.1b
    """
    words = Words(lang)
    told, before = [], _NO_UNIT.text(lang)
    for change in changes:
        unit = before if change.unit_id is None else names.get(change.unit_id, change.unit_id)
        told.append(_sentence(change, before, unit, words))
        before = unit
    return tuple(told)


def _sentence(change: Change, before: str, unit: str, words: Words) -> str:
    none = _NO_DAY.text(words.lang)
    cover = change.cover
    told = (
        _label(change)
        .text(words.lang)
        .format(
            day=words.day(change.holds_from),
            before=before,
            unit=unit,
            first=none if cover is None else words.day(cover.first_day),
            last=none if cover is None else words.day(cover.last_day),
        )
    )
    frame = _KNOWN if change.cause is None else _RESTS
    known, cause = words.day(change.known_on), _cause(change, words)
    return frame.text(words.lang).format(told=told, known=known, cause=cause)


def _label(change: Change) -> Label:
    """What is said of an entry; another thing where it leaves no day of cover."""
    if change.withdraws is not None:
        return _WITHDRAWN if change.cover else _STAYS_VOID
    if change.kind is ChangeKind.DIED and change.cover is None:
        return _NEVER_COVERED
    return _CHANGES[change.kind]


def _cause(change: Change, words: Words) -> str:
    """On what an entry rests; the kind of an error by its name."""
    if change.withdraws is not None and (match := _TAKEN_BACK.fullmatch(change.cause or "")):
        day = words.day(datetime.date.fromisoformat(match[3]))
        return _TOLD[match[2]].text(words.lang).format(paper=match[1], day=day)
    kind, colon, paper = (change.cause or "").partition(": ")
    if not colon or kind not in _ERRORS:
        return change.cause or ""
    return f"{_ERRORS[kind].text(words.lang)}{'，' if words.lang == 'zh' else ': '}{paper}"


def explain_transfer(transfer: Transfer, names: Mapping[UnitId, str], lang: Language) -> str:
    """Say where a transfer stands, in one sentence.

    Args:
        transfer: Transfer.
        names: Names of units; one without is called by its id.
        lang: ``zh`` or ``en``; both say the same.

    Clause:
        HN-4.3.5c
    """
    words = Words(lang)
    refusal = "" if transfer.refusal is None else _REFUSALS[transfer.refusal].text(lang)
    state = (
        _STATES[transfer.state]
        .text(lang)
        .format(
            expires=words.day(transfer.expires_on),
            decided="" if transfer.decided_on is None else words.day(transfer.decided_on),
            refusal=refusal,
        )
    )
    return _TRANSFER.text(lang).format(
        id=transfer.transfer_id,
        day=words.day(transfer.moves_on),
        before=names.get(transfer.from_unit, transfer.from_unit),
        unit=names.get(transfer.to_unit, transfer.to_unit),
        proposed=words.day(transfer.proposed_on),
        state=state,
    )
