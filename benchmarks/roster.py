"""What importing a roster costs, against a plain ``executemany`` of the same rows into SQLite.

A million made-up workers of some 16,000 units in 15 pools come from a CSV file, are checked and
then written. The floor reads the same file and writes its rows as text, with a primary key, one
further index, the same journal mode and durability, and a commit every 10,000 rows. Both run in
processes of their own, in turn, so that their ratio holds on a loaded machine too.
"""

import csv
import datetime
import itertools
import json
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from operator import truediv
from pathlib import Path

from mutualaid_core.domain.governance.actor import Actor, Role
from mutualaid_core.domain.values.identifiers import ActorId
from mutualaid_core.intake.rosters.check import Asked, check_rosters
from mutualaid_core.ports.clock import FixedClock
from mutualaid_core.ports.discovery import open_store
from mutualaid_core.ports.keys import SecretKeys
from mutualaid_core.services.membership.rosters import ImportRosters, import_rosters
from mutualaid_core.work import Host

SMALL, LARGE, ROUNDS, POOLS = 100_000, 1_000_000, 3, 15
RATIO_MAX, MEMORY_MAX, GROWTH_MAX = 4.0, 600.0, 1.15
DAY = datetime.date(2014, 1, 1)
COMMIT_ROWS = 10_000
HEAD = (
    *("unit_code", "name", "id_number", "sex", "birth_date", "insurance_type", "employment", "shares"),
    *("contribution", "paid_by_member", "paid_by_unit"),
)
SURNAMES, GIVEN = "王李张刘陈杨黄赵吴周徐孙马朱胡林郭何高罗", "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平"
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
FIRST_BIRTH, BIRTH_DAYS = datetime.date(1955, 1, 1), 14_600


def unit_sizes(count: int) -> Iterator[int]:
    """Sizes of units: most are small, some have several hundred workers; 62 on average."""
    left = count
    for size in itertools.cycle((12, 25, 40, 18, 8, 60, 33, 300, 22, 100)):
        if not left:
            return
        yield min(size, left)
        left -= min(size, left)


def rows_of(count: int) -> Iterator[tuple[str, int, tuple[str, ...]]]:
    """Unit, its pool and the cells of each worker; every ID number is valid and stands once."""
    number = 0
    for unit, size in enumerate(unit_sizes(count)):
        pool = 4301 + unit % POOLS
        for _ in range(size):
            turn, place = divmod(number * 7919 % (BIRTH_DAYS * 90), BIRTH_DAYS)
            born = FIRST_BIRTH + datetime.timedelta(days=place)
            serial = turn * 10 + number % 10
            body = f"{4301 + number // (BIRTH_DAYS * 90) * POOLS + unit % POOLS}{turn % 30 + 1:02}"
            body += f"{born:%Y%m%d}{serial % 1000:03}"
            check = "10X98765432"[sum(int(d) * w for d, w in zip(body, WEIGHTS, strict=True)) % 11]
            name = SURNAMES[number % 20] + GIVEN[number // 20 % 20] + GIVEN[number // 400 % 20]
            sex = "1" if serial % 2 else "2"
            cells = (f"U{unit:06}", name, body + check, sex, born.isoformat())
            yield cells[0], pool, (*cells, "310", "regular", "1", "50.00", "20.00", "30.00")
            number += 1


def write_files(folder: Path, count: int) -> int:
    """Write roster and units; answer how many units there are."""
    units: dict[str, int] = {}
    with (folder / f"roster-{count}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEAD)
        for unit, pool, cells in rows_of(count):
            units[unit] = pool
            writer.writerow(cells)
    with (folder / f"units-{count}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("unit_code", "unit_name", "pool_id"))
        writer.writerows((unit, f"单位{unit}", str(pool)) for unit, pool in units.items())
    return len(units)


def floor(folder: Path, count: int) -> float:
    """Seconds for the rows as they are, through bare SQLite."""
    started = time.perf_counter()
    bare = sqlite3.connect(folder / "floor.db", isolation_level=None)
    bare.execute("PRAGMA journal_mode=WAL")
    bare.execute("PRAGMA synchronous=FULL")
    columns = ", ".join(f"{name} TEXT{' PRIMARY KEY' if name == 'id_number' else ''}" for name in HEAD)
    bare.execute(f"CREATE TABLE roster ({columns})")
    bare.execute("CREATE INDEX roster_unit ON roster (unit_code)")
    insert = f"INSERT INTO roster VALUES ({', '.join('?' * len(HEAD))})"  # noqa: S608  # our own columns
    with (folder / f"roster-{count}.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        while portion := list(itertools.islice(rows, COMMIT_ROWS)):
            bare.execute("BEGIN IMMEDIATE")
            bare.executemany(insert, portion)
            bare.execute("COMMIT")
    bare.close()
    return time.perf_counter() - started


def through(folder: Path, count: int) -> float:
    """Seconds for checking and importing the same file."""
    started = time.perf_counter()
    store = open_store(f"sqlite:///{folder / 'store.db'}")
    host = Host(store=store, clock=FixedClock(0), keys=SecretKeys(b"benchmark" * 4))
    files, units = (folder / f"roster-{count}.csv",), folder / f"units-{count}.csv"
    asked = Asked(files=files, counted_on=DAY, units=units, store=store, keys=host.keys)
    check = check_rosters(asked, lambda _step, _done, _whole: None)
    if not check.is_sound or check.census.persons != count or check.flag_count:
        message = f"{check.fault_count} faults, first: {check.faults[:1]}"
        raise RuntimeError(message)
    command = ImportRosters(
        import_id=check.import_id(host.keys),
        counted_on=DAY,
        file="roster.csv",
        units=check.units,
        persons={unit_id: unit.persons for unit_id, unit in check.census.units.items()},
        joining=check.census.joining,
    )
    actor = Actor(actor_id=ActorId("benchmark"), role=Role.CLERK)
    import_rosters(host, actor, command, check.lines(), lambda _step, _done, _whole: None)
    store.close()
    return time.perf_counter() - started


def apart(folder: Path, what: str, count: int) -> tuple[float, float, float]:
    """Seconds, seconds of the processor and peak memory in MiB of a measurement in its own process."""
    with tempfile.TemporaryDirectory(dir=folder) as name:
        for path in folder.glob(f"*-{count}.csv"):
            (Path(name) / path.name).symlink_to(path)
        arguments = [sys.executable, __file__, what, name, str(count)]
        said = subprocess.run(arguments, check=True, capture_output=True, text=True).stdout
    seconds, processor, memory = json.loads(said)
    return seconds, processor, memory


def main() -> None:
    """Run floor and import in turn; print rows a second, ratio, growth and memory."""
    seconds: dict[int, list[float]] = {SMALL: [], LARGE: []}
    processor: dict[int, list[float]] = {SMALL: [], LARGE: []}
    floors: dict[int, list[float]] = {SMALL: [], LARGE: []}
    memory = 0.0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        units = {count: write_files(folder, count) for count in (SMALL, LARGE)}
        for _, count in itertools.product(range(ROUNDS), (SMALL, LARGE)):
            least, _, _ = apart(folder, "floor", count)
            spent, used, peak = apart(folder, "import", count)
            seconds[count].append(spent)
            processor[count].append(used)
            floors[count].append(least)
            memory = max(memory, peak)
    for count in (SMALL, LARGE):
        spent = statistics.median(seconds[count])
        ratio = statistics.median(map(truediv, seconds[count], floors[count]))
        print(
            f"{count:,} rows of {units[count]:,} units: {spent:.1f} s, {count / spent:,.0f} rows/s,"
            f" {ratio:.2f} times the floor (at most {RATIO_MAX:g}; median of {ROUNDS})"
        )
    told = f"{growth(seconds):.2f} times linear (at most {GROWTH_MAX:g})"
    print(f"growth: {told}, {growth(processor):.2f} by the processor's time, floor {growth(floors):.2f}")
    print(f"peak memory: {memory:.0f} MiB (at most {MEMORY_MAX:g})")


def growth(spent: dict[int, list[float]]) -> float:
    """How much more the large roster takes than the small one, against ten times as much."""
    return statistics.median(spent[LARGE]) / statistics.median(spent[SMALL]) * SMALL / LARGE


if __name__ == "__main__":
    if sys.argv[1:]:
        measure = {"floor": floor, "import": through}[sys.argv[1]]
        took = measure(Path(sys.argv[2]), int(sys.argv[3]))
        used = resource.getrusage(resource.RUSAGE_SELF)
        print(json.dumps([took, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024]))
    else:
        main()
