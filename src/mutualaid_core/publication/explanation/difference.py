"""Difference (差异): what two computations do not have in common, step by step.

Steps are the same one where rule and parameter agree, else where they are of one rule and stand
at the same place among what is left of it. A figure that differs only because of the step before
it is a consequence: it shows in what the step gives, and in nothing else of it.
"""

import enum
from collections.abc import Callable, Hashable, Sequence
from typing import Final

import attrs

from mutualaid_core.domain.claims.decision import Decision
from mutualaid_core.domain.claims.reason import Reason
from mutualaid_core.domain.claims.trace import Rule, Trace, TraceStep
from mutualaid_core.domain.values.money import ZERO, Money

_CONSEQUENCES: Final = frozenset({"exact_fen", "exact_before"})


class Kind(enum.Enum):
    """What became of a step (步骤变化)."""

    CHANGED = "changed"
    ADDED = "added"
    LEFT_OUT = "left_out"


@attrs.frozen
class AmountChange:
    """An amount that differs (金额变化); ``None`` where one side does not have it."""

    name: str
    before: Money | None
    after: Money | None


@attrs.frozen
class FactChange:
    """A fact that differs (事实变化); ``None`` where one side does not have it."""

    name: str
    before: str | None
    after: str | None


@attrs.frozen(kw_only=True)
class StepDifference:
    """A step that differs (步骤差异).

    Attributes:
        kind: Changed, added or left out.
        before: Number of the step in the first trace; ``None`` for one that is added.
        after: Number of the step in the second trace; ``None`` for one that is left out.
        amounts: Amounts that differ, with ``before`` and ``after`` for what came in and went out.
        facts: Facts that differ, with ``source`` for where the parameter is printed.
        effect: Fen that the step gives more, or less, by itself.
    """

    kind: Kind
    before: int | None
    after: int | None
    amounts: tuple[AmountChange, ...] = ()
    facts: tuple[FactChange, ...] = ()
    effect: int


@attrs.frozen(kw_only=True)
class Difference:
    """What two computations do not have in common (差异).

    Attributes:
        before: Trace of the first.
        after: Trace of the second.
        paid_before: What the first pays.
        paid_after: What the second pays.
        steps: Steps that differ, in the order of the second.
        reasons_added: Reasons of the second alone; empty where no reasons are known.
        reasons_left_out: Reasons of the first alone.
    """

    before: Trace
    after: Trace
    paid_before: Money
    paid_after: Money
    steps: tuple[StepDifference, ...]
    reasons_added: tuple[Reason, ...] = ()
    reasons_left_out: tuple[Reason, ...] = ()

    @property
    def effect(self) -> Money:
        """What the second pays more than the first; below nothing where it pays less."""
        return self.paid_after - self.paid_before


def difference(before: Decision | Trace, after: Decision | Trace) -> Difference:
    """What differs between two computations, of one claim or of two.

    Args:
        before: The one to start from, a decision or its trace alone.
        after: The other one.

    Clause:
        ACFTU-2.4b, ACFTU-14.2b
    """
    traces = [each.trace if isinstance(each, Decision) else each for each in (before, after)]
    reasons = [each.reasons if isinstance(each, Decision) else () for each in (before, after)]
    first, second = traces
    known = all(reasons)
    return Difference(
        before=first,
        after=second,
        paid_before=paid_by(first),
        paid_after=paid_by(second),
        steps=_steps(first, second),
        reasons_added=tuple(each for each in reasons[1] if known and each not in reasons[0]),
        reasons_left_out=tuple(each for each in reasons[0] if known and each not in reasons[1]),
    )


def paid_by(trace: Trace) -> Money:
    """What a trace says is paid: its last step, or what each of its benefits ends with."""
    if trace.steps[-1].rule is Rule.BENEFIT:
        return trace.steps[-1].after or ZERO
    ends: dict[int, Money] = {}
    for number, step in zip(_benefits(trace), trace.steps, strict=True):
        if step.after is not None:
            ends[number] = step.after
    return Money(sum(end.fen for end in ends.values()))


def _benefits(trace: Trace) -> list[int]:
    """Number of the benefit to which each step belongs; 0 before the first that is named."""
    numbers, number = [], 0
    for step in trace.steps:
        number += step.rule is Rule.APPLIES
        numbers.append(number)
    return numbers


# ---------------------------------------------------------------- alignment


def _steps(before: Trace, after: Trace) -> tuple[StepDifference, ...]:
    pairs = _pairs(before, after)
    found, gone = [], [number for number in range(len(before.steps)) if number not in pairs.values()]
    for number, step in enumerate(after.steps):
        if number not in pairs:
            found.append(_alone(Kind.ADDED, None, number, step))
            continue
        # A step that is left out stands where it stood before the next one that is kept.
        while gone and gone[0] < pairs[number]:
            found.append(_alone(Kind.LEFT_OUT, gone[0], None, before.steps[gone.pop(0)]))
        changed = _changed(pairs[number], number, before.steps[pairs[number]], step)
        found += [changed] if changed is not None else []
    found += [_alone(Kind.LEFT_OUT, number, None, before.steps[number]) for number in gone]
    return tuple(found)


def _pairs(before: Trace, after: Trace) -> dict[int, int]:
    """Number of the step before by the number of the same step after."""
    names = _names_of_benefits(before, after)
    pairs: dict[int, int] = {}

    def pair_by(key: Callable[[Hashable, TraceStep], Hashable]) -> None:
        free = _free(before, names[0], key, set(pairs.values()))
        for found, numbers in _free(after, names[1], key, set(pairs)).items():
            pairs.update(zip(numbers, free.get(found, ()), strict=False))

    pair_by(lambda benefit, step: (benefit, step.rule, step.parameter))
    pair_by(lambda benefit, step: (benefit, step.rule))
    return pairs


def _free(
    trace: Trace, names: Sequence[str], key: Callable[[Hashable, TraceStep], Hashable], taken: set[int]
) -> dict[Hashable, list[int]]:
    found: dict[Hashable, list[int]] = {}
    for number, (name, step) in enumerate(zip(names, trace.steps, strict=True)):
        if number not in taken:
            found.setdefault(key(name, step), []).append(number)
    return found


def _names_of_benefits(before: Trace, after: Trace) -> tuple[list[str], list[str]]:
    """A name for the benefit of each step: its id, or its place where the two have no id in common."""
    ids = [_ids(trace) for trace in (before, after)]
    shared = set(ids[0]) & set(ids[1])
    first, second = (
        [
            "" if number == 0 or step.rule is Rule.BENEFIT else own[number - 1] if shared else str(number)
            for number, step in zip(_numbers(trace), trace.steps, strict=True)
        ]
        for own, trace in zip(ids, (before, after), strict=True)
    )
    return first, second


def _ids(trace: Trace) -> list[str]:
    return [dict(step.facts).get("benefit", "") for step in trace.steps if step.rule is Rule.APPLIES]


def _numbers(trace: Trace) -> list[int]:
    """As ``_benefits``; the one benefit of form 1 has no step of its own and counts as the first."""
    numbers = _benefits(trace)
    if numbers[-1]:
        return numbers
    frame = {Rule.PERIOD, Rule.ADMISSION}
    return [0 if step.rule in frame else 1 for step in trace.steps]


# --------------------------------------------------------------- one step


def _alone(kind: Kind, before: int | None, after: int | None, step: TraceStep) -> StepDifference:
    moved = _given(step) - (0 if step.rule is Rule.BAND or step.before is None else step.before.fen)
    own = 0 if step.after is None else moved
    return StepDifference(kind=kind, before=before, after=after, effect=own if kind is Kind.ADDED else -own)


def _given(step: TraceStep) -> int:
    return 0 if step.after is None else step.after.fen


def _changed(first: int, second: int, before: TraceStep, after: TraceStep) -> StepDifference | None:
    """What differs between two that are the same step; ``None`` where nothing does."""
    names = dict.fromkeys(name for step in (before, after) for name, _ in step.amounts)
    told = dict(before.amounts), dict(after.amounts)
    amounts = [AmountChange(name, told[0].get(name), told[1].get(name)) for name in names]
    amounts += [
        AmountChange("before", before.before, after.before),
        AmountChange("after", before.after, after.after),
    ]
    words = dict.fromkeys(name for step in (before, after) for name, _ in step.facts)
    said = dict(before.facts), dict(after.facts)
    facts = [FactChange(name, said[0].get(name), said[1].get(name)) for name in words]
    facts.append(FactChange("source", before.source, after.source))
    differing = tuple(each for each in amounts if each.before != each.after)
    others = tuple(each for each in facts if each.before != each.after and each.name not in _CONSEQUENCES)
    if not differing and not others:
        return None
    return StepDifference(
        kind=Kind.CHANGED,
        before=first,
        after=second,
        amounts=differing,
        facts=others,
        effect=_given(after) - _given(before),
    )
