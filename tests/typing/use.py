"""What must type-check, with the types that callers rely on. Checked by mypy, never run."""

import datetime
from typing import assert_type

from mutualaid_core.domain.claims.claim import Claim, ClaimState
from mutualaid_core.domain.claims.reason import Outcome, Reason, gravest
from mutualaid_core.domain.claims.settlement import Identity, Settlement
from mutualaid_core.domain.scheme.benefit import BenefitTerms, MarginalBands, MinimumPayment, PeriodCap
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


def reads(claim: Claim, settlement: Settlement, terms: BenefitTerms) -> None:
    """Read the parts of entities."""
    assert_type(claim.moved_to(ClaimState.PAID), Claim)
    assert_type(settlement.stay, DayRange)
    assert_type(settlement.settled_on, datetime.date)
    assert_type(settlement.amount("hifp_pay"), Money)
    assert_type(settlement.broken_identities(), tuple[Identity, ...])
    assert_type(terms.bands, MarginalBands)
    assert_type(terms.minimum, MinimumPayment | None)
    assert_type(terms.period_cap, PeriodCap | None)
