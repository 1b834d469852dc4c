"""The fund (资金): what it may be spent on, where it lies, who bears the cost of the work."""

import datetime
import enum

import attrs

from mutualaid_core.domain.scheme.dues import FundingSource
from mutualaid_core.domain.scheme.policy.direction import NO_IS_STRICTER, Direction, Terms, each_once, ruled
from mutualaid_core.domain.values.checks import checked, identifier, not_blank, optional, positive
from mutualaid_core.domain.values.money import Money
from mutualaid_core.domain.values.ratio import Ratio
from mutualaid_core.errors import InvalidValueError


class CostPayer(enum.Enum):
    """Who bears the cost of the work (工作经费承担方), the stricter last."""

    FUND_FEE = "fund_fee"
    """The fund, within the management fee (ACFTU-12.5a)."""
    UNION = "union"
    """The union's own money alone (HN-3.1.4c)."""


class FeeBase(enum.Enum):
    """Of what the management fee is a share (管理费基数)."""

    CONTRIBUTIONS_RECEIVED = "contributions_received"
    FUND_INCOME = "fund_income"


class SideSpending(enum.Enum):
    """Spending on members besides benefits (其他会员支出), the stricter last."""

    WITH_APPROVAL = "with_approval"
    """With a rule, approval and disclosure (ACFTU-12.4a)."""
    NONE = "none"
    """None (HN-4.5.1a)."""


class Surplus(enum.Enum):
    """What becomes of what is left at the end of a period (结余)."""

    STAYS_IN_FUND = "stays_in_fund"
    """It is not distributed (ACFTU-1.2a)."""
    ROLLS_TO_RESERVE = "rolls_to_reserve"
    """Balance and interest become the risk reserve of the next period (HN-4.3.2)."""


class SurplusUse(enum.Enum):
    """What somebody proposes to do with a surplus (结余处置)."""

    ROLL_FORWARD = "roll_forward"
    REFUND = "refund"
    TRANSFER = "transfer"
    DISTRIBUTE = "distribute"


class PlacementType(enum.Enum):
    """Where money of the fund may lie, or may not (资金存放)."""

    DEMAND_DEPOSIT = "demand_deposit"
    TIME_DEPOSIT = "time_deposit"
    NOTICE_DEPOSIT = "notice_deposit"
    SAVINGS_BOND = "savings_bond"
    BOOK_ENTRY_BOND = "book_entry_bond"
    STOCK = "stock"
    FUND_UNIT = "fund_unit"
    BOND = "bond"
    FUTURES = "futures"
    WEALTH_PRODUCT = "wealth_product"
    STRUCTURED_DEPOSIT = "structured_deposit"


@attrs.frozen(kw_only=True, field_transformer=checked)
class FundTerms(Terms):
    """What the fund may be spent on (资金使用).

    Attributes:
        fee_rate_max: Most of the base that the management fee may take in a year; a policy
            that says nothing allows none.
        fee_base: Of what it is a share.
        cost_payer: Who bears the cost of the work.
        side_spending: Spending on members besides benefits.
        purposes: Codes of what the fund may be spent on.
        surplus: What becomes of what is left.
        surplus_ratio_min: Least closing balance as a share of the contributions; below it a
            finding is opened.
        surplus_ratio_max: Highest closing balance as a share of the contributions.

    Clause:
        ACFTU-1.2a, ACFTU-12.4a, ACFTU-12.5a, ACFTU-13.1b, HN-3.1.4c, HN-3.1.4d, HN-4.3.2, HN-4.5.1a, HN-4.5.2
    """

    fee_rate_max: Ratio | None = attrs.field(default=None, metadata=ruled(Direction.MAX, "ACFTU-12.5a"))
    fee_base: FeeBase | None = attrs.field(default=None, metadata=ruled(Direction.FIXED, "ACFTU-12.5a"))
    cost_payer: CostPayer | None = attrs.field(
        default=None, metadata=ruled(Direction.TIGHTEN_ONLY, "HN-3.1.4c", *CostPayer)
    )
    side_spending: SideSpending | None = attrs.field(
        default=None, metadata=ruled(Direction.TIGHTEN_ONLY, "ACFTU-12.4a", *SideSpending)
    )
    purposes: tuple[str, ...] | None = attrs.field(
        default=None, validator=optional(each_once), metadata=ruled(Direction.SUBSET, "HN-4.5.2")
    )
    surplus: Surplus | None = attrs.field(
        default=None, metadata=ruled(Direction.TIGHTEN_ONLY, "HN-4.3.2", *Surplus)
    )
    surplus_ratio_min: Ratio | None = attrs.field(default=None, metadata=ruled(Direction.FREE, "ACFTU-13.1b"))
    surplus_ratio_max: Ratio | None = attrs.field(default=None, metadata=ruled(Direction.FREE, "ACFTU-13.1b"))


@attrs.frozen(kw_only=True, field_transformer=checked)
class AccountTerms(Terms):
    """The fund's accounts at the bank (专户).

    Attributes:
        exception: Whether an approved exception from the dedicated account is possible.
        large_amount: From this amount on a payment needs a collective decision.
        large_window_days: Payments to one payee within so many days count together.

    Clause:
        ACFTU-13.3a, ACFTU-13.5b, HN-3.1.4b, HN-4.5.1b
    """

    exception: bool | None = attrs.field(
        default=None, metadata=ruled(Direction.TIGHTEN_ONLY, "ACFTU-13.3a", *NO_IS_STRICTER)
    )
    large_amount: Money | None = attrs.field(
        default=None, validator=optional(positive), metadata=ruled(Direction.MAX, "ACFTU-13.5b")
    )
    large_window_days: int | None = attrs.field(
        default=None, validator=optional(positive), metadata=ruled(Direction.MIN, "ACFTU-13.5b")
    )


@attrs.frozen(kw_only=True, field_transformer=checked)
class PlacementTerms(Terms):
    """Where money of the fund may lie (资金存放); what is forbidden is never allowed.

    Attributes:
        allow: Types that are allowed; a type on neither list is held for a decision.
        forbid: Types that are forbidden, whatever stands in ``allow``.

    Clause:
        ACFTU-12.3a, ACFTU-12.3b
    """

    allow: tuple[PlacementType, ...] | None = attrs.field(
        default=None, validator=optional(each_once), metadata=ruled(Direction.SUBSET, "ACFTU-12.3a")
    )
    forbid: tuple[PlacementType, ...] | None = attrs.field(
        default=None, validator=optional(each_once), metadata=ruled(Direction.SUPERSET, "ACFTU-12.3b")
    )


@attrs.frozen(kw_only=True, field_transformer=checked)
class Subsidy:
    """Subsidy (工作经费补助) by the head, for some years.

    Attributes:
        per_head: Amount for each participant.
        first_year: First year for which it is given.
        last_year: Last year for which it is given.
        source: Where it is printed.

    Clause:
        HN-4.6.3
    """

    per_head: Money = attrs.field(validator=positive)
    first_year: int = attrs.field(validator=positive)
    last_year: int = attrs.field(validator=positive)
    source: str = attrs.field(validator=not_blank)

    def __attrs_post_init__(self) -> None:
        """Refuse years that end before they start."""
        if self.last_year < self.first_year:
            raise InvalidValueError("last_year", f"must be >= {self.first_year}", self.last_year)


@attrs.frozen(kw_only=True, field_transformer=checked)
class Gift:
    """Gifted enrolments (赠送互助保障): a quota of a year that somebody else pays.

    A lower layer may give to fewer, and never to more; the quota is that of the layer which sets it.

    Attributes:
        year: The year.
        persons: How many persons.
        groups: Into how many groups they fall.
        payer: Who pays; never the fund.
        source: Where it is printed.

    Clause:
        SN-2.1.5
    """

    year: int = attrs.field(validator=positive)
    persons: int = attrs.field(validator=positive, metadata=ruled(Direction.MAX, "SN-2.1.5"))
    groups: int = attrs.field(validator=positive, metadata=ruled(Direction.MAX, "SN-2.1.5"))
    payer: FundingSource = attrs.field(metadata=ruled(Direction.FIXED, "SN-2.1.5"))
    source: str = attrs.field(validator=not_blank)


@attrs.frozen(kw_only=True, field_transformer=checked)
class AccountMap:
    """Account map (科目对照): under which account a union books spending, for a time.

    Attributes:
        spending: Code of the spending.
        account: Account in the union's own ledger, as printed.
        first_day: First voucher date.
        last_day: Last voucher date; ``None`` where no end is set.
        source: Where it is printed.

    Clause:
        SN-2.3.2, SN-2.3.3
    """

    spending: str = attrs.field(validator=identifier)
    account: str = attrs.field(validator=not_blank)
    first_day: datetime.date
    last_day: datetime.date | None = None
    source: str = attrs.field(validator=not_blank)

    def __attrs_post_init__(self) -> None:
        """Refuse an end before the start."""
        if self.last_day is not None and self.last_day < self.first_day:
            rule = f"must be >= {self.first_day.isoformat()}"
            raise InvalidValueError("last_day", rule, self.last_day.isoformat())

    def holds_on(self, day: datetime.date) -> bool:
        """Whether it is the map for a voucher of *day*."""
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)
