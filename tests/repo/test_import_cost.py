"""What ``import mutualaid_core`` loads, seen in a fresh interpreter."""

import subprocess
import sys

import pytest

HEAVY = [
    "alembic",
    "cryptography",
    "cyclopts",
    "hypothesis",
    "jinja2",
    "mutualaid_backends",
    "narwhals",
    "numpy",
    "polars",
    "pyarrow",
    "pytest",
    "rich",
    "ruamel",
    "sqlalchemy",
    "sqlite3",
    "xlsxwriter",
]


@pytest.fixture(scope="module")
def loaded() -> set[str]:
    """The first names of all modules that a fresh interpreter holds after the import."""
    code = "import mutualaid_core, sys; print(*sys.modules)"
    command = [sys.executable, "-I", "-c", code]
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return {name.partition(".")[0] for name in output.split()}


@pytest.mark.parametrize("library", HEAVY)
def test_import_does_not_load(loaded: set[str], library: str) -> None:
    """Importing the core must not load what only a part of it needs."""
    assert library not in loaded
