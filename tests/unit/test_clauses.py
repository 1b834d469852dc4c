"""Clauses: every id of the source documents, and the rules that name them."""

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

from mutualaid_core import domain
from mutualaid_core.clauses import CLAUSES, DOCUMENTS, check_clause, implements
from mutualaid_core.errors import InvalidValueError

FORM = re.compile(r"(ACFTU|SN|GD|HN|TXT)-(S|R\.)?[0-9]+(\.[0-9]+)*[a-j]?")
CLAUSE_SECTION = re.compile(r"^Clause:\n((?:    .*\n?)+)", re.MULTILINE)


def test_every_document_has_all_its_clauses() -> None:
    """The documents must have 151, 3, 64, 98 and 104 clauses, as counted in the clause list."""
    counted = Counter(clause.split("-")[0] for clause in CLAUSES)
    assert counted == {"ACFTU": 151, "TXT": 3, "SN": 64, "GD": 98, "HN": 104}


def test_every_clause_has_a_document() -> None:
    """The first part of every id must be a known document."""
    assert set(DOCUMENTS) == {clause.split("-")[0] for clause in CLAUSES}


def test_ids_have_one_form() -> None:
    """Every id must be document, article, sentence and at most one letter."""
    assert [clause for clause in sorted(CLAUSES) if not FORM.fullmatch(clause)] == []


def test_the_documents_cannot_be_changed() -> None:
    """Nobody may add a document at run time."""
    with pytest.raises(TypeError):
        DOCUMENTS["XX"] = "another"


def test_a_known_clause_passes() -> None:
    """A known id must come back unchanged."""
    assert check_clause("HN-4.4.3c") == "HN-4.4.3c"


@pytest.mark.parametrize(
    "clause", ["", "HN-9.9", "HN-4.4.3", "hn-4.4.3c", " HN-4.4.3c", "4.4.3c", "HN-4.4.3c\n"]
)
def test_an_unknown_clause_is_refused(clause: str) -> None:
    """An id that no document has, or that is written in another way, must be refused."""
    with pytest.raises(InvalidValueError, match="clause must be an id of a source document"):
        check_clause(clause)


def test_a_rule_carries_its_clauses() -> None:
    """A rule must carry its ids in the order given, and otherwise be the same function."""

    def rule() -> int:
        return 5

    marked = implements("HN-4.4.3c", "HN-4.4.1")(rule)
    assert (rule, ("HN-4.4.3c", "HN-4.4.1")) == (marked, marked.__clauses__)


@pytest.mark.parametrize(
    ("clauses", "message"),
    [
        (("HN-9.9",), "clause must be an id"),
        ((), "clauses must be at least one"),
        (("HN-4.4.1", "HN-4.4.1"), "once each"),
    ],
    ids=["unknown", "none", "twice"],
)
def test_a_rule_without_right_clauses_is_refused(clauses: tuple[str, ...], message: str) -> None:
    """Unknown ids, no id and an id given twice must be refused."""
    with pytest.raises(InvalidValueError, match=message):
        implements(*clauses)


def cited_in(text: str) -> list[str]:
    """The ids in the clause sections of a module's docstrings."""
    nodes = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.ClassDef | ast.FunctionDef)]
    sections = [CLAUSE_SECTION.search(ast.get_docstring(node) or "") for node in nodes]
    return [clause for found in sections if found for clause in re.findall(r"[A-Z]+-[\w.]+", found[1])]


def test_the_domain_cites_clauses_that_exist() -> None:
    """Every clause section of a docstring of the domain must name known ids."""
    modules = Path(domain.__path__[0]).rglob("*.py")
    cited = {clause for module in modules for clause in cited_in(module.read_text(encoding="utf-8"))}
    assert set() == cited - CLAUSES
