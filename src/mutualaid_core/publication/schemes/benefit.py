"""A benefit (补助项目) in sentences: for what, for whom, from which base, how much, how often."""

from typing import assert_never

from mutualaid_core.domain.scheme.benefit.base import AmountsBase, Base, DaysBase, EventBase
from mutualaid_core.domain.scheme.benefit.limits import AmountLimit, DaysLimit, Limit, PaymentsLimit
from mutualaid_core.domain.scheme.benefit.rounding import RoundingRule
from mutualaid_core.domain.scheme.benefit.terms import Accumulation, Basis, Benefit, Over
from mutualaid_core.domain.scheme.benefit.waiting import Waiting, WaitingGrade
from mutualaid_core.publication.schemes.blocks import Block, Heading, Line, Table
from mutualaid_core.publication.schemes.conditions import conditions_text
from mutualaid_core.publication.schemes.steps import step_blocks
from mutualaid_core.publication.schemes.telling import Telling


def benefit_blocks(telling: Telling, benefit: Benefit, number: int) -> list[Block]:
    """Everything about one benefit, in the order in which it is computed."""
    heading = telling.say("h_benefit", number=number, name=benefit.name, benefit=benefit.benefit_id)
    blocks: list[Block] = [Heading(3, heading), *_for_whom(telling, benefit)]
    blocks += _waiting(telling, benefit.waiting)
    blocks.append(Line(base_sentence(telling, benefit.base), _source(telling, benefit.base.source)))
    over = accumulation_sentence(telling, benefit.accumulate)
    blocks.append(Line(over, _source(telling, benefit.accumulate.source)))
    for place, step in enumerate(benefit.steps, start=1):
        blocks += step_blocks(telling, step, place)
    for limit in benefit.limits:
        blocks.append(Line(limit_sentence(telling, limit), _source(telling, limit.source)))
    if not benefit.limits:
        blocks.append(Line(telling.say("limits_none")))
    rounding = rounding_sentence(telling, benefit.rounding)
    return [*blocks, Line(rounding, _source(telling, benefit.rounding.source))]


def _source(telling: Telling, source: str) -> str:
    return telling.say("source", source=source)


def _for_whom(telling: Telling, benefit: Benefit) -> list[Block]:
    """Event, basis, part, conditions and what excludes it."""
    basis = "basis_indemnity" if benefit.basis is Basis.INDEMNITY else "basis_fixed"
    told = [telling.say("event", event=telling.word(benefit.event)), telling.say(basis)]
    if benefit.part is not None:
        told.append(telling.say("needs_part", part=telling.part(benefit.part)))
    if benefit.when:
        told.append(telling.say("benefit_when", when=conditions_text(telling, benefit.when)))
    if benefit.excludes:
        told.append(telling.say("benefit_excludes", benefits=telling.benefits(benefit.excludes)))
    return [Line(each) for each in told]


def _waiting(telling: Telling, waiting: Waiting) -> list[Block]:
    source = _source(telling, waiting.source)
    if not waiting.grades:
        return [Line(telling.say("waiting_none"), source)]
    first_day = telling.say("first_day_in" if waiting.first_day_counts else "first_day_out")
    rows = tuple((str(grade.through_day), grade_sentence(telling, grade)) for grade in waiting.grades)
    blocks: list[Block] = [Line(telling.say("waiting", first_day=first_day), source)]
    blocks.append(Table((telling.say("c_cover_day"), telling.say("c_pays")), rows))
    if waiting.waived_when:
        blocks.append(Line(telling.say("waived", when=conditions_text(telling, waiting.waived_when))))
    return blocks


def grade_sentence(telling: Telling, grade: WaitingGrade) -> str:
    """What is paid early in the cover."""
    amount = telling.amount(grade.pays)
    if grade.times_shares:
        return telling.say("grade_share", amount=amount)
    return amount if grade.pays else telling.say("grade_nothing")


def base_sentence(telling: Telling, base: Base) -> str:
    """Where the steps start."""
    match base:
        case AmountsBase():
            less = ""
            if base.less_benefits:
                less += telling.say("less_benefits", benefits=telling.benefits(base.less_benefits))
            if base.less_elsewhere:
                less += telling.say("less_elsewhere")
            if less:
                less += telling.say("base_at_least_zero")
            if base.subtract:
                less += telling.say("base_below_zero")
            return telling.say("base_amounts", sum=telling.sum(base.add, base.subtract), less=less)
        case DaysBase():
            counted = telling.word(base.counted)
            return telling.say("base_days", counted=counted, day=base.first_payable_day)
        case EventBase():
            return telling.say("base_event")
        case _:
            assert_never(base)


def accumulation_sentence(telling: Telling, accumulation: Accumulation) -> str:
    """Whether claims add up."""
    if accumulation.over is not Over.SAME_CAUSE:
        return telling.say(f"over_{accumulation.over.value}")
    cause = telling.fact(accumulation.cause or "")
    if accumulation.month_end is None:
        return telling.say("over_cause_days", cause=cause, days=accumulation.within_days)
    month_end = telling.word(accumulation.month_end)
    return telling.say(
        "over_cause_months", cause=cause, months=accumulation.within_months, month_end=month_end
    )


def limit_sentence(telling: Telling, limit: Limit) -> str:
    """One limit."""
    per = telling.word(limit.per)
    told: list[str] = []
    match limit:
        case AmountLimit():
            told = [telling.say("limit_amount", per=per, most=telling.amount(limit.most))]
            told += [telling.say("limit_shares")] if limit.times_shares else []
            told.append(telling.word(limit.excess))
        case PaymentsLimit():
            told = [telling.say("limit_payments", per=per, most=limit.most)]
        case DaysLimit():
            told = [telling.say("limit_days", per=per, most=limit.most)]
        case _:
            assert_never(limit)
    if limit.each is not None:
        told.append(telling.say("limit_each", fact=telling.fact(limit.each)))
    if limit.counter is not None:
        told.append(_shared(telling, limit.counter))
    return telling.say("semicolon").join(told)


def _shared(telling: Telling, counter: str) -> str:
    """Which benefits use one counter, by their names; a counter of one benefit is told by its name."""
    benefits = telling.version.benefits
    using = [each.name for each in benefits if any(limit.counter == counter for limit in each.limits)]
    key = "limit_counter" if len(using) > 1 else "limit_counter_alone"
    return telling.say(key, benefits=telling.join(using), counter=counter)


def rounding_sentence(telling: Telling, rounding: RoundingRule) -> str:
    """How and where is rounded."""
    return telling.say(
        "rounding",
        mode=telling.word(rounding.mode),
        place=telling.word(rounding.place),
        unit=telling.amount(rounding.unit),
    )
