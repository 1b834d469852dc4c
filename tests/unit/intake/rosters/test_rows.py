"""Rows: the short way takes only what the careful one takes too, and gives the same line."""

import datetime
from typing import Final

from hypothesis import given
from hypothesis import strategies as st

from mutualaid_core.domain.values.personal import id_check_character
from mutualaid_core.intake.problem import Problems
from mutualaid_core.intake.rosters.rows import RowReader

HEAD: Final = [
    *("unit_code", "name", "id_number", "sex", "birth_date"),
    *("insurance_type", "employment", "shares", "joins", "hired_on"),
]
DAY: Final = datetime.date(2014, 1, 1)


@st.composite
def rows(draw: st.DrawFn) -> list[str]:
    """Rows that are sound, or nearly so: each cell may be that of another row or damaged."""
    born = draw(st.dates(datetime.date(1905, 1, 1), datetime.date(2004, 1, 1)))
    body = draw(
        st.sampled_from(
            ("430529", "710000", "810000", "911124", "900001", "011111", "43052\N{FULLWIDTH DIGIT NINE}")
        )
    )
    body += f"{born:%Y%m%d}{draw(st.integers(0, 999)):03}"
    last = id_check_character(body) if body.isascii() else "1"
    number = draw(st.sampled_from((body + last, body + last.lower(), body + "0", body, body[:6] + body[8:])))
    sex = draw(st.sampled_from(("1" if int(body[16]) % 2 else "2", "1", "2", "0", "9", "3", "")))
    day = draw(st.sampled_from((born.isoformat(), "1980-01-01", "1980-02-30", f" {born.isoformat()}")))
    return [
        draw(st.sampled_from(("U1", "U2", "", "a/b", "\N{FULLWIDTH LATIN CAPITAL LETTER U}1"))),
        draw(st.sampled_from(("张三", "阿不都·买买提", "·张", "张 三", "John", "张3", "=张", "〇一"))),
        number,
        sex,
        day,
        draw(st.sampled_from(("310", "390", "31", ""))),
        draw(st.sampled_from(("regular", "flexible", "Regular"))),
        draw(st.sampled_from(("1", "2", "0", "01"))),
        draw(st.sampled_from(("", "0", "1", "yes"))),
        draw(st.sampled_from(("", "2010-05-01", "2015-01-01"))),
    ]


@given(st.lists(rows(), min_size=1, max_size=12))
def test_the_short_way_and_the_careful_one_agree(cells: list[list[str]]) -> None:
    """Whatever the short way takes, after any rows before, the careful way must take as the same line."""
    places = {name: at for at, name in enumerate(HEAD)}
    reader = RowReader(places, HEAD, DAY)
    for number, row in enumerate(cells, start=2):
        read = reader.read(number, row, Problems(file="roster.csv"))
        alone = RowReader(places, HEAD, DAY).careful(number, row, Problems(file="roster.csv"))
        assert alone == read


def test_rows_like_most_take_the_short_way() -> None:
    """A second sound row of a unit must not need the careful way."""
    reader = RowReader({name: at for at, name in enumerate(HEAD)}, HEAD, DAY)
    problems = Problems(file="roster.csv")
    first, second = (body + id_check_character(body) for body in ("43052919800307001", "43052919800307003"))
    cells = ["U1", "张三", first, "1", "1980-03-07", "310", "regular", "1", "", ""]
    reader.read(2, cells, problems)
    cells[2] = second
    assert (problems.found, reader.short(3, cells) is None) == ([], False)
