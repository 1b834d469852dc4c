"""Showing a unit (查看单位): its gate, a page of its members, a page of differences."""

from typing import Any

import attrs

from mutualaid_core.cli.host import opened
from mutualaid_core.cli.membership.known import known_period, known_unit
from mutualaid_core.cli.membership.member.days import Days
from mutualaid_core.cli.membership.member.words import answer_plain, word
from mutualaid_core.cli.membership.persons import named_id
from mutualaid_core.cli.output import Output
from mutualaid_core.domain.membership.unit import Unit
from mutualaid_core.serialization.codec import to_plain
from mutualaid_core.services.membership.queries.gate import (
    Difference,
    GateStatus,
    gate_status,
    unit_differences,
)
from mutualaid_core.services.membership.queries.paging import RowPage
from mutualaid_core.services.membership.queries.roster import Asked, UnitMember, unit_roster
from mutualaid_core.work import read_one

FOUND = 0


@attrs.frozen(kw_only=True)
class Wanted:
    """What is asked of a unit (查询条件).

    Attributes:
        unit: Unit.
        scheme: Scheme.
        period: Period.
        days: About which day, by the knowledge of which.
        after: Token of the page of members before.
        after_difference: Token of the page of differences before.
        limit: Rows a page.
    """

    unit: str
    scheme: str
    period: str
    days: Days
    after: str | None
    after_difference: str | None
    limit: int


def show(store_url: str, wanted: Wanted, output: Output) -> int:
    """Show a unit in one period.

    Raises:
        InvalidValueError: A token or the size of a page cannot be.
        NotFoundError: There is no such unit, scheme or period.
    """
    for name, token in (("after", wanted.after), ("after_difference", wanted.after_difference)):
        named_id(name, token or "")
    with opened(store_url, read_only=True) as store:
        unit = read_one(store, Unit, known_unit(store, "unit", wanted.unit))
        scheme_id, period_id = known_period(store, wanted.scheme, wanted.period)
        asked = Asked(
            scheme_id=scheme_id,
            period_id=period_id,
            unit_id=unit.unit_id,
            on=wanted.days.on,
            known_at=wanted.days.known_at,
        )
        members = unit_roster(store, asked, after=wanted.after, limit=wanted.limit)
        differences = unit_differences(store, asked, after=wanted.after_difference, limit=wanted.limit)
        status = gate_status(store, asked)
    output.document(
        {
            "unit": unit.unit_id,
            "name": unit.name,
            "on": asked.on.isoformat(),
            "known_at": asked.known_at.isoformat(),
            "gate": _gate_plain(status),
            "members": [_member_plain(each, output) for each in members.rows],
            "next": members.next,
            "differences": [_difference_plain(each) for each in differences.rows],
            "next_difference": differences.next,
        }
    )
    output.table(f"{unit.unit_id} {unit.name}", _gate_rows(status, output))
    _say_members(members, output)
    _say_differences(differences, output)
    return FOUND


def _gate_plain(status: GateStatus) -> dict[str, Any]:
    return {
        "admission": None if status.admission is None else to_plain(status.admission),
        "present": status.present,
        "covered": status.covered,
        "missing": status.missing,
        "goal_gap": status.goal_gap,
        "differences": {kind.name.lower(): count for kind, count in status.differences},
    }


def _member_plain(member: UnitMember, output: Output) -> dict[str, Any]:
    return {
        "member": member.member_id,
        "shares": member.shares,
        "parts": list(member.parts),
        "joined_as": member.joined_as.value,
        **answer_plain(member.answer, output),
    }


def _difference_plain(difference: Difference) -> dict[str, Any]:
    return {
        "kind": difference.kind.name.lower(),
        "subject": difference.subject,
        "row": difference.place or None,
        "clause": difference.clause,
    }


def _gate_rows(status: GateStatus, output: Output) -> list[tuple[str, str]]:
    admission = status.admission
    judged = "not_judged" if admission is None else "admitted" if admission.judgement.admitted else "refused"
    rows = [(word("judged", output), word(judged, output))]
    if admission is not None:
        rows += [
            (word(name, output), str(getattr(admission.judgement, name)))
            for name in ("eligible", "enrolled", "required")
        ]
    rows += [
        (word("present", output), str(status.present)),
        (word("covered_now", output), str(status.covered)),
    ]
    gaps = (("missing", status.missing), ("goal_gap", status.goal_gap))
    rows += [(word(name, output), str(gap)) for name, gap in gaps if gap is not None]
    return rows + [(word(kind.name, output), str(count)) for kind, count in status.differences]


def _say_members(page: RowPage[UnitMember], output: Output) -> None:
    for member in page.rows:
        zh = output.lang == "zh"
        why = "; ".join(reason.zh if zh else reason.en for reason in member.answer.reasons)
        line = f"{member.member_id}  {why}"
        output.say(line, line)
    if page.next is not None:
        output.say(f"续页：--after {page.next}", f"more: --after {page.next}")


def _say_differences(page: RowPage[Difference], output: Output) -> None:
    for difference in page.rows:
        what = f"{word(difference.kind.name, output)} {difference.subject}"
        zh, en = f"差异：{what}", f"differs: {what}"
        if difference.place:
            zh, en = f"{zh}，第 {difference.place} 行", f"{en}, row {difference.place}"
        output.say(zh, en)
    if page.next is not None:
        output.say(f"续页：--after-difference '{page.next}'", f"more: --after-difference '{page.next}'")
