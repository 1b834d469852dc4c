"""What the pages ask of the SQL store gives the answers that they show."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from mutualaid_core import Host, SecretKeys, SystemClock, open_store
from mutualaid_core.intake.year_folder import read_year
from mutualaid_core.services.year import run_year

ROOT = Path(__file__).parents[2]
QUERY = re.compile(r"^```sql\n(.*?)^```\n\n```text\n(.*?)^```", re.MULTILINE | re.DOTALL)
PAGES = sorted(
    page for page in ROOT.glob("docs/*/**/*.md") if "\n```sql\n" in page.read_text(encoding="utf-8")
)


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    """The example year in a store, opened as an accountant opens it."""
    path = tmp_path_factory.mktemp("books") / "year.db"
    host = Host(store=open_store(f"sqlite:///{path}"), clock=SystemClock(), keys=SecretKeys(bytes(32)))
    run_year(host, read_year(ROOT / "examples/chengbu_2014"), lambda *_: None)
    host.store.close()
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        yield connection


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT / "docs").as_posix())
def test_queries_give_what_is_shown(books: sqlite3.Connection, page: Path) -> None:
    """Each query must give exactly the rows that stand below it."""
    found = QUERY.findall(page.read_text(encoding="utf-8"))
    assert found
    for query, shown in found:
        rows = ["|".join("" if cell is None else str(cell) for cell in row) for row in books.execute(query)]
        assert rows == shown.splitlines()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_views_are_listed(books: sqlite3.Connection, language: str) -> None:
    """The page must list every reporting view with its columns in their order."""
    text = (ROOT / f"docs/{language}/how-to/for-accountants.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(report_\w+)` \| .*? \| (.*) \|$", text, re.MULTILINE)
    views = [name for (name,) in books.execute("SELECT name FROM sqlite_master WHERE type = 'view'")]
    assert {name: re.findall(r"`(\w+)`", columns) for name, columns in rows} == {
        view: [row[1] for row in books.execute(f"PRAGMA table_info({view})")] for view in views
    }
