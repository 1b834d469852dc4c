"""湖南省总工会 指导意见 2013, 四（五） 互助金的使用和管理, and 五（二） 时间."""

import datetime

import pytest

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.oversight.disclosure import Dimension
from mutualaid_core.domain.values.money import total
from mutualaid_core.testing.samples import dues, id_number, joiner, name_of, stay
from mutualaid_core.testing.world import World

DAY = datetime.date


@pytest.mark.clause("HN-4.5.5")
def test_income_benefits_and_balance_are_disclosed(world: World) -> None:
    """The rows of the disclosure must add up to the ledger's benefits, and name nobody."""
    numbers = range(1, 13)
    world.join(*numbers)
    world.grant(60_000)
    for number in numbers:
        world.file(stay(8_000, number))
        world.pay(f"S-{number}")
    world.stop()
    world.close()
    found = world.disclose().disclosure
    assert found is not None
    (levels,) = (each for each in found.breakdowns if each.dimension is Dimension.HOSPITAL_LEVEL)
    assert total(cell.amount for cell in levels.cells if cell.amount) == found.benefits
    assert found.opening + found.income_total - found.benefits == found.closing
    plain = [each.reveal() for number in numbers for each in (name_of(number), id_number(number))]
    assert [each for each in plain if each in repr(found)] == []


@pytest.mark.clause("HN-5.2.2a")
@pytest.mark.parametrize(
    ("day", "outcome"), [(DAY(2013, 11, 14), Outcome.REJECT), (DAY(2013, 11, 15), Outcome.PASS)]
)
def test_collection_begins_on_15_november(world: World, day: datetime.date, outcome: Outcome) -> None:
    """Money of 14 November 2013 must not be booked, that of 15 November must."""
    world.admit(1, 1)
    world.enrol(joiner(1))
    assert world.remit(dues(1), on=day).outcome is outcome


@pytest.mark.clause("HN-5.2.2b")
@pytest.mark.parametrize(
    ("day", "outcome"), [(DAY(2013, 12, 31), Outcome.REJECT), (DAY(2014, 1, 1), Outcome.PASS)]
)
def test_payment_begins_on_1_january(joined: World, day: datetime.date, outcome: Outcome) -> None:
    """A payment of 31 December 2013 must be refused, that of 1 January 2014 must not."""
    joined.file(stay(1_000))
    assert joined.pay("S-1", on=day).outcome is outcome
