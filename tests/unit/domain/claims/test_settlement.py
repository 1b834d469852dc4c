"""Settlement: facts as they came, and the sums they must satisfy."""

import datetime

import attrs
import pytest

from mutualaid_core.domain.claims.settlement import AMOUNT_FIELDS, FUND_FIELDS, Identity, Settlement
from mutualaid_core.domain.values.dates import DayRange
from mutualaid_core.domain.values.money import FEN_MAX, ZERO, Money
from mutualaid_core.errors import InvalidValueError

UTC = datetime.UTC


@pytest.mark.clause("ACFTU-3.1a")
def test_figures_that_add_up_break_nothing(settlement: Settlement) -> None:
    """The stay of ACFTU-3.1a must satisfy all four sums."""
    assert settlement.broken_identities() == ()


@pytest.mark.clause("GD-1.2d")
@pytest.mark.parametrize(
    ("change", "broken"),
    [
        ({"inscp_scp_amt": Money(2_750_001)}, (Identity.TOTAL_COST,)),
        ({"preselfpay_amt": Money(1)}, (Identity.TOTAL_COST,)),
        ({"overlmt_selfpay": Money(1)}, (Identity.TOTAL_COST,)),
        ({"fulamt_ownpay_amt": ZERO}, (Identity.TOTAL_COST,)),
        ({"hosp_part_amt": Money(1)}, (Identity.WHO_PAYS,)),
        ({"acct_pay": ZERO}, (Identity.PERSONAL_PARTS,)),
        ({"acct_mulaid_pay": Money(1)}, (Identity.PERSONAL_PARTS,)),
        ({"psn_cash_pay": Money(1)}, (Identity.PERSONAL_PARTS,)),
        ({"psn_part_amt": ZERO}, (Identity.WHO_PAYS, Identity.PERSONAL_PARTS)),
        ({"fund_pay_sumamt": ZERO}, (Identity.FUND_TOTAL, Identity.WHO_PAYS)),
        ({"medfee_sumamt": ZERO}, (Identity.TOTAL_COST, Identity.WHO_PAYS)),
        *(({field: Money(77)}, (Identity.FUND_TOTAL,)) for field in FUND_FIELDS),
    ],
    ids=str,
)
def test_broken_sums_are_named(
    settlement: Settlement, change: dict[str, Money], broken: tuple[Identity, ...]
) -> None:
    """Each figure that is off by a fen or more must break exactly the sums that it is part of."""
    assert broken == attrs.evolve(settlement, **change).broken_identities()


def test_contradictory_figures_at_the_limit_are_still_compared(settlement: Settlement) -> None:
    """Figures whose sum passes the limit of an amount must be told as broken, not fail."""
    huge = dict.fromkeys(AMOUNT_FIELDS, Money(FEN_MAX))
    assert tuple(Identity) == attrs.evolve(settlement, **huge).broken_identities()


def test_a_stay_must_not_end_before_it_starts(settlement: Settlement) -> None:
    """A discharge before the admission must be refused."""
    with pytest.raises(InvalidValueError, match="enddate must be >= 2014-03-01, got '2014-02-28'"):
        attrs.evolve(settlement, enddate=datetime.date(2014, 2, 28))


def test_the_id_leaves_room_for_the_names_of_entries(settlement: Settlement) -> None:
    """An id of 60 bytes must pass and one of 61 be refused, since entries are named by it."""
    assert attrs.evolve(settlement, setl_id="S" * 60).setl_id == "S" * 60
    with pytest.raises(InvalidValueError, match="setl_id must be <= 60 bytes, got '61 bytes'"):
        attrs.evolve(settlement, setl_id="S" * 61)


def test_the_instant_has_a_zone(settlement: Settlement) -> None:
    """A settlement time without a zone must be refused."""
    with pytest.raises(InvalidValueError, match="setl_time must have a zone"):
        attrs.evolve(settlement, setl_time=datetime.datetime(2014, 3, 10, 9, 30))  # noqa: DTZ001  # the fault


def test_the_stay_has_both_ends(settlement: Settlement) -> None:
    """The stay must run from admission to discharge, both days counted."""
    assert DayRange(datetime.date(2014, 3, 1), datetime.date(2014, 3, 10)) == settlement.stay


def test_the_day_of_settlement_is_that_of_its_zone(settlement: Settlement) -> None:
    """Half past midnight in China must be that day, although it is the day before in UTC."""
    china = datetime.timezone(datetime.timedelta(hours=8))
    moved = attrs.evolve(settlement, setl_time=datetime.datetime(2014, 3, 11, 0, 30, tzinfo=china))
    assert datetime.date(2014, 3, 11) == moved.settled_on


def test_the_same_instant_in_another_zone_is_another_statement(settlement: Settlement) -> None:
    """Two statements of one instant with different days must not be equal."""
    assert settlement != attrs.evolve(settlement, setl_time=settlement.setl_time.astimezone(UTC))


def test_the_same_statement_hashes_alike(settlement: Settlement) -> None:
    """A zone that is written in another way must not make another settlement."""
    named = datetime.timezone(datetime.timedelta(hours=8), "CST")
    again = attrs.evolve(settlement, setl_time=settlement.setl_time.replace(tzinfo=named))
    assert {settlement} == {again}


def test_every_amount_is_found_by_its_national_name(settlement: Settlement) -> None:
    """Every amount must be readable under its national name."""
    assert [getattr(settlement, name) for name in AMOUNT_FIELDS] == [
        settlement.amount(name) for name in AMOUNT_FIELDS
    ]


def test_there_are_nineteen_amounts() -> None:
    """The amounts of the national interface that are kept must be these nineteen."""
    assert (len(AMOUNT_FIELDS), set(FUND_FIELDS) < set(AMOUNT_FIELDS)) == (19, True)


@pytest.mark.parametrize("field", ["setl_id", "psn_name", "certno", "no_such_field"])
def test_other_fields_are_no_amounts(settlement: Settlement, field: str) -> None:
    """A field that is no amount must not be read as one."""
    with pytest.raises(InvalidValueError, match="field must be an amount of the settlement"):
        settlement.amount(field)


@pytest.mark.parametrize("field", AMOUNT_FIELDS)
def test_no_amount_is_negative(settlement: Settlement, field: str) -> None:
    """A negative figure must be refused under its name."""
    with pytest.raises(InvalidValueError, match=f"{field} must be >= 0"):
        attrs.evolve(settlement, **{field: Money(-1)})


@pytest.mark.clause("ACFTU-11.2h")
def test_a_settlement_shows_no_person(settlement: Settlement) -> None:
    """Neither ID number nor name nor diagnosis may stand in the text of a settlement."""
    plain = (settlement.certno.reveal(), settlement.psn_name.reveal(), settlement.dise_code.reveal())
    assert not [text for text in plain if text in repr(settlement) + str(settlement)]
