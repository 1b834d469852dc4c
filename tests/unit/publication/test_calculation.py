"""Rows of a calculation as CSV, as JSON and in sentences."""

import csv
import io
import json

import attrs
import pytest

from mutualaid_core.domain.claims.reason import Reason
from mutualaid_core.domain.claims.trace import Rule, TraceStep
from mutualaid_core.domain.scheme.dues import FundingSource
from mutualaid_core.domain.values.money import Money
from mutualaid_core.publication.calculation.dues import MemberDues, dues_csv, dues_json
from mutualaid_core.publication.calculation.explained import explained_text
from mutualaid_core.publication.calculation.files import COLUMNS, csv_text, json_text
from mutualaid_core.publication.calculation.rows import Calculated, LimitLeft, Measure
from mutualaid_core.publication.labels import Language

STEP = TraceStep(
    rule=Rule.SHARE,
    before=Money(1_000_000),
    after=Money(500_000),
    amounts=(),
    facts=(("ratio", "50%"),),
    parameter="benefits[0].steps[1]",
    source="made-up",
    clauses=("HN-4.4.2c",),
)
PAID = Calculated(
    claim_id="c1",
    scheme_id="made-up",
    version_id="2015",
    policy_id="ACFTU-2018",
    amount=535_007,
    reasons=(Reason.COMPUTED,),
    lines=(("stay", 500_007), ("daily", 35_000)),
    left=(
        LimitLeft(
            limit="benefits[0].limits[0]",
            counter="amount/stay/period",
            measure=Measure.FEN,
            most=1_000_000,
            used=500_007,
        ),
        LimitLeft(
            limit="benefits[1].limits[0]",
            counter="days/daily/period",
            measure=Measure.DAYS,
            most=10,
            used=12,
        ),
    ),
    steps=(STEP,),
)
REFUSED = attrs.evolve(
    PAID,
    claim_id="=1+1",
    amount=0,
    reasons=(Reason.NOT_A_MEMBER, Reason.OUTSIDE_PERIOD),
    lines=(),
    left=(),
    steps=(),
)


def test_csv() -> None:
    """A row must hold the figures in fen and yuan, each benefit, and what is left of each limit."""
    rows = list(csv.DictReader(io.StringIO("".join(csv_text([PAID, REFUSED])))))
    assert rows[0] == {
        "claim_id": "c1",
        "scheme": "made-up",
        "version": "2015",
        "benefit_fen": "535007",
        "benefit_yuan": "5350.07",
        "outcome": "PASS",
        "reasons": "COMPUTED",
        "lines": "stay=5000.07; daily=350.00",
        "left": (
            "benefits[0].limits[0] amount/stay/period 10000.00 5000.07 4999.93; "
            "benefits[1].limits[0] days/daily/period 10 12 0"
        ),
    }
    assert (rows[1]["outcome"], rows[1]["reasons"]) == ("REJECT", "NOT_A_MEMBER;OUTSIDE_PERIOD")


def test_spreadsheet_computes_nothing() -> None:
    """An id that looks like a formula must be put out of action in CSV, and stay as it is in JSON."""
    assert "'=1+1,made-up" in "".join(csv_text([REFUSED]))
    assert json.loads("".join(json_text([REFUSED], "en")))[0]["claim_id"] == "=1+1"


def test_csv_of_nothing() -> None:
    """Without rows the headings alone must come out."""
    assert "".join(csv_text([])) == ",".join(COLUMNS) + "\n"


def test_csv_in_pieces() -> None:
    """Many rows must come in pieces that are the same text together."""
    pieces = list(csv_text([PAID] * 2_500))
    assert len(pieces) == 3
    assert len("".join(pieces).splitlines()) == 2_501


@pytest.mark.parametrize(("lang", "text"), [("en", "computed by the schedule"), ("zh", "已按标准计算给付")])
def test_json(lang: str, text: str) -> None:
    """JSON must be one array with the same keys in the same order, reasons in the language asked for."""
    rows = json.loads("".join(json_text([PAID, REFUSED], lang)))
    keys = [
        "claim_id",
        "scheme",
        "version",
        "benefit_fen",
        "benefit_yuan",
        "outcome",
        "reasons",
        "lines",
        "left",
    ]
    assert [list(row) for row in rows] == [keys, keys]
    assert rows[0]["reasons"] == [{"name": "COMPUTED", "clause": "HN-4.4.1", "text": text}]
    assert rows[0]["lines"][1] == {"benefit": "daily", "amount_fen": 35_000, "amount_yuan": "350.00"}
    assert rows[0]["left"][0] == {
        "limit": "benefits[0].limits[0]",
        "counter": "amount/stay/period",
        "unit": "fen",
        "most": 1_000_000,
        "used": 500_007,
        "left": 499_993,
    }


def test_json_of_nothing() -> None:
    """Without rows an empty array must come out."""
    assert json.loads("".join(json_text([], "en"))) == []


def test_json_with_steps() -> None:
    """The steps must stand in the form in which traces are kept, none where nothing was computed."""
    rows = json.loads("".join(json_text([PAID, REFUSED], "en", explained=True)))
    assert rows[0]["trace"]["version_id"] == "2015"
    assert rows[0]["trace"]["steps"][0]["rule"] == "share"
    assert rows[1]["trace"] is None


@pytest.mark.parametrize(("lang", "word"), [("en", "yuan"), ("zh", "元")])
def test_sentences(lang: Language, word: str) -> None:
    """Each row must have a paragraph with its amount, its steps with their parameters, and its reasons."""
    told = "".join(explained_text([PAID, REFUSED], lang))
    assert f"5,350.07 {word}" in told
    assert "benefits[0].steps[1]" in told
    assert "NOT_A_MEMBER" in told


DUES = MemberDues(
    row=2,
    person_id="p1",
    scheme_id="made-up",
    version_id="2015",
    amount=12_000,
    parts=(("main", 10_000), ("rider", 2_000)),
    borne=((FundingSource.UNION, 4_000), (FundingSource.MEMBER, 8_000)),
)


def test_dues_csv() -> None:
    """Dues must stand with each part, and with a column for each payer."""
    alone = attrs.evolve(DUES, row=3, person_id="", parts=(("", 6_000),), amount=6_000, borne=())
    assert dues_csv([DUES, alone]) == (
        "row,person_id,scheme,version,dues_fen,dues_yuan,parts,outcome,reasons,borne_by_member,borne_by_union\n"
        "2,p1,made-up,2015,12000,120.00,main=100.00; rider=20.00,PASS,,80.00,40.00\n"
        "3,,made-up,2015,6000,60.00,,PASS,,,\n"
    )


def test_dues_json() -> None:
    """Dues in JSON must hold the same figures in fen."""
    (row,) = json.loads("".join(dues_json([DUES], "en")))
    assert row["parts"] == [{"part": "main", "amount_fen": 10_000}, {"part": "rider", "amount_fen": 2_000}]
    assert row["borne"] == {"union": 4_000, "member": 8_000}
    assert (row["outcome"], row["reasons"]) == ("PASS", [])
    assert json.loads("".join(dues_json([], "en"))) == []


def test_dues_of_a_person_who_may_not_join() -> None:
    """A refusal must stand with its reason in both forms, and nothing be owed."""
    refused = attrs.evolve(DUES, amount=0, parts=(), borne=(), reasons=(Reason.NOT_ELIGIBLE,))
    assert dues_csv([refused]).splitlines()[1] == "2,p1,made-up,2015,0,0.00,,REJECT,NOT_ELIGIBLE"
    for lang, text in (("zh", Reason.NOT_ELIGIBLE.zh), ("en", Reason.NOT_ELIGIBLE.en)):
        (row,) = json.loads("".join(dues_json([refused], lang)))
        assert (row["dues_fen"], row["outcome"], row["borne"]) == (0, "REJECT", {})
        assert row["reasons"] == [{"name": "NOT_ELIGIBLE", "clause": "HN-4.1.1b", "text": text}]
