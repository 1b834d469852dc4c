"""Money that a base or a condition counts twice is told at the amount, with the one that holds it too."""

import attrs
import pytest

from mutualaid_core.domain.claims.settlement import AMOUNT_FIELDS, FUND_FIELDS, IDENTITIES
from mutualaid_core.domain.scheme.benefit.base import AmountsBase
from mutualaid_core.domain.scheme.benefit.conditions import AmountWithin
from mutualaid_core.domain.values.money import Money
from mutualaid_core.rules.scheme.soundness import Terms, findings
from mutualaid_core.rules.scheme.soundness.figures.shared import HELD_IN
from mutualaid_core.testing.samples import VERSION

FUNDS = "must not stand beside fund_pay_sumamt, which contains it"
TOTAL = "must not stand beside medfee_sumamt, which contains it"


def twice(add: tuple[str, ...], subtract: tuple[str, ...]) -> list[tuple[str, str]]:
    """Path and rule of what the sample version counts twice with such a base."""
    base = AmountsBase(add=add, subtract=subtract, source="HN-4.2.1e")
    version = attrs.evolve(VERSION, benefits=(attrs.evolve(VERSION.benefits[0], base=base),))
    found = [each for each in findings(Terms.of(version)) if each.flaw.name == "COUNTED_TWICE"]
    return [(each.path.removeprefix("benefits[0].base."), each.rule) for each in found]


@pytest.mark.parametrize(
    ("add", "subtract", "expected"),
    [
        (
            ("inscp_scp_amt",),
            ("hifp_pay", "hifob_pay", "fund_pay_sumamt"),
            [("subtract[0]", FUNDS), ("subtract[1]", FUNDS)],
        ),
        (("inscp_scp_amt",), ("fund_pay_sumamt", "maf_pay"), [("subtract[1]", FUNDS)]),
        (("inscp_scp_amt", "medfee_sumamt"), (), [("add[0]", TOTAL)]),
        (("medfee_sumamt", "psn_cash_pay"), (), [("add[1]", TOTAL)]),
        (("medfee_sumamt", "hifp_pay"), (), [("add[1]", TOTAL)]),
        (
            ("inscp_scp_amt", "psn_part_amt"),
            (),
            [("add[1]", "must not stand beside inscp_scp_amt: both contain act_pay_dedc")],
        ),
        (
            ("psn_cash_pay", "preselfpay_amt"),
            (),
            [("add[1]", "must not stand beside psn_cash_pay, which contains it")],
        ),
    ],
)
@pytest.mark.clause("HN-4.2.1e", "HN-4.2.1f")
def test_money_that_is_counted_twice(
    add: tuple[str, ...], subtract: tuple[str, ...], expected: list[tuple[str, str]]
) -> None:
    """An amount beside another of the same sign that holds the same money must be told."""
    assert twice(add, subtract) == expected


@pytest.mark.parametrize(
    ("add", "subtract"),
    [
        (("medfee_sumamt",), ("fund_pay_sumamt", "hosp_part_amt", "acct_pay")),
        (("inscp_scp_amt", "preselfpay_amt"), ("hifp_pay", "hifob_pay", "maf_pay")),
        (("acct_pay", "psn_cash_pay"), ()),
        (("fund_pay_sumamt", "psn_part_amt"), ("fulamt_ownpay_amt", "overlmt_selfpay")),
    ],
)
def test_money_that_is_counted_once(add: tuple[str, ...], subtract: tuple[str, ...]) -> None:
    """Parts beside each other, and parts taken off what contains them, must be sound."""
    assert twice(add, subtract) == []


def never_positive(add: tuple[str, ...], subtract: tuple[str, ...]) -> list[tuple[str, str, str]]:
    """Path, rule and value of what the sample version contradicts with such a base."""
    base = AmountsBase(add=add, subtract=subtract, source="HN-4.2.1e")
    version = attrs.evolve(VERSION, benefits=(attrs.evolve(VERSION.benefits[0], base=base),))
    found = [each for each in findings(Terms.of(version)) if each.flaw.name == "CONTRADICTING_AMOUNTS"]
    return [(each.path, each.rule, each.found) for each in found]


@pytest.mark.parametrize(
    ("add", "subtract"),
    [
        (("inscp_scp_amt",), ("medfee_sumamt",)),
        (("hifp_pay",), ("inscp_scp_amt",)),
        (("acct_pay",), ("hifp_pay", "psn_part_amt")),
        (("acct_pay", "maf_pay"), ("psn_part_amt", "fund_pay_sumamt")),
        (("medfee_sumamt",), ("fund_pay_sumamt", "psn_part_amt", "hosp_part_amt")),
        (("fund_pay_sumamt",), FUND_FIELDS),
    ],
)
@pytest.mark.clause("HN-4.2.1e", "HN-4.4.3c")
def test_a_base_that_takes_off_all_that_it_adds(add: tuple[str, ...], subtract: tuple[str, ...]) -> None:
    """A base that takes off what contains all that it adds can never be positive, and must be told."""
    expected = ("benefits[0].base.subtract", "must leave something to be paid", "nothing ever")
    assert never_positive(add, subtract) == [expected]


@pytest.mark.parametrize(
    ("add", "subtract"),
    [
        (("inscp_scp_amt",), ()),
        (("inscp_scp_amt",), ("hifp_pay", "hifob_pay", "fulamt_ownpay_amt")),
        (("inscp_scp_amt", "preselfpay_amt"), ("psn_part_amt",)),
        (("medfee_sumamt",), ("fund_pay_sumamt", "psn_part_amt")),
        (("own_amount",), ("medfee_sumamt",)),
    ],
)
def test_a_base_that_leaves_something(add: tuple[str, ...], subtract: tuple[str, ...]) -> None:
    """A base of which something can be left, or whose amount is the scheme's own, must be let be."""
    assert never_positive(add, subtract) == []


def test_a_condition_counts_money_once_too() -> None:
    """A condition on a sum of amounts must be held to the same."""
    names = ("inscp_scp_amt", "medfee_sumamt")
    condition = AmountWithin(add=names, above=Money(1))
    version = attrs.evolve(VERSION, benefits=(attrs.evolve(VERSION.benefits[0], when=(condition,)),))
    (found,) = findings(Terms.of(version))
    assert (found.path, found.found, found.rule) == ("benefits[0].when[0].add[0]", "inscp_scp_amt", TOTAL)


def test_what_amounts_hold_follows_from_the_sums() -> None:
    """Every sum of a settlement must hold its parts, and no amount itself."""
    for whole, parts in IDENTITIES.values():
        assert set(parts) <= HELD_IN[whole]
    assert not [name for name in AMOUNT_FIELDS if name in HELD_IN[name]]
    assert HELD_IN["medfee_sumamt"] == set(AMOUNT_FIELDS) - {"medfee_sumamt"}
