"""Broken lines (分段线性): the form that most steps of a plan have in common.

Deductible, bands, share and upper bound all multiply the running number by a whole number and
add another one, by the segment in which it lies. One table of these numbers, a row per class,
does for a whole column at once what the steps of a plan do for one claim.
"""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

import attrs
import numpy

from mutualaid_core.columnar.arithmetic.exact import INT64_MAX, Array, Column, wide_enough
from mutualaid_core.rules.claims.plan import steps as plans

_SEARCHED = 12
"""From so many edges on, a binary search beats comparing with each of them."""


@attrs.frozen(kw_only=True, eq=False)
class Line:
    """One broken line: ``slopes[at] * value + offsets[at]`` in the segment ``at``.

    Attributes:
        edges: Upper edges of all segments but the last, included, rising.
        slopes: What the value is multiplied by.
        offsets: What is added.
    """

    edges: tuple[int, ...]
    slopes: tuple[int, ...]
    offsets: tuple[int, ...]

    def at(self, edge: int | None) -> tuple[int, int]:
        """Slope and offset of the segment that ends at or after *edge*; the last for ``None``."""
        at = len(self.edges) if edge is None else bisect_left(self.edges, edge)
        return self.slopes[at], self.offsets[at]


@attrs.frozen(kw_only=True, eq=False)
class Table:
    """Broken lines of several classes over the same edges.

    Attributes:
        edges: Upper edges of the segments of all classes, included, rising.
        slopes: A row of factors for each class, in Python's whole numbers.
        offsets: A row of summands for each class.
    """

    edges: tuple[int, ...]
    slopes: tuple[tuple[int, ...], ...]
    offsets: tuple[tuple[int, ...], ...]

    @property
    def steepest(self) -> int:
        """Largest factor."""
        return max(max(row) for row in self.slopes)

    @property
    def farthest(self) -> int:
        """Largest summand, whatever its sign, or edge."""
        ends = [abs(offset) for row in self.offsets for offset in row]
        return max(*ends, *self.edges, 0)


def table(lines: Sequence[Line]) -> Table:
    """The lines of all classes over the edges of all of them."""
    edges = tuple(sorted({edge for line in lines for edge in line.edges}))
    rows = [[line.at(edge) for edge in (*edges, None)] for line in lines]
    return Table(
        edges=edges,
        slopes=tuple(tuple(slope for slope, _ in row) for row in rows),
        offsets=tuple(tuple(offset for _, offset in row) for row in rows),
    )


def apply(lines: Table, number: Column, classes: Array | None) -> Column:
    """The numbers after the step.

    Args:
        lines: The table.
        number: The numbers before it.
        classes: Row of the table for each number, intp; ``None`` where there is one row.
    """
    reach = number.bound * lines.steepest + lines.farthest
    values = wide_enough(number, reach)
    kind = numpy.int64 if reach <= INT64_MAX else object
    slopes = numpy.array(lines.slopes, dtype=kind).ravel()
    offsets = numpy.array(lines.offsets, dtype=kind).ravel()
    bound = peak(lines, number.bound)
    if len(slopes) == 1:
        return Column(values * slopes[0] + offsets[0], bound)
    at = _segments(lines.edges, values)
    if classes is not None:
        at += classes * (len(lines.edges) + 1)
    result = numpy.take(slopes, at, mode="clip")
    result *= values
    result += numpy.take(offsets, at, mode="clip")
    return Column(result, bound)


def peak(lines: Table, bound: int) -> int:
    """The largest number that any segment gives for a number up to *bound*."""
    peaks = (
        slope * min(bound, top) + offset
        for slopes, offsets in zip(lines.slopes, lines.offsets, strict=True)
        for slope, offset, top in zip(slopes, offsets, (*lines.edges, bound), strict=True)
    )
    return max(0, *peaks)


def _segments(edges: tuple[int, ...], values: Array) -> Array:
    """Number of the edges below each value, in the integer type of positions."""
    if len(edges) >= _SEARCHED:
        return numpy.searchsorted(numpy.array(edges, dtype=values.dtype), values, side="left")
    passed = numpy.zeros(len(values), dtype=numpy.int8)
    for edge in edges:
        passed += values > edge
    return passed.astype(numpy.intp)


def line_of(step: plans.PlainPlan) -> Line | None:  # noqa: PLR0911  # one kind of step each
    """The broken line of a step; ``None`` for one that asks for more than the running number."""
    match step:
        case plans.Subtract(amount=amount, lift=lift):
            return Line(edges=(amount,), slopes=(0, lift), offsets=(0, -amount * lift))
        case plans.Bound(amount=amount, lift=lift):
            return Line(edges=(amount,), slopes=(lift, 0), offsets=(0, amount * lift))
        case plans.Times(factor=factor) | plans.Give(amount=factor):
            return Line(edges=(), slopes=(factor,), offsets=(0,))
        case plans.Sums(edges=edges, sums=sums):
            return Line(edges=edges, slopes=(0,) * (len(sums) + 1), offsets=(0, *sums))
        case plans.Slab():
            return _slab(step)
        case plans.Marginal(rounding=None):
            return _marginal(step)
        case _:
            return None


def _slab(step: plans.Slab) -> Line:
    """A ratio of the whole in each band, level from where the band's own limit is reached."""
    edges, slopes, offsets = [step.edges[0]], [0], [0]
    tops = (*step.edges[1:], None)
    for top, ratio, most in zip(tops, step.ratios, step.mosts, strict=True):
        level = None if most is None or not ratio else most // ratio
        if level is not None and (top is None or level < top):
            if level > edges[-1]:
                slopes.append(ratio * step.lift)
                offsets.append(0)
                edges.append(level)
            slopes.append(0)
            offsets.append((most or 0) * step.lift)
        else:
            slopes.append(ratio * step.lift)
            offsets.append(0)
        edges.extend([] if top is None else [top])
    return Line(edges=tuple(edges), slopes=tuple(slopes), offsets=tuple(offsets))


def _marginal(step: plans.Marginal) -> Line:
    """Each band adds its ratio on its slice, up to the band's own limit."""
    breaks = {*step.edges, *([] if step.top is None else [step.top])}
    for edge, ratio, most in zip(step.edges, step.ratios, step.mosts, strict=True):
        if most is not None and ratio:
            # Numbers are whole: just above this one the slice is worth the limit or more.
            breaks.add(edge + most // ratio)
    edges = sorted(breaks)
    slopes, offsets = [0], [0]
    for low, high in pairwise([*edges, edges[-1] + 2]):
        # Between two breaks the step is a straight line, which two of its points determine.
        first = _exactly(step, low + 1)
        slope = _exactly(step, low + 2) - first if high > low + 1 else 0
        slopes.append(slope)
        offsets.append(first - slope * (low + 1))
    return Line(edges=tuple(edges), slopes=tuple(slopes), offsets=tuple(offsets))


def _exactly(step: plans.Marginal, value: int) -> int:
    """What a marginal step without roundings gives for one number."""
    whole = 0
    for at, lower in enumerate(step.edges):
        upper = step.edges[at + 1] if at + 1 < len(step.edges) else step.top
        part = max((value if upper is None else min(value, upper)) - lower, 0) * step.ratios[at]
        most = step.mosts[at]
        whole += part if most is None else min(part, most)
    return whole * step.lift
