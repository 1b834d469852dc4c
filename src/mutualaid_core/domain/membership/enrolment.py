"""Enrolment (参加): a person's place in a scheme for one period."""

import datetime
import enum

import attrs

from mutualaid_core.domain.membership.change import Change, Held, JoinedAs
from mutualaid_core.domain.scheme.eligibility import Employment, InsuranceType
from mutualaid_core.domain.scheme.policy.membership import JoinedBy
from mutualaid_core.domain.values.checks import checked, identifier, optional, positive
from mutualaid_core.domain.values.dates import DayRange
from mutualaid_core.domain.values.identifiers import MemberId, PeriodId, SchemeId, UnitId
from mutualaid_core.errors import InvalidValueError

__all__ = ["Enrolment", "EnrolmentState", "JoinedAs"]


class EnrolmentState(enum.Enum):
    """Where an enrolment stands (参加状态)."""

    ENROLLED = "enrolled"
    """参加: the place is taken; cover runs once the contribution is settled (ACFTU-2.3b)."""
    ENDED = "ended"
    """终止: the member left, and cover ends as the scheme says."""
    WITHDRAWN = "withdrawn"
    """撤回: taken back before anything was paid; the person may join anew."""
    VOIDED = "voided"
    """作废: an error; there never was cover."""


@attrs.frozen(kw_only=True, field_transformer=checked)
class Enrolment:
    """Enrolment (参加). One per person, scheme and period, whatever the unit (HN-4.3.4c).

    An enrolment alone gives no cover: cover needs the settled contribution (ACFTU-2.3b). Unit,
    cover, state and what is held are as they stand now; the history tells how they came about.

    Attributes:
        scheme_id: Scheme.
        period_id: Period.
        member_id: Member.
        unit_id: Unit of the member now; after leaving, the last one.
        insurance_type: Basic insurance on the enrolment date.
        employment: Form of employment on the enrolment date.
        shares: Shares held.
        cover: Days of cover, from 00:00 of the first to 24:00 of the last.
        state: Where it stands.
        parts: Parts of the scheme that are held; empty where it has none.
        joined_by: Who brought the member in.
        joined_as: On what occasion.
        joined_on: Business day of joining; ``None`` in records of older forms.
        waits_from: Day from which waiting is counted, where cover goes on without a gap from an
            earlier period or pool; the first day of cover if ``None``.
        term_months: Length of the term for which the person joined.
        gift_id: Programme that gave it (赠送项目); ``None`` where it is no gift.
        history: What happened to it, in the order in which it became known.

    Clause:
        ACFTU-2.1a, HN-3.1.2a, HN-4.1.1b, HN-4.1.1c, HN-4.3.4c, HN-4.3.5c
    """

    scheme_id: SchemeId = attrs.field(validator=identifier)
    period_id: PeriodId = attrs.field(validator=identifier)
    member_id: MemberId = attrs.field(validator=identifier)
    unit_id: UnitId = attrs.field(validator=identifier)
    insurance_type: InsuranceType
    employment: Employment
    shares: int = attrs.field(validator=positive)
    cover: DayRange
    state: EnrolmentState = EnrolmentState.ENROLLED
    parts: tuple[str, ...] = ()
    joined_by: JoinedBy = JoinedBy.UNIT
    joined_as: JoinedAs = JoinedAs.NEW
    joined_on: datetime.date | None = None
    waits_from: datetime.date | None = None
    term_months: int = attrs.field(default=12, validator=positive)
    gift_id: str | None = attrs.field(default=None, validator=optional(identifier))
    history: tuple[Change, ...] = ()

    def __attrs_post_init__(self) -> None:
        """Refuse waiting that starts after the cover, and a history out of order or of something else."""
        if self.waits_from is not None and self.waits_from > self.cover.first_day:
            rule = f"must be <= {self.cover.first_day.isoformat()}"
            raise InvalidValueError("waits_from", rule, self.waits_from.isoformat())
        for earlier, later in zip(self.history, self.history[1:], strict=False):
            if later.known_on < earlier.known_on:
                rule = f"must be known on or after {earlier.known_on.isoformat()}"
                raise InvalidValueError("history", rule, later.known_on.isoformat())
        for number, change in enumerate(self.history):
            if change.withdraws is not None and change.withdraws >= number:
                raise InvalidValueError("history", "must take back an earlier entry", change.withdraws)
        told = [change.held for change in self.history if change.held is not None]
        if told and told[-1] != self.held:
            rule = "must end with what is held now"
            raise InvalidValueError("history", rule, f"{told[-1].shares} shares, or parts or terms")

    @property
    def held(self) -> Held:
        """What is held now."""
        return Held(
            shares=self.shares,
            parts=self.parts,
            joined_as=self.joined_as,
            term_months=self.term_months,
            waits_from=self.waits_from,
        )

    @property
    def is_active(self) -> bool:
        """Whether it gives a place in the scheme: neither taken back nor an error, with days of cover.

        A death in an earlier period ends a place before its first day.
        """
        if self.state is EnrolmentState.ENDED:
            return not self.history or self.history[-1].cover is not None
        return self.state is EnrolmentState.ENROLLED
