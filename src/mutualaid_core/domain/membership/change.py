"""Change (参加变动): one entry in the history of an enrolment; entries are added and never altered."""

import datetime
import enum

import attrs

from mutualaid_core.domain.values.checks import checked, identifier, not_blank, optional, positive
from mutualaid_core.domain.values.dates import DayRange
from mutualaid_core.domain.values.identifiers import UnitId
from mutualaid_core.errors import InvalidValueError


class ChangeKind(enum.Enum):
    """What happened to an enrolment (变动类型)."""

    JOINED = "joined"
    """参加"""
    EFFECTIVE = "effective"
    """生效: the payment set the first day of cover."""
    TRANSFERRED = "transferred"
    """转移接续: to another unit of the same pool."""
    LEFT_POOL = "left_pool"
    """转出统筹区"""
    RETIRED = "retired"
    """退休"""
    DISMISSED = "dismissed"
    """解除劳动关系"""
    DIED = "died"
    """死亡"""
    WITHDRAWN = "withdrawn"
    """撤回: before anything was paid."""
    VOIDED = "voided"
    """错误更正: it should never have been there."""
    CORRECTED = "corrected"
    """错误更正: a change before it was wrong, and this is how it is."""


class JoinedAs(enum.Enum):
    """On what occasion somebody joined (参加类型)."""

    NEW = "new"
    RENEWAL = "renewal"
    LATE = "late"
    NEW_HIRE = "new_hire"
    GIFT = "gift"


@attrs.frozen(kw_only=True, field_transformer=checked)
class Held:
    """What is held (所参加内容) by an enrolment, besides its unit and its days.

    Attributes:
        shares: Shares held.
        parts: Parts of the scheme that are held; empty where it has none.
        joined_as: On what occasion the member joined.
        term_months: Length of the term for which the member joined.
        waits_from: Day from which waiting is counted; the first day of cover if ``None``.
    """

    shares: int = attrs.field(validator=positive)
    parts: tuple[str, ...] = ()
    joined_as: JoinedAs = JoinedAs.NEW
    term_months: int = attrs.field(default=12, validator=positive)
    waits_from: datetime.date | None = None


@attrs.frozen(kw_only=True, field_transformer=checked)
class Change:
    """Change (参加变动) of an enrolment.

    What was known on a day follows from the entries with ``known_on`` up to that day alone, so
    that an answer given in the past can be given again.

    Attributes:
        kind: What happened.
        holds_from: First day on which it is so.
        known_on: Business day of the act that wrote it down.
        unit_id: Unit of the member from ``holds_from`` on; ``None`` for no unit any more.
        cover: Days of cover as this entry leaves them; ``None`` for none at all.
        cause: What it rests on: a transfer, an entry of the ledger, a paper; no person's name.
        held: What is held from this entry on; ``None`` where it is what was held before.
        withdraws: Number in the history, counted from 0, of the entry that this one takes back,
            with all between the two that tells of the same error; ``None`` for none.
    """

    kind: ChangeKind
    holds_from: datetime.date
    known_on: datetime.date
    unit_id: UnitId | None = attrs.field(validator=optional(identifier))
    cover: DayRange | None
    cause: str | None = attrs.field(default=None, validator=optional(not_blank))
    held: Held | None = None
    withdraws: int | None = attrs.field(default=None, validator=optional(positive))

    def __attrs_post_init__(self) -> None:
        """Refuse to take an entry back by anything but a correction."""
        if self.withdraws is not None and self.kind is not ChangeKind.CORRECTED:
            raise InvalidValueError("withdraws", "must be of a correction", self.kind.value)
