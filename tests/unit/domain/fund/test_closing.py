"""Closing: no money appears or vanishes, and the grant bears a deficit last."""

import datetime

import attrs
import pytest

from mutualaid_core.domain.fund.closing import Closing
from mutualaid_core.domain.values.money import ZERO, Money
from mutualaid_core.errors import InvalidValueError


def million(millions: float) -> Money:
    """An amount of a million yuan, to a tenth."""
    return Money(round(millions * 10) * 10_000_000)


@pytest.fixture
def surplus() -> Closing:
    """HN-4.3.2: opening 4.0, contributions and interest 50.3, benefits 45.0, reserve 9.3 million."""
    return Closing(
        scheme_id="A",
        period_id="2014",
        closed_on=datetime.date(2015, 1, 31),
        reserve_before=million(4.0),
        grant_before=ZERO,
        granted=ZERO,
        income=million(50.3),
        benefits=million(45.0),
        surplus=million(5.3),
        from_reserve=ZERO,
        from_grant=ZERO,
        reserve_after=million(9.3),
        grant_after=ZERO,
    )


@pytest.fixture
def deficit(surplus: Closing) -> Closing:
    """A deficit of 5.0 million: the rolled reserve bears 4.0, a grant of 2.0 the other 1.0."""
    return attrs.evolve(
        surplus,
        grant_before=million(2.0),
        income=million(40.0),
        surplus=million(-5.0),
        from_reserve=million(4.0),
        from_grant=million(1.0),
        reserve_after=ZERO,
        grant_after=million(1.0),
    )


@pytest.mark.clause("HN-4.3.2")
def test_a_surplus_rolls_into_the_reserve(surplus: Closing) -> None:
    """The next period must open with 9.3 million (HN-4.3.2)."""
    assert (million(4.0), million(9.3)) == (surplus.opening_balance, surplus.closing_balance)


@pytest.mark.clause("HN-4.3.3")
def test_a_deficit_uses_up_the_rolled_reserve_first(deficit: Closing) -> None:
    """What is left must be the unused part of the grant."""
    assert (million(6.0), million(1.0)) == (deficit.opening_balance, deficit.closing_balance)


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"surplus": million(5.4)}, "surplus must be income less benefits"),
        ({"from_reserve": million(0.1)}, "from_reserve must bear a deficit with from_grant"),
        ({"reserve_after": million(9.4)}, "reserve_after must be reserve_before plus surplus"),
        ({"grant_after": million(0.1)}, "grant_after must be grant_before plus granted less from_grant"),
        ({"granted": million(0.1)}, "grant_after must be grant_before plus granted less from_grant"),
        ({"grant_before": million(0.1)}, "grant_after must be grant_before plus granted less from_grant"),
    ],
    ids=str,
)
def test_money_neither_appears_nor_vanishes(surplus: Closing, change: dict[str, Money], rule: str) -> None:
    """Figures that do not follow from each other must be refused."""
    with pytest.raises(InvalidValueError, match=rule):
        attrs.evolve(surplus, **change)


@pytest.mark.clause("HN-4.3.3")
def test_a_grant_within_the_period_is_no_opening(deficit: Closing) -> None:
    """Opening, granted and surplus together must be the closing, the granted part not in the opening."""
    found = attrs.evolve(deficit, grant_before=ZERO, granted=million(2.0))
    assert (million(4.0), million(1.0)) == (found.opening_balance, found.closing_balance)
    assert found.opening_balance + found.granted + found.surplus == found.closing_balance


@pytest.mark.clause("HN-4.3.3")
def test_a_grant_is_not_used_without_need(deficit: Closing) -> None:
    """A grant used while the rolled reserve is not used up must be refused (HN-4.3.3)."""
    early = {"from_reserve": million(3.0), "from_grant": million(2.0)}
    with pytest.raises(
        InvalidValueError, match="from_grant must be 0 while the rolled reserve is not used up"
    ):
        attrs.evolve(deficit, **early, reserve_after=million(1.0), grant_after=ZERO)


@pytest.mark.clause("HN-4.3.3")
def test_a_grant_is_not_used_without_deficit(surplus: Closing) -> None:
    """A reserve grant used without a deficit must be refused (HN-4.3.3)."""
    with pytest.raises(InvalidValueError, match="from_reserve must bear a deficit with from_grant"):
        attrs.evolve(surplus, grant_before=million(2.0), from_grant=million(2.0))
