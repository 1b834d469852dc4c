"""Words (用语) of the tables of members and units."""

from collections.abc import Mapping
from typing import Any, Final

from mutualaid_core.cli.output import Output
from mutualaid_core.domain.values.identifiers import UnitId
from mutualaid_core.domain.values.money import Money
from mutualaid_core.rules.membership.cover import CoverAnswer, WaitingLeft
from mutualaid_core.serialization.codec import to_plain
from mutualaid_core.services.membership.queries.limits import LimitUse

_WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "period": ("互助期", "period"),
    "answer": ("保障", "cover"),
    "covered": ("有", "yes"),
    "not_covered": ("无", "no"),
    "reasons": ("理由", "why"),
    "unit": ("单位", "unit"),
    "days": ("保障期间", "days of cover"),
    "waiting": ("免责期", "waiting"),
    "none": ("无", "none"),
    "over": ("已满", "over"),
    "until": ("至", "until"),
    "may_be_waived": ("（符合条件的免除）", " (waived on conditions)"),
    "shares": ("份数", "shares"),
    "parts": ("参加项目", "parts"),
    "joined_as": ("参加类型", "joined as"),
    "joined_new": ("新参加", "new"),
    "joined_renewal": ("续保", "renewal"),
    "joined_late": ("逾期参加", "late"),
    "joined_new_hire": ("新入职", "new hire"),
    "joined_gift": ("赠送", "gift"),
    "used": ("已用", "used"),
    "left": ("剩余", "left"),
    "most": ("限额", "of"),
    "judged": ("准入判定", "gate as judged"),
    "admitted": ("准入", "admitted"),
    "refused": ("未准入", "refused"),
    "not_judged": ("未判定", "not judged"),
    "eligible": ("应参加人数", "eligible"),
    "enrolled": ("参加人数", "enrolled"),
    "required": ("最低人数", "required"),
    "present": ("现有会员", "members now"),
    "covered_now": ("其中有保障", "of them covered"),
    "missing": ("距准入要求差", "missing from the gate"),
    "goal_gap": ("距目标差", "missing from the goal"),
    "JOINS_NOT_ENROLLED": ("名册已报参加、尚未登记", "on the roster, not enrolled"),
    "ENROLLED_NOT_PAID": ("已登记未缴费", "enrolled, not paid"),
    "PAID_NOT_ENROLLED": ("已缴费未登记", "paid, not enrolled"),
    "REMITTANCE_HELD": ("汇款待核对", "remittance held"),
    "ENROLLED_NOT_LISTED": ("已登记、不在最新名册", "enrolled, not on the newest roster"),
}


def word(name: str, output: Output) -> str:
    """A word in the language of the output."""
    zh, en = _WORDS[name]
    return zh if output.lang == "zh" else en


def answer_rows(answer: CoverAnswer, names: Mapping[UnitId, str], output: Output) -> list[tuple[str, str]]:
    """Rows that tell whether there is cover, and why.

    Args:
        answer: The answer.
        names: Names of units by id.
        output: Where the command speaks.
    """
    zh = output.lang == "zh"
    why = "\n".join(reason.zh if zh else reason.en for reason in answer.reasons)
    rows = [
        (word("answer", output), word("covered" if answer.is_covered else "not_covered", output)),
        (word("reasons", output), why),
    ]
    if answer.unit_id is not None:
        name = names.get(answer.unit_id)
        rows.append((word("unit", output), f"{answer.unit_id} {name}" if name else answer.unit_id))
    if answer.cover is not None:
        days = f"{answer.cover.first_day.isoformat()} – {answer.cover.last_day.isoformat()}"
        rows.append((word("days", output), days))
    return rows + [
        (f"{word('waiting', output)} {each.benefit_id}", _waiting_text(each, output))
        for each in answer.waiting
    ]


def _waiting_text(waiting: WaitingLeft, output: Output) -> str:
    if waiting.last_day is None:
        return word("none", output)
    if waiting.is_over:
        return word("over", output)
    waived = word("may_be_waived", output) if waiting.may_be_waived else ""
    return f"{word('until', output)} {waiting.last_day.isoformat()}{waived}"


def answer_plain(answer: CoverAnswer, output: Output) -> dict[str, Any]:
    """The answer as plain data, with reasons by number, name, clause and text."""
    return {
        "covered": answer.is_covered,
        "unit": answer.unit_id,
        "cover": None if answer.cover is None else to_plain(answer.cover),
        "reasons": [
            {
                "number": reason.number,
                "name": reason.name,
                "clause": reason.clause,
                "text": reason.zh if output.lang == "zh" else reason.en,
            }
            for reason in answer.reasons
        ],
        "waiting": to_plain(answer.waiting),
    }


def limit_text(limit: LimitUse, output: Output) -> str:
    """What was used of a limit and what is left; money in yuan, days and payments as they are."""
    is_money = limit.counter.startswith("amount/")
    used, left, most = (
        str(Money(count)) if is_money else str(count) for count in (limit.used, limit.left, limit.most)
    )
    return f"{word('used', output)} {used}, {word('left', output)} {left}, {word('most', output)} {most}"
