"""Doing an act (办理) on an existing store from the command line, and telling what came of it."""

import datetime
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeVar

import attrs

from mutualaid_core.cli.host import host_for, keys_from, mark_keys, opened, today
from mutualaid_core.cli.membership.faults import say_faults
from mutualaid_core.cli.membership.persons import impersonal
from mutualaid_core.cli.output import Output
from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.governance.act import Act
from mutualaid_core.domain.governance.actor import Actor, Role
from mutualaid_core.domain.membership.transfer import Transfer, TransferState
from mutualaid_core.domain.membership.unit import Unit
from mutualaid_core.domain.membership.workflow import TRANSFERS, AllowedAction, Side, allowed_actions
from mutualaid_core.domain.values.dates import parse_day
from mutualaid_core.domain.values.identifiers import ActorId, UnitId
from mutualaid_core.errors import InvalidValueError, StoreBrokenError
from mutualaid_core.ports.clock import SystemClock
from mutualaid_core.ports.store import Store
from mutualaid_core.publication.membership.workflow import ACTIONS_ZH, SIDES_ZH
from mutualaid_core.serialization.codec import to_plain
from mutualaid_core.services.membership.transfer import TransferJudged
from mutualaid_core.work import Done, Host, read_many

Answer = TypeVar("Answer")

DONE, REFUSED = 0, 1
UNCHANGED: Final = ("（此前已办理，没有变化）", " (it was done before, nothing changed)")
"""What is added to an answer where the act had been done before."""

_NO_STORE: Final = "there is no store"

_SAID: Final = {
    Outcome.PASS: ("已办理", "done"),
    Outcome.FLAG: ("已办理，请留意", "done, but look at this"),
    Outcome.CRITICAL: ("已办理，有严重问题，请处理", "done, but there is a grave finding"),
}


@attrs.frozen(kw_only=True)
class Asked:
    """Where an act is done, and under which head (办理选项).

    Attributes:
        store: URL of the store.
        key_file: File with the keys; ``None`` where the store keeps its own.
        on: Business day as written; ``None`` for today.
        actor: Account that acts.
        key: Idempotency key; ``None`` for a fresh one.
    """

    store: str
    key_file: Path | None
    on: str | None
    actor: str
    key: str | None


def do_act(asked: Asked, call: Callable[[Host, Act], Answer], tell: Callable[[Store, Answer], int]) -> int:
    """Do an act on a store that exists, and tell what came of it.

    Args:
        asked: Where, and under which head.
        call: The act.
        tell: Prints the answer and gives the exit status.

    Raises:
        InvalidValueError: The day cannot be read or is still to come, the actor or the idempotency
            key holds an ID number, or the keys are missing.
        StoreBrokenError: There is no such store.
    """
    on = business_day(asked.on)
    impersonal("actor", asked.actor)
    key = impersonal("key", asked.key) if asked.key else f"cli/{secrets.token_hex(16)}"
    keys = keys_from(asked.key_file)
    # Only what is there is opened for writing: a mistyped URL must not make an empty store.
    _be_there(asked.store)
    with opened(asked.store, read_only=False) as store:
        host = host_for(store, keys, may_write=False)
        actor = Actor(actor_id=ActorId(asked.actor), role=Role.CLERK)
        act = Act(key=key, actor=actor, business_on=on)
        answer = call(host, act)
        mark_keys(host)
        return tell(store, answer)


def business_day(on: str | None) -> datetime.date:
    """The business day of an act; today in China where none is given.

    Raises:
        InvalidValueError: The day cannot be read, or is still to come.
    """
    now = today(SystemClock())
    given = now if on is None else parse_day(on)
    if given > now:
        raise InvalidValueError("on", f"must not be after {now.isoformat()}", given.isoformat())
    return given


def _be_there(store: str) -> None:
    """Raise where there is no store, and tell what makes one.

    Raises:
        StoreBrokenError: There is none, or it cannot be opened.
    """
    try:
        with opened(store, read_only=True):
            pass
    except StoreBrokenError as error:
        if _NO_STORE not in str(error):
            raise
        hint = "make it with --new of `period open` or `organisation import`"
        raise StoreBrokenError("open", _NO_STORE, hint=hint) from error


def names_of(store: Store, units: tuple[UnitId, ...]) -> dict[UnitId, str]:
    """Names of units by id; one that nobody knows is absent."""
    return {unit.unit_id: unit.name for unit in read_many(store, Unit, units).values()}


def tell_judged(output: Output, on: str | None) -> Callable[[Store, Done[TransferJudged]], int]:
    """What tells the answer to one act on a transfer.

    Args:
        output: Where to tell it.
        on: Business day of the act as written; ``None`` for today.
    """

    def tell(store: Store, done: Done[TransferJudged]) -> int:
        from mutualaid_core.publication.membership.history import explain_transfer

        judged = _as_it_is(store, done)
        transfer, sentence = judged.transfer, ""
        if transfer is not None:
            names = names_of(store, (transfer.from_unit, transfer.to_unit))
            sentence = explain_transfer(transfer, names, "zh" if output.lang == "zh" else "en")
        output.document({**_plain(judged), "replayed": done.replayed, "sentence": sentence})
        zh, en = _SAID.get(judged.outcome, ("未办理", "refused"))
        is_repeat = done.replayed and judged.outcome is not Outcome.REJECT
        output.say(*((zh + UNCHANGED[0], en + UNCHANGED[1]) if is_repeat else (zh, en)))
        say_faults(output, judged.faults)
        if sentence:
            output.say(sentence, sentence)
        is_over = transfer is not None and is_late(transfer, _day_of(on))
        if transfer is not None:
            # Without one the proposal was refused; it is not offered anew in the same breath.
            say_next(output, judged.allowed_actions, is_over=is_over)
        return REFUSED if judged.outcome is Outcome.REJECT else DONE

    return tell


def _as_it_is(store: Store, done: Done[TransferJudged]) -> TransferJudged:
    """The answer; that of an act of before with the transfer as it stands now."""
    was = done.result.transfer
    if not done.replayed or was is None:
        return done.result
    now = read_many(store, Transfer, (was.transfer_id,)).get(was.transfer_id, was)
    return attrs.evolve(done.result, transfer=now, allowed_actions=allowed_actions(TRANSFERS, now.state))


def _plain(judged: TransferJudged) -> dict[str, Any]:
    plain: dict[str, Any] = to_plain(judged)
    return plain


def _day_of(on: str | None) -> datetime.date:
    return today(SystemClock()) if on is None else parse_day(on)


def is_late(transfer: Transfer, on: datetime.date) -> bool:
    """Whether a transfer waits for an answer that can no longer be given."""
    return transfer.state is TransferState.PROPOSED and transfer.expires_on < on


def say_next(output: Output, allowed: tuple[AllowedAction, ...], *, is_over: bool = False) -> None:
    """Say what may be done next, and by whom; nothing where nothing may.

    What the calendar alone does is said only when its day has come, and the receiving unit is
    then no longer asked.

    Args:
        output: Where to say it.
        allowed: Every action with whether it may be done.
        is_over: Whether the last day for an answer has passed.
    """
    hidden = Side.TO_UNIT if is_over else Side.CALENDAR
    for each in allowed:
        if each.is_allowed and each.by is not None and each.by is not hidden:
            zh = f"可办理：{ACTIONS_ZH[each.action]}（{SIDES_ZH[each.by]}）：{each.reason_zh}"
            output.say(zh, f"next: {each.action.value} by {each.by.value}: {each.reason_en}")


def tell_expired(output: Output) -> Callable[[Store, tuple[str, ...]], int]:
    """What tells which transfers expired."""

    def tell(_store: Store, expired: tuple[str, ...]) -> int:
        output.document({"expired": list(expired)})
        output.say(f"过期 {len(expired)} 件", f"{len(expired)} expired")
        for transfer_id in expired:
            output.say(transfer_id, transfer_id)
        return DONE

    return tell
