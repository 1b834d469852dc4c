"""The project's own files, read once, for the tests of the repository."""

import ast
from pathlib import Path

import attrs
import pytest

ROOT = Path(__file__).parents[2]


@attrs.frozen(kw_only=True)
class Module:
    """One Python file of the two packages: where it is, what it says, how it parses."""

    path: Path
    text: str
    tree: ast.Module


@pytest.fixture(scope="session")
def root() -> Path:
    """The root of the repository."""
    return ROOT


@pytest.fixture(scope="session")
def modules() -> tuple[Module, ...]:
    """Every Python file of the two packages, in the order of the paths."""
    paths = sorted(path for top in ("src", "backends") for path in (ROOT / top).rglob("*.py"))
    texts = ((path, path.read_text(encoding="utf-8")) for path in paths)
    return tuple(
        Module(path=path.relative_to(ROOT), text=text, tree=ast.parse(text, filename=str(path)))
        for path, text in texts
    )
