"""Disclosure: a closed period's figures, equal to the ledger, without anything that points at a person."""

import datetime

import attrs
import pytest

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.claims.settlement import HospitalLevel
from mutualaid_core.domain.oversight.disclosure import Cell, Dimension, Disclosure
from mutualaid_core.domain.scheme.dues import FundingSource
from mutualaid_core.errors import AlreadyExistsError
from mutualaid_core.rules.fund.closing import closing_figures
from mutualaid_core.rules.fund.postings import approval_entry
from mutualaid_core.services.closing import ledger_faults
from mutualaid_core.services.disclosure import Disclosed, quarter_of
from mutualaid_core.testing.samples import (
    CLOSED_ON,
    FOUNDING,
    PERIOD,
    SCHEME,
    dues,
    id_number,
    joiner,
    name_of,
    stay,
    yuan,
)
from mutualaid_core.testing.world import World
from mutualaid_core.work import Purpose, Work

PERSONS = 24
SECOND = attrs.evolve(
    FOUNDING,
    scheme=attrs.evolve(FOUNDING.scheme, scheme_id="HN-B"),
    version=attrs.evolve(FOUNDING.version, scheme_id="HN-B"),
    period=attrs.evolve(FOUNDING.period, scheme_id="HN-B"),
)
PURPOSE = Purpose(name="by_hand", subject=PERIOD, chain=SCHEME, answer=Disclosed)


@pytest.fixture(scope="module")
def year() -> World:
    """Twenty-four members; each had a stay of 1,000, twelve of them in a second-level hospital."""
    world = World()
    world.found()
    numbers = range(1, PERSONS + 1)
    world.admit(PERSONS, PERSONS)
    world.admit(100, 79, unit="U-2")
    world.enrol(*(joiner(number) for number in numbers))
    world.remit(*(dues(number, member=20, employer=30) for number in numbers))
    world.grant(60_000)
    for number in numbers:
        level = HospitalLevel.SECOND if number % 2 else HospitalLevel.THIRD
        world.file(stay(1_000, number, hosp_lv=level))
        world.pay(f"S-{number}")
    world.stop()
    world.close()
    return world


@pytest.fixture(scope="module")
def disclosed(year: World) -> Disclosure:
    """What that year discloses."""
    found = year.disclose().disclosure
    assert found is not None
    return found


def test_the_fund_is_disclosed(disclosed: Disclosure) -> None:
    """Opening, income, benefits and closing must be the ledger's: 24 x 50 in, 24 x 300 out of 60,000."""
    assert (disclosed.opening, disclosed.income_total, disclosed.benefits, disclosed.closing) == (
        yuan(60_000),
        yuan(1_200),
        yuan(7_200),
        yuan(54_000),
    )


def test_income_is_disclosed_by_source(disclosed: Disclosure) -> None:
    """24 x 20 from members and 24 x 30 from employers must be told apart."""
    assert disclosed.income == (
        (FundingSource.MEMBER, yuan(480)),
        (FundingSource.EMPLOYER, yuan(720)),
    )


def test_units_and_members_are_counted(disclosed: Disclosure) -> None:
    """The admitted unit alone must count, with each member once."""
    assert (disclosed.units, disclosed.members) == (1, PERSONS)


def test_claims_and_claimants_are_counted(disclosed: Disclosure) -> None:
    """Twenty-four claims of twenty-four persons must be told."""
    assert (disclosed.claims, disclosed.claimants) == (PERSONS, PERSONS)


def test_benefits_are_broken_down(disclosed: Disclosure) -> None:
    """Twelve claims of 300 each must stand under each of two levels."""
    (levels,) = (each for each in disclosed.breakdowns if each.dimension is Dimension.HOSPITAL_LEVEL)
    assert levels.cells[1:3] == (
        Cell(group="2", claims=12, amount=yuan(3_600)),
        Cell(group="3", claims=12, amount=yuan(3_600)),
    )


def test_every_dimension_is_disclosed(disclosed: Disclosure) -> None:
    """Hospital level, quarter of discharge and size of the benefit must each have a breakdown."""
    assert [each.dimension for each in disclosed.breakdowns] == list(Dimension)


def test_the_disclosure_names_the_journal_behind_it(year: World, disclosed: Disclosure) -> None:
    """The head of the journal must be that of the closing, the event before the disclosure."""
    assert disclosed.head_position == year.store.head(SCHEME).position - 1


def test_nobody_is_named(disclosed: Disclosure) -> None:
    """No name and no ID number of a member may stand in what is disclosed."""
    text = repr(disclosed)
    plain = [
        each.reveal() for number in range(1, PERSONS + 1) for each in (name_of(number), id_number(number))
    ]
    assert [each for each in plain if each in text] == []


def test_a_period_is_disclosed_once(year: World, disclosed: Disclosure) -> None:
    """A second disclosure of the same period must be refused."""
    assert disclosed
    with pytest.raises(AlreadyExistsError, match="disclosure 'HN-A/2014' already exists"):
        year.disclose()


def test_an_open_period_is_not_disclosed(joined: World) -> None:
    """A period that is not closed must be refused."""
    done = joined.disclose()
    assert (done.outcome, done.disclosure, done.faults[0].found) == (Outcome.REJECT, None, "open")


def test_too_few_claims_are_not_counted(funded: World) -> None:
    """With one claimant the number of claims must be hidden."""
    funded.file(stay(1_000))
    funded.pay("S-1")
    funded.stop()
    funded.close()
    found = funded.disclose().disclosure
    assert found is not None
    assert (found.claims, found.claimants) == (None, None)


def test_another_period_of_the_book_does_not_count(joined: World) -> None:
    """A benefit of the year before in the same book must not be held against this period."""
    approval = approval_entry(
        entry_id="A-9",
        scheme_id=SCHEME,
        period_id="2013",
        booked_on=CLOSED_ON,
        amount=yuan(1),
        subject="S-9",
    )
    with Work(joined.host, joined.act(), PURPOSE) as work:
        work.post(approval)
        work.commit(b"f")
    joined.stop()
    joined.close()
    assert joined.disclose().outcome is Outcome.PASS


def test_another_scheme_with_the_same_period_does_not_count(joined: World) -> None:
    """Members and dues of another scheme in a period of the same name must not be counted."""
    other = World(joined.store, SECOND, name="other")
    other.found()
    other.join(3, 4, 5, unit="U-2")
    joined.stop()
    joined.close()
    found = joined.disclose().disclosure
    assert found is not None
    assert (found.members, found.income_total) == (2, yuan(100))


def test_no_claims_are_told_as_none(joined: World) -> None:
    """A period without claims must say so."""
    joined.stop()
    joined.close()
    found = joined.disclose().disclosure
    assert found is not None
    assert (found.claims, found.claimants) == (0, 0)


@pytest.mark.parametrize(
    ("income", "benefits", "names"),
    [(1_201, 7_200, ["income"]), (1_200, 7_100, ["benefits", "payments"]), (1_200, 7_200, [])],
)
def test_figures_are_recounted(year: World, income: int, benefits: int, names: list[str]) -> None:
    """A closing that differs from the ledger must be named by the figure, an equal one not."""
    closing = closing_figures(
        scheme_id=SCHEME,
        period_id=PERIOD,
        closed_on=CLOSED_ON,
        reserve=yuan(0),
        grant=yuan(60_000),
        granted=yuan(0),
        income=yuan(income),
        benefits=yuan(benefits),
    )
    assert [fault.subject for fault in ledger_faults(year.store, closing)] == names


def test_figures_that_differ_from_the_ledger_are_not_rolled(funded: World) -> None:
    """Where the ledger has a benefit that no payment stands behind, the period must not close."""
    approval = approval_entry(
        entry_id="A-9",
        scheme_id=SCHEME,
        period_id=PERIOD,
        booked_on=CLOSED_ON,
        amount=yuan(1),
        subject="S-9",
    )
    funded.file(stay(1_000))
    with Work(funded.host, funded.act(), PURPOSE) as work:
        work.post(approval)
        work.commit(b"f")
    funded.pay("S-1")
    funded.stop()
    done = funded.close()
    assert (done.outcome, done.closing, [str(fault) for fault in done.faults]) == (
        Outcome.REJECT,
        None,
        ["payments must equal the ledger's 300.00, got 301.00 [ACFTU-14.2a]"],
    )


@pytest.mark.parametrize(("month", "quarter"), [(1, "2014Q1"), (3, "2014Q1"), (4, "2014Q2"), (12, "2014Q4")])
def test_a_quarter_has_three_months(month: int, quarter: str) -> None:
    """March must belong to the first quarter, April to the second."""
    assert quarter_of(datetime.date(2014, month, 1)) == quarter
