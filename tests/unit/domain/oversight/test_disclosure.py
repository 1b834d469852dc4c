"""Disclosure: figures that add up, groups hidden as a whole."""

import datetime

import attrs
import pytest

from mutualaid_core.domain.oversight.disclosure import Cell, Disclosure
from mutualaid_core.domain.scheme.dues import FundingSource
from mutualaid_core.domain.values.dates import DayRange
from mutualaid_core.domain.values.money import ZERO, Money
from mutualaid_core.errors import InvalidValueError

MILLION = 100_000_000


@pytest.fixture
def disclosure() -> Disclosure:
    """ACFTU-14.2a: income 50.3 m, benefits 41.0 m, balance 9.3 m."""
    return Disclosure(
        scheme_id="A",
        period_id="2014",
        scheme_name="职工医疗互助",
        region_name="长沙市",
        sponsor="长沙市总工会",
        cover=DayRange(datetime.date(2014, 1, 1), datetime.date(2014, 12, 31)),
        disclosed_on=datetime.date(2015, 2, 1),
        units=300,
        members=1_000_000,
        income=((FundingSource.MEMBER, Money(50 * MILLION)), (FundingSource.INTEREST, Money(30_000_000))),
        income_total=Money(5_030_000_000),
        opening=ZERO,
        grants=ZERO,
        granted=ZERO,
        benefits=Money(41 * MILLION),
        closing=Money(930_000_000),
        claims=20_000,
        claimants=18_000,
        breakdowns=(),
        persons_min=5,
        head_position=12,
        head_root="ab",
    )


@pytest.mark.clause("ACFTU-14.2a")
def test_disclosed_benefits_equal_the_ledger(disclosure: Disclosure) -> None:
    """41.1 m disclosed where the balance says 41.0 m must be refused (ACFTU-14.2a)."""
    with pytest.raises(
        InvalidValueError, match="closing must be opening plus granted plus income less benefits"
    ):
        attrs.evolve(disclosure, benefits=Money(4_110_000_000))


@pytest.mark.clause("HN-4.3.1")
@pytest.mark.parametrize(
    "income",
    [(), ((FundingSource.MEMBER, Money(50 * MILLION)),), ((FundingSource.MEMBER, Money(2_515_000_000)),) * 2],
    ids=["none", "one missing", "one twice"],
)
def test_income_adds_up_by_source(
    disclosure: Disclosure, income: tuple[tuple[FundingSource, Money], ...]
) -> None:
    """Income must be the sum of its sources, each named once."""
    with pytest.raises(InvalidValueError, match="income must be each source once"):
        attrs.evolve(disclosure, income=income)


@pytest.mark.clause("ACFTU-14.2a")
def test_grants_within_the_period_are_told_apart(disclosure: Disclosure) -> None:
    """What was granted within the period must be neither opening nor income, and add to the closing."""
    found = attrs.evolve(disclosure, granted=Money(70), closing=disclosure.closing + Money(70))
    assert (found.opening, found.grants, found.granted) == (ZERO, ZERO, Money(70))
    with pytest.raises(InvalidValueError, match="closing must be opening plus granted"):
        attrs.evolve(disclosure, granted=Money(70))


def test_grants_are_part_of_the_opening(disclosure: Disclosure) -> None:
    """Grants above the opening must be refused."""
    with pytest.raises(InvalidValueError, match=r"grants must be <= 0\.00, got '0\.01'"):
        attrs.evolve(disclosure, grants=Money(1))


@pytest.mark.parametrize("field", ["claims", "claimants"])
def test_a_count_is_hidden_or_not_negative(disclosure: Disclosure, field: str) -> None:
    """A count may be hidden, but must not be below zero."""
    with pytest.raises(InvalidValueError, match=f"{field} must be >= 0"):
        attrs.evolve(disclosure, **{field: -1})


@pytest.mark.parametrize(
    ("claims", "amount", "hidden"), [(None, None, True), (0, ZERO, False), (7, Money(5), False)]
)
def test_a_group_is_hidden_as_a_whole(claims: int | None, amount: Money | None, *, hidden: bool) -> None:
    """A group must know whether its figures are hidden."""
    assert hidden == Cell(group="3", claims=claims, amount=amount).is_hidden


@pytest.mark.clause("ACFTU-11.3b")
@pytest.mark.parametrize(("claims", "amount"), [(None, Money(5)), (7, None)])
def test_a_group_does_not_hide_one_figure_only(claims: int | None, amount: Money | None) -> None:
    """A group that hides one figure and shows the other must be refused."""
    with pytest.raises(InvalidValueError, match="cell must hide both figures or none, got '3'"):
        Cell(group="3", claims=claims, amount=amount)
