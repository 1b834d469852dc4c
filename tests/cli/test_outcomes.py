"""What the rules foresee is a recorded outcome: the year goes on, and the reasons are written down."""

import csv
import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

Cli = Callable[..., Any]
Folder = Any
Outcome = Callable[..., dict[str, list[str]]]
STAYS = "settlements.csv"
OF_CB003, OF_CB065, OF_CB067 = "ST201400104", "ST201400080", "ST201400058"


@pytest.fixture
def outcome(cli: Cli, small: Folder, out: Path) -> Callable[..., dict[str, list[str]]]:
    """Runs the year, which must end with *status*; outcome, benefit in fen and reasons by settlement."""

    def of(*options: str, status: int = 0) -> dict[str, list[str]]:
        answer = cli("run", small.path, "--store", "memory:", "--out", out, *options)
        assert (answer.status, answer.err) == (status, "")
        with (out / "decisions.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        return {row["settlement_id"]: [row["outcome"], row["benefit_fen"], row["reasons"]] for row in rows}

    return of


def add_stay(small: Folder, like: str, setl_id: str, **cells: str) -> None:
    """A further settlement, like another but for some cells."""
    rows = small.rows(STAYS)
    small.put(
        STAYS, [*rows, {**next(row for row in rows if row["setl_id"] == like), "setl_id": setl_id, **cells}]
    )


def run_dry(small: Folder) -> None:
    """Leave the fund without a reserve, and let one stay cost a hundred thousand yuan more."""
    small.edit("year.yaml", "amount: 60000.00", "amount: 1.00")
    (stay,) = (row for row in small.rows(STAYS) if row["setl_id"] == OF_CB065)
    grown = ("medfee_sumamt", "inscp_scp_amt", "psn_part_amt", "psn_cash_pay")
    small.change(STAYS, OF_CB065, **{name: str(Decimal(stay[name]) + 100_000) for name in grown})


@pytest.mark.parametrize(
    ("cells", "outcome_is", "reason"),
    [
        ({"med_type": "11"}, "REJECT", "NOT_INPATIENT"),
        ({"refd_setl_flag": "1"}, "REJECT", "SETTLEMENT_REVERSED"),
        ({"insutype": "390"}, "REJECT", "INSURANCE_NOT_COVERED"),
        ({"setl_time": "2015-12-01T10:00:00+08:00"}, "REJECT", "FILED_TOO_LATE"),
        ({"psn_name": "张三"}, "HOLD", "NAME_DIFFERS"),
    ],
)
def test_stay_that_is_not_covered(
    small: Folder,
    outcome: Outcome,
    cells: dict[str, str],
    outcome_is: str,
    reason: str,
) -> None:
    """A stay that the rules do not cover must be decided so, and the others go on."""
    small.change(STAYS, OF_CB065, **cells)
    decided = outcome()
    assert decided[OF_CB065] == [outcome_is, "0", reason]
    assert [each[0] for key, each in decided.items() if key != OF_CB065] == ["PASS"] * 3


@pytest.mark.parametrize(
    ("cells", "outcome_is", "reason"),
    [
        ({"hifp_pay": "1.00"}, "HOLD", "IDENTITIES_BROKEN"),
        ({"enddate": "2015-01-01"}, "REJECT", "OUTSIDE_PERIOD"),
        ({"certno": "610103198503070014", "unit_code": "NONE"}, "REJECT", "NOT_A_MEMBER"),
    ],
)
def test_mismatch_is_recorded_where_asked_for(
    small: Folder,
    outcome: Outcome,
    cells: dict[str, str],
    outcome_is: str,
    reason: str,
) -> None:
    """A settlement that fits nothing must become a decision with its reason."""
    small.change(STAYS, OF_CB065, **cells)
    decided = outcome("--on-mismatch", "record")[OF_CB065]
    assert (decided[0], reason in decided[2].split(";")) == (outcome_is, True)


def test_unit_below_the_gate(small: Folder, outcome: Outcome) -> None:
    """A unit in which too few join must be refused, with its members' claims; the others go on."""
    member = next(row for row in small.rows("roster.csv") if row["unit_code"] == "CB074")
    small.edit("units.csv", "30,25", "40,25")
    person = {"certno": member["id_number"], "psn_name": member["name"], "unit_code": "CB074"}
    add_stay(small, OF_CB065, "NEW-1", **person)
    decided = outcome()
    assert decided["NEW-1"] == ["REJECT", "0", "UNIT_NOT_ADMITTED"]
    assert decided[OF_CB065][0] == "PASS"


def test_unit_with_wrong_dues(small: Folder, outcome: Outcome, out: Path) -> None:
    """A unit whose money is not what its members owe must be held, and gives no cover."""
    small.change("roster.csv", "CB003", contribution="49.00", paid_by_unit="29.00")
    assert outcome("--on-mismatch", "record")[OF_CB003] == ["REJECT", "0", "NO_PAID_COVER"]
    assert json.loads((out / "summary.json").read_text())["contributions_fen"] == (81 - 15) * 5_000


def test_worker_who_may_not_join(small: Folder, outcome: Outcome) -> None:
    """A worker who does not qualify must not count for the gate: in a small unit all must join."""
    rows = small.rows("roster.csv")
    stay = next(row for row in small.rows(STAYS) if row["setl_id"] == OF_CB003)
    for row in rows:
        row["insurance_type"] = "390" if row["id_number"] == stay["certno"] else "310"
    small.put("roster.csv", rows)
    assert outcome()[OF_CB003] == ["REJECT", "0", "UNIT_NOT_ADMITTED"]


def test_hospital_that_is_not_designated(small: Folder, outcome: Outcome) -> None:
    """Where hospitals are designated, a stay in another must be refused."""
    small.edit("scheme.yaml", "institutions: []", "institutions: [H00000000000]")
    assert {each[2] for each in outcome().values()} == {"INSTITUTION_NOT_DESIGNATED"}


def test_cap_that_is_used_up(small: Folder, outcome: Outcome) -> None:
    """Benefits must be cut at the cap, and be nothing after it."""
    small.edit("scheme.yaml", "most: 50000.00", "most: 100.00")
    add_stay(small, OF_CB065, "ZZ-2")
    decided = outcome()
    assert decided[OF_CB065][1:] == ["10000", "CAP_REDUCED;COMPUTED"]
    assert decided["ZZ-2"] == ["PASS", "0", "CAP_EXHAUSTED;COMPUTED"]


def test_fund_that_runs_dry(cli: Cli, small: Folder, outcome: Outcome, out: Path) -> None:
    """Without money, benefits must stay owed and the period open, with status 1 each time."""
    run_dry(small)
    assert {each[0] for each in outcome(status=1).values()} == {"PASS"}
    told = json.loads((out / "summary.json").read_text())
    assert told["unpaid_claims"] + told["paid_claims"] == 4
    assert told["closing_fen"] == 100 + 405_000 - told["paid_fen"]
    assert not (out / "disclosure.html").exists()
    assert "not closed" in cli("run", small.path, "--store", "memory:", "--out", out).out


def test_year_that_ran_dry_is_finished_with_money(cli: Cli, small: Folder, url: str, out: Path) -> None:
    """Once a grant has come in, the same command must pay what is owed and close the period."""
    run_dry(small)
    assert cli("run", small.path, "--store", url, "--out", out).status == 1
    grant = "  - {giver: 省总工会, amount: 90000.00, received_on: 2015-01-05, source: made_up}\n"
    (small.path / "year.yaml").write_text((small.path / "year.yaml").read_text("utf-8") + grant, "utf-8")
    assert cli("run", small.path, "--store", url, "--out", out).status == 0
    told = json.loads((out / "summary.json").read_text())
    assert (told["paid_claims"], "unpaid_claims" in told) == (4, False)
    assert cli("verify", "--store", url).status == 0


def test_page_of_another_run_does_not_stay(small: Folder, outcome: Outcome, out: Path) -> None:
    """A page that an earlier run left must go where this one disclosed nothing."""
    outcome()
    run_dry(small)
    outcome(status=1)
    assert not (out / "disclosure.html").exists()
