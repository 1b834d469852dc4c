"""Open points (待定事项): what the guiding documents leave open and every scheme must say.

There is no default for any of them: a version without one cannot be published.
"""

import enum

import attrs

from mutualaid_core.domain.values.checks import at_least, checked, not_blank, not_empty, positive
from mutualaid_core.domain.values.money import Money


class UseOrder(enum.Enum):
    """By which day claims of one person use up a limit; claims of one day go by their ids."""

    ADMISSION = "admission"
    DISCHARGE = "discharge"
    SETTLEMENT = "settlement"
    FILING = "filing"
    APPROVAL = "approval"


class LaterPayment(enum.Enum):
    """What follows when insurance pays or corrects after the benefit was granted (HN-4.2.1e)."""

    RECALCULATE_BOTH_WAYS = "recalculate_both_ways"
    RECOVER_ONLY = "recover_only"
    LEAVE = "leave"


class CoverEnd(enum.Enum):
    """How long cover lasts after a member leaves work (HN-4.3.5c)."""

    PERIOD_END = "period_end"
    ON_THE_DAY = "on_the_day"


@attrs.frozen(kw_only=True, field_transformer=checked)
class CoverAfter:
    """Cover after leaving (离职后保障).

    Attributes:
        retirement: After retirement.
        dismissal: After dismissal or resignation.
        transfer_out: After a transfer out of the pooling region.
        source: Where the rule is printed, or who decided it.
    """

    retirement: CoverEnd
    dismissal: CoverEnd
    transfer_out: CoverEnd
    source: str = attrs.field(validator=not_blank)


@attrs.frozen(kw_only=True, field_transformer=checked)
class LargePayment:
    """Large payment (大额给付), which needs a resolution (ACFTU-13.5b).

    Attributes:
        amount: From this amount on.
        window_days: Payments to one person within so many days count together.
        source: Where the rule is printed, or who decided it.
    """

    amount: Money = attrs.field(validator=positive)
    window_days: int = attrs.field(validator=at_least(0))
    source: str = attrs.field(validator=not_blank)


@attrs.frozen(kw_only=True, field_transformer=checked)
class OpenPoints:
    """Open points (待定事项) of a scheme.

    Attributes:
        use_order: By which day claims use up limits.
        preselfpay_in_base: Whether 先行自付 belongs to the base.
        overlimit_in_base: Whether 超限价自费 belongs to the base.
        account_is_self_borne: Whether what the personal account paid counts as self-borne.
        later_payment: What follows a later payment by insurance.
        cover_after: Cover after leaving.
        large_payment: From when a payment is a large one.
        heir_papers: What an heir must show; the claim is held until it is there.
        source: Where these are printed, or who decided them.

    Clause:
        HN-4.2.1d, HN-4.2.1e, HN-4.2.1f, HN-4.3.5c, HN-4.4.3c, ACFTU-13.5b, SN-1.4b
    """

    use_order: UseOrder
    preselfpay_in_base: bool
    overlimit_in_base: bool
    account_is_self_borne: bool
    later_payment: LaterPayment
    cover_after: CoverAfter
    large_payment: LargePayment
    heir_papers: tuple[str, ...] = attrs.field(validator=not_empty)
    source: str = attrs.field(validator=not_blank)
