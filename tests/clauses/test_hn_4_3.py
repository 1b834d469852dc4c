"""湖南省总工会 指导意见 2013, 四（三） 互助金的筹措和缴纳."""

import datetime

import attrs
import pytest

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.fund.account import Side, Title
from mutualaid_core.domain.fund.closing import Closing
from mutualaid_core.domain.fund.ledger import Posting
from mutualaid_core.domain.membership.contribution import Contribution, PayerShare
from mutualaid_core.domain.scheme.dues import FundingSource
from mutualaid_core.domain.scheme.period import Period
from mutualaid_core.domain.values.dates import DayRange
from mutualaid_core.domain.values.money import ZERO
from mutualaid_core.domain.values.personal import ResidentId
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.rules.fund.closing import closing_figures
from mutualaid_core.rules.fund.postings import remittance_entry
from mutualaid_core.testing.samples import (
    CLOSED_ON,
    COLLECTED_ON,
    FOUNDING,
    PERIOD,
    SCHEME,
    UNIT,
    VERSION,
    dues,
    joiner,
    member_id,
    rated,
    yuan,
)
from mutualaid_core.testing.world import World

DAY = datetime.date


def closed(*, reserve: int, grant: int, income: int, benefits: int) -> Closing:
    """The closing of a period with these balances in yuan."""
    return closing_figures(
        scheme_id=SCHEME,
        period_id=PERIOD,
        closed_on=CLOSED_ON,
        reserve=yuan(reserve),
        grant=yuan(grant),
        granted=yuan(0),
        income=yuan(income),
        benefits=yuan(benefits),
    )


@pytest.mark.clause("HN-4.3.1")
def test_each_source_has_a_sub_account() -> None:
    """40.0 + 6.0 + 2.5 + 1.0 + 0.3 + 0.2 million must be six credits that add up to 50.0 million."""
    millions = {
        FundingSource.MEMBER: 40_000_000,
        FundingSource.UNION: 6_000_000,
        FundingSource.GOVERNMENT: 2_500_000,
        FundingSource.DONATION: 1_000_000,
        FundingSource.INTEREST: 300_000,
        FundingSource.OTHER: 200_000,
    }
    contribution = Contribution(
        scheme_id=SCHEME,
        period_id=PERIOD,
        member_id=member_id(1),
        unit_id=UNIT,
        amount=yuan(50_000_000),
        split=tuple(PayerShare(payer=source, amount=yuan(part)) for source, part in millions.items()),
        received_on=COLLECTED_ON,
        entry_id="R-1",
    )
    bank, *credits_ = remittance_entry("R-1", (contribution,)).postings
    assert bank.amount == yuan(50_000_000)
    assert {line.source: line.amount for line in credits_} == {
        source: yuan(part) for source, part in millions.items()
    }


@pytest.mark.clause("HN-4.3.1")
def test_an_inflow_without_a_source_is_refused() -> None:
    """A contribution that does not say its source must not be booked."""
    with pytest.raises(InvalidValueError, match=r"\[HN-4.3.1\]"):
        Posting(title=Title.CONTRIBUTION, side=Side.CREDIT, amount=yuan(50))


@pytest.mark.clause("HN-4.3.2")
def test_the_balance_rolls_into_the_reserve() -> None:
    """4.0 + 50.0 + 0.3 - 45.0 million must leave a reserve of 9.3 million to the next period."""
    done = closed(reserve=4_000_000, grant=0, income=50_300_000, benefits=45_000_000)
    assert (done.reserve_after, done.closing_balance) == (yuan(9_300_000), yuan(9_300_000))


@pytest.mark.clause("HN-4.3.3", "ACFTU-10.4a")
def test_a_grant_is_not_used_without_a_deficit() -> None:
    """A year with a surplus must leave a grant of 2 million alone, and a use of it must be refused."""
    done = closed(reserve=0, grant=2_000_000, income=50_000_000, benefits=45_000_000)
    assert (done.from_grant, done.grant_after) == (ZERO, yuan(2_000_000))
    with pytest.raises(InvalidValueError):
        attrs.evolve(
            done,
            from_grant=yuan(1_000_000),
            grant_after=yuan(1_000_000),
            reserve_after=done.reserve_after + yuan(1_000_000),
        )


@pytest.mark.clause("HN-4.3.4a")
@pytest.mark.parametrize("year", [2014, 2016])
def test_a_period_is_exactly_one_year(year: int) -> None:
    """1 January to 31 December must be a period, with 366 days in a leap year too."""
    cover = DayRange(DAY(year, 1, 1), DAY(year, 12, 31))
    assert Period(scheme_id=SCHEME, period_id=str(year), cover=cover).cover == cover


@pytest.mark.clause("HN-4.3.4a")
def test_thirteen_months_are_no_period() -> None:
    """1 January 2014 to 31 January 2015 must be refused."""
    with pytest.raises(InvalidValueError, match=r"must be exactly one year.*\[HN-4.3.4a\]"):
        Period(scheme_id=SCHEME, period_id="2014", cover=DayRange(DAY(2014, 1, 1), DAY(2015, 1, 31)))


@pytest.mark.clause("HN-4.3.4b")
@pytest.mark.parametrize(
    ("amount", "outcome"),
    [
        ("40.00", Outcome.PASS),
        ("60.00", Outcome.PASS),
        ("39.99", Outcome.REJECT),
        ("60.01", Outcome.REJECT),
    ],
)
def test_dues_are_forty_to_sixty(amount: str, outcome: Outcome) -> None:
    """Dues of 40.00 and 60.00 must pass, 39.99 and 60.01 must be refused."""
    version = attrs.evolve(VERSION, dues=rated(amount=amount))
    assert World(founding=attrs.evolve(FOUNDING, version=version)).found().outcome is outcome


@pytest.mark.clause("HN-4.3.4c")
def test_a_person_joins_once_across_units(world: World) -> None:
    """The same person through a second employer must be refused there."""
    world.join(1, unit="U-1")
    world.admit(1, 1, unit="U-2")
    done = world.enrol(joiner(1), unit="U-2")
    assert (done.outcome, done.faults[0].clause) == (Outcome.REJECT, "HN-4.3.4c")


@pytest.mark.clause("HN-4.3.4c")
def test_a_person_is_one_under_both_lengths_of_the_number(world: World) -> None:
    """The 15-digit number must be recognised as the person of the 18-digit number."""
    long, short = ResidentId("610103198503070014"), ResidentId.parse("610103850307001")
    changes = {"birth_date": long.birth_date}
    world.admit(2, 2)
    done = world.enrol(joiner(1, id_number=long, **changes), joiner(1, id_number=short, **changes))
    assert (len(done.enrolled), [fault.clause for fault in done.faults]) == (1, ["HN-4.3.4c"])


@pytest.mark.clause("HN-4.3.4c")
def test_one_share_a_person(world: World) -> None:
    """Two shares must be refused."""
    world.admit(1, 1)
    assert world.enrol(joiner(1, shares=2)).faults[0].clause == "HN-4.3.4c"


@pytest.mark.clause("HN-4.3.5a")
def test_dues_are_paid_once_a_period(world: World) -> None:
    """A second instalment must not be booked."""
    world.join(1)
    done = world.remit(dues(1))
    assert (done.booked, [fault.clause for fault in done.faults]) == (ZERO, ["HN-4.3.5a"])
