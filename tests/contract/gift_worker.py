"""A process beside others: gives places of a programme, and says on its standard output what became of each.

Called as ``python gift_worker.py URL PERSONS START``: it begins when the file START is there.
"""

import sys
import time
from contextlib import closing
from pathlib import Path

from mutualaid_core.errors import StoreBusyError
from mutualaid_core.ports.discovery import open_store
from mutualaid_core.testing.acts.years import Years
from mutualaid_core.testing.world import World

TRIES = 2_000


def given(url: str, person: str) -> str:
    """The outcome for one person, however busy the store is; the same key is done once."""
    for _ in range(TRIES):
        try:
            with closing(open_store(url)) as store:
                return Years(World(store, name=f"to-{person}")).gifts.give(int(person)).outcome.value
        except StoreBusyError:
            time.sleep(0.005)
    raise TimeoutError(url)


def main(url: str, persons: str, start: str) -> None:
    """Wait for the start, then give to one person after the other."""
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    while not Path(start).exists():
        time.sleep(0.0005)
    sys.stdout.write(" ".join(given(url, person) for person in persons.split(",")) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
