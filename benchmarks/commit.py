"""What a commit through each backend costs, against bare SQLite doing the least that is durable.

A batch is that of one approved claim: three records, three ledger lines, three counters, one event.
The floor writes the same bodies with one ``executemany`` and one durable commit.
"""

import datetime
import sqlite3
import statistics
import tempfile
import time
from pathlib import Path

from mutualaid_core.ports.batch import Add, Batch, Bound, Event, Put, Ref
from mutualaid_core.ports.discovery import open_store

COMMITS, ROUNDS = 300, 5
DAY = datetime.date(2014, 1, 1)
BODY = b'{"form":1,"value":{"amount":123456,"subject":"ST201400001"}}' * 5
RECORDS = 6


def batch(number: int) -> Batch:
    """The batch of one claim; the fund's counters are shared by all."""
    puts = tuple(
        Put(
            ref=Ref("unit", f"U{number}-{part}"),
            expect=0,
            body=BODY,
            index={"pool_id": "430500", "name": "unit"},
        )
        for part in range(RECORDS)
    )
    shared = ("fund/benefit", "fund/payable")
    own = f"cap/{number}"
    bounds = [Bound(counter=own, expect=0, lo=0, hi=5_000_000)]
    if number == 0:
        bounds += [Bound(counter=counter, expect=0, lo=0, hi=10**12) for counter in shared]
    index = {"act": "bench", "actor": "bench", "business_on": DAY, "recorded_at_us": number, "subject": own}
    return Batch(
        key=f"bench/{number}",
        fingerprint=b"x" * 32,
        puts=puts,
        bounds=tuple(bounds),
        adds=tuple(Add(counter, 100) for counter in (own, *shared)),
        events=(Event(chain="bench", body=BODY, index=index),),
    )


def through(url: str) -> float:
    """Seconds for all commits through a backend."""
    store = open_store(url)
    batches = [batch(number) for number in range(COMMITS)]
    started = time.perf_counter()
    for each in batches:
        store.commit(each)
    spent = time.perf_counter() - started
    store.close()
    return spent


def floor(folder: Path) -> float:
    """Seconds for the same bodies through bare SQLite, durable per commit."""
    bare = sqlite3.connect(folder / "floor.db", isolation_level=None)
    bare.execute("PRAGMA journal_mode=WAL")
    bare.execute("PRAGMA synchronous=FULL")
    bare.execute("CREATE TABLE record (key BLOB PRIMARY KEY, body BLOB NOT NULL)")
    started = time.perf_counter()
    for number in range(COMMITS):
        rows = [(f"{number}-{part}".encode(), BODY) for part in range(RECORDS + 4)]
        bare.execute("BEGIN IMMEDIATE")
        bare.executemany("INSERT INTO record VALUES (?, ?)", rows)
        bare.execute("COMMIT")
    spent = time.perf_counter() - started
    bare.close()
    return spent


def main() -> None:
    """Run floor and backends in turn, print commits a second and the ratio to the floor."""
    ratios: dict[str, list[float]] = {"memory": [], "file": [], "sqlite": []}
    rates: dict[str, list[float]] = {name: [] for name in ratios}
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            urls = {
                "memory": "memory:",
                "file": f"file:///{folder / 'log'}",
                "sqlite": f"sqlite:///{folder / 'a.db'}",
            }
            least = floor(folder)
            for backend, url in urls.items():
                spent = through(url)
                rates[backend].append(COMMITS / spent)
                ratios[backend].append(spent / least)
    for backend, found in ratios.items():
        rate, ratio = statistics.median(rates[backend]), statistics.median(found)
        print(f"{backend}: {rate:,.0f} commits/s, {ratio:.2f} times the floor (median of {ROUNDS})")


if __name__ == "__main__":
    main()
