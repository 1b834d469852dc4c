"""The form of the changelog: Keep a Changelog, with its sections in our order."""

import datetime
import re
from pathlib import Path

import pytest

SECTIONS = ["Security", "Removed", "Deprecated", "Added", "Changed", "Fixed"]
VERSION = re.compile(r"## \[(?P<version>Unreleased|\d+\.\d+\.\d+)\](?: - (?P<day>\d{4}-\d\d-\d\d))?")


@pytest.fixture(scope="module")
def lines(root: Path) -> list[str]:
    """The lines of the changelog."""
    return (root / "CHANGELOG.md").read_text(encoding="utf-8").splitlines()


def headings(lines: list[str], level: str) -> list[str]:
    """The headings of one level, without their marks."""
    return [line.removeprefix(f"{level} ") for line in lines if line.startswith(f"{level} ")]


def blocks(lines: list[str]) -> list[list[str]]:
    """The lines below each version heading."""
    starts = [number for number, line in enumerate(lines) if line.startswith("## ")]
    return [lines[start + 1 : end] for start, end in zip(starts, [*starts[1:], len(lines)], strict=True)]


def test_it_is_one_changelog(lines: list[str]) -> None:
    """The file must have one title and name the form that it follows."""
    assert headings(lines, "#") == ["Changelog"]
    assert any("Keep a Changelog" in line for line in lines)


def test_versions_are_dated_and_fall(lines: list[str]) -> None:
    """What is unreleased must stand first, then dated versions, the newest on top."""
    found = [VERSION.fullmatch(f"## {heading}") for heading in headings(lines, "##")]
    assert None not in found
    versions = [match["version"] for match in found if match]
    assert versions[0] == "Unreleased"
    assert [match["day"] for match in found if match and match["day"]] == sorted(
        (datetime.date.fromisoformat(match["day"]).isoformat() for match in found[1:] if match), reverse=True
    )
    numbers = [tuple(int(part) for part in version.split(".")) for version in versions[1:]]
    assert numbers == sorted(set(numbers), reverse=True)


def test_sections_are_known_and_in_order(lines: list[str]) -> None:
    """The sections of each version must be known ones, each once, in our order."""
    for block in blocks(lines):
        found = headings(block, "###")
        assert found == [section for section in SECTIONS if section in found]


def test_sections_hold_entries(lines: list[str]) -> None:
    """A section must hold entries and nothing but entries."""
    for block in blocks(lines):
        text = [line for line in block if line.strip()]
        assert all(line.startswith(("### ", "- ", "  ")) for line in text)
        followed = zip(text, [*text[1:], "## end"], strict=False)
        assert not [above for above, below in followed if above.startswith("### ") and below.startswith("#")]
