"""Open points on what belongs to the base are held to what the bases hold, named or contained."""

import attrs
import pytest

from mutualaid_core.domain.scheme.benefit.base import AmountsBase
from mutualaid_core.rules.scheme.soundness import Terms, findings
from mutualaid_core.testing.samples import VERSION

NAMED = "must be true, or benefits[0].base.add must not name preselfpay_amt"
CONTAINED = "must be true, or benefits[0].base.subtract must name preselfpay_amt"
LACKING = "must be false, or preselfpay_amt must stand in the add of a base"


def told(add: tuple[str, ...], subtract: tuple[str, ...], *, says: bool) -> list[str]:
    """What the sample version is told of 先行自付 with such a base and such a point."""
    base = AmountsBase(add=add, subtract=subtract, source="HN-4.2.1e")
    benefit = attrs.evolve(VERSION.benefits[0], base=base)
    points = attrs.evolve(VERSION.open_points, preselfpay_in_base=says)
    version = attrs.evolve(VERSION, benefits=(benefit,), open_points=points)
    found = findings(Terms.of(version))
    return [each.rule for each in found if each.path == "open_points.preselfpay_in_base"]


@pytest.mark.parametrize(
    ("add", "subtract", "rule"),
    [
        (("inscp_scp_amt", "preselfpay_amt"), ("hifp_pay",), NAMED),
        (("psn_part_amt",), (), CONTAINED),
        (("psn_cash_pay", "acct_pay"), (), CONTAINED),
        (("medfee_sumamt",), ("fund_pay_sumamt", "hosp_part_amt"), CONTAINED),
    ],
)
@pytest.mark.clause("HN-4.2.1d")
def test_a_base_that_holds_an_amount(add: tuple[str, ...], subtract: tuple[str, ...], rule: str) -> None:
    """A base that names or contains an amount must contradict a point that leaves it out."""
    assert (told(add, subtract, says=False), told(add, subtract, says=True)) == ([rule], [])


@pytest.mark.parametrize(
    ("add", "subtract"),
    [
        (("inscp_scp_amt",), ("hifp_pay",)),
        (("psn_part_amt",), ("preselfpay_amt",)),
        (("medfee_sumamt",), ("fund_pay_sumamt", "psn_cash_pay")),
    ],
)
@pytest.mark.clause("HN-4.2.1d")
def test_a_base_that_holds_none_of_an_amount(add: tuple[str, ...], subtract: tuple[str, ...]) -> None:
    """A base that leaves an amount out, or takes it off, must contradict a point that counts it."""
    assert (told(add, subtract, says=True), told(add, subtract, says=False)) == ([LACKING], [])
