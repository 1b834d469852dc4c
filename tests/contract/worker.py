"""A process beside others: commits to a store and says on its standard output what it was told.

Called as ``python worker.py ROLE URL NAME COUNT``; a line per commit, flushed at once.
"""

import sys

from mutualaid_core.errors import BoundExceededError, KeyReusedError, StoreBusyError
from mutualaid_core.ports.batch import Add, Batch
from mutualaid_core.ports.discovery import open_store
from mutualaid_core.ports.store import Receipt, Store
from mutualaid_core.testing.builders import batch, event, put


def tell(*words: object) -> None:
    """A line that the parent reads even if this process dies at once."""
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


def opened(url: str) -> Store:
    """The store, however busy it is."""
    while True:
        try:
            return open_store(url)
        except StoreBusyError:
            continue


def commit(url: str, kept: list[Store], made: Batch) -> Receipt:
    """Commit over a handle of its own where the store takes one writer at a time."""
    if not kept:
        kept.append(opened(url))
    try:
        return kept[0].commit(made)
    finally:
        if not kept[0].about().concurrent_writers:
            kept.pop().close()


def race(url: str, name: str, count: int) -> None:
    """Commit under keys that every process uses, and add to a counter that all fill."""
    kept: list[Store] = []
    for number in range(count):
        fingerprint = name.encode() if number % 4 == 0 else b"same"
        shared = batch(f"shared/{number}", put(f"r/{number}"), event(b"shared"), fingerprint=fingerprint)
        try:
            tell("shared", number, "again" if commit(url, kept, shared).replayed else "first")
        except KeyReusedError:
            tell("shared", number, "reused")
        amount = number % 3 + 1
        try:
            commit(url, kept, batch(f"{name}/{number}", Add("cap", amount), event(name.encode())))
            tell("added", amount)
        except BoundExceededError:
            tell("refused", amount)


def steps(url: str, name: str, count: int) -> None:
    """Commit one batch after the other, each with a record, an amount and two events."""
    with_store = opened(url)
    for number in range(count):
        key = f"{name}/{number}"
        tell("begun", key)
        with_store.commit(batch(key, put(key), Add("cap", 1), event(b"a"), event(b"b")))
        tell("done", key)


if __name__ == "__main__":
    role, url, name, count = sys.argv[1:]
    {"race": race, "steps": steps}[role](url, name, int(count))
