"""The pages on workflows and rosters say what the code has."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mutualaid_core.domain.membership.workflow import WORKFLOWS
from mutualaid_core.intake.membership.divisions import DIVISION_COLUMNS
from mutualaid_core.intake.membership.organisations import ORGANISATION_COLUMNS
from mutualaid_core.intake.problem import Trouble
from mutualaid_core.intake.rosters.columns import (
    LEFT_ALONE,
    ROSTER_ALIASES,
    ROSTER_COLUMNS,
    UNIT_ALIASES,
    UNIT_COLUMNS,
)
from mutualaid_core.intake.table import Column
from mutualaid_core.publication.membership.workflow import workflow_diagram, workflow_json

Section = Callable[[str, str], list[tuple[str, ...]]]

ROOT = Path(__file__).parents[2]
TITLES = {
    "en": {"enrolment": "Enrolment", "transfer": "Transfer", "nothing": "nothing", "roster": "Roster"},
    "zh": {"enrolment": "参加", "transfer": "转移", "nothing": "尚无记录", "roster": "名册"},
}
UNITS = {"en": "Units", "zh": "单位表"}
ORGANISATIONS = {"en": "Organisations", "zh": "组织表"}
DIVISIONS = {"en": "Division codes", "zh": "行政区划代码"}

both = pytest.mark.parametrize("language", ["en", "zh"])
OF_SCHEME_FILES = (Trouble.COUNTED_TWICE, Trouble.EMPTY_DOCUMENT, Trouble.WIDE_SIGN)
"""Problems that came after those of rosters, and that no roster has."""


def text_of(language: str, page: str) -> str:
    """The text of a reference page."""
    return (ROOT / "docs" / language / "reference" / f"{page}.md").read_text(encoding="utf-8")


def aliases_of(aliases: dict[str, str], name: str) -> set[str]:
    """Chinese names of a column."""
    return {alias for alias, column in aliases.items() if column == name}


@both
def test_diagrams_are_those_of_the_command(language: str) -> None:
    """The page must show each diagram just as ``mutualaid workflow --format mermaid`` prints it."""
    shown = re.findall(
        r"^```text\n(stateDiagram.*?)^```", text_of(language, "workflows"), re.MULTILINE | re.DOTALL
    )
    assert shown == [workflow_diagram(each, language) for each in WORKFLOWS]


@both
@pytest.mark.parametrize("workflow", workflow_json()["workflows"], ids=lambda each: each["name"])
def test_steps_are_those_of_the_command(section: Section, language: str, workflow: dict[str, Any]) -> None:
    """The table must have a row for each step: states, action, side, reasons and clause."""
    words = TITLES[language]
    listed = [
        (*(cell.partition("`")[0] for cell in row[:4]), *row[4:])
        for row in section(f"{language}/reference/workflows.md", words[workflow["name"]])
    ]
    assert listed == [
        (
            step["from"] or words["nothing"],
            step["action"],
            step["to"],
            step["by"],
            step["only"][language],
            step["condition"][language] or "–",
            step["clause"],
        )
        for step in workflow["steps"]
    ]


@both
def test_columns_of_a_roster_are_listed(section: Section, language: str) -> None:
    """The page must list the columns of a roster in their order, their other names and which are required."""
    listed = section(f"{language}/reference/roster-file.md", TITLES[language]["roster"])
    assert [row[0] for row in listed] == [column.name for column in ROSTER_COLUMNS]
    for row, column in zip(listed, ROSTER_COLUMNS, strict=True):
        assert set(re.split("[,、] ?", row[1])) == aliases_of(dict(ROSTER_ALIASES), column.name)
        assert (row[2] in {"yes", "是"}) == (column.default is None)


@both
def test_columns_of_units_are_listed(section: Section, language: str) -> None:
    """The page must list the columns of a file of units in their order, with their other names."""
    listed = section(f"{language}/reference/roster-file.md", UNITS[language])
    assert [row[0] for row in listed] == [column.name for column in UNIT_COLUMNS]
    for row in listed:
        assert set(re.split("[,、] ?", row[1])) == aliases_of(dict(UNIT_ALIASES), row[0])


@both
@pytest.mark.parametrize(
    ("headings", "columns"),
    [(ORGANISATIONS, ORGANISATION_COLUMNS), (DIVISIONS, DIVISION_COLUMNS)],
    ids=["organisations", "divisions"],
)
def test_columns_of_trees_are_listed(
    section: Section, language: str, headings: dict[str, str], columns: tuple[Column, ...]
) -> None:
    """The page must list the columns of organisations and division codes, and which may be blank."""
    listed = section(f"{language}/reference/roster-file.md", headings[language])
    may_be_blank = {"no", "否"}
    assert [(row[0], row[1] in may_be_blank) for row in listed] == [
        (column.name, column.blank_is_default) for column in columns
    ]


@both
def test_money_columns_and_codes_are_named(language: str) -> None:
    """The page must name the columns that are left alone, and every problem of a roster alone."""
    text = text_of(language, "roster-file")
    of_rosters = [each.code for each in Trouble if each.code >= "IN090" and each not in OF_SCHEME_FILES]
    assert [name for name in (*sorted(LEFT_ALONE), *of_rosters) if f"`{name}`" not in text] == []
