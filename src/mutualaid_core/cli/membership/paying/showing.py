"""Showing remittances (查看汇缴): one with its receipt, those held of a period, those of a unit."""

from collections.abc import Iterator
from typing import Any, Final

import attrs
from cyclopts import CycloptsError

from mutualaid_core.cli.host import opened
from mutualaid_core.cli.membership.acting.telling import plain_of
from mutualaid_core.cli.membership.doing import DONE
from mutualaid_core.cli.membership.faults import say_faults
from mutualaid_core.cli.membership.persons import impersonal
from mutualaid_core.cli.output import Output
from mutualaid_core.domain.membership.paying.receipt import Receipt, ReceiptLine
from mutualaid_core.domain.membership.paying.remittance import (
    Remittance,
    RemittanceState,
)
from mutualaid_core.domain.membership.unit import Unit
from mutualaid_core.domain.scheme.dues import FundingSource
from mutualaid_core.domain.scheme.period import Period
from mutualaid_core.domain.values.identifiers import EntryId, PeriodId, SchemeId
from mutualaid_core.ports.store import Store
from mutualaid_core.serialization.records import key_of
from mutualaid_core.services.membership.paying.held import held_persons
from mutualaid_core.services.membership.paying.owed import held_remittances
from mutualaid_core.services.membership.paying.remittances import receipt_of
from mutualaid_core.work import read_all, read_one

_STATES: Final = {
    RemittanceState.BOOKED: ("已入账", "booked"),
    RemittanceState.HELD: ("待核对", "held"),
    RemittanceState.RETURNED: ("已退回", "returned"),
}
PAYERS: Final = {
    FundingSource.MEMBER: ("个人", "member"),
    FundingSource.UNION: ("工会", "union"),
    FundingSource.EMPLOYER: ("单位", "employer"),
    FundingSource.GOVERNMENT: ("政府", "government"),
    FundingSource.DONATION: ("捐赠", "donation"),
    FundingSource.INTEREST: ("利息", "interest"),
    FundingSource.OTHER: ("其他", "other"),
}
"""Who bears the dues, in both languages."""


@attrs.frozen(kw_only=True)
class Shown:
    """What is to be shown (查询条件).

    Attributes:
        remittance: Id of one remittance.
        scheme: Scheme.
        period: Period whose held remittances are listed.
        unit: With a period: unit whose remittances are listed.
    """

    remittance: str | None
    scheme: str
    period: str | None
    unit: str | None


def show(store_url: str, shown: Shown, output: Output) -> int:
    """Show what is asked.

    Raises:
        CycloptsError: Neither a remittance nor a period is named, or both are.
        NotFoundError: There is no such remittance, period or unit.
    """
    if (shown.remittance is None) == (shown.period is None):
        raise CycloptsError(msg="one of REMITTANCE and --period must be given")
    with opened(store_url, read_only=True) as store:
        if shown.remittance is not None:
            return _one(store, shown, impersonal("remittance", shown.remittance), output)
        return _listed(store, shown, shown.period or "", output)


def _one(store: Store, shown: Shown, remittance_id: str, output: Output) -> int:
    remittance = read_one(store, Remittance, key_of(shown.scheme, remittance_id))
    receipt = receipt_of(store, SchemeId(shown.scheme), EntryId(remittance_id))
    faults = held_persons(store, remittance)
    output.document(
        {
            "remittance": _plain(remittance),
            "receipt": receipt and plain_of(receipt),
            "faults": [plain_of(fault) for fault in faults],
        }
    )
    _say(remittance, output)
    say_faults(output, faults)
    for each in remittance.corrections:
        day, amount = each.corrected_on.isoformat(), each.amount
        output.say(f"{day} 退回 {amount} 元", f"{amount} yuan went back on {day}")
    if receipt is not None:
        _say_receipt(receipt, output)
    return DONE


def _say_receipt(receipt: Receipt, output: Output) -> None:
    zh = output.lang == "zh"
    day = receipt.received_on.isoformat()
    output.say(
        f"收据 {receipt.receipt_id}：{day} 收到 {receipt.amount} 元，{receipt.persons} 人",
        f"receipt {receipt.receipt_id}: {receipt.amount} yuan for {receipt.persons} persons on {day}",
    )
    sources = [(PAYERS[each.payer][0 if zh else 1], each.amount.to_text()) for each in receipt.by_source]
    output.table("资金来源" if zh else "by source", sources)
    lines = [(each.member_id, _line(each, is_zh=zh)) for each in receipt.lines]
    output.table("明细" if zh else "members", lines)


def _line(line: ReceiptLine, *, is_zh: bool) -> str:
    """What was paid for a member, and what of it went back."""
    if not line.returned:
        return line.amount.to_text()
    return f"{line.amount}，退回 {line.returned}" if is_zh else f"{line.amount}, {line.returned} went back"


def _listed(store: Store, shown: Shown, period: str, output: Output) -> int:
    read_one(store, Period, key_of(shown.scheme, period))
    found = tuple(_remittances(store, shown, PeriodId(period)))
    output.document({"remittances": [_plain(each) for each in found]})
    for each in found:
        _say(each, output)
    if not found:
        output.say("没有这样的汇缴", "there is none")
    return DONE


def _remittances(store: Store, shown: Shown, period_id: PeriodId) -> Iterator[Remittance]:
    if shown.unit is None:
        yield from held_remittances(store, SchemeId(shown.scheme), period_id)
        return
    unit = read_one(store, Unit, impersonal("unit", shown.unit))
    for each in read_all(store, Remittance, "unit_id", unit.unit_id):
        if (each.scheme_id, each.period_id) == (shown.scheme, period_id):
            yield each


def _say(remittance: Remittance, output: Output) -> None:
    """One line; where money and list differ, by how much."""
    zh, en = _STATES[remittance.state]
    day, name = remittance.received_on.isoformat(), remittance.remittance_id
    told_zh = f"{name} {zh}：单位 {remittance.unit_id}，{day} 到账 {remittance.received} 元"
    told_en = f"{name} {en}: unit {remittance.unit_id}, {remittance.received} yuan received on {day}"
    output.say(
        f"{told_zh}，名单 {remittance.persons} 人 {remittance.listed} 元",
        f"{told_en}, {remittance.persons} persons listed with {remittance.listed} yuan",
    )
    if remittance.state is RemittanceState.HELD:
        output.say(f"差额 {remittance.difference} 元", f"difference: {remittance.difference} yuan")


def _plain(remittance: Remittance) -> dict[str, Any]:
    return {**plain_of(remittance), "difference": plain_of(remittance.difference)}
