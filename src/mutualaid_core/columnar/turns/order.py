"""Order (先后): claims by person in the order of use, and the running sums of a single cap."""

from itertools import combinations

import numpy

from mutualaid_core.columnar.arithmetic.exact import INT64_MAX, Array
from mutualaid_core.domain.scheme.benefit.limits import AmountLimit, Excess
from mutualaid_core.domain.scheme.benefit.terms import Benefit, Over
from mutualaid_core.rules.claims.plan.terms import BenefitPlan, LimitPlan, Plan
from mutualaid_core.rules.scheme.soundness.conditions import can_hold

_BITS = 63


def only_cap(plan: Plan) -> LimitPlan | None:
    """The one cap over several claims, where nothing else makes one claim hang on another.

    That is so where no claim can be of two benefits, and the claims of each stand alone, with the
    same cap as its last limit that cuts amounts, the same for everybody, while the other limits
    run over one claim.
    """
    caps = [_last_cap(benefit) for benefit in plan.benefits]
    first = caps[0] if caps else None
    if first is None or any(cap is None or not _is_same(cap, first) for cap in caps):
        return None
    pairs = combinations((benefit.terms for benefit in plan.benefits), 2)
    return first if all(_are_apart(*pair) for pair in pairs) else None


def _last_cap(benefit: BenefitPlan) -> LimitPlan | None:
    """The cap of a benefit over several claims, where it is its only such limit and its last."""
    shared = [limit for limit in (*benefit.days_limits, *benefit.limits) if limit.counter is not None]
    if benefit.terms.accumulate.over is not Over.CLAIM or len(shared) != 1:
        return None
    cap = shared[0].limit
    if shared[0] not in benefit.limits[-1:] or not isinstance(cap, AmountLimit):
        return None
    return shared[0] if cap.excess is Excess.CUT and cap.each is None and not cap.times_shares else None


def _is_same(one: LimitPlan, other: LimitPlan) -> bool:
    return one.counter == other.counter and one.limit.most == other.limit.most


def _are_apart(one: Benefit, other: Benefit) -> bool:
    """Whether no claim can be of both benefits."""
    return one.event is not other.event or not can_hold((*one.when, *other.when))


def in_order(group: Array, day: Array, order: Array) -> Array:
    """Places of claims by group, then day, then the rank of their ids.

    Args:
        group: Any integer type, shape (k,), not below zero.
        day: int32: day of use.
        order: int64: ranks of the ids, no two alike.
    """
    if not len(group):
        return numpy.empty(0, dtype=numpy.intp)
    by_id = numpy.argsort(order, kind="stable") if (order[1:] < order[:-1]).any() else None
    if by_id is not None:
        group, day = group[by_id], day[by_id]
    first = int(day.min())
    bits = [int(group.max()).bit_length(), (int(day.max()) - first).bit_length(), len(group).bit_length()]
    if sum(bits) > _BITS:
        places = numpy.lexsort((day, group))
    else:
        # One number for group, day and place: sorting values is much faster than sorting places.
        packed = group.astype(numpy.int64) << bits[1]
        packed |= day - numpy.int64(first)
        packed <<= bits[2]
        packed |= numpy.arange(len(group))
        packed.sort()
        places = packed & ((1 << bits[2]) - 1)
    return places if by_id is None else by_id[places]


def starts_of(group: Array) -> Array:
    """Where a new group starts: bool, shape (k,), for groups that stand together."""
    first = numpy.ones(len(group), dtype=bool)
    numpy.not_equal(group[1:], group[:-1], out=first[1:])
    return first


def running(group: Array, added: Array) -> Array:
    """Sums of *added* up to each row within its group, for groups that stand together."""
    so_far = numpy.cumsum(added)
    starts = numpy.flatnonzero(starts_of(group))
    lengths = numpy.diff(numpy.append(starts, len(group)))
    found: Array = so_far - numpy.repeat(so_far[starts] - added[starts], lengths)
    return found


def within_cap(group: Array, amount: Array, left: Array | int) -> Array:
    """Amounts cut so that those of one group together stay within what is left for it.

    Args:
        group: shape (k,): groups, standing together, in the order of use.
        amount: int64, not below zero.
        left: int64: what is left for the group of each row, not below zero.
    """
    if not len(group):
        return amount
    wide = int(amount.max()) * len(amount) > INT64_MAX
    so_far = running(group, amount.astype(object) if wide else amount)
    paid = numpy.minimum(so_far, left) - numpy.minimum(so_far - amount, left)
    found: Array = paid.astype(numpy.int64)
    return found
