"""Lines (理赔明细) on columns: which cover each claim falls under, and what is against paying it."""

from collections.abc import Mapping, Sequence
from typing import Final

import attrs
import numpy

from mutualaid_core.clauses import implements
from mutualaid_core.columnar.arithmetic.exact import Array
from mutualaid_core.columnar.arithmetic.linear import Table
from mutualaid_core.columnar.award import Award, Fit, award, fitting
from mutualaid_core.columnar.base import is_below_zero
from mutualaid_core.columnar.facts import EventFacts, Rows, is_designated, some
from mutualaid_core.columnar.fit import all_hold
from mutualaid_core.columnar.limits import Used
from mutualaid_core.columnar.result import Result
from mutualaid_core.columnar.tables.columns import EPOCH, EVENTS, Claims, Covers
from mutualaid_core.columnar.tables.index import CoverIndex, cover_on
from mutualaid_core.domain.claims.reason import Reason
from mutualaid_core.domain.claims.settlement import IDENTITIES
from mutualaid_core.domain.scheme.facts import EventKind
from mutualaid_core.domain.scheme.options import UseOrder
from mutualaid_core.domain.scheme.version import EventDate, SchemeVersion
from mutualaid_core.rules.claims.plan.terms import Plan

_CARE: Final = (EventKind.INPATIENT_STAY, EventKind.OUTPATIENT_VISIT)


def day_of(claims: Claims, rows: Rows, by: EventDate) -> Array:
    """The days that decide the period; the last day where no day of settlement is told."""
    if by is EventDate.ADMISSION:
        return some(claims.began, rows)
    return _or_ended(claims, rows, claims.settled if by is EventDate.SETTLEMENT else None)


def order_day(claims: Claims, rows: Rows, by: UseOrder) -> Array:
    """The days by which claims use up limits; the last day where their own is not told."""
    if by is UseOrder.ADMISSION:
        return some(claims.began, rows)
    told = {UseOrder.SETTLEMENT: claims.settled, UseOrder.FILING: claims.filed}
    return _or_ended(claims, rows, told.get(by))


def _or_ended(claims: Claims, rows: Rows, told: Array | None) -> Array:
    ended = some(claims.ended, rows)
    if told is None:
        return ended
    days = some(told, rows)
    return numpy.where(days >= 0, days, ended)


@attrs.frozen(kw_only=True, eq=False)
class Batch:
    """What one call works on.

    Attributes:
        plan: The scheme version, compiled.
        claims: The claims.
        index: The covers, and where to find them.
        known: bool: which persons have any cover; ``None`` where reasons are not asked for.
        result: Takes the results, which are written by whoever calls.
        tables: Broken lines of the steps, as far as they were worked out.
    """

    plan: Plan
    claims: Claims
    index: CoverIndex
    known: Array | None
    result: Result
    tables: dict[object, Table | None] = attrs.field(factory=dict)


def event_facts(batch: Batch, rows: Rows) -> tuple[EventFacts, Array, Array]:
    """Facts of some claims, with the person and period of each, and which of them are covered.

    Args:
        batch: What is worked on.
        rows: Which claims.

    Returns:
        The facts; number of person and period in one, int64; bool: where a cover holds the day.
    """
    claims, index, version = batch.claims, batch.index, batch.plan.version
    day = day_of(claims, rows, version.event.period_by)
    row, slot, found = cover_on(index, some(claims.person, rows), day)
    # Without any cover there is no row to look at, so a made-up one stands in for it.
    covers = index.covers if len(index.covers) else _one_cover()
    first_day = numpy.take(covers.first_day, row, mode="clip")
    covered = day >= first_day
    covered &= day <= numpy.take(covers.last_day, row, mode="clip")
    if found is not None:
        covered &= found
    facts = EventFacts(
        claims=claims,
        covers=covers,
        version=version,
        rows=rows,
        cover=row,
        first_day=first_day,
        tables=batch.tables,
    )
    return facts, slot, covered


def _one_cover() -> Covers:
    day, number = numpy.zeros(1, dtype=numpy.int32), numpy.zeros(1, dtype=numpy.int8)
    return Covers(person=number, period=number, first_day=day, last_day=day)


@implements("ACFTU-2.4b", "HN-4.2.1a", "HN-4.2.1b", "HN-4.1.1b", "HN-4.5.3a", "GD-1.2d", "GD-2.3.3c")
def line_reasons(facts: EventFacts, covered: Array) -> dict[Reason, Array]:
    """Every reason against paying claims that can be told from the claim and its cover, and where.

    Args:
        facts: Facts of the claims.
        covered: Where a cover holds the day of the event.

    Raises:
        InvalidValueError: The facts do not say what the conditions of the scheme ask for.

    Clause:
        ACFTU-2.4b, HN-4.2.1a, HN-4.2.1b, HN-4.1.1b, HN-4.5.3a, GD-1.2d, GD-2.3.3c
    """
    event, version = facts.version.event, facts.version
    day = day_of(facts.claims, facts.rows, event.period_by)
    eligible = all_hold(version.eligibility.when, facts.among(covered))
    found = {
        Reason.SETTLEMENT_REVERSED: _reversed(facts),
        Reason.OUTSIDE_PERIOD: _outside(version, day),
        Reason.NOT_INPATIENT: _treated(facts, _not_among(facts, "med_type", event.kinds_of_care, covered)),
        Reason.INSTITUTION_NOT_DESIGNATED: _treated(facts, _not_designated(facts)),
        Reason.INSURANCE_NOT_COVERED: _not_among(
            facts, "insutype", tuple(each.value for each in version.eligibility.insurance_types), covered
        ),
        Reason.NOT_ELIGIBLE: None if eligible is None else covered & ~eligible,
        Reason.FILED_TOO_LATE: _filed_too_late(facts),
        Reason.IDENTITIES_BROKEN: _identities_broken(facts),
    }
    return {reason: where for reason, where in found.items() if where is not None}


def _reversed(facts: EventFacts) -> Array | None:
    told = facts.claims.is_reversed
    return None if told is None else some(told, facts.rows)


def _outside(version: SchemeVersion, day: Array) -> Array | None:
    first = version.first_day.toordinal() - EPOCH
    if not len(day):
        return None
    low, high = int(day.min()), int(day.max())
    last = high if version.last_day is None else version.last_day.toordinal() - EPOCH
    return None if first <= low and high <= last else (day < first) | (day > last)


def _not_among(facts: EventFacts, name: str, words: tuple[str, ...], covered: Array) -> Array | None:
    """Where a code is given, but is none of *words*; without a cover only the claim gives one."""
    codes, own = facts.told_code(name), facts.claims.codes.get(name)
    if codes is None:
        return None
    strange = numpy.array([*(word not in words for word in codes.words), False], dtype=bool)
    found: Array = numpy.take(strange, codes.values, mode="wrap")
    if name in facts.covers.codes:
        found &= covered if own is None else covered | (some(own.values, facts.rows) >= 0)
    return found


def _treated(facts: EventFacts, where: Array | None) -> Array | None:
    """*where*, of stays and visits alone."""
    event = facts.claims.event
    if where is None:
        return None
    if isinstance(event, EventKind):
        return where if event in _CARE else None
    kinds = some(event, facts.rows)
    found: Array = where & ((kinds == EVENTS.index(_CARE[0])) | (kinds == EVENTS.index(_CARE[1])))
    return found


def _not_designated(facts: EventFacts) -> Array | None:
    designated = is_designated(facts)
    return None if designated is None else ~designated


def _filed_too_late(facts: EventFacts) -> Array | None:
    if facts.claims.filed is None:
        return None
    filed = some(facts.claims.filed, facts.rows)
    latest = facts.ended.astype(numpy.int64) + facts.version.event.filing_days_max
    found: Array = (filed >= 0) & (filed > latest)
    return found


def _identities_broken(facts: EventFacts) -> Array | None:
    """Where the sums of a settlement do not hold, of those whose amounts are all told."""
    found = None
    for whole, parts in IDENTITIES.values():
        amounts = facts.claims.amounts
        if all(name in amounts for name in (whole, *parts)):
            broken = _differs(facts, whole, parts, amounts)
            found = broken if found is None else found | broken
    return found


def _differs(facts: EventFacts, whole: str, parts: tuple[str, ...], amounts: Mapping[str, Array]) -> Array:
    left = some(amounts[whole], facts.rows).copy()
    told = numpy.ones(len(facts), dtype=bool)
    for name in (whole, *parts):
        if name in facts.claims.gaps:
            told &= some(amounts[name], facts.rows) >= 0
    for name in parts:
        left -= some(amounts[name], facts.rows)
    found: Array = (left != 0) & told
    return found


@attrs.frozen(kw_only=True, eq=False)
class Line:
    """What some claims are paid (理赔结果).

    Attributes:
        award: The amounts, and how they came about.
        slot: int64: person and period of each claim in one number.
        reasons: int64: a bit for each reason; ``None`` where reasons are not asked for.
    """

    award: Award
    slot: Array
    reasons: Array | None


def write(result: Result, rows: Rows, line: Line) -> None:
    """Keep what some claims are paid."""
    result.write(rows, line.award)
    if result.reasons is not None and line.reasons is not None:
        result.reasons[rows] = line.reasons


@implements("ACFTU-2.4b", "HN-4.4.1")
def adjudicate_line(batch: Batch, rows: Rows, used: Used) -> Line:
    """Admit and compute some claims, of which none changes what another finds used.

    Args:
        batch: What is worked on.
        rows: Which claims.
        used: What earlier claims of each person used.

    Raises:
        InvalidValueError: The facts do not say what the scheme asks for.

    Clause:
        ACFTU-2.4b, HN-4.4.1
    """
    facts, slot, covered = event_facts(batch, rows)
    against = line_reasons(facts, covered)
    admitted = covered
    for where in against.values():
        admitted = admitted & ~where
    facts = attrs.evolve(facts, active=admitted)
    fitted = fitting(batch.plan, facts)
    below = _below_zero(fitted, facts)
    if below is not None:
        facts = facts.among(~below)
    made = award(fitted, facts, used, noted=batch.known is not None)
    reasons = made.reasons
    if batch.known is not None and reasons is not None:
        known = batch.known[some(batch.claims.person, rows)]
        refused = _refused({**against, Reason.NOT_A_MEMBER: ~known, Reason.OUTSIDE_COVER: known & ~covered})
        if below is not None:
            refused |= (below & admitted).astype(numpy.int64) << Reason.BASE_BELOW_ZERO.number
        reasons = numpy.where(refused != 0, refused, reasons)
    return Line(award=made, slot=slot, reasons=reasons)


def _below_zero(fitted: Sequence[Fit], facts: EventFacts) -> Array | None:
    """Where insurance paid more than counts for a benefit that fits; ``None`` for nowhere."""
    found = None
    for fit in fitted:
        below = is_below_zero(fit.benefit.terms.base, attrs.evolve(facts, active=fit.fits))
        if below is not None:
            own = below if fit.fits is None else below & fit.fits
            found = own if found is None else found | own
    return found


def _refused(against: Mapping[Reason, Array]) -> Array:
    """A bit for each reason."""
    bits = numpy.zeros(len(next(iter(against.values()))), dtype=numpy.int64)
    for reason, where in against.items():
        bits |= where.astype(numpy.int64) << reason.number
    return bits
