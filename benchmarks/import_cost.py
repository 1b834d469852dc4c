"""What ``import mutualaid_core`` costs, as a multiple of importing its three base libraries.

Names are loaded on first use; the second row loads every public name, services and all.
"""

import statistics
import subprocess
import sys
import time

ROUNDS = 15
OURS = "import mutualaid_core"
ALL_NAMES = "from mutualaid_core import *"
BASE = "import attrs, cattrs, pendulum"


def seconds(statement: str) -> float:
    """Wall time of a fresh interpreter that runs one statement."""
    started = time.perf_counter()
    subprocess.run([sys.executable, "-I", "-c", statement], check=True)
    return time.perf_counter() - started


def main() -> None:
    """Pair each statement with the base round by round, take the bare start away, print the ratios."""
    for statement in (OURS, ALL_NAMES, BASE, "pass"):
        seconds(statement)
    ratios: dict[str, list[float]] = {OURS: [], ALL_NAMES: []}
    for _ in range(ROUNDS):
        empty = seconds("pass")
        base = seconds(BASE) - empty
        for statement, found in ratios.items():
            found.append((seconds(statement) - empty) / base)
    for statement, found in ratios.items():
        print(f"{statement}: {statistics.median(found):.2f} times {BASE!r} (median of {ROUNDS} pairs)")


if __name__ == "__main__":
    main()
