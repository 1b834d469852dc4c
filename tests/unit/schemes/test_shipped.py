"""Every shipped scheme file can be read, is sound, laid out, and cites where its figures come from."""

from pathlib import Path
from typing import Final

import pytest

from mutualaid_core.domain.scheme.source import Grade
from mutualaid_core.intake.scheme_file import SchemeFile, read_scheme_file
from mutualaid_core.intake.schemes.layout import laid_out
from mutualaid_core.intake.schemes.policies import nonconformities_of, shipped_policies

ROOT: Final = Path(__file__).parents[3]
FOLDER: Final = ROOT / "src" / "mutualaid_core" / "schemes"
MADE_UP: Final = ROOT / "tests" / "cases" / "schemes"
SHIPPED: Final = sorted(FOLDER.glob("*.yaml"))
EDITOR_LINE: Final = "# yaml-language-server: $schema="

shipped = pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
every = pytest.mark.parametrize(
    "path", [*SHIPPED, *sorted(MADE_UP.glob("*.yaml"))], ids=lambda path: path.stem
)


def file_in(path: Path) -> SchemeFile:
    """The content of a scheme file, which must be without problems."""
    file, problems = read_scheme_file(path)
    assert file is not None, problems
    return file


@every
def test_it_can_be_read_and_is_sound(path: Path) -> None:
    """Nothing may be wrong with a file, nor inside a version."""
    assert read_scheme_file(path)[1] == ()


@every
def test_it_is_laid_out(path: Path) -> None:
    """A file must stand in the canonical form."""
    assert laid_out(path, SchemeFile) == path.read_text("utf-8")


@every
def test_its_ids_agree(path: Path) -> None:
    """A version must name the scheme and the policy of its file."""
    file = file_in(path)
    named = {(version.scheme_id, version.policy_id) for version in file.versions}
    assert named == {(file.scheme.scheme_id, file.scheme.policy_id)}


@shipped
def test_its_name_is_its_id(path: Path) -> None:
    """A shipped file must be found by the id of its scheme."""
    assert file_in(path).scheme.scheme_id == path.stem


@shipped
def test_it_has_a_schema_for_editors(path: Path) -> None:
    """The first line must lead an editor to the schema that is shipped too."""
    first = path.read_text("utf-8").partition("\n")[0]
    assert first.startswith(EDITOR_LINE)
    assert (path.parent / first.removeprefix(EDITOR_LINE)).is_file()


@shipped
def test_it_has_a_published_source(path: Path) -> None:
    """A shipped scheme must rest on a document that somebody published; our own decisions are marked."""
    for version in file_in(path).versions:
        grades = {document.id: document.grade for document in version.documents}
        assert grades.pop("project-default") is Grade.MADE_UP
        assert grades
        assert Grade.MADE_UP not in grades.values()


@shipped
@pytest.mark.parametrize("language", ["en", "zh"])
def test_it_is_on_the_page(path: Path, language: str) -> None:
    """The page must list every file, its reading, and how it stands to its policy."""
    text = (ROOT / "docs" / language / "reference" / "shipped-schemes.md").read_text("utf-8")
    assert text.count(f"| `{path.name}` |") == 3


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_tells_the_grades(language: str) -> None:
    """The page must tell the best grades of the sources of each file."""
    text = (ROOT / "docs" / language / "reference" / "shipped-schemes.md").read_text("utf-8")
    for path in SHIPPED:
        row = next(line for line in text.splitlines() if line.startswith(f"| `{path.name}` |"))
        documents = [document for version in file_in(path).versions for document in version.documents]
        grades = {document.grade.value for document in documents} - {Grade.MADE_UP.value}
        assert {grade for grade in ("F1", "F2", "F3", "F4") if grade in row} == grades


@shipped
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_tells_what_its_policy_does_not_allow(path: Path, language: str) -> None:
    """What the shipped policy does not allow must be known, and stand on the page with its clauses."""
    text = (ROOT / "docs" / language / "reference" / "shipped-schemes.md").read_text("utf-8")
    policies = text.partition("{#policies}")[2]
    row = next(line for line in policies.splitlines() if line.startswith(f"| `{path.name}` |"))
    found = nonconformities_of(file_in(path), shipped_policies())
    clauses = {str(fault.clause) for faults in found.values() for fault in faults}
    assert set(row.split("|")[3].strip().split(", ")) == (clauses or {"–"})
