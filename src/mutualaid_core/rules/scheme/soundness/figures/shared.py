"""Money that is counted twice (重复计算): amounts of a settlement that hold the same money.

The cost is told twice in a settlement: by what it was for, and by who paid it. Amounts of the same
sign may stand beside each other only where they hold different money.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from mutualaid_core.domain.claims.settlement import AMOUNT_FIELDS, IDENTITIES
from mutualaid_core.domain.scheme.benefit.base import AmountsBase
from mutualaid_core.domain.scheme.benefit.conditions import AmountWithin
from mutualaid_core.rules.scheme.soundness.finding import Finding, Flaw
from mutualaid_core.rules.scheme.soundness.terms import Terms

_LEFT: Final = ("preselfpay_amt", "overlmt_selfpay", "fulamt_ownpay_amt", "act_pay_dedc")
"""What insurance leaves to the member by its rules, whoever of the family pays it."""

_ALSO: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "inscp_scp_amt": ("act_pay_dedc", "hifp_pay", "hifmi_pay", "hifob_pay"),
        "psn_part_amt": _LEFT,
        "psn_cash_pay": _LEFT,
    }
)
"""What else an amount holds besides the sums of a settlement: insurance pays for what is in its scope."""


def _inside(amount: str) -> frozenset[str]:
    """Every amount that is held in *amount*, however far down."""
    direct = [part for whole, parts in IDENTITIES.values() if whole == amount for part in parts]
    found = frozenset((*direct, *_ALSO.get(amount, ())))
    return found.union(*map(_inside, found))


HELD_IN: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {name: _inside(name) for name in AMOUNT_FIELDS}
)
"""The amounts of a settlement that each of them holds (包含关系)."""


def shared_findings(terms: Terms) -> Iterator[Finding]:
    """Amounts beside another one that holds the same money, and bases that take off all they add."""
    for path, each in terms.entities.items():
        if isinstance(each, AmountsBase | AmountWithin):
            for side in ("add", "subtract"):
                yield from _of_side(f"{path}.{side}", getattr(each, side))
        if isinstance(each, AmountsBase) and all(_is_taken_off(name, each.subtract) for name in each.add):
            rule, found = "must leave something to be paid", "nothing ever"
            yield Finding(flaw=Flaw.CONTRADICTING_AMOUNTS, path=f"{path}.subtract", rule=rule, found=found)


def _is_taken_off(name: str, subtract: tuple[str, ...]) -> bool:
    """Whether an amount is taken off whole: by itself, inside another one, or by all that it sums up."""
    if any(name == other or name in HELD_IN.get(other, ()) for other in subtract):
        return True
    sums = [parts for whole, parts in IDENTITIES.values() if whole == name]
    return any(all(_is_taken_off(part, subtract) for part in parts) for parts in sums)


def _of_side(path: str, names: tuple[str, ...]) -> Iterator[Finding]:
    for number, name in enumerate(names):
        rule = _against(name, names[:number], names)
        if rule:
            yield Finding(flaw=Flaw.COUNTED_TWICE, path=f"{path}[{number}]", rule=rule, found=name)


def _against(name: str, before: tuple[str, ...], names: tuple[str, ...]) -> str:
    """What forbids an amount beside the others; empty where nothing does."""
    own = HELD_IN.get(name, frozenset())
    for other in names:
        if name in HELD_IN.get(other, ()):
            return f"must not stand beside {other}, which contains it"
    for other in before:
        both = own & HELD_IN.get(other, frozenset())
        if both and other not in own and other != name:
            part = min(both, key=AMOUNT_FIELDS.index)
            return f"must not stand beside {other}: both contain {part}"
    return ""
