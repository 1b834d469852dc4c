"""Receipt (收据) as a text that a unit keeps: amounts by source and by pseudonym, never a name."""

from collections.abc import Iterator, Mapping
from typing import Final

from mutualaid_core.domain.membership.paying.receipt import Receipt
from mutualaid_core.domain.values.money import Money, total
from mutualaid_core.publication.labels import Label, Language
from mutualaid_core.publication.wording import Words

_TEXTS: Final[Mapping[str, Label]] = {
    "title": Label("职工医疗互助金收据", "Receipt for mutual-aid contributions"),
    "number": Label("编号：{value}", "No.: {value}"),
    "unit": Label("交款单位：{value}", "Paid by unit: {value}"),
    "scheme": Label("互助项目：{value}", "Scheme: {value}"),
    "period": Label("互助期：{value}", "Period: {value}"),
    "day": Label("收款日期：{value}", "Received on: {value}"),
    "amount": Label("金额：{value}（大写：{capitals}）", "Amount: {value}"),
    "persons": Label("人数：{value}人", "Persons: {value}"),
    "source": Label("其中{name}：{value}", "of which {name}: {value}"),
    "list": Label("明细：", "List:"),
    "line": Label("{member}：{value}", "{member}: {value}"),
    "returned": Label("{member}：{value}（已更正退回）", "{member}: {value} (returned as an error)"),
    "returned_total": Label("已更正退回合计：{value}", "Returned as errors in all: {value}"),
}

_DIGITS: Final = "零壹贰叁肆伍陆柒捌玖"
_PLACES: Final = ("", "拾", "佰", "仟")
_GROUPS: Final = ("", "万", "亿")
_GROUP: Final = 10_000


def receipt_text(receipt: Receipt, lang: Language) -> str:
    """A receipt in one language, a line for each fact and for each member.

    Args:
        receipt: The receipt.
        lang: ``zh`` or ``en``.

    Clause:
        HN-3.1.2b, ACFTU-2.3a, HN-4.3.1
    """
    return "\n".join(_lines(receipt, Words(lang))) + "\n"


def _lines(receipt: Receipt, words: Words) -> Iterator[str]:
    yield _say(words, "title")
    yield _say(words, "number", value=receipt.receipt_id)
    yield _say(words, "unit", value=receipt.unit_id)
    yield _say(words, "scheme", value=receipt.scheme_id)
    yield _say(words, "period", value=receipt.period_id)
    yield _say(words, "day", value=words.day(receipt.received_on))
    yield _say(words, "amount", value=words.amount(receipt.amount), capitals=in_capitals(receipt.amount))
    for part in receipt.by_source:
        yield _say(words, "source", name=words.name(part.payer), value=words.amount(part.amount))
    yield _say(words, "persons", value=receipt.persons)
    yield _say(words, "list")
    for line in receipt.lines:
        key = "returned" if line.returned else "line"
        yield _say(words, key, member=line.member_id, value=words.amount(line.amount))
    if returned := total(line.returned for line in receipt.lines):
        yield _say(words, "returned_total", value=words.amount(returned))


def _say(words: Words, key: str, **parts: object) -> str:
    return _TEXTS[key].text(words.lang).format(**parts)


def in_capitals(amount: Money) -> str:
    """An amount in the capital numerals of Chinese vouchers (大写金额), from 0 to ten thousand million yuan.

    >>> in_capitals(Money(500_050)), in_capitals(Money(15_000))
    ('伍仟元伍角整', '壹佰伍拾元整')
    """
    yuan, cents = divmod(amount.fen, 100)
    tenths, fen = divmod(cents, 10)
    whole = f"{_whole(yuan)}元" if yuan or not cents else ""
    if not cents:
        return whole + "整"
    middle = f"{_DIGITS[tenths]}角" if tenths else ("零" if whole else "")
    return whole + middle + (f"{_DIGITS[fen]}分" if fen else "整")


def _whole(number: int) -> str:
    """A whole number by groups of four digits; a run of zeros inside is one 零."""
    if number == 0:
        return _DIGITS[0]
    groups = []
    while number:
        number, group = divmod(number, _GROUP)
        groups.append(group)
    text, gap = "", False
    for place in reversed(range(len(groups))):
        group = groups[place]
        # A group that does not begin with its thousands is set off from what stands before it.
        gap = gap or group < _GROUP // 10
        if group:
            text += (_DIGITS[0] if text and gap else "") + _four(group) + _GROUPS[place]
            gap = False
    return text


def _four(group: int) -> str:
    digits = [int(digit) for digit in str(group)]
    text, gap = "", False
    for place, digit in zip(reversed(range(len(digits))), digits, strict=True):
        if digit == 0:
            gap = True
            continue
        text += (_DIGITS[0] if gap else "") + _DIGITS[digit] + _PLACES[place]
        gap = False
    return text
