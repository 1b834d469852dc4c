"""Receipts: what a unit keeps, in both languages, with the amount in capitals and no name."""

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mutualaid_core.domain.membership.contribution import PayerShare
from mutualaid_core.domain.membership.paying.receipt import Receipt, ReceiptLine
from mutualaid_core.domain.scheme.dues import FundingSource
from mutualaid_core.domain.values.money import FEN_MAX, Money
from mutualaid_core.publication.membership.receipts import in_capitals, receipt_text
from mutualaid_core.testing.samples import COLLECTED_ON, yuan

RECEIPT = Receipt(
    receipt_id="R-1",
    scheme_id="HN-A",
    period_id="2014",
    unit_id="U-1",
    received_on=COLLECTED_ON,
    amount=yuan(100),
    by_source=(
        PayerShare(payer=FundingSource.MEMBER, amount=yuan(70)),
        PayerShare(payer=FundingSource.EMPLOYER, amount=yuan(30)),
    ),
    lines=(
        ReceiptLine(member_id="m-1", amount=yuan(50)),
        ReceiptLine(member_id="m-2", amount=yuan(50), returned=yuan(50)),
    ),
)


@pytest.mark.clause("HN-3.1.2b", "HN-4.3.1")
def test_a_receipt_in_chinese() -> None:
    """Every fact must stand on a line of its own, the amount in capitals too."""
    assert receipt_text(RECEIPT, "zh").splitlines() == [
        "职工医疗互助金收据",
        "编号：R-1",
        "交款单位：U-1",
        "互助项目：HN-A",
        "互助期：2014",
        "收款日期：2013年12月20日",
        "金额：100.00 元（大写：壹佰元整）",
        "其中会员个人：70.00 元",
        "其中单位行政：30.00 元",
        "人数：2人",
        "明细：",
        "m-1：50.00 元",
        "m-2：50.00 元（已更正退回）",
        "已更正退回合计：50.00 元",
    ]


def test_a_receipt_in_english() -> None:
    """Without a correction there must be no line on returned money."""
    kept = attrs.evolve(RECEIPT, lines=(RECEIPT.lines[0], ReceiptLine(member_id="m-2", amount=yuan(50))))
    assert receipt_text(kept, "en").splitlines() == [
        "Receipt for mutual-aid contributions",
        "No.: R-1",
        "Paid by unit: U-1",
        "Scheme: HN-A",
        "Period: 2014",
        "Received on: 20 December 2013",
        "Amount: 100.00 yuan",
        "of which members: 70.00 yuan",
        "of which employers: 30.00 yuan",
        "Persons: 2",
        "List:",
        "m-1: 50.00 yuan",
        "m-2: 50.00 yuan",
    ]


@pytest.mark.parametrize(
    ("fen", "text"),
    [
        (0, "零元整"),
        (5, "伍分"),
        (50, "伍角整"),
        (100, "壹元整"),
        (1_005, "壹拾元零伍分"),
        (1_055, "壹拾元伍角伍分"),
        (15_000, "壹佰伍拾元整"),
        (100_100, "壹仟零壹元整"),
        (1_000_500, "壹万零伍元整"),
        (1_001_000_000, "壹仟零壹万元整"),
        (10_000_500_000, "壹亿零伍仟元整"),
        (12_345_678_900, "壹亿贰仟叁佰肆拾伍万陆仟柒佰捌拾玖元整"),
        (100_000_000_100, "壹拾亿零壹元整"),
        (FEN_MAX, "壹佰亿元整"),
    ],
)
def test_an_amount_in_capitals(fen: int, text: str) -> None:
    """Amounts must be written as on Chinese vouchers, each run of zeros inside as one 零."""
    assert in_capitals(Money(fen)) == text


@given(st.integers(0, FEN_MAX), st.integers(0, FEN_MAX))
def test_two_amounts_never_read_the_same(one: int, other: int) -> None:
    """Amounts that differ must differ in capitals, and no 零 stand beside another."""
    assert (in_capitals(Money(one)) == in_capitals(Money(other))) == (one == other)
    assert "零零" not in in_capitals(Money(one))
