"""Open points (待定事项) against the bases of the benefits: both say the same."""

from collections.abc import Iterator, Mapping
from typing import Final

from mutualaid_core.domain.scheme.benefit.base import AmountsBase
from mutualaid_core.domain.scheme.benefit.terms import Accumulation, Over
from mutualaid_core.domain.scheme.options import OpenPoints, UseOrder
from mutualaid_core.rules.scheme.soundness.figures.shared import HELD_IN
from mutualaid_core.rules.scheme.soundness.finding import Finding, Flaw
from mutualaid_core.rules.scheme.soundness.terms import Terms

_COSTS: Final = frozenset({"medfee_sumamt", "inscp_scp_amt", "psn_part_amt", "psn_cash_pay", "act_pay_dedc"})
"""Amounts from which a base starts that is about what the member bears."""

_POINTS: Final[Mapping[str, str]] = {
    "preselfpay_in_base": "preselfpay_amt",
    "overlimit_in_base": "overlmt_selfpay",
}


def point_findings(terms: Terms) -> Iterator[Finding]:
    """Where an open point says otherwise than the bases that compensate a cost."""
    points = terms.one(OpenPoints)
    if points is not None:
        yield from _order(terms, points.use_order)
    bases = [
        (path, base)
        for path, base in terms.every(AmountsBase)
        if set(base.add) & {*_COSTS, *_POINTS.values()}
    ]
    if points is None or not bases:
        return
    for point, amount in _POINTS.items():
        yield from _contained(point, amount, bases, says=getattr(points, point), is_whole=terms.is_whole)
    yield from _account(bases, says=points.account_is_self_borne)


def _order(terms: Terms, order: UseOrder) -> Iterator[Finding]:
    """Stays for one cause are joined one after the other, so they must come in the order of stays."""
    joins = any(each.over is Over.SAME_CAUSE for _, each in terms.every(Accumulation))
    if joins and order not in {UseOrder.ADMISSION, UseOrder.DISCHARGE}:
        rule = "must be admission or discharge where stays for one cause are joined"
        yield _finding("use_order", rule, order.value)


def _contained(
    point: str, amount: str, bases: list[tuple[str, AmountsBase]], *, says: bool, is_whole: bool
) -> Iterator[Finding]:
    """A point on whether an amount belongs to the base."""
    if says and is_whole and not any(_holds(base, amount) for _, base in bases):
        rule = f"must be false, or {amount} must stand in the add of a base"
        yield _finding(point, rule, "true")
    held = [(path, base) for path, base in bases if _holds(base, amount)]
    if not says and held:
        path, base = held[0]
        rule = f"must be true, or {path}.subtract must name {amount}"
        if amount in base.add:
            rule = f"must be true, or {path}.add must not name {amount}"
        yield _finding(point, rule, "false")


def _holds(base: AmountsBase, amount: str) -> bool:
    """Whether a base counts an amount: told or contained in what it adds, and in nothing it subtracts."""
    return _tells(base.add, amount) and not _tells(base.subtract, amount)


def _tells(names: tuple[str, ...], amount: str) -> bool:
    return any(amount == name or amount in HELD_IN.get(name, ()) for name in names)


def _account(bases: list[tuple[str, AmountsBase]], *, says: bool) -> Iterator[Finding]:
    """The point on whether what the personal account paid counts as borne by the member."""
    point = "account_is_self_borne"
    with_account = [
        f"{path}.subtract"
        for path, base in bases
        if {"psn_part_amt", "medfee_sumamt"} & set(base.add) and "acct_pay" not in base.subtract
    ]
    if not says and with_account:
        yield _finding(point, f"must be true, or {' and '.join(with_account)} must name acct_pay", "false")
    without = [
        path
        for path, base in bases
        if "acct_pay" in base.subtract or ("psn_cash_pay" in base.add and "acct_pay" not in base.add)
    ]
    if says and without:
        yield _finding(point, f"must be false, or {' and '.join(without)} must count acct_pay", "true")


def _finding(point: str, rule: str, found: str) -> Finding:
    return Finding(flaw=Flaw.OPEN_POINT, path=f"open_points.{point}", rule=rule, found=found)
