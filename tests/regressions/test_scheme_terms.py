"""Schemes that once took money from whoever may not join, or paid a used-up sum as if it were computed."""

import importlib.util
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import pytest

from mutualaid_core.intake.scheme_file import read_scheme_file

SHIPPED = Path(__file__).parents[2] / "src" / "mutualaid_core" / "schemes"


class Answer(Protocol):
    """What a command answered."""

    status: int
    out: str
    err: str

    def told(self, *columns: str) -> list[tuple[str, ...]]:
        """The cells of *columns*, row by row."""


Run = Callable[..., Answer]

needs_columns = pytest.mark.skipif(
    importlib.util.find_spec("numpy") is None, reason="the extra columnar is not installed"
)
either_engine = pytest.mark.parametrize("engine", ["scalar", pytest.param("columnar", marks=needs_columns)])


@pytest.mark.parametrize(
    ("scheme", "row", "expected"),
    [
        ("sichuan-2020", "2021-01-01,71,2,women,1,310", ("0", "REJECT", "NOT_ELIGIBLE")),
        ("sichuan-2020", "2021-01-01,40,1,women,1,310", ("0", "REJECT", "NOT_ELIGIBLE")),
        ("sichuan-2020", "2021-01-01,40,1,women_b,1,310", ("0", "REJECT", "NOT_ELIGIBLE")),
        ("sichuan-2020", "2021-01-01,65,2,inpatient;women,1,310", ("0", "REJECT", "NOT_ELIGIBLE")),
        ("sichuan-2020", "2021-01-01,40,2,women,1,390", ("0", "REJECT", "NOT_ELIGIBLE")),
        ("sichuan-2020", "2021-01-01,65,2,women,1,310", ("10000", "PASS", "")),
        ("sichuan-2020", "2021-01-01,40,1,inpatient,1,", ("11000", "PASS", "")),
        ("beijing-women-2023", "2023-05-01,61,2,,1,310", ("0", "REJECT", "NOT_ELIGIBLE")),
        ("beijing-women-2023", "2023-05-01,40,1,,1,310", ("0", "REJECT", "NOT_ELIGIBLE")),
        ("beijing-women-2023", "2023-05-01,40,2,,2,390", ("5000", "PASS", "")),
    ],
)
@pytest.mark.clause("HN-4.1.1b", "ACFTU-2.1a")
def test_dues_are_asked_of_who_may_join(
    cli: Run, tmp_path: Path, scheme: str, row: str, expected: tuple[str, ...]
) -> None:
    """Who is of another sex, age or insurance than a scheme takes must owe nothing, with the reason."""
    head, cells = ["first_day", "age", "sex", "parts", "shares", "insutype"], row.split(",")
    kept = [at for at, name in enumerate(head) if name != "parts" or cells[at]]
    lines = [["person_id", *(head[at] for at in kept)], ["D", *(cells[at] for at in kept)]]
    members = tmp_path / "members.csv"
    members.write_text("".join(",".join(line) + "\n" for line in lines), "utf-8")
    answer = cli("calculate", "--dues", "--scheme", SHIPPED / f"{scheme}.yaml", "--members", members)
    assert (answer.status, answer.told("dues_fen", "outcome", "reasons")) == (0, [expected])


CLAIMS = """\
claim_id,person_id,event,began,illness,inscp_scp_amt,fund_pay_sumamt
a1,A,critical_illness,2015-03-01,listed_illness,300000.00,100000.00
a2,A,critical_illness,2015-06-01,listed_illness,900000.00,100000.00
b1,B,critical_illness,2015-03-01,listed_illness,300000.01,100000.00
b2,B,critical_illness,2015-05-01,listed_illness,900000.01,100000.00
"""
MEMBERS = """\
person_id,period_id,first_day,last_day,born,parts,shares
A,2015,2015-01-01,2015-12-31,1980-01-01,critical_illness,1
B,2015,2015-01-01,2015-12-31,1980-01-01,critical_illness,1
"""


@either_engine
@pytest.mark.clause("GD-2.3.2b")
def test_a_fixed_sum_that_was_paid_is_refused(cli: Run, tmp_path: Path, engine: str) -> None:
    """A second critical claim must be refused, unless another benefit of the event is still to be paid.

    10,000 a share for the illness; 50,000 more above 200,000 self-borne, which B's first claim is by a
    fen and A's second one by far.
    """
    (tmp_path / "claims.csv").write_text(CLAIMS, "utf-8")
    (tmp_path / "members.csv").write_text(MEMBERS, "utf-8")
    files = ("--claims", tmp_path / "claims.csv", "--members", tmp_path / "members.csv")
    answer = cli("calculate", "--scheme", SHIPPED / "chongqing-2015.yaml", *files, "--engine", engine)
    assert answer.told("claim_id", "benefit_yuan", "outcome", "reasons") == [
        ("a1", "10000.00", "PASS", "COMPUTED"),
        ("a2", "50000.00", "PASS", "PAYMENTS_USED_UP;COMPUTED"),
        ("b1", "60000.00", "PASS", "COMPUTED"),
        ("b2", "0.00", "REJECT", "SUM_PAID_BEFORE"),
    ]


@either_engine
@pytest.mark.clause("GD-2.3.2b")
def test_a_sum_that_was_paid_beside_one_that_waits(cli: Run, tmp_path: Path, engine: str) -> None:
    """A second critical claim must be refused too where the other benefit of the event still waits."""
    head, rest = (SHIPPED / "chongqing-2015.yaml").read_text("utf-8").split("critical_illness_extra", 1)
    waits = rest.replace("grades: []", "grades: [{through_day: 200, pays: 0.00}]", 1)
    scheme = tmp_path / "scheme.yaml"
    scheme.write_text(f"{head}critical_illness_extra{waits}", "utf-8")
    (tmp_path / "claims.csv").write_text(CLAIMS, "utf-8")
    (tmp_path / "members.csv").write_text(MEMBERS, "utf-8")
    files = ("--claims", tmp_path / "claims.csv", "--members", tmp_path / "members.csv")
    answer = cli("calculate", "--scheme", scheme, *files, "--engine", engine)
    assert answer.told("claim_id", "benefit_yuan", "outcome", "reasons") == [
        ("a1", "10000.00", "PASS", "COMPUTED"),
        ("a2", "0.00", "REJECT", "SUM_PAID_BEFORE"),
        ("b1", "10000.00", "PASS", "COMPUTED"),
        ("b2", "0.00", "REJECT", "SUM_PAID_BEFORE"),
    ]


def test_an_empty_scheme_file(cli: Run, tmp_path: Path) -> None:
    """A scheme file without content must not be told to be exported with its rows."""
    path = tmp_path / "empty.yaml"
    path.write_text("", "utf-8")
    told = {lang: cli("scheme", "check", path, "--lang", lang) for lang in ("en", "zh")}
    assert {answer.status for answer in told.values()} == {2}
    spoken = {lang: answer.out + answer.err for lang, answer in told.items()}
    assert "the file is empty: write it, or start from an example file [IN114]" in spoken["en"]
    assert "文件没有内容" in spoken["zh"]


@pytest.mark.parametrize(
    ("old", "new", "place", "words"),
    [
        (
            "subtract: [hifp_pay, hifob_pay]",
            "subtract: [hifp_pay, hifob_pay, fund_pay_sumamt]",
            "versions[0].benefits[0].base.subtract[0]",
            "fund_pay_sumamt 已包含该金额，不得同时写入",
        ),
        (
            "add: [inscp_scp_amt]",
            "add: [inscp_scp_amt, psn_part_amt]",
            "versions[0].benefits[0].base.add[1]",
            "与 inscp_scp_amt 都包含 act_pay_dedc，不得同时写入",
        ),
        (
            'kinds_of_care: ["21"]',
            'kinds_of_care: ["2l"]',
            "versions[0].event.kinds_of_care[0]",
            "是否应为 21？",
        ),
        (
            'kinds_of_care: ["21"]',
            'kinds_of_care: ["11"]',
            "versions[0].benefits[0].event",
            "应为医疗类别 11 可能对应的事件",
        ),
    ],
)
@pytest.mark.clause("HN-4.2.1a", "HN-4.2.1e")
def test_terms_that_were_taken_as_sound(  # noqa: PLR0913, PLR0917  # one edit and what is told of it
    cli: Run, tmp_path: Path, old: str, new: str, place: str, words: str
) -> None:
    """Money that is counted twice, and a benefit that nobody can claim, must be faults, told in Chinese."""
    text = (SHIPPED / "yunnan-2011.yaml").read_text("utf-8")
    assert old in text
    path = tmp_path / "scheme.yaml"
    path.write_text(text.replace(old, new, 1), "utf-8")
    found = [each for each in read_scheme_file(path)[1] if not each.field.startswith("versions[0].open")]
    assert found[0].field == place
    answer = cli("scheme", "check", path, "--lang", "zh")
    assert answer.status == 2
    assert words in answer.out + answer.err
