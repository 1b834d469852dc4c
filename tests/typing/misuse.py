"""What must not type-check. Checked by mypy, never run: each line marked must give exactly that error."""

import datetime

from mutualaid_core.clauses import implements
from mutualaid_core.domain.claims.claim import Claim, ClaimState
from mutualaid_core.domain.claims.reason import Reason
from mutualaid_core.domain.governance.actor import Actor, Role
from mutualaid_core.domain.scheme.benefit.limits import AmountLimit, Per
from mutualaid_core.domain.scheme.benefit.steps import Choice, Deductible, Share
from mutualaid_core.domain.scheme.benefit.terms import Benefit
from mutualaid_core.domain.values.dates import DayRange, add_months
from mutualaid_core.domain.values.identifiers import (
    ActorId,
    CreditCode,
    MemberId,
    UnitId,
    parse_credit_code,
    parse_division_code,
)
from mutualaid_core.domain.values.money import Money, Rounding, round_fen, split_by_weights, total
from mutualaid_core.domain.values.personal import MaskedText, PersonName, ResidentId
from mutualaid_core.domain.values.ratio import Ratio
from mutualaid_core.errors import InvalidValueError


def needs_member(member: MemberId) -> None:
    """Take a member's id."""


def needs_masked(text: MaskedText) -> None:
    """Take a text that may be shown."""


amount, half, third = Money(5), Ratio(1, 2), Ratio(1, 3)
name, other = PersonName("张伟"), PersonName("李娜")
day = datetime.date(2014, 1, 1)

amount + 5  # E: operator
5 + amount  # E: operator
amount - 5  # E: operator
amount * amount  # E: operator
amount * half  # E: operator
half * amount  # E: operator
half + half  # E: operator
assert half < third  # E: operator
amount / 2  # E: operator
assert amount < 5  # E: operator
assert amount > half  # E: operator
assert name < other  # E: operator
Money(1.5)  # E: arg-type
Money("5")  # E: arg-type
Ratio(0.5, 1)  # E: arg-type
Ratio(1)  # E: call-arg
amount.fen = 6  # E: misc
half.numerator = 6  # E: misc
total([1, 2])  # E: list-item
sum([amount, amount])  # E: list-item
split_by_weights(amount, (half, half))  # E: arg-type
round_fen(1, 2, "half_up")  # E: arg-type
round_fen(0.5, 1, Rounding.UP)  # E: arg-type
needs_member(UnitId("U-1"))  # E: arg-type
needs_member("M-1")  # E: arg-type
needs_masked(name.reveal())  # E: arg-type
needs_masked(str(name))  # E: arg-type
CreditCode(parse_division_code("430100")).reveal()  # E: attr-defined
needs_member(parse_credit_code("81430000MC00000016"))  # E: arg-type
ResidentId(610103198503070014)  # E: arg-type
DayRange("2014-01-01", day)  # E: arg-type
add_months(day, 1)  # E: call-arg
Actor(ActorId("clerk-7"), Role.CLERK)  # E: call-arg
Actor(actor_id=MemberId("M-1"), role=Role.CLERK)  # E: arg-type
Actor(actor_id=ActorId("clerk-7"), role="clerk")  # E: arg-type
Reason.numbered("5")  # E: arg-type
implements(5)  # E: arg-type
InvalidValueError("field")  # E: call-arg


Deductible(amount=300, source="HN-4.4.2a")  # E: arg-type
Share(ratio=0.5, source="HN-4.4.2c")  # E: arg-type
AmountLimit(most=amount, per="period", source="HN-4.4.3c")  # E: arg-type
AmountLimit(most=amount, source="HN-4.4.3c")  # E: call-arg
Choice(step=Choice(step=Share(ratio=half, source="HN-4.4.2c")))  # E: arg-type
AmountLimit(most=amount, per=Per.PERIOD)  # E: call-arg


def changes(benefit: Benefit) -> None:
    """Misuse the terms of a scheme."""
    benefit.steps = ()  # E: misc
    benefit.base.add[0]  # E: union-attr


def moves(claim: Claim) -> None:
    """Misuse a claim."""
    claim.state = ClaimState.PAID  # E: misc
    claim.moved_to("paid")  # E: arg-type
    claim.claim_id = claim.settlement_id  # E: misc assignment
