"""The reference pages say what the code says: fields, columns, reasons, clauses, terms, outputs."""

import pkgutil
import types
import typing
from collections.abc import Callable, Iterator
from pathlib import Path

import attrs
import pytest

import mutualaid_core
from mutualaid_core.clauses import CLAUSES
from mutualaid_core.domain.claims.reason import Reason
from mutualaid_core.domain.values.dates import DayRange
from mutualaid_core.domain.values.money import ZERO
from mutualaid_core.intake.problem import Trouble
from mutualaid_core.intake.table import Column
from mutualaid_core.intake.year_folder import SchemeFile, YearFile
from mutualaid_core.intake.year_tables import ROSTER_COLUMNS, SETTLEMENT_COLUMNS, UNIT_COLUMNS
from mutualaid_core.publication.beancount import ACCOUNTS
from mutualaid_core.publication.decisions import COLUMNS
from mutualaid_core.publication.summary import YearFigures, summary
from mutualaid_core.serialization.wire import STEP_KINDS

ROOT = Path(__file__).parents[2]
Section = Callable[[str, str], list[tuple[str, ...]]]
both = pytest.mark.parametrize("language", ["en", "zh"])


def choices(declared: object) -> tuple[object, ...]:
    """The classes that a declared type allows, without ``None``."""
    if typing.get_origin(declared) in {types.UnionType, typing.Union}:
        return tuple(each for each in typing.get_args(declared) if each is not types.NoneType)
    return (declared,)


def leaves(cls: type, path: str = "") -> Iterator[tuple[str, bool]]:
    """Every field of a file by its path, and whether it is required."""
    for field in attrs.fields(cls):
        is_list = typing.get_origin(field.type) is tuple
        declared = typing.get_args(field.type)[0] if is_list else field.type
        here = f"{path}{field.name}{'[]' if is_list else ''}"
        parts = [each for each in choices(declared) if isinstance(each, type) and is_part(each)]
        if len(parts) > 1:
            yield f"{here}.kind", True
        for part in parts:
            yield from leaves(part, f"{here}.")
        if not parts:
            yield here, field.default is attrs.NOTHING


def is_part(cls: type) -> bool:
    """Whether *cls* stands in a file as fields and not as a single value."""
    return cls is DayRange or (
        attrs.has(cls)
        and cls.__module__.startswith(("mutualaid_core.domain.scheme", "mutualaid_core.intake"))
    )


@both
@pytest.mark.parametrize("part", ["clauses", "names", "reasons", "terms", "troubles"])
def test_each_part_stands_on_a_page(script: types.ModuleType, language: str, part: str) -> None:
    """Every part that follows from the code must stand on one page in each language."""
    texts = [
        path.read_text("utf-8") for path, _ in script.pages() if path.is_relative_to(ROOT / "docs" / language)
    ]
    assert sum(f"<!-- part {part} -->" in text for text in texts) == 1


def test_parts_are_as_the_code_has_them(script: types.ModuleType) -> None:
    """No page may be stale; ``python docs/_scripts/reference.py`` writes them anew."""
    assert [path.name for path, text in script.pages() if path.read_text("utf-8") != text] == []


@both
@pytest.mark.parametrize(
    ("page", "file", "cls"),
    [
        ("scheme-file", "scheme.yaml", SchemeFile),
        ("files", "year.yaml", YearFile),
    ],
)
def test_fields_of_documents_are_listed(
    section: Section, language: str, page: str, file: str, cls: type
) -> None:
    """The page must list exactly the fields of a document, and which of them are required."""
    listed = section(f"{language}/reference/{page}.md", file)
    assert {(row[0], row[2] == "–") for row in listed} == set(leaves(cls))


@both
@pytest.mark.parametrize(
    ("file", "columns"),
    [
        ("units.csv", UNIT_COLUMNS),
        ("roster.csv", ROSTER_COLUMNS),
        ("settlements.csv", SETTLEMENT_COLUMNS),
    ],
)
def test_columns_of_tables_are_listed(
    section: Section, language: str, file: str, columns: tuple[Column, ...]
) -> None:
    """The page must list exactly the columns of a table in their order, with their defaults."""
    listed = section(f"{language}/reference/files.md", file)
    assert [(row[0], row[2]) for row in listed] == [(each.name, each.default or "–") for each in columns]


@pytest.mark.parametrize("kind", STEP_KINDS.values())
def test_kinds_of_step_are_named(section: Section, kind: str) -> None:
    """The page must name each kind of step of a benefit."""
    meanings = [
        row[4] for row in section("en/reference/scheme-file.md", "scheme.yaml") if row[0].endswith(".kind")
    ]
    assert any(kind in meaning for meaning in meanings)


@both
def test_reasons_are_listed_in_order(language: str) -> None:
    """The page must list every reason with number and outcome, by precedence."""
    text = (ROOT / f"docs/{language}/reference/reasons.md").read_text("utf-8")
    places = [text.index(f"| {each.number} | `{each.name}` | {each.outcome.value} |") for each in Reason]
    assert places == sorted(places)


@both
def test_codes_of_problems_are_listed(section: Section, language: str) -> None:
    """The page must list the code of every kind of problem."""
    listed = section(f"{language}/reference/files.md", {"en": "Problems", "zh": "问题"}[language])
    assert [row[0] for row in listed] == [each.code for each in Trouble]


def test_every_clause_says_what_it_asks(script: types.ModuleType) -> None:
    """Each clause of the map must exist and say in both languages what it asks for."""
    texts = script.clause_texts()
    assert set(texts) <= CLAUSES
    assert [
        line for line in script.clauses("zh").splitlines() if "|  |" in line.partition("</span>")[2][:6]
    ] == []
    assert [clause for clause, text in texts.items() if set(text) != {"zh", "en"}] == []


@both
def test_terms_lead_to_code(section: Section, language: str) -> None:
    """Each term of the second table must name something that exists."""
    heading = {"en": "Other terms", "zh": "其他术语"}[language]
    for *_, place in section(f"{language}/reference/glossary.md", heading):
        assert pkgutil.resolve_name(place) is not None


@both
@pytest.mark.parametrize(
    ("english", "chinese"), [("scheme", "互助项目"), ("claim", "补助申请"), ("cap", "最高补助限额")]
)
def test_terms_stand_in_both_languages(language: str, english: str, chinese: str) -> None:
    """The glossary must hold the terms of the field in both languages."""
    text = (ROOT / f"docs/{language}/reference/glossary.md").read_text("utf-8").lower()
    assert english in text
    assert chinese in text


@both
def test_columns_of_decisions_are_listed(section: Section, language: str) -> None:
    """The page of outputs must list the columns of the decisions in their order."""
    assert [row[0] for row in section(f"{language}/reference/outputs.md", "decisions.csv")] == list(COLUMNS)


@both
def test_keys_of_the_summary_are_listed(section: Section, language: str) -> None:
    """The page of outputs must list the keys of the summary in their order."""
    nothing = YearFigures(
        units=0,
        members=0,
        contributions=ZERO,
        decisions=(),
        paid=ZERO,
        opening=ZERO,
        closing=ZERO,
        reserve=ZERO,
        grant=ZERO,
    )
    keys = summary(nothing)
    assert [row[0] for row in section(f"{language}/reference/outputs.md", "summary.json")] == list(keys)


@both
def test_accounts_of_the_ledger_are_listed(language: str) -> None:
    """The page of outputs must name the account of every title."""
    text = (ROOT / f"docs/{language}/reference/outputs.md").read_text("utf-8")
    assert [account for account in ACCOUNTS.values() if f"`{account}:S-…" not in text] == []


@both
def test_public_names_are_listed(language: str) -> None:
    """The page of the API must list every public name of the package."""
    text = (ROOT / f"docs/{language}/reference/api.md").read_text("utf-8")
    assert [name for name in mutualaid_core.__all__ if f"[`{name}`]" not in text] == []


@pytest.mark.parametrize(
    "package", ["domain", "rules", "columnar", "services", "ports", "serialization", "intake", "publication"]
)
def test_every_package_is_in_the_api(package: str) -> None:
    """The page of the API must show every package below the top of the core."""
    text = (ROOT / "docs/en/reference/api.md").read_text("utf-8")
    assert f"::: mutualaid_core.{package}" in text


@both
def test_decisions_have_their_three_parts(language: str) -> None:
    """A decision must have context, decision and consequence, in ten to thirty lines."""
    parts = {"en": ["Context", "Decision", "Consequence"], "zh": ["背景", "决定", "后果"]}[language]
    for path in sorted((ROOT / f"docs/{language}/explanation/decisions").glob("*.md")):
        lines = path.read_text("utf-8").splitlines()
        assert [line.removeprefix("## ") for line in lines if line.startswith("## ")] == parts
        assert 10 <= len(lines) <= 30
        assert lines[0].startswith(f"# {path.name[:4]} ")
