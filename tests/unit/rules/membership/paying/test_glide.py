"""Glide path: the member's share never falls, by whatever plans it is told."""

import datetime
from fractions import Fraction

import pytest

from mutualaid_core.domain.membership.paying.funding import EarlierPlan, FundingPlan, PlanPattern, PlanYear
from mutualaid_core.domain.scheme.dues import FundingSource, PayerShare
from mutualaid_core.rules.membership.paying.glide import Path, falls, falls_after
from mutualaid_core.testing.samples import SCHEME, UNIT

DAY = datetime.date


def path(**percents: int) -> Path:
    """The member's share from each year on."""
    return [(int(year.removeprefix("y")), Fraction(percent, 100)) for year, percent in percents.items()]


def plan(own: Path, made_on: datetime.date) -> FundingPlan:
    """A plan of these years."""
    split = (PayerShare(payer=FundingSource.MEMBER),)
    return FundingPlan(
        scheme_id=SCHEME,
        unit_id=UNIT,
        pattern=PlanPattern.GIFT_THEN_INDIVIDUAL,
        years=tuple(PlanYear(year=year, split=split) for year, _ in own),
        made_on=made_on,
    )


def after(own: Path, made_on: datetime.date, *before: tuple[Path, datetime.date]) -> list[int]:
    """The years in which a path falls below those before it."""
    known: list[tuple[EarlierPlan, Path]] = [(plan(each, day).plans[-1], each) for each, day in before]
    return [year for year, _, _ in falls_after(plan(own, made_on), own, known)]


@pytest.mark.clause("SN-2.3.5a")
def test_a_path_falls_where_a_share_is_below_the_one_before() -> None:
    """60 after 30 must pass, 20 after 60 must be found with both."""
    assert list(falls(path(y2014=30, y2015=60, y2016=20))) == [(2016, Fraction(1, 5), Fraction(3, 5))]


@pytest.mark.clause("SN-2.3.5a")
@pytest.mark.parametrize(
    ("own", "made_on", "found"),
    [
        (path(y2015=10), DAY(2013, 12, 20), [2015]),
        (path(y2015=50), DAY(2013, 12, 20), []),
        (path(y2014=10), DAY(2013, 12, 20), []),
        (path(y2014=10), DAY(2014, 3, 1), [2014]),
        (path(y2014=50), DAY(2016, 3, 1), [2016]),
        (path(y2014=50, y2016=70), DAY(2016, 3, 1), []),
        (path(y2014=10), DAY(2013, 12, 1), []),
    ],
    ids=["falls", "stays", "planned anew", "has begun", "later year", "rises", "told of before"],
)
def test_a_further_plan_goes_on_from_the_path_before(
    own: Path, made_on: datetime.date, found: list[int]
) -> None:
    """After 50 % from 2014 and 70 % from 2016, planned on 12 December 2013, no share may fall."""
    before = path(y2014=50, y2016=70)
    assert after(own, made_on, (before, DAY(2013, 12, 12))) == found


@pytest.mark.clause("SN-2.3.5a")
def test_without_a_path_before_nothing_falls() -> None:
    """The first plan, and one before which no path has begun, must pass."""
    assert after(path(y2014=10), DAY(2013, 12, 12)) == []
    later = (path(y2016=50), DAY(2013, 12, 1))
    assert after(path(y2014=10), DAY(2013, 12, 12), later) == []
