"""Joining terms: windows, terms and gates that cannot be meant, and the sources that are cited."""

import attrs
import pytest

from mutualaid_core.domain.scheme.joining import (
    GateBand,
    JoiningTerms,
    NewHires,
    RenewalTerms,
    Term,
    Window,
)
from mutualaid_core.domain.values.ratio import Ratio
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.testing.joining import JOINING, WHOLE


@pytest.mark.parametrize(("opens", "closes"), [(-60, -1), (0, 0), (-30, 30)])
def test_a_window_has_a_day_at_least(opens: int, closes: int) -> None:
    """A window may close on the day on which it opens."""
    assert Window(opens=opens, closes=closes, source="HN-4.3.5d").closes == closes


def test_a_window_that_closes_before_it_opens_is_refused() -> None:
    """Day -2 must be refused as the last day of a window that opens on day -1."""
    with pytest.raises(InvalidValueError, match="closes must be >= -1, got -2"):
        Window(opens=-1, closes=-2, source="HN-4.3.5d")


@pytest.mark.parametrize(
    ("starts", "months", "periods"), [(0, 12, 1), (6, 6, 1), (0, 6, 1), (0, 24, 2), (0, 36, 3), (11, 1, 1)]
)
def test_a_term_lies_in_one_period_or_is_whole_ones(starts: int, months: int, periods: int) -> None:
    """A half must touch one period, three years three."""
    term = Term(starts_after_months=starts, months=months, fee=Ratio(1, 1), source="HN-4.3.4a")
    assert term.periods == periods


@pytest.mark.parametrize(("starts", "months"), [(6, 12), (0, 18), (7, 6), (12, 12)])
def test_a_term_across_the_end_of_a_period_is_refused(starts: int, months: int) -> None:
    """Eighteen months, and a year from the second half on, must be refused."""
    with pytest.raises(InvalidValueError, match="must end with a period, or be whole periods"):
        Term(starts_after_months=starts, months=months, fee=Ratio(1, 1), source="HN-4.3.4a")


@pytest.mark.parametrize("empty", ["ways", "terms"])
def test_what_must_be_told_is_told(empty: str) -> None:
    """Joining terms without a way in or without a term must be refused."""
    with pytest.raises(InvalidValueError, match=empty):
        attrs.evolve(JOINING, **{empty: ()})


def test_every_source_is_cited() -> None:
    """The sources of window, terms, gate, new hires and renewal must all be among those cited."""
    full = JoiningTerms(
        ways=JOINING.ways,
        window=Window(opens=-60, closes=-1, source="a"),
        late=JOINING.late,
        new_hires=NewHires(days_max=30, source="b"),
        terms=(attrs.evolve(WHOLE, source="c"),),
        cover_start=JOINING.cover_start,
        gate=(GateBand(ratio_min=Ratio(1, 2), source="d"),),
        renewal=RenewalTerms(window=Window(opens=-90, closes=-1, source="e"), gap_days_max=0, source="f"),
        source="g",
    )
    assert set(full.sources) == set("abcdefg")
    assert set(JOINING.sources) == {"HN-4.3.5d", "HN-4.3.4a"}
