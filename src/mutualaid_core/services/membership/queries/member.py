"""Member (会员查询): cover on any day as known on any other, limits, history."""

import datetime
from collections.abc import Iterable

import attrs

from mutualaid_core.domain.claims.decision import Decision
from mutualaid_core.domain.membership.change import Change
from mutualaid_core.domain.membership.contribution import Contribution
from mutualaid_core.domain.membership.enrolment import Enrolment, JoinedAs
from mutualaid_core.domain.membership.member import Member
from mutualaid_core.domain.scheme.period import Period
from mutualaid_core.domain.scheme.version import SchemeVersion
from mutualaid_core.domain.values.dates import DayRange
from mutualaid_core.domain.values.identifiers import MemberId, PeriodId, SchemeId
from mutualaid_core.errors import NotFoundError
from mutualaid_core.ports.store import Store
from mutualaid_core.rules.membership.cover import CoverAnswer, cover_answer
from mutualaid_core.rules.membership.history import Stretch, history_of, last_standing, stretches_of
from mutualaid_core.serialization.records import key_of
from mutualaid_core.services.membership.queries.limits import LimitUse, limits_of
from mutualaid_core.services.membership.queries.scheme import periods_read, version_at, versions_read
from mutualaid_core.work import read_all, read_many, read_one


@attrs.frozen(kw_only=True)
class PeriodCover:
    """Cover of one period (互助期保障).

    Attributes:
        period_id: Period.
        days: Days of the period.
        answer: Whether the member is covered on the day, and why.
        shares: Shares held; 0 without an enrolment that was known.
        parts: Parts of the scheme that are held.
        joined_as: On what occasion the member joined; ``None`` without an enrolment.
        term_months: Length of the term; ``None`` without an enrolment.
        limits: Limits that run over more than one claim, with what was used.
    """

    period_id: PeriodId
    days: DayRange
    answer: CoverAnswer
    shares: int = 0
    parts: tuple[str, ...] = ()
    joined_as: JoinedAs | None = None
    term_months: int | None = None
    limits: tuple[LimitUse, ...] = ()


@attrs.frozen(kw_only=True)
class MemberCover:
    """Cover of a member (会员保障查询结果).

    Attributes:
        scheme_id: Scheme.
        member_id: Member.
        on: Day that was asked about.
        known_at: Day of the knowledge.
        is_covered: Whether any period covers the day.
        periods: The period of the day if it was known, and every period with an enrolment that was known; the
            earliest first.
    """

    scheme_id: SchemeId
    member_id: MemberId
    on: datetime.date
    known_at: datetime.date
    is_covered: bool
    periods: tuple[PeriodCover, ...]


def member_cover(
    store: Store, scheme_id: SchemeId, member_id: MemberId, *, on: datetime.date, known_at: datetime.date
) -> MemberCover:
    """Whether a member is covered on a day, as it was known on another day.

    Order: periods by their first day. Cost: two scans of the scheme's periods and versions, one
    of the member's decisions and one of the enrolments, and three reads by key, however many
    members there are.

    Args:
        store: Where to read.
        scheme_id: Scheme.
        member_id: Pseudonym.
        on: Day that is asked about.
        known_at: Day of the knowledge.

    Raises:
        NotFoundError: Nobody has that pseudonym, or nobody had it by what was known on that day:
            the person joined nothing in the store before.

    Clause:
        ACFTU-2.3b, HN-4.3.5c
    """
    read_one(store, Member, member_id)
    schemes_known(store, member_id, known_at)
    periods = periods_read(store, scheme_id)
    keys = {key_of(scheme_id, period.period_id, member_id): period for period in periods}
    # Who joined later is answered as who never joined: that answer was given before, too.
    enrolments = {
        key: each
        for key, each in read_many(store, Enrolment, tuple(keys)).items()
        if last_standing(each, known_at) is not None
    }
    contributions = read_many(store, Contribution, tuple(keys))
    versions = versions_read(store, scheme_id)
    decisions = _decisions(store, scheme_id, member_id, known_at)
    covers = tuple(
        _period_cover(
            period,
            (enrolments.get(key), contributions.get(key)),
            version_at(versions, period.cover.first_day),
            decisions,
            on=on,
            known_at=known_at,
        )
        for key, period in keys.items()
        if key in enrolments or (on in period.cover and period.is_known_on(known_at))
    )
    is_covered = any(cover.answer.is_covered for cover in covers)
    return MemberCover(
        scheme_id=scheme_id, member_id=member_id, on=on, known_at=known_at, is_covered=is_covered,
        periods=covers,
    )  # fmt: skip


def schemes_known(store: Store, member_id: MemberId, known_at: datetime.date) -> tuple[SchemeId, ...]:
    """Schemes that a person had joined by what was known on a day, whatever came of it, in their order.

    Args:
        store: Where to read.
        member_id: Pseudonym.
        known_at: Day of the knowledge.

    Raises:
        NotFoundError: The person joined a scheme, and the first of them later: nobody had that
            pseudonym then, and an answer of that day said so.
    """
    places = tuple(read_all(store, Enrolment, "member_id", member_id))
    known = {each.scheme_id for each in places if last_standing(each, known_at) is not None}
    if places and not known:
        raise NotFoundError("member", member_id)
    return tuple(sorted(known))


def _period_cover(  # noqa: PLR0913  # what was read of one period
    period: Period,
    held: tuple[Enrolment | None, Contribution | None],
    version: SchemeVersion | None,
    decisions: Iterable[Decision],
    *,
    on: datetime.date,
    known_at: datetime.date,
) -> PeriodCover:
    enrolment, contribution = held
    answer = cover_answer(enrolment, contribution, version, on=on, known_at=known_at)
    standing = None if enrolment is None else last_standing(enrolment, known_at)
    if standing is None:
        return PeriodCover(period_id=period.period_id, days=period.cover, answer=answer)
    return PeriodCover(
        period_id=period.period_id,
        days=period.cover,
        answer=answer,
        shares=standing.held.shares,
        parts=standing.held.parts,
        joined_as=standing.held.joined_as,
        term_months=standing.held.term_months,
        limits=limits_of(period.period_id, standing.held, version, decisions) if version else (),
    )


def _decisions(
    store: Store, scheme_id: SchemeId, member_id: MemberId, known_at: datetime.date
) -> tuple[Decision, ...]:
    """Decisions of the scheme on a member that were made by a day."""
    return tuple(
        decision
        for decision in read_all(store, Decision, "member_id", member_id)
        if decision.scheme_id == scheme_id and decision.decided_on <= known_at
    )


@attrs.frozen(kw_only=True)
class PeriodHistory:
    """History of one period (互助期履历).

    Attributes:
        period_id: Period.
        entries: What happened, in the order in which it became known.
        stretches: At which unit on which days of the cover.
    """

    period_id: PeriodId
    entries: tuple[Change, ...]
    stretches: tuple[Stretch, ...]


def member_history(
    store: Store, scheme_id: SchemeId, member_id: MemberId, *, known_at: datetime.date
) -> tuple[PeriodHistory, ...]:
    """What happened to a member's enrolments, as it was known on a day.

    Order: periods by their first day, entries by the day on which they became known. Cost: one
    scan of the scheme's periods and one read by key.

    Args:
        store: Where to read.
        scheme_id: Scheme.
        member_id: Pseudonym.
        known_at: Day of the knowledge.

    Clause:
        HN-4.3.5c
    """
    keys = [key_of(scheme_id, period.period_id, member_id) for period in periods_read(store, scheme_id)]
    found = (_period_history(each, known_at) for each in read_many(store, Enrolment, keys).values())
    return tuple(history for history in found if history.entries)


def _period_history(enrolment: Enrolment, known_at: datetime.date) -> PeriodHistory:
    return PeriodHistory(
        period_id=enrolment.period_id,
        entries=tuple(change for change in history_of(enrolment) if change.known_on <= known_at),
        stretches=stretches_of(enrolment, known_at),
    )
