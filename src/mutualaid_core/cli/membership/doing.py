"""Doing an act (办理) on an existing store from the command line, and telling what came of it."""

import datetime
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeVar

import attrs

from mutualaid_core.cli.host import host_for, keys_from, opened, today
from mutualaid_core.cli.membership.faults import say_faults
from mutualaid_core.cli.membership.persons import impersonal
from mutualaid_core.cli.output import Output
from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.governance.act import Act
from mutualaid_core.domain.governance.actor import Actor, Role
from mutualaid_core.domain.membership.transfer import Transfer, TransferState
from mutualaid_core.domain.membership.unit import Unit
from mutualaid_core.domain.membership.workflow import AllowedAction, Side
from mutualaid_core.domain.values.dates import parse_day
from mutualaid_core.domain.values.identifiers import ActorId, UnitId
from mutualaid_core.ports.clock import SystemClock
from mutualaid_core.ports.store import Store
from mutualaid_core.publication.membership.workflow import ACTIONS_ZH, SIDES_ZH
from mutualaid_core.serialization.codec import to_plain
from mutualaid_core.services.membership.transfer import TransferJudged
from mutualaid_core.work import Done, Host, read_many

Answer = TypeVar("Answer")

DONE, REFUSED = 0, 1

_SAID: Final = {
    Outcome.PASS: ("已办理", "done"),
    Outcome.FLAG: ("已办理，请留意", "done, but look at this"),
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
        InvalidValueError: The day cannot be read, the actor or the idempotency key holds an ID
            number, or the keys are missing.
        StoreBrokenError: There is no such store.
    """
    given = None if asked.on is None else parse_day(asked.on)
    impersonal("actor", asked.actor)
    key = impersonal("key", asked.key) if asked.key else f"cli/{secrets.token_hex(16)}"
    keys = keys_from(asked.key_file)
    with opened(asked.store, read_only=True):
        # Only what is there is opened for writing: a mistyped URL must not make an empty store.
        pass
    with opened(asked.store, read_only=False) as store:
        host = host_for(store, keys, may_write=False)
        actor = Actor(actor_id=ActorId(asked.actor), role=Role.CLERK)
        act = Act(key=key, actor=actor, business_on=given or today(host.clock))
        return tell(store, call(host, act))


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

        judged, transfer = done.result, done.result.transfer
        sentence = ""
        if transfer is not None:
            names = names_of(store, (transfer.from_unit, transfer.to_unit))
            sentence = explain_transfer(transfer, names, "zh" if output.lang == "zh" else "en")
        output.document({**_plain(judged), "replayed": done.replayed, "sentence": sentence})
        output.say(*_SAID.get(judged.outcome, ("未办理", "refused")))
        say_faults(output, judged.faults)
        if sentence:
            output.say(sentence, sentence)
        is_over = transfer is not None and is_late(transfer, _day_of(on))
        say_next(output, judged.allowed_actions, is_over=is_over)
        return REFUSED if judged.outcome is Outcome.REJECT else DONE

    return tell


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
