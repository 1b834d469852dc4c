"""What the three acts on an enrolment share: what they read, what rests on it, what they answer."""

import attrs

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.membership.contribution import Contribution
from mutualaid_core.domain.membership.enrolment import Enrolment, EnrolmentState
from mutualaid_core.domain.membership.gift import GiftProgramme
from mutualaid_core.domain.membership.workflow import (
    ENROLMENTS,
    Action,
    AllowedAction,
    Side,
    allowed_actions,
)
from mutualaid_core.domain.scheme.period import Period
from mutualaid_core.domain.values.identifiers import EntryId, MemberId, PeriodId, SchemeId
from mutualaid_core.domain.values.money import Money
from mutualaid_core.domain.values.personal import pseudonym
from mutualaid_core.rules.membership.workflow import step_faults
from mutualaid_core.serialization.records import key_of
from mutualaid_core.services.membership.gifts.founding import given_counter
from mutualaid_core.services.membership.keeping import count_out
from mutualaid_core.services.standing import period_of, posting_faults
from mutualaid_core.work import Work


@attrs.frozen(kw_only=True)
class Named:
    """Which enrolment (参加标识)."""

    scheme_id: SchemeId
    period_id: PeriodId = attrs.field(validator=pseudonym)
    member_id: MemberId = attrs.field(validator=pseudonym)

    @property
    def key(self) -> str:
        """Key of the enrolment, and of its contribution."""
        return key_of(self.scheme_id, self.period_id, self.member_id)


@attrs.frozen(kw_only=True)
class ReturnDue:
    """Contribution (应退互助金) that must go back as an error correction.

    Attributes:
        entry_id: Remittance with which it came.
        amount: How much.
    """

    entry_id: EntryId
    amount: Money


@attrs.frozen(kw_only=True)
class EnrolmentJudged:
    """Result: ``PASS``, ``HOLD`` or ``REJECT``, and how the enrolment stands now.

    Attributes:
        outcome: What became of the act; ``HOLD`` after a voiding that leaves money to be
            returned, and for parts that a person must decide on.
        faults: Why nothing was done, or what is left to be done.
        state: Where the enrolment stands now; ``None`` where there is none.
        to_return: What must go back; ``None`` for nothing.
        allowed_actions: What may be done with it next, and why not the rest.
    """

    outcome: Outcome
    faults: tuple[Fault, ...]
    state: EnrolmentState | None
    to_return: ReturnDue | None
    allowed_actions: tuple[AllowedAction, ...]


@attrs.frozen(kw_only=True)
class Known:
    """What an act on an enrolment reads first.

    Attributes:
        period: Its period.
        enrolment: The enrolment; ``None`` where there is none.
        paid: Its contribution as long as it is settled; ``None`` where none is, or it went back.
    """

    period: Period
    enrolment: Enrolment | None
    paid: Contribution | None


def known_of(work: Work, named: Named) -> Known:
    """What is known of an enrolment.

    Raises:
        NotFoundError: There is no such period.
    """
    paid = work.find(Contribution, named.key)
    return Known(
        period=period_of(work, named.scheme_id, named.period_id),
        enrolment=work.find(Enrolment, named.key),
        paid=paid if paid is not None and paid.is_settled else None,
    )


def table_faults(known: Known, named: Named, action: Action, by: Side) -> tuple[Fault, ...]:
    """Why the table does not allow *action*, or the period takes nothing more."""
    state = None if known.enrolment is None else known.enrolment.state
    against = step_faults(ENROLMENTS, state, action, named.member_id, by)
    return (*posting_faults(known.period), *against)


def judged(
    enrolment: Enrolment | None,
    faults: tuple[Fault, ...],
    *,
    outcome: Outcome | None = None,
    to_return: ReturnDue | None = None,
) -> EnrolmentJudged:
    """The answer of an act, ``REJECT`` where there are faults unless it says otherwise."""
    state = None if enrolment is None else enrolment.state
    return EnrolmentJudged(
        outcome=outcome or (Outcome.REJECT if faults else Outcome.PASS),
        faults=faults,
        state=state,
        to_return=to_return,
        allowed_actions=allowed_actions(ENROLMENTS, state),
    )


def release(work: Work, enrolment: Enrolment) -> None:
    """Give free what an enrolment took that no longer gives a place: in its unit, and of a gift.

    Args:
        work: The work of the act.
        enrolment: The enrolment as it was before.
    """
    count_out(work, enrolment)
    if enrolment.gift_id is None:
        return
    programme = work.find(GiftProgramme, key_of(enrolment.scheme_id, enrolment.gift_id))
    if programme is not None:
        work.consume(given_counter(programme), -1, hi=programme.quota)
