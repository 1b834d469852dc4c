"""Many claims at once (批量理赔): in blocks, then again the few whose limits may bind.

First every claim is computed as if nothing had been used. That is right for every person whose
claims together stay within each limit, which is nearly everybody. The claims of the others are
taken again in the order of the scheme. Nothing depends on the order of the rows, on the size of
a block, or on which persons stand in the same file.
"""

from collections.abc import Mapping
from functools import partial
from typing import Final

import attrs
import numpy

from mutualaid_core.clauses import implements
from mutualaid_core.columnar.arithmetic.exact import Array
from mutualaid_core.columnar.blocks import cut, in_turn, refuse_sizes
from mutualaid_core.columnar.facts import some
from mutualaid_core.columnar.lines import Batch, Line, adjudicate_line, event_facts, order_day, write
from mutualaid_core.columnar.result import CounterColumn, Result, empty_result
from mutualaid_core.columnar.tables.columns import Claims, Covers, Prior
from mutualaid_core.columnar.tables.index import index_of, members
from mutualaid_core.columnar.turns.demand import Demand, demand_of
from mutualaid_core.columnar.turns.held import held_of, keys_of, use, used_by
from mutualaid_core.columnar.turns.order import in_order, only_cap, running, starts_of, within_cap
from mutualaid_core.domain.claims.reason import Reason
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.rules.claims.counters import lasts
from mutualaid_core.rules.claims.plan.terms import LimitPlan, Plan

BLOCK: Final = 65_536
"""Rows of a block: what they need on the way fits into the cache next to the processor."""

_INT32: Final = 2**31

_SLASHES: Final = 2


@implements("HN-4.4.3c")
def adjudicate_lines(  # noqa: PLR0913  # what comes in, and how it is computed
    plan: Plan,
    claims: Claims,
    covers: Covers,
    prior: Mapping[str, Prior] | None = None,
    *,
    breakdown: bool = False,
    counters: bool = False,
    block: int = BLOCK,
    threads: int = 1,
) -> Result:
    """Admit and compute many claims, in the order in which the scheme lets them use up limits.

    A file may be cut by persons in any way; each part gives the same as the whole does.

    Args:
        plan: The scheme version, compiled.
        claims: The claims, in any order.
        covers: The covers of their persons, in any order.
        prior: What earlier claims used, by the key of the counter, as the evaluator of single
            claims names it: ``amount/inpatient/period``.
        breakdown: Whether to say how each amount came about.
        counters: Whether to say where each counter stands after each claim.
        block: Rows that are computed together.
        threads: Blocks that are computed side by side; the result is the same for any number.

    Raises:
        InvalidValueError: The columns do not say what the scheme asks for, two covers of one
            person share a day, or a result does not fit into 64 bits.

    Clause:
        HN-4.4.3c
    """
    refuse_sizes(block=block, threads=threads)
    _refuse_unclear(prior or {})
    index = index_of(claims, covers)
    batch = Batch(
        plan=plan,
        claims=claims,
        index=index,
        known=members(index) if breakdown else None,
        result=empty_result(
            plan, len(claims), breakdown=breakdown, counted=keys_of(plan) if counters else ()
        ),
    )
    demand = demand_of(plan, claims, index, prior or {})
    slots = numpy.empty(len(claims), dtype=numpy.int32 if index.slots.size < _INT32 else numpy.int64)
    blocks = tuple(cut(slice(0, len(claims)), block))
    for rows, line in zip(blocks, in_turn(blocks, partial(_first_pass, batch), threads), strict=True):
        slots[rows] = _noted(batch, rows, line, demand)
    cap = only_cap(plan)
    if cap is not None and not demand.is_beyond:
        _cut_to_cap(batch, cap, demand, slots, block)
    else:
        _take_turns(batch, demand, slots, block)
    return _counted(batch, slots, demand.prior) if counters else batch.result


def _first_pass(batch: Batch, rows: slice) -> Line | None:
    """Some claims computed as if nothing had been used; ``None`` where earlier ones may matter."""
    try:
        return adjudicate_line(batch, rows, {})
    except InvalidValueError:
        if not any(benefit.terms.excludes for benefit in batch.plan.benefits):
            raise
        # What earlier claims add may let a benefit pay that keeps another from being asked.
        return None


def _noted(batch: Batch, rows: slice, line: Line | None, demand: Demand) -> Array:
    """Write down what the first pass made; person and period of each claim in one number."""
    person = some(batch.claims.person, rows)
    if line is None:
        demand.unclear[person] = True
        _, slot, _ = event_facts(batch, rows)
        return slot
    write(batch.result, rows, line)
    demand.add(line.award, line.slot, person)
    return line.slot


def _counted(batch: Batch, slots: Array, prior: Mapping[str, Prior]) -> Result:
    """The result with where each counter stands after each claim."""
    rows = slice(0, len(batch.claims))
    facts, _, _ = event_facts(batch, rows)
    person = some(batch.claims.person, rows)
    held = held_of(batch.plan, facts, (slots, person), batch.index, prior)
    day = order_day(batch.claims, rows, batch.plan.version.open_points.use_order)
    counters = {}
    for key, added in batch.result.uses.items():
        place = held[key].place
        places = in_order(place, day, batch.claims.order)
        used = numpy.empty(len(added), dtype=numpy.int64)
        used[places] = running(place[places], added[places])
        used += held[key].values[place]
        words = None if key[1] is None else facts.told_code(key[1])
        counters[key] = CounterColumn(counter=key[0], words=words, added=added, used=used)
    return attrs.evolve(batch.result, counters=counters)


def _refuse_unclear(prior: Mapping[str, Prior]) -> None:
    for counter, used in prior.items():
        if counter.count("/") < _SLASHES:
            raise InvalidValueError("counter", "must be written kind/name/per", f"{len(counter)} characters")
        if lasts(counter) != (used.period is None):
            raise InvalidValueError("period", "must be given for a counter over a period only", counter)


def _cut_to_cap(batch: Batch, cap: LimitPlan, demand: Demand, slots: Array, block: int) -> None:
    """Cut what goes beyond the one cap, in the order of use; all else is right already."""
    tally = demand.tallies[cap.counter or ""]
    left = demand.left(cap.counter or "")
    over = tally.sums > left
    if not over.any():
        return
    claims, paid = batch.claims, batch.result.paid
    groups = slots if tally.over_period else claims.person
    found = []
    for start in range(0, len(claims), block):
        part = slice(start, start + block)
        hot = over[groups[part]]
        hot &= paid[part] > 0
        found.append(numpy.flatnonzero(hot) + start)
    rows = numpy.concatenate(found)
    group = groups[rows]
    day = order_day(claims, rows, batch.plan.version.open_points.use_order)
    places = in_order(group, day, claims.order[rows])
    rows, group = rows[places], group[places]
    most = left if isinstance(left, int) else left[group]
    after = within_cap(group, paid[rows], most)
    _note_cap(batch.result, rows, after)
    paid[rows] = after
    if batch.result.uses:
        batch.result.uses[cap.counter or "", None][rows] = after


def _note_cap(result: Result, rows: Array, after: Array) -> None:
    """Write into the breakdown what the cap took from *rows*, each of which one benefit paid."""
    if result.reasons is None:
        return
    for benefit in result.benefits:
        own = numpy.flatnonzero(benefit.amount[rows])
        at, left = rows[own], after[own]
        benefit.cuts[-1].cut[at] += benefit.amount[at] - left
        benefit.amount[at] = left
        lower = benefit.cuts[-1].cut[at] > 0
        bits = result.reasons[at] & ~(1 << Reason.CAP_REDUCED.number)
        bits |= (lower & (left > 0)).astype(numpy.int64) << Reason.CAP_REDUCED.number
        bits |= (lower & (left == 0)).astype(numpy.int64) << Reason.CAP_EXHAUSTED.number
        result.reasons[at] = bits


def _take_turns(batch: Batch, demand: Demand, slots: Array, block: int) -> None:
    """Compute the claims of persons of concern again, each after the person's earlier ones."""
    concern, claims = demand.of_concern(), batch.claims
    if not concern.any() or not len(claims):
        return
    rows = numpy.concatenate(
        [
            numpy.flatnonzero(concern[claims.person[start : start + block]]) + start
            for start in range(0, len(claims), block)
        ]
    )
    day = order_day(claims, rows, batch.plan.version.open_points.use_order)
    person = claims.person[rows]
    places = in_order(person, day, claims.order[rows])
    rows, person = rows[places], person[places]
    turn = _turns(person)
    by_turn = numpy.argsort(turn, kind="stable")
    rows, turn = rows[by_turn], turn[by_turn]
    facts, _, _ = event_facts(batch, rows)
    held = held_of(batch.plan, facts, (slots[rows], claims.person[rows]), batch.index, demand.prior)
    ends = numpy.append(numpy.flatnonzero(starts_of(turn))[1:], len(rows))
    start = 0
    for end in ends:
        while start < end:
            stop = min(start + block, int(end))
            some_rows = slice(start, stop)
            line = adjudicate_line(batch, rows[some_rows], used_by(held, some_rows))
            write(batch.result, rows[some_rows], line)
            use(held, some_rows, line.award.uses)
            start = stop


def _turns(person: Array) -> Array:
    """Which of a person's claims each is, from 0; the claims of a person stand together."""
    starts = numpy.flatnonzero(starts_of(person))
    lengths = numpy.diff(numpy.append(starts, len(person)))
    return numpy.arange(len(person)) - numpy.repeat(starts, lengths)
