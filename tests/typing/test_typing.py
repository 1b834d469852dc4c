"""Types are a promise: what callers rely on type-checks, and misuse does not."""

import re
from pathlib import Path

from mypy import api

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
MARK = re.compile(r"# E: ([a-z -]+)$")
FOUND = re.compile(r"misuse\.py:(\d+): error: .*\[([a-z-]+)\]$")


def checked(name: str) -> str:
    """What mypy says of one file, with the project's own settings."""
    options = ["--no-pretty", "--no-error-summary", "--config-file", str(ROOT / "pyproject.toml")]
    return api.run([*options, "--cache-dir", str(ROOT / ".mypy_cache" / "typing"), str(HERE / name)])[0]


def test_use_type_checks() -> None:
    """Everything that callers rely on must type-check, with the types stated."""
    assert checked("use.py") == ""


def test_misuse_does_not_type_check() -> None:
    """Every line marked must give exactly its errors, and no other line any."""
    lines = enumerate((HERE / "misuse.py").read_text(encoding="utf-8").splitlines(), 1)
    marked = {str(number): set(found[1].split()) for number, line in lines if (found := MARK.search(line))}
    found: dict[str, set[str]] = {}
    for line in checked("misuse.py").splitlines():
        if match := FOUND.search(line):
            found.setdefault(match[1], set()).add(match[2])
    assert marked == found
