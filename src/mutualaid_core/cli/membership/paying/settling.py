"""Settling (差异处理) told as a command: what resolves a remittance that is held."""

import shlex

from mutualaid_core.cli.membership.doing import Asked
from mutualaid_core.cli.output import Output
from mutualaid_core.domain.membership.paying.remittance import Remittance, RemittanceState
from mutualaid_core.domain.values.entries import OWN_PREFIXES
from mutualaid_core.ports.store import Store
from mutualaid_core.serialization.records import key_of
from mutualaid_core.work import read_many

OTHER_ID = "give another id"


def taken_hint(store: Store, scheme: str, remittance_id: str, asked: Asked) -> str:
    """What to do where the id of a remittance is used: settle that one if held, else give another id.

    Money that came in since belongs to the one that is held.
    """
    held = _held(store, scheme, remittance_id)
    return OTHER_ID if held is None else settle_command(held, asked)


def say_held(store: Store, scheme: str, remittance_id: str, output: Output) -> None:
    """Say how much of the money is set against a part of a long list; nothing where it is not held."""
    held = _held(store, scheme, remittance_id)
    if held is not None:
        name, persons = held.remittance_id, held.persons
        zh = f"{name} 暂存 {held.balance} 元，名单 {persons} 人 {held.listed} 元"
        en = f"{name} held, {held.balance} yuan for {persons} persons with {held.listed}"
        output.say(zh, en)


def say_settle(store: Store, scheme: str, remittance_id: str, asked: Asked, output: Output) -> None:
    """Say by which command a remittance is settled; nothing where it is not held."""
    held = _held(store, scheme, remittance_id)
    if held is not None:
        command = settle_command(held, asked)
        output.say(f"下一步：{command}", f"next: {command}")


def settle_command(held: Remittance, asked: Asked) -> str:
    """The command that settles a held remittance, with every option that it needs.

    Where money is missing it is the supplement; where there is more than was listed, a corrected
    list is asked for.
    """
    short = held.difference.fen < 0
    listed = "" if short or not held.difference else " LIST.csv"
    money = f" --supplement {held.listed - held.balance}" if short else ""
    name = shlex.quote(held.remittance_id)
    where = f"--scheme {shlex.quote(held.scheme_id)} --store {shlex.quote(asked.store)}"
    keys = "" if asked.key_file is None else f" --key-file {shlex.quote(str(asked.key_file))}"
    day = "" if asked.on is None else f" --on {shlex.quote(asked.on)}"
    entry = f"settled-{name}" if held.remittance_id.startswith(OWN_PREFIXES) else f"{name}-settled"
    first = f"mutualaid remittance settle {name}{listed} --entry {entry}{money}"
    return f"{first} \\\n  {where}{day}{keys}"


def _held(store: Store, scheme: str, remittance_id: str) -> Remittance | None:
    key = key_of(scheme, remittance_id)
    found = read_many(store, Remittance, (key,)).get(key)
    return found if found is not None and found.state is RemittanceState.HELD else None
