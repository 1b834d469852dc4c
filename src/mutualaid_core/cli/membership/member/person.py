"""Showing a member (查看会员): a table for each period, and what happened in sentences."""

from pathlib import Path
from typing import Any

import attrs

from mutualaid_core.cli.host import host_for, keys_from, opened
from mutualaid_core.cli.membership.doing import names_of
from mutualaid_core.cli.membership.known import known_scheme
from mutualaid_core.cli.membership.member.days import Days
from mutualaid_core.cli.membership.member.words import answer_plain, answer_rows, limit_text, word
from mutualaid_core.cli.membership.persons import member_id_by, person_named
from mutualaid_core.cli.output import Output
from mutualaid_core.domain.membership.member import Member
from mutualaid_core.domain.values.identifiers import MemberId, PeriodId, SchemeId
from mutualaid_core.domain.values.personal import ResidentId
from mutualaid_core.ports.store import Store
from mutualaid_core.publication.membership.history import explain_changes
from mutualaid_core.serialization.codec import to_plain
from mutualaid_core.services.membership.queries.member import (
    MemberCover,
    PeriodCover,
    PeriodHistory,
    member_cover,
    member_history,
    schemes_known,
)
from mutualaid_core.work import read_one

FOUND = 0


@attrs.frozen(kw_only=True)
class Wanted:
    """What is asked of a member (查询条件).

    Attributes:
        member: Pseudonym; ``None`` where the person is named by an ID number.
        id_file: File with the ID number.
        scheme: Scheme; ``None`` for each that the member joined.
        days: About which day, by the knowledge of which.
    """

    member: str | None
    id_file: Path | None
    scheme: str | None
    days: Days


def show(store_url: str, wanted: Wanted, key_file: Path | None, output: Output) -> int:
    """Show a member's cover in one scheme, or in each that the member joined.

    Raises:
        InvalidValueError: An ID number stands on the command line, or cannot be read.
        NotFoundError: There is no such member or scheme.
    """
    days = wanted.days
    person = person_named(wanted.member, wanted.id_file)
    keys = keys_from(key_file)
    with opened(store_url, read_only=True) as store:
        if isinstance(person, ResidentId):
            person = member_id_by(person, host_for(store, keys, may_write=False).keys)
        read_one(store, Member, person)
        told = [
            _told(store, each, person, days, output) for each in _schemes(store, person, wanted.scheme, days)
        ]
    output.document(
        {
            "member": person,
            "on": days.on.isoformat(),
            "known_at": days.known_at.isoformat(),
            "schemes": told,
        }
    )
    if not told:
        output.say("未参加任何互助项目", "joined no scheme")
    return FOUND


def _schemes(store: Store, member_id: MemberId, scheme: str | None, days: Days) -> list[SchemeId]:
    """The scheme that is named, else those that were joined by what was known."""
    if scheme is not None:
        return [known_scheme(store, scheme)]
    return list(schemes_known(store, member_id, days.known_at))


def _told(
    store: Store, scheme_id: SchemeId, member_id: MemberId, days: Days, output: Output
) -> dict[str, Any]:
    """Print one scheme, and answer it as plain data."""
    cover = member_cover(store, scheme_id, member_id, on=days.on, known_at=days.known_at)
    histories = {
        each.period_id: each for each in member_history(store, scheme_id, member_id, known_at=days.known_at)
    }
    sentences = {period: _sentences(store, each, output) for period, each in histories.items()}
    _say_covered(cover, output)
    for period in cover.periods:
        output.table(f"{word('period', output)} {period.period_id}", _rows(store, period, output))
        for sentence in sentences.get(period.period_id, ()):
            output.say(sentence, sentence)
    return {
        "scheme": scheme_id,
        "covered": cover.is_covered,
        "periods": [
            _plain(period, histories.get(period.period_id), sentences, output) for period in cover.periods
        ],
    }


def _say_covered(cover: MemberCover, output: Output) -> None:
    on, known = cover.on.isoformat(), cover.known_at.isoformat()
    yes_zh, yes_en = ("有保障", "covered") if cover.is_covered else ("无保障", "not covered")
    output.say(
        f"项目 {cover.scheme_id}：{on} {yes_zh}（以截至 {known} 的登记为准）",
        f"scheme {cover.scheme_id}: {yes_en} on {on}, as known on {known}",
    )


def _sentences(store: Store, history: PeriodHistory, output: Output) -> tuple[str, ...]:
    units = tuple(entry.unit_id for entry in history.entries if entry.unit_id is not None)
    return explain_changes(history.entries, names_of(store, units), "zh" if output.lang == "zh" else "en")


def _rows(store: Store, period: PeriodCover, output: Output) -> list[tuple[str, str]]:
    """What a table of one period shows."""
    rows = answer_rows(period.answer, names_of(store, _units(period)), output)
    if period.joined_as is not None:
        rows += [
            (word("shares", output), str(period.shares)),
            (word("parts", output), ", ".join(period.parts) or "-"),
            (word("joined_as", output), word(f"joined_{period.joined_as.value}", output)),
        ]
    return rows + [(each.counter, limit_text(each, output)) for each in period.limits]


def _units(period: PeriodCover) -> tuple[Any, ...]:
    return () if period.answer.unit_id is None else (period.answer.unit_id,)


def _plain(
    period: PeriodCover,
    history: PeriodHistory | None,
    sentences: dict[PeriodId, tuple[str, ...]],
    output: Output,
) -> dict[str, Any]:
    return {
        "period": period.period_id,
        "days": to_plain(period.days),
        **answer_plain(period.answer, output),
        "shares": period.shares,
        "parts": list(period.parts),
        "joined_as": None if period.joined_as is None else period.joined_as.value,
        "term_months": period.term_months,
        "limits": to_plain(period.limits),
        "history": [] if history is None else to_plain(history.entries),
        "stretches": [] if history is None else to_plain(history.stretches),
        "sentences": list(sentences.get(period.period_id, ())),
    }
