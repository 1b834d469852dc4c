"""Division codes: what holds on a day, what lies in what, and how sure an answer is."""

import datetime

import attrs
import pytest

from mutualaid_core.domain.values.divisions import (
    Certainty,
    Division,
    ancestors_of_code,
    level_of_code,
)
from mutualaid_core.rules.scheme.divisions import (
    DivisionTable,
    Doubt,
    Within,
    ancestors_on,
    conflicts_of,
    division_on,
    division_table,
    doubt_of,
    is_within,
    successors_of,
)

DAY = datetime.date
START = DAY(2003, 1, 1)
SURE, REMEMBERED = Certainty.FOUND, Certainty.FROM_MEMORY


def row(
    code: str,
    first: datetime.date = START,
    last: datetime.date | None = None,
    successor: str | None = None,
    certainty: Certainty = SURE,
) -> Division:
    """A row with what its code tells."""
    return Division(
        code=code,
        name=f"N{code}",
        level=level_of_code(code),
        parent=next(iter(ancestors_of_code(code)), None),
        valid_from=first,
        valid_to=last,
        successor=successor,
        seen_to=None,
        certainty=certainty,
        source="made up",
    )


ROWS = (
    row("430000"),
    row("430100"),
    row("430122", last=DAY(2011, 5, 19), successor="430112"),
    row("430112", DAY(2011, 5, 20)),
    row("430500"),
    row("430521", last=DAY(2019, 7, 14), successor="430582"),
    row("430582", DAY(2019, 7, 15), certainty=REMEMBERED),
    row("430529"),
    row("430599", last=DAY(2010, 12, 31)),
)


@pytest.fixture
def table() -> DivisionTable:
    """Changsha and Shaoyang in part, with two changes and a code that ended without a successor."""
    return division_table(ROWS)


@pytest.mark.parametrize(
    ("code", "day", "name"),
    [
        ("430122", DAY(2011, 5, 19), "N430122"),
        ("430122", DAY(2011, 5, 20), None),
        ("430112", DAY(2011, 5, 19), None),
        ("430112", DAY(2011, 5, 20), "N430112"),
        ("430199", DAY(2014, 1, 1), None),
    ],
)
def test_a_code_holds_on_its_days(
    table: DivisionTable, code: str, day: datetime.date, name: str | None
) -> None:
    """Wangcheng must be a county until 19 May 2011 and a district from the next day on."""
    found = division_on(table, code, day)
    assert (found.division.name if found else None) == name


def test_an_answer_is_as_sure_as_its_row(table: DivisionTable) -> None:
    """A row from memory must be told as such."""
    sure, remembered = (division_on(table, code, DAY(2020, 1, 1)) for code in ("430529", "430582"))
    assert (sure and sure.certainty, remembered and remembered.certainty) == (SURE, REMEMBERED)


def test_a_code_leads_to_the_one_of_today(table: DivisionTable) -> None:
    """An abandoned code must lead to its successor, one in force to nothing."""
    chain = successors_of(table, "430122", DAY(2014, 1, 1))
    assert [each.code for each in chain] == ["430122", "430112"]
    assert successors_of(table, "430122", DAY(2010, 1, 1)) == ()


@pytest.mark.parametrize("code", ["430599", "430199"])
def test_a_way_that_is_not_known_leads_nowhere(table: DivisionTable, code: str) -> None:
    """A code without a successor and an unknown one must lead nowhere."""
    assert successors_of(table, code, DAY(2014, 1, 1)) == ()


def test_successors_in_a_ring_end() -> None:
    """Two codes that name each other must not be followed for ever."""
    ring = (
        row("430122", last=DAY(2011, 5, 19), successor="430112"),
        row("430112", last=DAY(2011, 5, 19), successor="430122"),
    )
    assert successors_of(division_table(ring), "430122", DAY(2014, 1, 1)) == ()


def test_ancestors_are_those_the_table_tells(table: DivisionTable) -> None:
    """Prefecture and province must be given, the nearest first, and what is unknown left out."""
    day = DAY(2014, 1, 1)
    assert [each.code for each in ancestors_on(table, "430529", day)] == ["430500", "430000"]
    assert [each.code for each in ancestors_on(table, "430621", day)] == ["430000"]


@pytest.mark.parametrize(
    ("code", "of", "answer"),
    [
        ("430529", "430000", Within(is_so=True, certainty=SURE)),
        ("430529", "430529", Within(is_so=True, certainty=SURE)),
        ("440100", "430000", Within(is_so=False, certainty=SURE)),
        ("430529", "430100", Within(is_so=False, certainty=SURE)),
        ("429004", "420000", Within(is_so=True, certainty=SURE)),
        ("430122", "430112", Within(is_so=True, certainty=SURE)),
        ("430112", "430122", Within(is_so=True, certainty=SURE)),
        ("430521", "430582", Within(is_so=True, certainty=REMEMBERED)),
    ],
)
def test_what_lies_in_what(table: DivisionTable, code: str, of: str, answer: Within) -> None:
    """Digits must decide with certainty, successors as surely as their rows."""
    assert is_within(table, code, of, DAY(2020, 1, 1)) == answer


@pytest.mark.parametrize(
    ("code", "day", "doubt"),
    [
        ("430529", DAY(2014, 1, 1), None),
        ("430122", DAY(2014, 1, 1), Doubt(found="ended on 2011-05-19", certainty=SURE)),
        ("430112", DAY(2010, 1, 1), Doubt(found="known from 2011-05-20 on", certainty=REMEMBERED)),
        ("430199", DAY(2014, 1, 1), Doubt(found="not in the table", certainty=REMEMBERED)),
        ("439900", DAY(2014, 1, 1), Doubt(found="not in the table", certainty=REMEMBERED)),
        ("990000", DAY(2014, 1, 1), Doubt(found="not in the table", certainty=REMEMBERED)),
        ("440103", DAY(2014, 1, 1), None),
    ],
)
def test_a_table_doubts_only_what_it_can_know(
    table: DivisionTable, code: str, day: datetime.date, doubt: Doubt | None
) -> None:
    """A code that ended is sure; an unknown one is doubted only beside known ones."""
    assert doubt_of(table, code, day) == doubt


def test_a_sound_table_has_no_conflicts() -> None:
    """Rows that go together must pass."""
    assert conflicts_of(ROWS) == ()


def test_every_conflict_is_named() -> None:
    """Days that stand twice, missing parents and missing successors must all be told, by row."""
    rows = (
        row("430000", DAY(2004, 1, 1)),
        row("430100"),
        row("430100", DAY(2014, 1, 1)),
        row("430122", last=DAY(2011, 5, 19), successor="430112"),
        row("440100"),
    )
    found = [(each.at, each.field, each.value) for each in conflicts_of(rows)]
    assert found == [
        (1, "parent", "430000"),
        (2, "valid_from", "2014-01-01"),
        (3, "successor", "430112"),
        (4, "parent", "440000"),
    ]


def test_the_last_day_of_the_calendar_needs_no_successor_after_it() -> None:
    """A row that ends where the calendar does must not ask for a day that does not exist."""
    rows = (row("430000"), row("430100", last=datetime.date.max, successor="430200"))
    assert conflicts_of(rows) == ()


def test_an_ended_row_that_nobody_follows_is_fine() -> None:
    """A code may end without a successor, and its name may change under it."""
    renamed = attrs.evolve(row("430100", DAY(2010, 1, 1)), name="new")
    assert conflicts_of((row("430000"), row("430100", last=DAY(2009, 12, 31)), renamed)) == ()
