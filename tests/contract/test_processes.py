"""Several processes on one store, and processes that are killed in the middle of a commit."""

import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from mutualaid_core.ports.batch import Add, Ref
from mutualaid_core.ports.discovery import open_store
from mutualaid_core.ports.store import Store
from mutualaid_core.testing.builders import CHAIN, batch, bound, event, put, value_of

WORKER = Path(__file__).with_name("worker.py")
KILLS = 20
# Shared keys for each of how many processes, by URL scheme: the file store opens anew for every commit.
RACES = {"sqlite": (6, 60), "file": (4, 12)}


@pytest.fixture(params=RACES)
def url(request: pytest.FixtureRequest, place: Path) -> str:
    """A store on disk with a counter to be filled."""
    made = f"{request.param}:///{place}/year"
    with closing(open_store(made)) as store:
        store.commit(batch("first", bound("cap", 0, 10_000)))
    return made


def start(*words: object) -> "subprocess.Popen[str]":
    """A worker process."""
    return subprocess.Popen([sys.executable, WORKER, *map(str, words)], stdout=subprocess.PIPE, text=True)


def everything(store: Store) -> Iterator[tuple[int, str]]:
    """Position and batch of each event."""
    after = 0
    while page := store.feed(CHAIN, after):
        yield from ((sealed.position, sealed.batch_key) for sealed in page)
        after = page[-1].position


@pytest.fixture
def told(url: str) -> list[list[str]]:
    """What the racing processes were told; the counter is too small for all of them."""
    processes, count = RACES[url.partition(":")[0]]
    with closing(open_store(url)) as store:
        store.commit(batch("small", bound("cap", 0, processes * count, expect=1)))
    workers = [start("race", url, f"p{number}", count) for number in range(processes)]
    said = [worker.communicate(timeout=240)[0] for worker in workers]
    assert [worker.returncode for worker in workers] == [0] * processes
    return [line.split() for text in said for line in text.splitlines()]


def test_racing_processes_keep_the_rules(url: str, told: list[list[str]]) -> None:
    """One effect per key, the bound kept, no event lost or doubled, whatever the processes do."""
    processes, count = RACES[url.partition(":")[0]]
    first = Counter(words[1] for words in told if words[-1] == "first")
    assert first == {str(number): 1 for number in range(count)}
    reused = Counter(words[1] for words in told if words[-1] == "reused")
    assert reused == {str(number): processes - 1 for number in range(0, count, 4)}
    added = [int(words[1]) for words in told if words[0] == "added"]
    with closing(open_store(url)) as store:
        assert value_of(store, "cap") == sum(added) <= processes * count
        events = list(everything(store))
        assert store.verify(deep=True).is_whole
    assert [position for position, _ in events] == list(range(1, len(events) + 1))
    assert len({key for _, key in events}) == len(events) == count + len(added)
    assert any(words[0] == "refused" for words in told)


def interrupted(url: str, name: str, chance: random.Random) -> tuple[set[str], str]:
    """Keys that a killed worker was told of, and the last that it began."""
    worker = start("steps", url, name, 10_000)
    assert worker.stdout is not None
    lines = [worker.stdout.readline()]
    until = time.monotonic() + chance.random() / 25
    while time.monotonic() < until:
        lines.append(worker.stdout.readline())
    worker.kill()
    with worker.stdout:
        lines += worker.stdout.readlines()
    worker.wait(timeout=60)
    words = [line.split() for line in lines if len(line.split()) == 2]
    return {key for verb, key in words if verb == "done"}, words[-1][1]


def test_killed_processes_lose_nothing(url: str) -> None:
    """After ``kill -9`` in the middle of commits every acknowledged one is there, whole and once."""
    chance, done = random.Random(2014), set()  # noqa: S311 - delays that repeat
    for kill in range(KILLS):
        told, last = interrupted(url, f"k{kill}", chance)
        done |= told
        with closing(open_store(url)) as store:
            assert [key for key in done if store.receipt(key) is None] == []
            store.commit(batch(last, put(last), Add("cap", 1), event(b"a"), event(b"b")))
            done.add(last)
            assert value_of(store, "cap") == len(done)
    with closing(open_store(url)) as store:
        assert len(store.get([Ref("claim", key) for key in done]).records) == len(done)
        assert store.head(CHAIN).position == 2 * len(done)
        assert store.verify(deep=True).is_whole
