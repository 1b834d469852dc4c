"""The section on joining in a scheme file: read, laid out, and refused with the place of each fault."""

from pathlib import Path

import pytest

from mutualaid_core.domain.scheme.joining import CoverStart, LateJoining
from mutualaid_core.domain.scheme.policy.membership import JoinedBy, RefusalReason
from mutualaid_core.domain.values.ratio import Ratio
from mutualaid_core.intake.problem import Problem
from mutualaid_core.intake.scheme_file import SchemeFile, read_scheme_file
from mutualaid_core.intake.schemes.layout import laid_out

EVERY_KIND = Path(__file__).parents[2] / "cli" / "schemes" / "every_kind.yaml"
TEXT = EVERY_KIND.read_text("utf-8")


def problems(tmp_path: Path, old: str, new: str) -> list[Problem]:
    """What is wrong with the file after one text was replaced."""
    assert old in TEXT
    path = tmp_path / "edited.yaml"
    path.write_text(TEXT.replace(old, new, 1), "utf-8")
    return list(read_scheme_file(path)[1])


def test_the_section_is_read() -> None:
    """Every field of the section must arrive as it is meant."""
    file, found = read_scheme_file(EVERY_KIND)
    assert isinstance(file, SchemeFile)
    assert found == ()
    joining = file.versions[0].joining
    assert joining is not None
    assert joining.window is not None
    assert (joining.ways, joining.window.opens, joining.window.closes) == ((JoinedBy.UNIT,), -60, -1)
    assert (joining.late, joining.cover_start) == (LateJoining.NEXT_PERIOD, CoverStart.TERM_START)
    assert [(term.months, term.fee) for term in joining.terms] == [(12, Ratio(1, 1)), (36, Ratio(9, 10))]
    assert [band.eligible_below for band in joining.gate] == [50, None]
    assert joining.needs_confirmation
    assert joining.needs_consultation
    assert joining.refusals_banned == (RefusalReason.SIMILAR_FUND, RefusalReason.ILLNESS)


def test_the_section_keeps_its_layout() -> None:
    """Laid out, the file must be what it is, with a minus that is no text."""
    assert laid_out(EVERY_KIND, SchemeFile) == TEXT
    assert "window: {opens: -60, closes: -1, source: made-up}" in TEXT


def test_rows_are_laid_out_on_one_line(tmp_path: Path) -> None:
    """A window written on lines of its own must be brought onto one."""
    path = tmp_path / "long.yaml"
    row = "window: {opens: -60, closes: -1, source: made-up}"
    lines = "window:\n        opens: -60\n        closes: -1\n        source: made-up"
    path.write_text(TEXT.replace(row, lines, 1), "utf-8")
    assert laid_out(path, SchemeFile) == TEXT


@pytest.mark.parametrize(
    ("old", "new", "place", "detail"),
    [
        ("opens: -60", "opens: 1-", "joining.window.opens", "must be a whole number"),
        ("opens: -60", "opens: 0", "joining.window.closes", "must be >= 0"),
        ("closes: -1,", "closes: 400,", "joining.window.closes", "must be <= 365"),
        ("ways: [unit]", "ways: [uint]", "joining.ways[0]", "did you mean unit?"),
        ("late: next_period", "late: next", "joining.late", "must be one of refuse, next_period, accept"),
        ("fee: 9/10", "fee: 0.9", "joining.terms[1].fee", "did you mean 90%?"),
        ("fee: 9/10", "fee: 1/7", "joining.terms[1].fee", "must come to whole fen"),
        ("months: 36", "months: 18", "joining.terms[1].months", "must end with a period"),
        ("eligible_below: 50", "eligible_below: 1", "joining.gate[0].eligible_below", "must be above 1"),
        (
            "ratio_min: 85%, persons_min: 45",
            "ratio_min: 85%, persons: 45",
            "joining.gate[1].persons",
            "persons_min?",
        ),
        ("age_on: period_start", "age_day: period_start", "joining.age_day", "age_on?"),
        (
            "gap_days_max: 30\n        source: made-up",
            "gap_days_max: 30\n        source: nowhere",
            "renewal.source",
            "",
        ),
    ],
)
def test_each_fault_has_its_place(tmp_path: Path, old: str, new: str, place: str, detail: str) -> None:
    """A planted fault must be told at its path with what to do."""
    found = problems(tmp_path, old, new)
    assert [(place in str(each), detail in str(each)) for each in found[:1]] == [(True, True)], found
