"""A million claims and more: the evaluator on columns against the same rule written by hand.

Every contender runs in a process of its own, in turn, several rounds; the ratios are those within
a round, and their median is shown. All must agree to the fen. Contenders whose library or
compiler is not there are left out.

    python benchmarks/columnar.py [claims] [rounds] [contender ...]

``BENCH_PERIOD_CAP`` (fen) sets the cap of the period: 300000 makes it bind for a third of the claims.
"""

import gc
import json
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from million.references import Contender

Run = dict[str, Any]  # the figures of one process, as it printed them

CLAIMS, ROUNDS = 1_000_000, 3
NAMES = (
    "c",
    "numpy by hand",
    "columns: paid",
    "columns: breakdown",
    "columns: texts as ids",
    "duckdb",
    "duckdb: texts as ids",
    "polars",
)
REFERENCE = "numpy by hand"


def contender(name: str, count: int) -> "Contender":
    """What is timed, ready to run."""
    from million import ours, references  # noqa: PLC0415  # after the check that numpy is there

    made = {
        "c": references.PlainC,
        "numpy by hand": references.NumpyByHand,
        "columns: paid": ours.Paid,
        "columns: breakdown": ours.Breakdown,
        "columns: texts as ids": ours.FromFrames,
        "duckdb": references.DuckDb,
        "duckdb: texts as ids": references.DuckDbTexts,
        "polars": references.Polars,
    }
    return made[name](count)


def memory() -> tuple[int, int]:
    """Resident bytes now, and their peak since it was cleared; zeros where the system does not tell."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0, 0
    told = dict(line.split(":", 1) for line in status.read_text().splitlines())
    now, peak = (int(told[key].split()[0]) * 1024 for key in ("VmRSS", "VmHWM"))
    return now, peak


def one(name: str, count: int) -> None:
    """Run one contender and print its figures as one line of JSON."""
    made = contender(name, count)
    gc.collect()
    clear = Path("/proc/self/clear_refs")
    if clear.exists():
        clear.write_text("5")
    before = memory()[0]
    made.run()
    best = cpu = float("inf")
    for _ in range(5 if count <= 2_000_000 else 3):
        started, used = time.perf_counter(), time.process_time()
        paid = made.run()
        best, cpu = min(best, time.perf_counter() - started), min(cpu, time.process_time() - used)
        checked = [int(paid.sum()), int((paid * (made.claims.order % 1009)).sum())]
        del paid
    print(json.dumps({"s": best, "cpu": cpu, "extra": memory()[1] - before, "checked": checked}))


def median(values: list[float]) -> float:
    """The middle one of some numbers."""
    return sorted(values)[len(values) // 2]


def compare(count: int, rounds: int, names: tuple[str, ...]) -> None:
    """Run all contenders in turn and print the table."""
    found: dict[str, list[Run]] = {name: [] for name in names}
    for _ in range(rounds):
        for name in names:
            command = [sys.executable, __file__, "--one", name, str(count)]
            ran = subprocess.run(command, capture_output=True, text=True, check=False)
            if ran.returncode:
                print(f"{name}: left out ({ran.stderr.strip().splitlines()[-1]})", file=sys.stderr)
                continue
            found[name].append(json.loads(ran.stdout.splitlines()[-1]))
    found = {name: runs for name, runs in found.items() if len(runs) == rounds}
    if len({tuple(run["checked"]) for runs in found.values() for run in runs}) > 1:
        message = "the contenders differ"
        raise SystemExit(message)
    print(f"{count:,} claims, {rounds} rounds; wall and cpu in ns a claim; all agree to the fen")
    print(f"{'':24}{'claims/s':>14}{'wall':>9}{'cpu':>9}{'x numpy':>9}{'x c':>7}{'bytes/claim':>13}")
    for name, runs in found.items():
        wall, cpu = (median([run[key] for run in runs]) / count * 1e9 for key in ("s", "cpu"))
        ratios = [times(found, name, other) for other in (REFERENCE, "c")]
        extra = median([run["extra"] for run in runs]) / count
        print(f"{name:24}{1e9 / wall:14,.0f}{wall:9.1f}{cpu:9.1f}{ratios[0]:>9}{ratios[1]:>7}{extra:13.0f}")


def times(found: dict[str, list[Run]], name: str, other: str) -> str:
    """How many times the wall time of *other* one contender takes, as a text."""
    if other not in found:
        return "-"
    pairs = zip(found[name], found[other], strict=True)
    return f"{median([mine['s'] / theirs['s'] for mine, theirs in pairs]):.2f}"


def main() -> None:
    """Compare, or run one contender."""
    words = sys.argv[1:]
    if words[:1] == ["--one"]:
        one(words[1], int(words[2]))
    elif find_spec("numpy") is None:
        print("the evaluator on columns needs: pip install 'mutualaid-core[columnar]'")
    else:
        count = int(float(words[0])) if words else CLAIMS
        compare(count, int(words[1]) if words[1:] else ROUNDS, tuple(words[2:]) or NAMES)


if __name__ == "__main__":
    main()
