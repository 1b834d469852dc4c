"""Full-width signs in scheme files: the slip is told where it stands, with what to write."""

import time
from importlib.resources import files
from pathlib import Path

import pytest

from mutualaid_core.intake.problem.wide import slips_of
from mutualaid_core.intake.scheme_file import read_scheme_file

SCHEMES = files("mutualaid_core") / "schemes"
COLON = "must be a half-width colon with a blank behind it"
BANDS = "versions[0].benefits[0].steps[0].bands[0]."
WORDS = "versions[0].eligibility.insurance_types"
WIDE = {sign: chr(ord(sign) + 0xFEE0) for sign in "{}:,"}
BAND = "{above: 0.00, up_to: 5000.00, ratio: 30%}"


def told(tmp_path: Path, old: str, new: str) -> list[tuple[int, int, str, str, str]]:
    """What is told of the scheme of Hunan with a slip: line, column, field, detail and what was found."""
    text = (SCHEMES / "hn-2017.yaml").read_text("utf-8")
    assert old in text
    (tmp_path / "scheme.yaml").write_text(text.replace(old, new, 1), "utf-8")
    file, problems = read_scheme_file(tmp_path / "scheme.yaml")
    assert file is None
    assert {problem.trouble.code for problem in problems} == {"IN115"}
    return [(each.row, each.column, each.field, each.detail, each.value) for each in problems]


@pytest.mark.parametrize(
    ("old", "new", "row", "column", "rule", "sign"),
    [
        ("name: 湖南", "name：湖南", 9, 7, COLON, "："),
        ("versions:", "versions：", 16, 9, COLON, "："),
        ("first_day: 2017", "first_day： 2017", 20, 14, COLON, "："),
        ("{above: 0.00, ", "{above: 0.00，", 74, 29, "must be half-width ,", "，"),
        ('["310", "390"]', '["310"，"390"]', 41, 30, "must be half-width ,", "，"),
        ("      - id: shaoyang", "      － id: shaoyang", 24, 7, "must be half-width -", "－"),
        ("# 保障事项", "\uff03 保障事项", 45, 5, "must be half-width #", "\uff03"),
        ("  sponsor", "\u3000sponsor", 13, 1, "must be half-width blanks", "U+3000"),
    ],
)
def test_signs_that_make_a_file_unreadable(  # noqa: PLR0913, PLR0917  # a row of the table above
    tmp_path: Path, old: str, new: str, row: int, column: int, rule: str, sign: str
) -> None:
    """A sign of YAML in full width must be told itself, and not what the reader of YAML makes of it."""
    assert told(tmp_path, old, new) == [(row, column, "", rule, sign)]


def test_every_slip_of_an_unreadable_file(tmp_path: Path) -> None:
    """All the signs in full width must be told at once."""
    text = (SCHEMES / "hn-2017.yaml").read_text("utf-8")
    text = text.replace("name: 湖南", "name：湖南").replace(BAND, BAND.translate(str.maketrans(WIDE)))
    (tmp_path / "scheme.yaml").write_text(text, "utf-8")
    _, problems = read_scheme_file(tmp_path / "scheme.yaml")
    assert [(each.row, each.column) for each in problems] == [
        (9, 7),
        *((74, column) for column in (17, 23, 29, 36, 45, 52, 57)),
    ]
    assert {each.value for each in problems} == set(WIDE.values())
    assert problems[1].detail == "must be half-width braces"


@pytest.mark.parametrize(
    ("old", "new", "field", "detail", "sign"),
    [
        ("ratio: 30%", "ratio: 30％", BANDS + "ratio", "did you mean 30%?", "％"),
        ("ratio: 30%", "ratio：30%", BANDS + "ratio", COLON, "："),
        (
            "{amount: 60.00",
            "{amount: 6\uff10.00",
            "versions[0].dues.rates[0].amount",
            "did you mean 60.00?",
            "\uff10",
        ),
        ("2017-01-01", "2017－01－01", "versions[0].first_day", "did you mean 2017-01-01?", "－"),
        ('"430000"', "“430000”", "scheme.pool_id", 'did you mean "430000"?', "“”"),
        ('["310", ', "[“310”, ", WORDS + "[0]", 'did you mean "310"?', "“”"),
        ('["310", "390"]', '【"310"】', WORDS, "must be half-width square brackets", "【"),
    ],
)
def test_signs_in_values(  # noqa: PLR0913, PLR0917  # a row of the table above
    tmp_path: Path, old: str, new: str, field: str, detail: str, sign: str
) -> None:
    """A value that is good but for its signs must be told with these, and as it should be written."""
    assert [each[2:] for each in told(tmp_path, old, new)] == [(field, detail, sign)]


def test_colon_without_its_blank(tmp_path: Path) -> None:
    """A colon that lacks its blank must be told so, as it is no sign of YAML."""
    text = (SCHEMES / "hn-2017.yaml").read_text("utf-8").replace("sponsor: 湖南", "sponsor:湖南")
    (tmp_path / "scheme.yaml").write_text(text, "utf-8")
    _, problems = read_scheme_file(tmp_path / "scheme.yaml")
    assert [problem.to_text("zh") for problem in problems] == [
        "scheme.yaml:13:10:: 无法按 YAML 读取 (其后应有空格), :: 请对照示例文件 [IN027]"
    ]


def test_signs_are_told_in_chinese(tmp_path: Path) -> None:
    """The line must say in Chinese what to write."""
    text = (SCHEMES / "hn-2017.yaml").read_text("utf-8")
    (tmp_path / "scheme.yaml").write_text(text.replace("ratio: 30%", "ratio: 30％", 1), "utf-8")
    _, (problem,) = read_scheme_file(tmp_path / "scheme.yaml")
    assert problem.to_text("zh").endswith(
        ": 应为半角符号处写成了全角 (是否应为 30%？), ％: 请改用半角符号 [IN115]"
    )


def test_an_unreadable_file_without_slips(tmp_path: Path) -> None:
    """Where full-width signs explain nothing, what the reader says must stay."""
    (tmp_path / "scheme.yaml").write_text("a: [1\nb: 甲：乙，丙\n", "utf-8")
    _, problems = read_scheme_file(tmp_path / "scheme.yaml")
    assert [problem.trouble.name for problem in problems] == ["YAML"]


@pytest.mark.parametrize("name", sorted(each.name for each in SCHEMES.iterdir() if each.name[-5:] == ".yaml"))
def test_texts_and_comments_hold_no_slips(name: str) -> None:
    """What the shipped files say in Chinese must not be taken for signs of YAML."""
    assert list(slips_of((SCHEMES / name).read_text("utf-8"))) == []


@pytest.mark.parametrize(
    "text", ['"' + '\\"' * 120_000, "'" * 250_001, "，" * 80_000, "{a" * 120_000, ": " * 120_000]
)
def test_hostile_lines_are_read_soon(text: str) -> None:
    """A line of any length must be looked at in a moment."""
    begun = time.perf_counter()
    assert list(slips_of(text)) == []
    assert time.perf_counter() - begun < 1
