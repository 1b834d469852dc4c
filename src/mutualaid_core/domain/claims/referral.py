"""Referral (帮扶转介): a member with a heavy burden is named to the register of hardship aid."""

import datetime
import enum
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import attrs

from mutualaid_core.domain.values.checks import checked, identifier, not_blank, not_empty, optional, positive
from mutualaid_core.domain.values.identifiers import MemberId, PeriodId, SchemeId
from mutualaid_core.domain.values.money import Money
from mutualaid_core.domain.values.personal import pseudonym
from mutualaid_core.domain.values.ratio import Ratio
from mutualaid_core.errors import InvalidValueError


class Ground(enum.Enum):
    """Ground (转介依据) on which a burden is heavy."""

    AMOUNT = "amount"
    """个人负担达到金额标准"""
    INCOME_SHARE = "income_share"
    """个人负担占收入比例达到标准"""


class ReferralState(enum.Enum):
    """Where a referral stands (转介状态)."""

    LISTED = "listed"
    """已列入预警名单"""
    SHARED = "shared"
    """已转帮扶系统"""
    DECLINED = "declined"
    """本人不同意"""
    CLOSED = "closed"
    """已反馈结案"""


class ReferralResult(enum.Enum):
    """What the register returned (帮扶反馈)."""

    HELPED = "helped"
    """已帮扶"""
    ALREADY_REGISTERED = "already_registered"
    """已在册"""
    NOT_ENTITLED = "not_entitled"
    """不符合条件"""


REFERRAL_STEPS: Final[Mapping[ReferralState, frozenset[ReferralState]]] = MappingProxyType(
    {
        ReferralState.LISTED: frozenset({ReferralState.SHARED, ReferralState.DECLINED}),
        ReferralState.SHARED: frozenset({ReferralState.CLOSED}),
        ReferralState.DECLINED: frozenset(),
        ReferralState.CLOSED: frozenset(),
    }
)
"""From each state, the states that may follow."""


@attrs.frozen(kw_only=True, field_transformer=checked)
class BurdenThreshold:
    """From where on a burden is heavy (重负担标准); no document prints a figure.

    Attributes:
        amount: Burden of a period from which on it is heavy.
        income_share: Share of the year's income from which on it is heavy.
        source: Who set it.

    Clause:
        ACFTU-3.1b, SN-2.1.6b
    """

    amount: Money | None = attrs.field(default=None, validator=optional(positive))
    income_share: Ratio | None = None
    source: str = attrs.field(validator=not_blank)

    def __attrs_post_init__(self) -> None:
        """Refuse a threshold that says nothing."""
        if self.amount is None and self.income_share is None:
            raise InvalidValueError("threshold", "must have an amount or a share of income", None)


@attrs.frozen(kw_only=True, field_transformer=checked)
class Consent:
    """Consent (本人同意) to be named to the register.

    Attributes:
        given_on: Day.
        record: Number of the record; never what it says.
    """

    given_on: datetime.date
    record: str = attrs.field(validator=identifier)


@attrs.frozen(kw_only=True, field_transformer=checked)
class Referral:
    """Referral (帮扶转介) of one member for one period; there is never a second one.

    Attributes:
        scheme_id: Scheme.
        period_id: Period.
        member_id: Member.
        burden: What was left to the member after all payers when it was listed.
        grounds: Why that is heavy.
        source: Who set the threshold.
        listed_on: Business day.
        state: Where it stands.
        consent: The member's consent; without one nothing is shared.
        shared_on: Business day on which the register was told.
        closed_on: Business day of the result, or of the refusal to consent.
        result: What the register returned.

    Clause:
        ACFTU-3.1b, SN-2.1.6b, GD-R.3c
    """

    scheme_id: SchemeId = attrs.field(validator=identifier)
    period_id: PeriodId = attrs.field(validator=identifier)
    member_id: MemberId = attrs.field(validator=pseudonym)
    burden: Money = attrs.field(validator=positive)
    grounds: tuple[Ground, ...] = attrs.field(validator=not_empty)
    source: str = attrs.field(validator=not_blank)
    listed_on: datetime.date
    state: ReferralState = ReferralState.LISTED
    consent: Consent | None = None
    shared_on: datetime.date | None = None
    closed_on: datetime.date | None = None
    result: ReferralResult | None = None

    def __attrs_post_init__(self) -> None:
        """Refuse sharing without consent, and facts that the state does not have."""
        told = self.state in {ReferralState.SHARED, ReferralState.CLOSED}
        if told and self.consent is None:
            raise InvalidValueError("consent", "must be given before sharing", None, clause="ACFTU-3.1b")
        if told != (self.shared_on is not None):
            raise InvalidValueError("shared_on", "must fit the state", self.state.value)
        over = self.state in {ReferralState.CLOSED, ReferralState.DECLINED}
        if over != (self.closed_on is not None):
            raise InvalidValueError("closed_on", "must fit the state", self.state.value)
        if (self.state is ReferralState.CLOSED) != (self.result is not None):
            raise InvalidValueError("result", "must fit the state", self.state.value, clause="GD-R.3c")
