"""Steps (计算步骤) of a benefit in sentences, bands as tables."""

from collections.abc import Mapping, Sequence
from typing import Final, assert_never

from mutualaid_core.domain.scheme.benefit.bands import DayBand
from mutualaid_core.domain.scheme.benefit.steps import (
    AtMost,
    ByClass,
    Choice,
    DayTable,
    Deductible,
    FixedSum,
    MarginalBands,
    MinimumPayment,
    PerDay,
    Share,
    SlabBands,
    Step,
    SumBands,
    TimesShares,
)
from mutualaid_core.domain.values.money import Money
from mutualaid_core.publication.schemes.blocks import Block, Line, Table
from mutualaid_core.publication.schemes.telling import Telling

_BANDED: Final[Mapping[type, str]] = {
    MarginalBands: "marginal_bands",
    SlabBands: "slab_bands",
    SumBands: "sum_bands",
    DayTable: "day_table",
}
"""Sentences before a table."""

_AMOUNTS: Final[Mapping[type, str]] = {
    Deductible: "deductible",
    AtMost: "at_most_amount",
    PerDay: "per_day",
    FixedSum: "fixed_sum",
}
"""Sentences with one amount; where that may be nothing there is another one."""


def step_blocks(telling: Telling, step: Step, number: int) -> list[Block]:
    """A step as a line with its source, and what it takes besides: a table, or a line for each class."""
    told = telling.say("step", number=number, told=step_sentence(telling, step))
    blocks: list[Block] = [Line(told, telling.say("source", source=step.source))]
    if not isinstance(step, ByClass):
        return blocks + _table(telling, step)
    for choice in step.choices:
        blocks.append(Line(choice_sentence(telling, step.fact, choice), depth=1))
        blocks += _table(telling, choice.step)
    return blocks


def step_sentence(telling: Telling, step: Step) -> str:
    """A step in one sentence, without its bands."""
    match step:
        case MarginalBands() | SlabBands() | SumBands() | DayTable():
            told = telling.say(_BANDED[type(step)])
        case Deductible() | AtMost() | PerDay() | FixedSum():
            key = _AMOUNTS[type(step)]
            told = telling.say(key if step.amount else f"{key}_none", amount=telling.amount(step.amount))
        case Share():
            told = telling.say("share", ratio=step.ratio)
        case MinimumPayment():
            told = _minimum(telling, step)
        case TimesShares():
            told = telling.say("times_shares", most=step.most)
        case ByClass():
            told = telling.say("by_class", fact=telling.fact(step.fact))
        case _:
            assert_never(step)
    return told


def choice_sentence(telling: Telling, fact: str, choice: Choice) -> str:
    """What applies to a class, in one sentence."""
    told = step_sentence(telling, choice.step)
    if choice.one_of:
        return telling.say("class", codes=telling.codes(fact, choice.one_of), told=told)
    key = "class_between"
    if choice.takes_rest:
        key = "class_rest"
    elif choice.most is None:
        key = "class_from"
    elif choice.least is None:
        key = "class_to"
    return telling.say(key, least=choice.least, most=choice.most, told=told)


def _minimum(telling: Telling, step: MinimumPayment) -> str:
    only = ""
    if step.base_up_to is not None:
        only = telling.say("minimum_only", amount=telling.amount(step.base_up_to))
    bound = telling.say("minimum_beyond" if step.may_exceed_base else "minimum_bound")
    return telling.say("minimum", amount=telling.amount(step.amount), only=only, bound=bound)


def _table(telling: Telling, step: Step) -> list[Block]:
    """The bands of a step as a table; nothing for a step without bands."""
    if isinstance(step, MarginalBands | SlabBands):
        return [_ratio_bands(telling, step)]
    if isinstance(step, SumBands):
        head = _head(telling, "c_band", "c_above", "c_up_to", "c_pays")
        rows = [(band.above.to_text(), _upper(band.up_to), band.pays.to_text()) for band in step.bands]
        return [Table(head, _numbered(rows))]
    if isinstance(step, DayTable):
        head = _head(telling, "c_band", "c_days_from", "c_days_to", "c_days_paid")
        days = [(str(band.first), str(band.last or "∞"), _days(telling, band)) for band in step.bands]
        return [Table(head, _numbered(days))]
    return []


def _ratio_bands(telling: Telling, step: MarginalBands | SlabBands) -> Table:
    head = _head(telling, "c_band", "c_above", "c_up_to", "c_ratio")
    rows: list[tuple[str, ...]] = [
        (band.above.to_text(), _upper(band.up_to), str(band.ratio)) for band in step.bands
    ]
    if any(band.most is not None for band in step.bands):
        head += (telling.say("c_most"),)
        rows = [
            (*row, band.most.to_text() if band.most else "–")
            for row, band in zip(rows, step.bands, strict=True)
        ]
    return Table(head, _numbered(rows))


def _head(telling: Telling, *keys: str) -> tuple[str, ...]:
    return tuple(map(telling.say, keys))


def _numbered(rows: Sequence[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    return tuple((str(number), *row) for number, row in enumerate(rows, start=1))


def _upper(up_to: Money | None) -> str:
    """Upper edge of a band; the sign of no end for the last one."""
    return "∞" if up_to is None else up_to.to_text()


def _days(telling: Telling, band: DayBand) -> str:
    if band.pays is not None:
        return telling.say("days", days=band.pays)
    return telling.say("days_actual" if band.most is None else "days_actual_most", most=band.most)
