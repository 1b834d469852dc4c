"""What must type-check, with the types that callers rely on. Checked by mypy, never run."""

import datetime
from typing import assert_type

from mutualaid_core.domain.claims.claim import Claim, ClaimState
from mutualaid_core.domain.claims.reason import Outcome, Reason, gravest
from mutualaid_core.domain.claims.settlement import Identity, Settlement
from mutualaid_core.domain.scheme.benefit.base import AmountsBase, DaysBase, EventBase, Unit
from mutualaid_core.domain.scheme.benefit.conditions import AmountWithin
from mutualaid_core.domain.scheme.benefit.limits import AmountLimit, DaysLimit, PaymentsLimit
from mutualaid_core.domain.scheme.benefit.steps import PlainStep
from mutualaid_core.domain.scheme.benefit.terms import Benefit
from mutualaid_core.domain.scheme.benefit.waiting import Waiting
from mutualaid_core.domain.scheme.dues import Dues
from mutualaid_core.domain.scheme.version import SchemeVersion
from mutualaid_core.domain.values.dates import DayRange
from mutualaid_core.domain.values.identifiers import CreditCode, parse_credit_code
from mutualaid_core.domain.values.money import Money, parse_yuan, split_by_weights, total
from mutualaid_core.domain.values.personal import MaskedText, PersonName, ResidentId, Sex
from mutualaid_core.domain.values.ratio import Ratio, parse_ratio
from mutualaid_core.errors import ConflictError, conflict

assert_type(Money(1) + Money(2), Money)
assert_type(Money(1) - Money(2), Money)
assert_type(-Money(1), Money)
assert_type(Money(1) < Money(2), bool)
assert_type(total([Money(1)]), Money)
assert_type(parse_yuan("5"), Money)
assert_type(split_by_weights(Money(5), (1, 2)), tuple[Money, ...])
assert_type(parse_ratio("35%"), Ratio)
assert_type(PersonName("张伟").reveal(), str)
assert_type(PersonName("张伟").masked(), MaskedText)
assert_type(ResidentId.parse("610103850307001"), ResidentId)
assert_type(ResidentId("610103198503070014").sex, Sex)
assert_type(parse_credit_code("81430000MC00000016"), CreditCode)
assert_type(gravest((Reason.COMPUTED,)), Outcome)
assert_type(Reason.numbered(1), Reason)
assert_type(conflict("claim", "C-1", expected=0, actual=1), ConflictError)


def reads(claim: Claim, settlement: Settlement) -> None:
    """Read the parts of entities."""
    assert_type(claim.moved_to(ClaimState.PAID), Claim)
    assert_type(settlement.stay, DayRange)
    assert_type(settlement.settled_on, datetime.date)
    assert_type(settlement.amount("hifp_pay"), Money)
    assert_type(settlement.broken_identities(), tuple[Identity, ...])


def reads_terms(version: SchemeVersion, benefit: Benefit, condition: AmountWithin) -> None:
    """Read the terms of a scheme."""
    assert_type(version.benefits, tuple[Benefit, ...])
    assert_type(version.dues, Dues)
    assert_type(version.is_in_force(datetime.date(2014, 1, 1)), bool)
    assert_type(benefit.base, AmountsBase | DaysBase | EventBase)
    assert_type(benefit.base.unit, Unit)
    assert_type(benefit.limits, tuple[AmountLimit | PaymentsLimit | DaysLimit, ...])
    assert_type(benefit.flat_steps, tuple[PlainStep, ...])
    assert_type(benefit.waiting, Waiting)
    assert_type(benefit.waiting.days, int)
    assert_type(condition.least_fen, int | None)
