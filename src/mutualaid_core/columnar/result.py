"""Result (理赔结果) in columns: what each claim is paid, and how it came about where asked."""

from collections.abc import Iterable, Mapping

import attrs
import numpy

from mutualaid_core.columnar.arithmetic.exact import INT64_MAX, Array
from mutualaid_core.columnar.award import Award, Share, spread
from mutualaid_core.columnar.facts import Rows
from mutualaid_core.columnar.limits import Key
from mutualaid_core.columnar.steps import given, reaches
from mutualaid_core.columnar.tables.columns import Codes
from mutualaid_core.domain.claims.reason import Reason
from mutualaid_core.domain.scheme.benefit.limits import AmountLimit
from mutualaid_core.rules.claims.plan.terms import BenefitPlan, LimitPlan, Plan


@attrs.define(kw_only=True, eq=False)
class StepColumn:
    """What one step came to.

    Attributes:
        path: Path of the parameter in the scheme version; of the step, whatever the class.
        denominator: Denominator of the numbers, which follows from the plan alone.
        is_wide: Whether the plan can give numbers that 64 bits do not hold, whatever is there.
        numerators: int64, shape (n,), or Python's whole numbers where 64 bits do not hold one;
            zero where the benefit does not fit, and where the waiting period decides.
    """

    path: str
    denominator: int
    is_wide: bool
    numerators: Array


@attrs.define(kw_only=True, eq=False)
class CutColumn:
    """What one limit took away.

    Attributes:
        path: Path of the limit in the scheme version.
        cut: int64, shape (n,): fen, or days for a limit on days.
        most: The most in all, in fen, days or payments; int64, shape (n,), where it goes by shares,
            and then zero where the benefit does not fit.
    """

    path: str
    cut: Array
    most: Array | int


@attrs.define(kw_only=True, eq=False)
class BenefitColumns:
    """What one benefit came to; zero where it does not fit.

    Attributes:
        benefit_id: The benefit.
        fits: bool, shape (n,): which claims it fits.
        base: int64, shape (n,): fen, days, or 1 for an event.
        result: int64, shape (n,), fen: what the steps came to, before bounds and limits.
        amount: int64, shape (n,), fen: what is paid.
        steps: One for each step of the plan, roundings included.
        cuts: One for each limit, those on days first.
    """

    benefit_id: str
    fits: Array
    base: Array
    result: Array
    amount: Array
    steps: tuple[StepColumn, ...]
    cuts: tuple[CutColumn, ...]


@attrs.frozen(kw_only=True, eq=False)
class CounterColumn:
    """What one counter came to with each claim.

    Attributes:
        counter: Key of the counter, without the word that ends it.
        words: The words that end it; ``None`` where none does.
        added: int64, shape (n,): what each claim brought it to beyond the claims before.
        used: int64, shape (n,): what the person has used of it with this claim and those before.
    """

    counter: str
    words: Codes | None
    added: Array
    used: Array


@attrs.frozen(kw_only=True, eq=False)
class Result:
    """What claims are paid.

    Attributes:
        paid: int64, shape (n,), fen: what each claim is paid, in the order of the claims.
        reasons: int64, shape (n,): a bit for each reason, by its number; ``None`` where the
            breakdown was not asked for.
        benefits: The breakdown; empty where it was not asked for.
        uses: int64, shape (n,): what each claim adds to each counter; empty where counters were
            not asked for.
        counters: Where each counter stands after each claim, likewise.
    """

    paid: Array
    reasons: Array | None
    benefits: tuple[BenefitColumns, ...]
    uses: Mapping[Key, Array] = attrs.field(factory=dict)
    counters: Mapping[Key, CounterColumn] = attrs.field(factory=dict)

    def write(self, rows: Rows, award: Award) -> None:
        """Keep what an award says of some rows."""
        self.paid[rows] = award.amount
        for key, added in self.uses.items():
            added[rows] = award.uses.get(key, 0)
        told = {share.line.benefit_id: share for share in award.shares}
        for columns in self.benefits:
            share = told.get(columns.benefit_id)
            if share is None:
                _clear(columns, rows)
            else:
                _write(columns, rows, share)


def reasons_of(bits: int) -> tuple[Reason, ...]:
    """The reasons of one claim, by precedence.

    >>> reasons_of(1 << 19)
    (Reason.COMPUTED,)
    """
    return tuple(reason for reason in Reason if bits >> reason.number & 1)


def empty_result(plan: Plan, length: int, *, breakdown: bool, counted: Iterable[Key] = ()) -> Result:
    """Columns in which nothing is paid, and nothing is used of the counters of these keys."""
    uses = {key: numpy.zeros(length, dtype=numpy.int64) for key in counted}
    paid = numpy.zeros(length, dtype=numpy.int64)
    if not breakdown:
        return Result(paid=paid, reasons=None, benefits=(), uses=uses)
    benefits = tuple(_columns(benefit, length) for benefit in plan.benefits)
    return Result(paid=paid, reasons=numpy.zeros(length, dtype=numpy.int64), benefits=benefits, uses=uses)


def _columns(benefit: BenefitPlan, length: int) -> BenefitColumns:
    def zeros() -> Array:
        return numpy.zeros(length, dtype=numpy.int64)

    steps = tuple(
        StepColumn(
            path=f"{benefit.path}.steps[{place}]",
            denominator=given(step),
            is_wide=reach > INT64_MAX,
            numerators=zeros(),
        )
        for place, (step, reach) in enumerate(zip(benefit.steps, reaches(benefit), strict=True))
    )
    limits = (*benefit.days_limits, *benefit.limits)
    return BenefitColumns(
        benefit_id=benefit.terms.benefit_id,
        fits=numpy.zeros(length, dtype=bool),
        base=zeros(),
        result=zeros(),
        amount=zeros(),
        steps=steps,
        cuts=tuple(CutColumn(path=limit.path, cut=zeros(), most=_most(limit, length)) for limit in limits),
    )


def _most(plan: LimitPlan, length: int) -> Array | int:
    """The most in all, as far as it is known before there is any claim."""
    limit = plan.limit
    if not isinstance(limit, AmountLimit):
        return limit.most
    return numpy.zeros(length, dtype=numpy.int64) if limit.times_shares else limit.most.fen


def _clear(columns: BenefitColumns, rows: Rows) -> None:
    columns.fits[rows] = False
    for values in (columns.base, columns.result, columns.amount):
        values[rows] = 0
    for step in columns.steps:
        step.numerators[rows] = 0
    for cut in columns.cuts:
        cut.cut[rows] = 0


def _write(columns: BenefitColumns, rows: Rows, share: Share) -> None:
    assert share.log is not None  # a breakdown is kept only of what was noted
    (log, few), fits, line = share.log, share.fits, share.line
    columns.fits[rows] = True if fits is None else fits
    columns.base[rows] = spread(line.base, fits, None)
    columns.result[rows] = spread(line.result, fits, None)
    columns.amount[rows] = line.amount
    for column, numerators in zip(columns.steps, log.steps, strict=True):
        if numerators.dtype == object and column.numerators.dtype != object:
            column.numerators = column.numerators.astype(object)
        column.numerators[rows] = spread(numerators, fits, few)
    for kept, cut in zip(columns.cuts, log.cuts, strict=True):
        kept.cut[rows] = spread(cut.before - cut.after, fits, few)
        if not isinstance(kept.most, int):
            kept.most[rows] = spread(numpy.asarray(cut.most), fits, few)
