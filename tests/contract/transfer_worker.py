"""A process beside others: answers one transfer, and says on its standard output what it was told.

Called as ``python transfer_worker.py URL NAME ACTION START``: it begins when the file START is there.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path

from mutualaid_core.errors import StoreBusyError
from mutualaid_core.ports.discovery import open_store
from mutualaid_core.services.membership.transfer import TransferJudged
from mutualaid_core.testing.acts.moves import Moves
from mutualaid_core.testing.world import World

TRIES = 2_000


def answered(url: str, name: str, call: Callable[[Moves], TransferJudged]) -> TransferJudged:
    """The answer, however busy the store is; the same key is done once."""
    for _ in range(TRIES):
        try:
            store = open_store(url)
            try:
                return call(Moves(World(store, name=name)))
            finally:
                store.close()
        except StoreBusyError:
            time.sleep(0.005)
    raise TimeoutError(url)


def main(url: str, name: str, action: str, start: str) -> None:
    """Wait for the start, then act."""
    calls: dict[str, Callable[[Moves], TransferJudged]] = {
        "propose": lambda moves: moves.propose(transfer_id=f"T-{name}", key=f"{name}/propose"),
        "accept": lambda moves: moves.accept(key=f"{name}/accept"),
        "reject": lambda moves: moves.reject(),
        "withdraw": lambda moves: moves.withdraw(),
    }
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    while not Path(start).exists():
        time.sleep(0.0005)
    judged = answered(url, name, calls[action])
    found = ",".join(fault.found for fault in judged.faults) or "-"
    sys.stdout.write(f"{action} {judged.outcome.value} {found}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
