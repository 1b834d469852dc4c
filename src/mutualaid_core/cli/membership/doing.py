"""Doing an act (办理) on an existing store from the command line, and telling what came of it."""

import datetime
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeVar

import attrs

from mutualaid_core.cli.host import host_for, keys_from, opened
from mutualaid_core.cli.output import Output
from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.governance.act import Act
from mutualaid_core.domain.governance.actor import Actor, Role
from mutualaid_core.domain.membership.unit import Unit
from mutualaid_core.domain.membership.workflow import AllowedAction
from mutualaid_core.domain.values.dates import parse_day
from mutualaid_core.domain.values.identifiers import ActorId, UnitId
from mutualaid_core.ports.store import Store
from mutualaid_core.serialization.codec import to_plain
from mutualaid_core.services.membership.transfer import TransferJudged
from mutualaid_core.work import Done, Host, read_many

Answer = TypeVar("Answer")

DONE, REFUSED = 0, 1

_CHINA: Final = datetime.timezone(datetime.timedelta(hours=8))


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
        InvalidValueError: The day cannot be read, or the keys are missing.
        StoreBrokenError: There is no such store.
    """
    given = None if asked.on is None else parse_day(asked.on)
    keys = keys_from(asked.key_file)
    with opened(asked.store, read_only=True):
        # Only what is there is opened for writing: a mistyped URL must not make an empty store.
        pass
    with opened(asked.store, read_only=False) as store:
        host = host_for(store, keys, may_write=False)
        key = asked.key or f"cli/{secrets.token_hex(16)}"
        actor = Actor(actor_id=ActorId(asked.actor), role=Role.CLERK)
        act = Act(key=key, actor=actor, business_on=given or _today(host))
        return tell(store, call(host, act))


def _today(host: Host) -> datetime.date:
    """The business day of now, in China Standard Time."""
    return datetime.datetime.fromtimestamp(host.clock.now_us() // 1_000_000, _CHINA).date()


def names_of(store: Store, units: tuple[UnitId, ...]) -> dict[UnitId, str]:
    """Names of units by id; one that nobody knows is absent."""
    return {unit.unit_id: unit.name for unit in read_many(store, Unit, units).values()}


def tell_judged(output: Output) -> Callable[[Store, Done[TransferJudged]], int]:
    """What tells the answer to one act on a transfer."""

    def tell(store: Store, done: Done[TransferJudged]) -> int:
        from mutualaid_core.publication.membership.history import explain_transfer

        judged, transfer = done.result, done.result.transfer
        sentence = ""
        if transfer is not None:
            names = names_of(store, (transfer.from_unit, transfer.to_unit))
            sentence = explain_transfer(transfer, names, "zh" if output.lang == "zh" else "en")
        output.document({**_plain(judged), "replayed": done.replayed, "sentence": sentence})
        _say_outcome(output, judged)
        if sentence:
            output.say(sentence, sentence)
        say_next(output, judged.allowed_actions)
        return REFUSED if judged.outcome is Outcome.REJECT else DONE

    return tell


def _plain(judged: TransferJudged) -> dict[str, Any]:
    plain: dict[str, Any] = to_plain(judged)
    return plain


def _say_outcome(output: Output, judged: TransferJudged) -> None:
    zh, en = {
        Outcome.PASS: ("已办理", "done"),
        Outcome.FLAG: ("已办理，请留意", "done, but look at this"),
    }.get(judged.outcome, ("未办理", "refused"))
    output.say(zh, en)
    for fault in judged.faults:
        output.say(f"- {fault}", f"- {fault}")


def say_next(output: Output, allowed: tuple[AllowedAction, ...]) -> None:
    """Say what may be done next, and by whom; nothing where nothing may.

    Args:
        output: Where to say it.
        allowed: Every action with whether it may be done.
    """
    for each in allowed:
        if each.is_allowed and each.by is not None:
            zh = f"可办理 {each.action.value}（{each.by.value}）：{each.reason_zh}"
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
