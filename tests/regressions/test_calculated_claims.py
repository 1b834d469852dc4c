"""Claims that were once calculated wrongly, or differently by the two evaluators."""

import importlib.util
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import pytest


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

HEADER = "claim_id,person_id,event,began,ended"

# ------------------------------------------------- a limit that refuses behind one that cuts

AMOUNTS = f"""\
{HEADER},parts,inscp_scp_amt,hifp_pay
A,p1,inpatient_stay,2024-01-02,2024-01-12,amounts,1000,0
B,p1,inpatient_stay,2024-03-01,2024-03-05,amounts,1800,0
"""
DAYS = f"""\
{HEADER},parts,inscp_scp_amt,hifp_pay
A,p1,inpatient_stay,2024-01-02,2024-01-12,days,0,0
B,p1,inpatient_stay,2024-03-01,2024-03-13,days,0,0
"""


@either_engine
def test_a_refusing_limit_looks_at_the_amount_that_the_cap_has_cut(calculate: Run, engine: str) -> None:
    """What the cap of the period leaves must be paid if it fits the limit that refuses."""
    answer = calculate("refusing_limits", AMOUNTS, "--engine", engine)

    # A: 1,000 x 50% = 500. B: 1,800 x 50% = 900, cut to 1,000 - 500 = 500, which is within 800.
    assert answer.told("claim_id", "benefit_yuan", "reasons") == [
        ("A", "500.00", "COMPUTED"),
        ("B", "500.00", "CAP_REDUCED;COMPUTED"),
    ]


@either_engine
def test_a_refusing_limit_looks_at_the_days_that_are_left(calculate: Run, engine: str) -> None:
    """The days that the period leaves must be paid if they fit the limit that refuses."""
    answer = calculate("refusing_limits", DAYS, "--engine", engine)

    # A: 10 nights x 100 = 1,000, just within 1,000. B: 12 nights, cut to 15 - 10 = 5, x 100 = 500.
    assert answer.told("claim_id", "benefit_yuan", "reasons") == [
        ("A", "1000.00", "COMPUTED"),
        ("B", "500.00", "DAYS_REDUCED;COMPUTED"),
    ]


@needs_columns
@pytest.mark.parametrize("form", ["csv", "json"])
@pytest.mark.parametrize("claims", [AMOUNTS, DAYS], ids=["amounts", "days"])
def test_both_engines_write_the_same_bytes_behind_a_cut(
    calculate: Run, tmp_path: Path, claims: str, form: str
) -> None:
    """Both evaluators must write the same file, with what is left of each limit."""
    made = []
    for engine in ("scalar", "columnar"):
        out = tmp_path / f"{engine}.{form}"
        answer = calculate("refusing_limits", claims, "--engine", engine, "--format", form, "--out", out)
        assert answer.status == 0
        made.append(out.read_bytes())

    assert made[0] == made[1]
    assert b"500.00" in made[0]


# ------------------------------------------------- a benefit whose only limit is on days


@either_engine
def test_a_benefit_may_have_no_limit_but_one_on_days(calculate: Run, engine: str) -> None:
    """A benefit that is limited by days alone must be calculated, and its days counted."""
    claims = f"""\
{HEADER}
A,p1,inpatient_stay,2024-01-02,2024-01-12
B,p1,inpatient_stay,2024-06-01,2024-06-04
C,p1,inpatient_stay,2024-09-01,2024-09-09
"""

    answer = calculate("days_limit_only", claims, "--engine", engine)

    # Paid from the fourth night on. A: 10 - 3 = 7 nights x 60 = 420. B: 3 - 3 = 0 nights.
    # C: 8 - 3 = 5 nights, of which 8 - 7 = 1 is left, x 60 = 60.
    limit = "benefits[0].limits[0] days/daily/period 8"
    assert answer.told("claim_id", "benefit_yuan", "reasons", "left") == [
        ("A", "420.00", "COMPUTED", f"{limit} 7 1"),
        ("B", "0.00", "COMPUTED", f"{limit} 7 1"),
        ("C", "60.00", "DAYS_REDUCED;COMPUTED", f"{limit} 8 0"),
    ]


# ------------------------------------------------- claims that are not admitted


@either_engine
@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        pytest.param("24,310,40", "NOT_INPATIENT", id="kind of care"),
        pytest.param("21,390,40", "INSURANCE_NOT_COVERED", id="insurance"),
        pytest.param("21,310,10", "NOT_ELIGIBLE", id="age"),
    ],
)
def test_a_claim_not_admitted_is_refused_though_no_choice_names_its_class(
    calculate: Run, engine: str, cells: str, reason: str
) -> None:
    """A choice by class must not be asked about a claim that is refused anyway."""
    claims = f"""\
{HEADER},med_type,insutype,age,inscp_scp_amt,hifp_pay
A,p1,inpatient_stay,2024-03-20,2024-04-12,21,310,40,2000,0
B,p2,inpatient_stay,2024-03-20,2024-04-12,{cells},2000,0
"""

    answer = calculate("classes_of_admitted", claims, "--engine", engine)

    # A: 2,000 x 50% (kind of care) x 50% (insurance) x 40% (age) = 200.
    assert answer.told("claim_id", "benefit_yuan", "outcome", "reasons") == [
        ("A", "200.00", "PASS", "COMPUTED"),
        ("B", "0.00", "REJECT", reason),
    ]


# ------------------------------------------------- admitted before the cover


@either_engine
def test_a_stay_begun_before_the_cover_counts_as_of_its_first_day(calculate: Run, engine: str) -> None:
    """A stay that ends in the cover but began before it must count as of the first day of cover."""
    claims = f"""\
{HEADER},inscp_scp_amt,hifp_pay
A,p1,inpatient_stay,2023-12-20,2024-01-12,2000,0
B,p1,inpatient_stay,2024-01-30,2024-02-12,2000,0
C,p1,inpatient_stay,2024-01-31,2024-02-14,2000,0
"""
    members = "person_id,period_id,first_day,last_day\np1,2024,2024-01-01,2024-12-31\n"

    answer = calculate("day_of_cover", claims, "--engine", engine, members=members)

    # A, day 1, and B, of 30 January, day 30: 2,000 x 10% = 200. C, day 31: 2,000 x 50% = 1,000.
    assert answer.told("claim_id", "benefit_yuan", "reasons") == [
        ("A", "200.00", "COMPUTED"),
        ("B", "200.00", "COMPUTED"),
        ("C", "1000.00", "COMPUTED"),
    ]


# ------------------------------------------------- a trace without a told cost


def test_a_trace_of_a_claim_without_a_cost_is_computed_again(
    calculate: Run, cli: Run, tmp_path: Path
) -> None:
    """A trace that was cut to what is left of the base must be found right from its steps."""
    claims = f"""\
{HEADER},elsewhere,shares,inscp_scp_amt,hifp_pay
A,p1,inpatient_stay,2024-01-02,2024-01-12,100,2,1000,0
"""
    trace = tmp_path / "trace.json"
    chosen = ["--engine", "scalar", "--explain", "--format", "json", "--out", trace]
    assert calculate("less_elsewhere", claims, *chosen).status == 0

    answer = cli("explain", "--trace", trace, "--lang", "en")

    # 1,000 - 100 = 900; x 90% x 2 shares = 1,620, which is cut to the 900 that are left of the base.
    assert (answer.status, answer.err) == (0, "")
    assert "1,620.00" in answer.out
    assert answer.out.splitlines()[-1].startswith("Computed again from its steps")
    assert "900.00" in answer.out.splitlines()[-1]


# ------------------------------------------------- what a claims file lacks


@either_engine
def test_an_indemnity_on_days_asks_for_the_whole_cost_by_its_column(calculate: Run, engine: str) -> None:
    """An indemnity that goes by days must ask for the cost that all payers together may not exceed."""
    claims = f"{HEADER}\nA,p1,inpatient_stay,2024-01-02,2024-01-12\n"

    answer = calculate("indemnity_on_days", claims, "--engine", engine)

    assert (answer.status, answer.out) == (2, "")
    # The column would stand in the first row, the header.
    assert "claims.csv:1:medfee_sumamt: the column is missing" in answer.err
    assert "[IN006]" in answer.err


@either_engine
def test_an_indemnity_on_days_is_cut_to_what_the_funds_leave(calculate: Run, engine: str) -> None:
    """With its columns the same claim must be paid, up to what the funds leave of the cost."""
    claims = f"""\
{HEADER},medfee_sumamt,fund_pay_sumamt
A,p1,inpatient_stay,2024-01-02,2024-01-12,1000,400
B,p2,inpatient_stay,2024-01-02,2024-01-12,650,400
"""

    answer = calculate("indemnity_on_days", claims, "--engine", engine)

    # 10 nights x 30 = 300: within 1,000 - 400 = 600, and cut to 650 - 400 = 250.
    assert answer.told("claim_id", "benefit_yuan") == [("A", "300.00"), ("B", "250.00")]


@either_engine
def test_a_rider_held_without_its_main_item_is_told(calculate: Run, engine: str) -> None:
    """A claims file must not hold a rider for a claim that lacks the item it needs."""
    claims = f"""\
{HEADER},parts,inscp_scp_amt,hifp_pay
A,p1,inpatient_stay,2024-01-05,2024-01-10,main,10000,0
B,p2,inpatient_stay,2024-01-05,2024-01-10,main;family,10000,0
C,p3,inpatient_stay,2024-01-05,2024-01-10,family,10000,0
"""

    answer = calculate("rider", claims, "--engine", engine)

    assert (answer.status, answer.out) == (2, "")
    # The header is row 1, so C, the third claim, stands in row 4; A and B are right.
    assert "claims.csv:4:parts: not an allowed value (must hold main with family)" in answer.err
    assert answer.err.count("[IN018]") == 1
