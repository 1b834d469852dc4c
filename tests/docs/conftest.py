"""The pages of the documentation, and the script that fills parts of them."""

import importlib.util
import re
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
Cells = list[tuple[str, ...]]


@pytest.fixture(scope="session")
def script() -> ModuleType:
    """The script that writes those parts of the pages that follow from the code."""
    spec = importlib.util.spec_from_file_location("reference", ROOT / "docs" / "_scripts" / "reference.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def section() -> Callable[[str, str], Cells]:
    """The cells of the table rows below one heading of a page, without the marks of code."""

    def rows(page: str, heading: str) -> Cells:
        text = (ROOT / "docs" / page).read_text(encoding="utf-8")
        below = re.split(r"^#{2,3} ", text, flags=re.MULTILINE)
        inside = next(part for part in below if part.partition("\n")[0].partition(" {")[0] == heading)
        lines = re.findall(r"^\| (.*) \|$", inside, re.MULTILINE)
        cells = [tuple(cell.strip("` ") for cell in re.split(r"(?<!\\)\|", line)) for line in lines]
        return [row for row in cells if set(row) != {"---"}][1:]

    return rows
