"""Details of problems in Chinese: what files of claims, members and years ask."""

import re
from pathlib import Path

import pytest

from mutualaid_core.intake.problem.wording import chinese

SOURCE = Path(__file__).parents[3] / "src" / "mutualaid_core"
FIGURES = {
    "must not be {found}": "must not be an ID number",
    "{sheet.name('began')}": "began",
    "{'; ' if hint else ''}{hint}": "",
}


@pytest.mark.parametrize(
    ("detail", "expected"),
    [
        ("hn-2017 asks for it", "hn-2017 须有此项"),
        (
            "hn-2017 asks for it with inpatient_stay, first in row 7",
            "hn-2017 对 inpatient_stay 须有此列，首见第 7 行",
        ),
        ("the dues ask for it", "计算应缴互助金须有此项"),
        ("differs from row 12", "与第 12 行不同"),
        ("must not be before begndate", "不得早于 begndate"),
        ("no such period", "没有这个互助期"),
        ("no such period; did you mean 2014?", "没有这个互助期；是否应为 2014？"),
        ("must be blank for a counter over a lifetime", "终身计数须留空"),
        ("the other file names persons so", "另一文件以此列指明人员"),
        ("or certno", "或 certno"),
        ("must be 50.00 by the scheme's dues [HN-4.3.4b]", "应为 50.00（按缴费标准） [HN-4.3.4b]"),
        ("must be 0, 1, 2 or 9", "应为 0、1、2 或 9"),
        ("must be the policy_id of policy.yaml", "应与 policy.yaml 的 policy_id 相同"),
        ("2014-01-01 to 2014-12-31", "2014-01-01 to 2014-12-31"),
    ],
)
def test_words_of_a_detail(detail: str, expected: str) -> None:
    """A detail of a table must be put into Chinese, and stay as it is where there are no words for it."""
    assert chinese(detail) == expected


@pytest.mark.parametrize("place", ["intake", "domain/values"])
def test_every_rule_of_cells_has_chinese_words(place: str) -> None:
    """What files and the values in their cells must be is told in Chinese as well."""
    texts = {
        text
        for path in (SOURCE / place).rglob("*.py")
        if path.name not in {"wording.py", "fault_wording.py", "approval_words.py", "money.py", "dates.py"}
        for text in re.findall(r'f?"(must [^"]*)"', path.read_text("utf-8"))
    }
    for code, figure in FIGURES.items():
        texts = {text.replace(code, figure) for text in texts}
    texts = {re.sub(r"\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}", "7", text) for text in texts}
    assert {text for text in texts if chinese(text).startswith("must")} == set()
