"""Showing who is due for renewal (到期名单), page by page."""

from typing import Any

import attrs

from mutualaid_core.cli.host import opened
from mutualaid_core.cli.membership.acting.telling import plain_of
from mutualaid_core.cli.membership.doing import DONE
from mutualaid_core.cli.membership.known import known_passage, known_unit
from mutualaid_core.cli.membership.member.days import days_of
from mutualaid_core.cli.membership.persons import impersonal
from mutualaid_core.cli.output import Output
from mutualaid_core.domain.values.identifiers import UnitId
from mutualaid_core.rules.membership.renewal import DUE_TEXTS
from mutualaid_core.services.membership.renewal.due import (
    RenewalAsked,
    RenewalRow,
    due_for_renewal,
    reminders_of,
)


@attrs.frozen(kw_only=True)
class Listed:
    """What is asked (查询条件).

    Attributes:
        scheme: Scheme.
        from_period: Period that runs out.
        to_period: Period that follows.
        unit: One unit alone; ``None`` for all.
        on: Day asked about as written; ``None`` for today.
        after: Token of the page before.
        limit: Rows a page.
    """

    scheme: str
    from_period: str
    to_period: str
    unit: str | None
    on: str | None
    after: str | None
    limit: int


def show_due(store_url: str, listed: Listed, output: Output) -> int:
    """List who is due, and who is not and why.

    Raises:
        InvalidValueError: A day, a token or the size of a page cannot be, or the periods do not
            follow each other.
        NotFoundError: There is no such scheme, period or unit.
    """
    unit_id = None if listed.unit is None else UnitId(impersonal("unit", listed.unit))
    on = days_of(listed.on, None).on
    with opened(store_url, read_only=True) as store:
        scheme_id, old, new = known_passage(store, listed.scheme, listed.from_period, listed.to_period)
        asked = RenewalAsked(scheme_id=scheme_id, from_period=old, to_period=new, on=on, unit_id=unit_id)
        if listed.unit is not None:
            known_unit(store, "unit", listed.unit)
        page = due_for_renewal(store, asked, after=listed.after, limit=listed.limit)
    output.document(
        {
            "rows": [_plain(row) for row in page.rows],
            "reminders": [plain_of(each) for each in reminders_of(page.rows)],
            "next": page.next,
        }
    )
    for row in page.rows:
        output.say(_told(row, is_zh=True), _told(row, is_zh=False))
    if not page.rows:
        output.say("上期没有会员", "the period before has no members")
    if page.next is not None:
        output.say(f"续页：--after {page.next}", f"more: --after {page.next}")
    return DONE


def _told(row: RenewalRow, *, is_zh: bool) -> str:
    """One line for a member."""
    texts = [DUE_TEXTS[reason] for reason in row.reasons]
    why = "；".join(each.zh for each in texts) if is_zh else "; ".join(each.en for each in texts)
    told = f"{row.member_id}  {row.unit_id}  {why}"
    if not row.is_due:
        return told
    if row.fee is not None:
        told += f"，应缴 {row.fee} 元" if is_zh else f", fee {row.fee} yuan"
    if row.fee_before is not None and row.fee_before != row.fee:
        told += f"（上期 {row.fee_before} 元）" if is_zh else f" ({row.fee_before} before)"
    if row.due_by is not None:
        day = row.due_by.isoformat()
        told += f"，{day} 前办理（含当日）" if is_zh else f", by {day}"
    return told


def _plain(row: RenewalRow) -> dict[str, Any]:
    return plain_of(row)
