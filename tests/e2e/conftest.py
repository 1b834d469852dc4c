"""The demo year, run once on each kind of store for all tests."""

import json
from collections.abc import Mapping
from pathlib import Path

import attrs
import pytest

from mutualaid_core.cli.app import run

STORES = ("memory", "sqlite", "file")


@attrs.frozen
class Ran:
    """A demo year that was run: where its store and its files are, and how a second run ended."""

    url: str
    store: Path
    out: Path
    status: int
    files: Mapping[str, bytes]

    @property
    def summary(self) -> dict[str, int]:
        """The figures of ``summary.json``."""
        found: dict[str, int] = json.loads(self.files["summary.json"])
        return found


@pytest.fixture(scope="session")
def years(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Ran]:
    """The demo year by kind of store."""
    ran = {}
    for kind in STORES:
        home = tmp_path_factory.mktemp(kind)
        url = "memory:e2e" if kind == "memory" else f"{kind}:///{home}/store"
        status = run(["demo", "--store", url, "--out", str(home / "out"), "--json"])
        files = {path.name: path.read_bytes() for path in (home / "out").iterdir()}
        ran[kind] = Ran(url, home / "store", home / "out", status, files)
    return ran


@pytest.fixture(params=STORES)
def year(request: pytest.FixtureRequest, years: dict[str, Ran]) -> Ran:
    """The demo year on one kind of store."""
    return years[request.param]
