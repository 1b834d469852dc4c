"""The page of the language shows every kind of condition, base, step and limit in a readable example."""

import re
from pathlib import Path
from typing import Any, Final

import pytest

from mutualaid_core.domain.scheme.benefit.base import Base
from mutualaid_core.domain.scheme.benefit.conditions import Condition
from mutualaid_core.domain.scheme.benefit.limits import Limit
from mutualaid_core.domain.scheme.benefit.rounding import RoundingRule
from mutualaid_core.domain.scheme.benefit.steps import ByClass, Step
from mutualaid_core.domain.scheme.benefit.terms import Accumulation
from mutualaid_core.domain.scheme.benefit.waiting import Waiting
from mutualaid_core.domain.scheme.dues import Dues
from mutualaid_core.domain.scheme.facts import EventKind, FactTerm
from mutualaid_core.domain.scheme.options import OpenPoints
from mutualaid_core.domain.scheme.parts import Part
from mutualaid_core.intake.document import read_document
from mutualaid_core.intake.structure import structure
from mutualaid_core.serialization.wire import BASE_KINDS, CONDITION_KINDS, LIMIT_KINDS, STEP_KINDS

DOCS: Final = Path(__file__).parents[3] / "docs"
BLOCK: Final = re.compile(r"^```yaml\n(.*?)^```", re.MULTILINE | re.DOTALL)
FIELDS: Final[dict[str, Any]] = {
    "facts": tuple[FactTerm, ...],
    "when": tuple[Condition, ...],
    "parts": tuple[Part, ...],
    "dues": Dues,
    "base": Base,
    "waiting": Waiting,
    "accumulate": Accumulation,
    "steps": tuple[Step, ...],
    "limits": tuple[Limit, ...],
    "rounding": RoundingRule,
    "open_points": OpenPoints,
}
"""What each field of an example is."""


def page(language: str) -> str:
    """The page of the language in one language."""
    return (DOCS / language / "reference" / "scheme-file.md").read_text("utf-8")


def shown(language: str, folder: Path) -> list[object]:
    """Everything that the examples of the page describe, the parts of lists one by one."""
    found: list[object] = []
    for number, block in enumerate(BLOCK.findall(page(language))):
        path = folder / f"{number}.yaml"
        path.write_text(block, encoding="utf-8")
        document = read_document(path)
        assert isinstance(document.plain, dict)
        for name, plain in document.plain.items():
            document.plain = plain
            read = structure(document, FIELDS[name])
            assert document.problems == [], block
            found += read if isinstance(read, tuple) else [read]
    return found


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("kinds", [CONDITION_KINDS, BASE_KINDS, STEP_KINDS, LIMIT_KINDS])
def test_every_kind_has_an_example(language: str, kinds: dict[type, str], tmp_path: Path) -> None:
    """Each kind must stand in an example, those inside of a class too."""
    found = shown(language, tmp_path)
    inside = [choice.step for step in found if isinstance(step, ByClass) for choice in step.choices]
    assert {type(each) for each in [*found, *inside]} >= set(kinds)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_field_has_an_example(language: str, tmp_path: Path) -> None:
    """Each field that has a section of its own must stand in an example."""
    found = {type(each) for each in shown(language, tmp_path)}
    assert {FactTerm, Part, Dues, Waiting, Accumulation, RoundingRule, OpenPoints} <= found


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_event_is_named(language: str) -> None:
    """Each kind of event must be on the page."""
    assert [event for event in EventKind if f"`{event.value}`" not in page(language)] == []


def test_both_languages_show_the_same() -> None:
    """The examples must be the same in both languages."""
    assert BLOCK.findall(page("en")) == BLOCK.findall(page("zh"))
