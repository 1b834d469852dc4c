"""How long the demo year takes on each backend, from reading the folder to the disclosure."""

import tempfile
import time
from pathlib import Path

from mutualaid_core.intake.year_folder import read_year
from mutualaid_core.ports.clock import FixedClock
from mutualaid_core.ports.discovery import open_store
from mutualaid_core.ports.keys import SecretKeys
from mutualaid_core.services.year import run_year
from mutualaid_core.work import Host

FOLDER = Path(__file__).parents[1] / "examples" / "chengbu_2014"


def run(url: str) -> float:
    """Seconds for one run into the store at *url*."""
    started = time.perf_counter()
    store = open_store(url)
    host = Host(store=store, clock=FixedClock(0), keys=SecretKeys(b"benchmark" * 4))
    run_year(host, read_year(FOLDER), lambda _step, _done, _whole: None)
    spent = time.perf_counter() - started
    store.close()
    return spent


def main() -> None:
    """Run each backend once, print the seconds and the multiple of the memory backend."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        urls = {
            "memory": "memory:",
            "file": f"file:///{folder / 'log'}",
            "sqlite": f"sqlite:///{folder / 'a.db'}",
        }
        seconds = {backend: run(url) for backend, url in urls.items()}
    for backend, spent in seconds.items():
        print(f"{backend}: {spent:.1f} s, {spent / seconds['memory']:.1f} times memory")


if __name__ == "__main__":
    main()
