"""The file backend on a simulated disk: no acknowledged commit is ever lost, no refused one appears."""

import importlib.util
import os
import random
import sys
from pathlib import Path
from types import ModuleType

import attrs
import pytest

from mutualaid_backends.file.log import Log
from mutualaid_backends.file.store import FileStore
from mutualaid_core.errors import CommitUnknownError, StoreBrokenError
from mutualaid_core.testing.builders import CHAIN, batch, bound, event, put


def _simulated() -> ModuleType:
    spec = importlib.util.spec_from_file_location("simulated", Path(__file__).with_name("simulated.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["simulated"] = module
    spec.loader.exec_module(module)
    return module


disk = _simulated()

SEGMENT_BYTES = 1_500
HISTORIES = 10_000 if os.environ.get("MUTUALAID_PROFILE") == "full" else 1_000
LIVES = 5
QUIET = disk.Faults()
LOUD = disk.Faults(crash=0.02, short_write=0.2, write_error=0.06, sync_error=0.05, folder_error=0.2)


class NoLock:
    """One process at a time is what the test itself sees to."""

    def free(self) -> None:
        """Nothing is held."""


class LazyLog(Log):
    """A log that flushes nothing when it is opened."""

    def settle(self) -> None:
        """Only cut the torn end."""
        self._cut()

    def _cut(self) -> str | None:
        name = max((name for name in self.folder.names() if name.endswith(".jsonl")), default=None)
        if name is not None:
            self.folder.truncate(name, self._size)
        return name


class TrustingLog(LazyLog):
    """A log that flushes again what another process may have failed to flush."""

    def settle(self) -> None:
        """Cut the torn end and flush, as if a second flush could tell."""
        name = self._cut()
        if name is not None:
            self.folder.sync(name)
        self.folder.sync_folder()


def opened(folder: object, log_class: type[Log] = Log) -> FileStore:
    """A store on the simulated folder."""
    return FileStore(folder, NoLock(), log_class(folder, SEGMENT_BYTES), "simulated")


class LostError(AssertionError):
    """What was acknowledged is gone, or what was refused is there: which, and the keys."""


@attrs.define
class Client:
    """What the world outside was told.

    Attributes:
        told: Keys that were acknowledged, by a commit or by a receipt.
        refused: Keys of which it was said that nothing happened.
        tried: Every key.
    """

    told: set[str] = attrs.field(factory=set)
    refused: set[str] = attrs.field(factory=set)
    tried: list[str] = attrs.field(factory=list)

    def look(self, store: FileStore) -> None:
        """Compare what the store has with what was told; what is seen now counts as told."""
        there = {key for key in self.tried if store.receipt(key) is not None}
        if self.told - there:
            raise LostError("lost", self.told - there)
        if self.refused & there:
            raise LostError("appeared", self.refused & there)
        if store.head(CHAIN).position != len(there) or not store.verify(deep=True).is_whole:
            raise LostError("half", there)
        self.told |= there

    def work(self, store: FileStore, chance: random.Random, life: int) -> None:
        """Commit until something goes wrong, or enough was done."""
        for number in range(chance.randrange(1, 8)):
            key = f"{life}/{number}"
            self.tried.append(key)
            body = bytes(chance.randrange(0, 700))
            parts = put(key, body=body), bound(key, 0, 1), event(key.encode())
            try:
                store.commit(batch(key, *parts))
            except CommitUnknownError:
                return
            except StoreBrokenError:
                self.refused.add(key)
            else:
                self.told.add(key)


def live(folder: object, client: Client, life: int, log_class: type[Log] = Log) -> None:
    """One life of the process, with whatever faults the folder has."""
    try:
        store = opened(folder, log_class)
        client.look(store)
        client.work(store, folder.chance, life)
    except disk.Crash:
        pass
    except StoreBrokenError as error:
        # An opening may fail while the disk fails; a damaged log must never be the reason.
        if not isinstance(error.__cause__, OSError):
            raise LostError("refused", client.told) from error


def history(seed: int, folder_class: type, log_class: type[Log] = Log) -> None:
    """Several lives with deaths and power cuts between them, then a quiet one."""
    chance = random.Random(seed)  # noqa: S311 - a history must repeat
    folder, client = folder_class(chance), Client()
    for life in range(LIVES):
        folder.faults = LOUD if chance.random() < 0.8 else QUIET
        live(folder, client, life, log_class)
        if chance.random() < 0.6:
            folder.lose_power()
    folder.faults = QUIET
    store = opened(folder, log_class)
    client.look(store)
    folder.lose_power()
    client.look(opened(folder, log_class))


def many(folder_class: type, log_class: type[Log], seeds: range) -> None:
    """Many histories."""
    for seed in seeds:
        history(seed, folder_class, log_class)


@pytest.mark.parametrize("part", range(5))
def test_nothing_acknowledged_is_lost(part: int) -> None:
    """Over random lives, deaths and power cuts, what was told stays true."""
    many(disk.SimulatedFolder, Log, range(part * HISTORIES // 5, (part + 1) * HISTORIES // 5))


def recorded(folder: object) -> Client:
    """A fixed workload over several segments."""
    client = Client()
    live(folder, client, 0)
    live(folder, client, 1)
    return client


def test_every_call_may_be_the_last() -> None:
    """A crash in any call of a workload, with ten states of the disk each, leaves a whole store."""
    whole = disk.SimulatedFolder(random.Random(7))  # noqa: S311 - a workload must repeat
    recorded(whole)
    assert whole.calls > 50
    for call in range(1, whole.calls + 1):
        for state in range(10):
            folder = disk.SimulatedFolder(random.Random(7))  # noqa: S311 - as above
            folder.crash_at = call
            client = recorded(folder)
            folder.chance = random.Random(call * 100 + state)  # noqa: S311 - as above
            folder.crash_at = None
            folder.lose_power()
            client.look(opened(folder))


@pytest.mark.parametrize(
    ("folder_class", "log_class"),
    [
        (disk.CarelessFolder, Log),
        (disk.NamelessFolder, Log),
        (disk.SimulatedFolder, LazyLog),
        (disk.SimulatedFolder, TrustingLog),
    ],
    ids=["no flush", "no flush of names", "no flush when opening", "a second flush when opening"],
)
def test_simulated_disk_finds_carelessness(folder_class: type, log_class: type[Log]) -> None:
    """The same histories find what a backend that flushes less would lose."""
    with pytest.raises((LostError, StoreBrokenError)):
        many(folder_class, log_class, range(HISTORIES))
