"""A clerk's year on SQLite by commands alone: found, import, enrol, pay, move, leave, correct, renew."""

from typing import Any

import pytest

Office = Any
SCHEME = ("--scheme", "hn-example-inpatient")
P2014, P2015 = (*SCHEME, "--period", "2014"), (*SCHEME, "--period", "2015")
PERIODS = (*SCHEME, "--from-period", "2014", "--to-period", "2015")

STAYS, RETIRES, MOVES, VOID = (
    "430529197002110118",
    "430529195408200229",
    "430529198205060338",
    "430529199001150555",
)
DIES, CORRECTED = "430529196807070665", "430529198503190771"


def done(answer: Any) -> Any:  # noqa: ANN401  # the fixture's own answer
    """The answer as plain data, of a command that did what it was asked."""
    assert answer.status == 0, f"{answer.out}{answer.err}"
    return answer.document


def pay(office: Office) -> None:
    """Two gifts and ten contributions; one unit sends fifty yuan too little at first."""
    gift = ("--payer", "union", "--groups", "courier", "--quota", "2", "--resolution", "2013-7")
    office("gift", "found", "COURIERS", *gift, "--source", "HN-4.3.1", *P2014, "--on", "2013-12-13")
    roster = ("--unit", "EX103", "--counted-on", "2013-12-10")
    given = done(office("gift", "give", "COURIERS", *roster, *SCHEME, "--on", "2013-12-14", "--json"))
    assert len(given["enrolled"]) == 2
    for unit, received in (("EX101", "250.00"), ("EX102", "100.00"), ("EX103", "100.00")):
        listed = (f"R-{unit}", office.roster(2014), "--unit", unit, "--received", received)
        answer = office("remittance", "receive", *listed, *P2014, "--on", "2013-12-18")
        assert answer.status == (1 if unit == "EX102" else 0)
    settled = ("R-EX102", "--entry", "R-EX102-2", "--supplement", "50.00", *SCHEME)
    done(office("remittance", "settle", *settled, "--on", "2013-12-20", "--json"))


def change(office: Office) -> None:
    """One is void and gets the money back, one is corrected, one moves, one retires, one dies."""
    void, dead = office.member(VOID), office.member(DIES)
    paper = ("--paper", "2014-3")
    due = done(
        office("member", "void", void, "--as", "duplicate", *paper, *P2014, "--on", "2014-02-10", "--json")
    )
    assert due["to_return"] == {"entry_id": "R-EX101", "amount": 5000}
    back = ("R-EX101", void, "--as", "voided_enrolment", "--amount", "50.00", "--entry", "V-1", *paper)
    assert (
        done(office("remittance", "return", *back, *SCHEME, "--on", "2014-02-12", "--json"))["returned"]
        == 5000
    )
    right = (office.member(CORRECTED), "--employment", "dispatched", *paper)
    done(office("member", "correct", *right, *P2014, "--on", "2014-03-03", "--json"))
    move = ("T-1", office.member(MOVES), "--from-unit", "EX101", "--to-unit", "EX102")
    days = ("--moves-on", "2014-07-01", "--expires-on", "2014-07-10", "--on", "2014-06-25")
    done(office("transfer", "propose", *move, *days, *P2014, "--json"))
    done(office("transfer", "accept", "T-1", "--unit", "EX102", "--on", "2014-06-28", "--json"))
    retired = (office.member(RETIRES), "--as", "retired", "--since", "2014-09-01", "--unit", "EX101")
    left = done(office("member", "leave", *retired, *paper, *P2014, "--on", "2014-08-28", "--json"))
    assert left["cover"] == {"first_day": "2014-01-01", "last_day": "2014-12-31"}
    died = (dead, "--as", "died", "--since", "2014-10-05", "--unit", "EX102")
    left = done(office("member", "leave", *died, *paper, *P2014, "--on", "2014-10-08", "--json"))
    assert left["cover"] == {"first_day": "2014-01-01", "last_day": "2014-10-05"}


def renew(office: Office) -> None:
    """EX101 carries its two over; EX102 joins by its roster, three who renew and one who is new."""
    done(office.open(2015, "--json"))
    done(office("roster", "import", office.roster(2015), "--counted-on", "2014-12-10", "--json"))
    due = done(office("renewal", "due", *PERIODS, "--on", "2014-12-11", "--json"))
    assert sum(row["is_due"] for row in due["rows"]) == len(due["reminders"]) == 5
    judged = ("--counted-on", "2014-12-10", "--on", "2014-12-12")
    done(office("unit", "admit", "EX101", *P2015, *judged, "--json"))
    listed = ("EX101", office.roster(2015), *PERIODS, "--on", "2014-12-15", "--json")
    preview = done(office("renewal", "renew", *listed, "--preview"))
    renewed = done(office("renewal", "renew", *listed))
    assert len(renewed["renewed"]) == 2
    assert renewed["renewed"] == preview["renewed"]
    done(office("unit", "enrol", "EX102", *P2015, *judged, "--json"))
    for unit, received in (("EX101", "100.00"), ("EX102", "200.00")):
        paid = (f"R15-{unit}", office.roster(2015), "--unit", unit, "--received", received)
        done(office("remittance", "receive", *paid, *P2015, "--on", "2014-12-18", "--json"))


def gate(office: Office, unit: str, period: tuple[str, ...], on: str) -> tuple[int, int]:
    """Members of a unit on a day, and those of them who are covered."""
    shown = done(office("unit", "show", unit, *period, "--on", on, "--json"))["gate"]
    return shown["present"], shown["covered"]


@pytest.mark.clause("HN-3.1.2b", "HN-4.3.5b", "HN-4.3.5c", "HN-4.3.5d", "SN-2.1.5")
def test_a_year_runs_by_commands_alone(joined: Office) -> None:
    """Counts and money must be those that a clerk works out by hand."""
    pay(joined)
    assert [gate(joined, unit, P2014, "2014-01-01") for unit in ("EX101", "EX102", "EX103")] == [
        (5, 5),
        (3, 3),
        (2, 2),
    ]
    change(joined)
    # Five of EX101 less the void one, the mover and the retired; three of EX102 and the mover less the dead.
    assert gate(joined, "EX101", P2014, "2014-10-06") == (2, 2)
    assert gate(joined, "EX102", P2014, "2014-10-06") == (3, 3)
    renew(joined)
    assert gate(joined, "EX101", P2015, "2015-01-01") == (2, 2)
    assert gate(joined, "EX102", P2015, "2015-01-01") == (4, 4)
    shown = done(joined("remittance", "show", "R-EX101", *SCHEME, "--json"))
    assert shown["receipt"]["amount"] == 25000
    assert sorted(line["returned"] for line in shown["receipt"]["lines"]) == [0, 0, 0, 0, 5000]
    units = done(joined("remittance", "show", *P2015, "--unit", "EX102", "--json"))["remittances"]
    assert [(each["state"], each["received"]) for each in units] == [("booked", 20000)]
    done(joined("verify", "--json"))


def test_a_year_without_keys_on_the_command_line_shows_nobody(joined: Office) -> None:
    """Nothing that the commands print may hold a name or an ID number."""
    pay(joined)
    told = joined("renewal", "due", *PERIODS[:2], "--from-period", "2014", "--to-period", "2014")
    said = told.out + told.err + joined("remittance", "show", "R-EX101", *SCHEME).out
    assert not any(text in said for text in ("例", "4305291"))
