"""The page on policy files lists every parameter as the code rules it."""

import re
from pathlib import Path

import pytest

from mutualaid_core.domain.scheme.policy import DATED, SUBJECTS, Direction, rulings_of

PAGES = Path(__file__).parents[2] / "docs"
both = pytest.mark.parametrize("language", ["en", "zh"])


@both
def test_every_parameter_is_listed_with_its_direction(language: str) -> None:
    """Path, direction and clause of each parameter must stand in the tables, in the order of the code."""
    text = (PAGES / language / "reference" / "policy-file.md").read_text("utf-8")
    listed = re.findall(r"^\| `(\w+\.\w+)` \| `(\w+)` \| ([A-Z]+-[\w.]+) \|", text, re.MULTILINE)
    assert listed == [
        (f"{subject}.{name}", ruling.direction.value, ruling.clause)
        for subject, cls in SUBJECTS.items()
        for name, ruling in rulings_of(cls).items()
    ]


@both
def test_every_direction_is_explained(language: str) -> None:
    """Each direction, and each parameter with rows of days, must have its line."""
    text = (PAGES / language / "reference" / "policy-file.md").read_text("utf-8")
    rows = re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE)
    assert set(rows) >= {direction.value for direction in Direction}
    assert [name for name in DATED if f"`{name}[]." not in text] == []
