"""The kit kills wrong backends, and by the test that it should."""

import importlib.util
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

MUTANTS = Path(__file__).with_name("mutants.py")


def _killers() -> dict[str, str]:
    spec = importlib.util.spec_from_file_location("mutants", MUTANTS)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return {store.__name__: test for store, test in module.KILLED_BY.items()}


KILLERS = _killers()


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], bool]:
    """Whether each test held, by mutant and test; each killer also runs on the honest store."""
    report = tmp_path_factory.mktemp("mutants") / "report.xml"
    nodes = [f"{MUTANTS}::Test{mutant}::{test}" for mutant, test in KILLERS.items()]
    nodes += [f"{MUTANTS}::TestMemoryStore::{test}" for test in dict.fromkeys(KILLERS.values())]
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", f"--junitxml={report}", *nodes]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=MUTANTS.parents[2])
    assert report.is_file(), done.stdout + done.stderr
    cases = ET.parse(report).iter("testcase")  # noqa: S314 - written a moment ago by our own run
    return {
        (case.get("classname", "").rpartition(".Test")[2], case.get("name", "")): len(case) == 0
        for case in cases
    }


@pytest.mark.parametrize("mutant", KILLERS)
def test_mutant_is_killed(verdicts: dict[tuple[str, str], bool], mutant: str) -> None:
    """The kit's test for it fails on the mutant."""
    assert verdicts[mutant, KILLERS[mutant]] is False


@pytest.mark.parametrize("test", dict.fromkeys(KILLERS.values()))
def test_honest_store_lives(verdicts: dict[tuple[str, str], bool], test: str) -> None:
    """The same test holds on the store that the mutants are made of."""
    assert verdicts["MemoryStore", test] is True
