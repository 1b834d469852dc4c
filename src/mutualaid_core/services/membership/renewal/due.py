"""Due for renewal (到期续保): who is due, page by page, and reminders as data; nothing is sent."""

import datetime
from itertools import islice
from typing import Final

import attrs

from mutualaid_core.domain.membership.enrolment import Enrolment, JoinedAs
from mutualaid_core.domain.scheme.joining import MONTHS_A_PERIOD
from mutualaid_core.domain.scheme.period import Period
from mutualaid_core.domain.scheme.scheme import Scheme
from mutualaid_core.domain.scheme.version import SchemeVersion, version_on
from mutualaid_core.domain.values.identifiers import MemberId, PeriodId, SchemeId, UnitId
from mutualaid_core.domain.values.money import Money
from mutualaid_core.ports.store import Store
from mutualaid_core.rules.membership.joining import Asked, Place, place_for
from mutualaid_core.rules.membership.renewal import Continuity, DueReason, renewal_window
from mutualaid_core.serialization.codec import decode
from mutualaid_core.serialization.records import key_of
from mutualaid_core.services.membership.queries.paging import By, RowPage, check_asked, keyed
from mutualaid_core.services.membership.queries.scheme import policy_read, versions_read
from mutualaid_core.services.membership.renewal.judging import (
    Candidate,
    Passage,
    Wanted,
    candidates,
    verdict_on,
)
from mutualaid_core.work import read_many, read_one

LIMIT: Final = 200
"""Rows a page unless asked otherwise."""


@attrs.frozen(kw_only=True)
class RenewalAsked:
    """Question (续保查询): which members of one period are due for the next.

    Attributes:
        scheme_id: Scheme.
        from_period: Period that runs out.
        to_period: Period that follows.
        on: Day on which it is asked, and on which the renewal would be; ages may count on it.
        unit_id: One unit alone; ``None`` for all of them.
    """

    scheme_id: SchemeId
    from_period: PeriodId
    to_period: PeriodId
    on: datetime.date
    unit_id: UnitId | None = None


@attrs.frozen(kw_only=True)
class RenewalRow:
    """Row (续保名单): one member of the period that runs out.

    Attributes:
        member_id: Member.
        unit_id: Unit of the member now.
        is_due: Whether the member is due.
        reasons: Why; all reasons of one who is not.
        continuity: Whether cover counts as unbroken for a renewal of the day asked; where nobody
            renews on it, for one by the window.
        due_by: Last day of the window, included; ``None`` where there is no window.
        fee: What the new period costs who renews on that day; ``None`` where its terms do not admit
            the member.
        fee_before: What the old period cost; ``None`` where nothing was paid.
    """

    member_id: MemberId
    unit_id: UnitId
    is_due: bool
    reasons: tuple[DueReason, ...]
    continuity: Continuity
    due_by: datetime.date | None
    fee: Money | None
    fee_before: Money | None


def due_for_renewal(
    store: Store, asked: RenewalAsked, *, after: str | None = None, limit: int = LIMIT
) -> RowPage[RenewalRow]:
    """Members of a period, due or not and why, in the order of their pseudonyms.

    A page costs one scan and five look-ups, whatever its place.

    Args:
        store: Where records are kept.
        asked: Which periods, and whose members.
        after: The ``next`` of the page before; ``None`` for the first page.
        limit: Rows a page, 1 to 1,000.

    Raises:
        NotFoundError: There is no such scheme or period.
        VersionGapError: Not exactly one version is in force when the new period begins.
        InvalidValueError: *limit* or *after* is none.

    Clause:
        HN-4.3.5d, HN-4.3.5c
    """
    check_asked(after, limit)
    passage = passage_read(store, asked)
    by = By(field="unit_id", value=asked.unit_id) if asked.unit_id else None
    parts = (asked.scheme_id, asked.from_period)
    records = list(islice(keyed(store, "enrolment", parts, by=by, after=after or ""), limit + 1))
    enrolments = [decode(record.body, Enrolment) for record in records[:limit]]
    known = candidates(lambda cls, keys: read_many(store, cls, keys), passage, enrolments)
    place = _place(store, passage, asked.on)
    rows = tuple(_row(candidate, passage, place, asked.on) for candidate in known.values())
    return RowPage(rows=rows, next=rows[-1].member_id if len(records) > limit else None)


def passage_read(store: Store, asked: RenewalAsked) -> Passage:
    """From which period to which, with the terms of the new one.

    Raises:
        NotFoundError: There is no such scheme or period.
        VersionGapError: Not exactly one version is in force when the new period begins.
    """
    new = read_one(store, Period, key_of(asked.scheme_id, asked.to_period))
    first_day = new.cover.first_day
    return Passage(
        old=read_one(store, Period, key_of(asked.scheme_id, asked.from_period)),
        new=new,
        version=version_on(versions_read(store, asked.scheme_id), asked.scheme_id, first_day),
        policy=policy_read(store, asked.scheme_id, first_day).policy,
        pool_id=read_one(store, Scheme, asked.scheme_id).pool_id,
    )


def months_of(version: SchemeVersion) -> int:
    """Length of the term for which one renews: the first that starts with the period."""
    terms = version.joining.terms if version.joining else ()
    whole = (term.months for term in terms if term.starts_after_months == 0)
    return next(whole, MONTHS_A_PERIOD)


def _place(store: Store, passage: Passage, on: datetime.date) -> Place:
    """The place that a renewal of a day gets; where nobody renews on it, that of one by the window."""
    new, joining = passage.new, passage.version.joining
    policy = policy_read(store, new.scheme_id, new.cover.first_day)
    place, _ = place_for(Asked(on=on, renews=True), joining, new.cover, policy)
    whole = Place(joined_as=JoinedAs.RENEWAL, months=months_of(passage.version), periods=1, cover=new.cover)
    return place or whole


def _row(candidate: Candidate, passage: Passage, place: Place, on: datetime.date) -> RenewalRow:
    enrolment = candidate.enrolment
    wanted = Wanted(
        parts=enrolment.parts,
        shares=enrolment.shares,
        months=place.months,
        cover=place.cover,
        joined_on=on,
        joined_as=place.joined_as,
    )
    verdict = verdict_on(candidate, passage, wanted)
    window = renewal_window(passage.version.joining, passage.new.cover)
    return RenewalRow(
        member_id=enrolment.member_id,
        unit_id=enrolment.unit_id,
        is_due=verdict.reasons == (DueReason.DUE,),
        reasons=verdict.reasons,
        continuity=verdict.continuity,
        due_by=window.last_day if window else None,
        fee=verdict.fee,
        fee_before=candidate.paid.amount if candidate.paid else None,
    )


@attrs.frozen(kw_only=True)
class Reminder:
    """Reminder (续保提醒) for one member who is due, as data; the host words and sends it.

    Attributes:
        member_id: Member.
        unit_id: Unit that is to renew the member.
        due_by: Last day, included; ``None`` where there is no window.
        fee: What the new period costs.
        text_keys: What is to be said, by stable words: ``renewal.due``, ``renewal.no_window``,
            ``renewal.fee_changed``, and ``renewal.continuity.`` with the reason.
    """

    member_id: MemberId
    unit_id: UnitId
    due_by: datetime.date | None
    fee: Money
    text_keys: tuple[str, ...]


def reminders_of(rows: tuple[RenewalRow, ...]) -> tuple[Reminder, ...]:
    """A reminder for each row that is due, in the same order.

    Args:
        rows: Rows of ``due_for_renewal``.

    Clause:
        HN-4.3.5d
    """
    return tuple(
        Reminder(
            member_id=row.member_id,
            unit_id=row.unit_id,
            due_by=row.due_by,
            fee=row.fee,
            text_keys=_text_keys(row),
        )
        for row in rows
        if row.is_due and row.fee is not None
    )


def _text_keys(row: RenewalRow) -> tuple[str, ...]:
    keys = ["renewal.due" if row.due_by else "renewal.no_window"]
    if row.fee != row.fee_before:
        keys.append("renewal.fee_changed")
    return (*keys, f"renewal.continuity.{row.continuity.reason.value}")
