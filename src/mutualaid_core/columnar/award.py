"""Award (补助核算) on columns: admission, then all benefits of a scheme, in its order."""

from collections.abc import Mapping, Sequence

import attrs
import numpy

from mutualaid_core.clauses import implements
from mutualaid_core.columnar.arithmetic.exact import Array
from mutualaid_core.columnar.benefit import Line, Log, benefit_line
from mutualaid_core.columnar.facts import EventFacts, is_event, is_part_held, only
from mutualaid_core.columnar.fit import all_hold
from mutualaid_core.columnar.limits import Key, Used
from mutualaid_core.domain.claims.reason import Reason
from mutualaid_core.rules.claims.plan.terms import BenefitPlan, Plan

_SPARSE = 2
"""A benefit that fits fewer than one row in so many is computed for those rows alone."""


@attrs.frozen(kw_only=True, eq=False)
class Fit:
    """A benefit and the rows that it fits.

    Attributes:
        benefit: The benefit.
        fits: bool: which active rows it fits; ``None`` for all.
        lacking: bool: which it would fit but for its part; ``None`` for none.
    """

    benefit: BenefitPlan
    fits: Array | None
    lacking: Array | None


@attrs.frozen(kw_only=True, eq=False)
class Share:
    """What one benefit comes to for the rows that it fits.

    Attributes:
        line: The line; zeros in all other rows.
        fits: bool: which rows it fits; ``None`` for all.
        log: What happened on the way, with the rows of the view that it speaks of (``None`` for
            all); ``None`` where nothing is noted.
    """

    line: Line
    fits: Array | None
    log: tuple[Log, Array | None] | None


@attrs.frozen(kw_only=True, eq=False)
class Award:
    """What a scheme pays for some events.

    Attributes:
        amount: int64: what is paid, in fen.
        shares: What each benefit that fits any event comes to, in the order of the scheme.
        reasons: int64: a bit for each reason, by its number; ``None`` where nothing is noted.
        uses: int64: what is to be added to each counter of the persons.
    """

    amount: Array
    shares: tuple[Share, ...]
    reasons: Array | None
    uses: Mapping[Key, Array]


@implements("HN-4.4.1", "ACFTU-2.4b", "ACFTU-4.3c", "GD-2.3.2b")
def award(fitted: Sequence[Fit], facts: EventFacts, used: Used, *, noted: bool = False) -> Award:
    """What the benefits of a scheme come to for the active rows; zero for all others.

    Args:
        fitted: The benefits in the order of the scheme, with the rows that they fit.
        facts: Facts of the events; the active rows are those that were admitted.
        used: What earlier claims of each person used of each counter.
        noted: Whether to note every step.

    Raises:
        InvalidValueError: The facts do not say what the scheme asks for.

    Clause:
        HN-4.4.1, ACFTU-2.4b, ACFTU-4.3c, GD-2.3.2b
    """
    shares: list[Share] = []
    paid: dict[str, Array] = {}
    uses: dict[Key, Array] = {}
    seen, lacks_part = used, numpy.zeros(len(facts), dtype=bool) if noted else None
    for fit in fitted:
        if lacks_part is not None and fit.lacking is not None:
            lacks_part |= fit.lacking
        fits = both(fit.fits, facts.active)
        for other in fit.benefit.terms.excludes:
            fits = both(fits, paid[other] == 0) if other in paid else fits
        if fits is not None and not fits.any():
            continue
        share = _share(fit.benefit, facts, seen, paid, fits, noted=noted)
        shares.append(share)
        paid[share.line.benefit_id] = share.line.amount
        for key, added in share.line.uses.items():
            uses[key] = uses[key] + added if key in uses else added
        if len(fitted) > 1:
            seen = {
                **used,
                **{key: used[key] + added if key in used else added for key, added in uses.items()},
            }
    amount = _total(paid, len(facts))
    reasons = None if lacks_part is None else _reasons(shares, amount, lacks_part, facts)
    return Award(amount=amount, shares=tuple(shares), reasons=reasons, uses=uses)


def _total(paid: Mapping[str, Array], length: int) -> Array:
    amounts = list(paid.values())
    if not amounts:
        return numpy.zeros(length, dtype=numpy.int64)
    whole = amounts[0]
    for amount in amounts[1:]:
        whole = whole + amount
    return whole


def _share(  # noqa: PLR0913  # what a line asks for, and where it is asked for
    benefit: BenefitPlan,
    facts: EventFacts,
    used: Used,
    paid: Mapping[str, Array],
    fits: Array | None,
    *,
    noted: bool,
) -> Share:
    """One benefit, for all rows at once, or for the few that it fits."""
    rows = None
    if fits is not None and int(fits.sum()) * _SPARSE < len(facts):
        rows = numpy.flatnonzero(fits)
        facts = only(attrs.evolve(facts, active=None), rows)
        used = {key: values[rows] for key, values in used.items()}
        paid = {name: values[rows] for name, values in paid.items()}
    else:
        facts = attrs.evolve(facts, active=fits)
    log = Log(reasons=numpy.zeros(len(facts), dtype=numpy.int64)) if noted else None
    line = benefit_line(benefit, facts, used, paid, log)
    spread = line if fits is None else _spread(line, fits, rows)
    return Share(line=spread, fits=fits, log=None if log is None else (log, rows))


def _spread(line: Line, fits: Array, rows: Array | None) -> Line:
    """The line in all rows of the view, with zeros where the benefit does not fit."""
    amount = spread(line.amount, fits, rows)
    uses = {
        key: amount if added is line.amount else spread(added, fits, rows) for key, added in line.uses.items()
    }
    base, result = line.base, line.result
    if rows is not None:
        base, result = spread(base, fits, rows), spread(result, fits, rows)
    return attrs.evolve(line, base=base, result=result, amount=amount, uses=uses)


def spread(values: Array, fits: Array | None, rows: Array | None) -> Array:
    """*values* in all rows of the view, with zeros where they say nothing."""
    if fits is None:
        return values
    if rows is None:
        return values * fits
    wide = numpy.zeros(len(fits), dtype=values.dtype)
    wide[rows] = values
    return wide


def _reasons(shares: list[Share], amount: Array, lacks_part: Array, facts: EventFacts) -> Array:
    """What shaped the amounts; ``COMPUTED`` where a benefit fitted and had a base.

    What keeps one benefit from being paid is no reason against a claim where another is paid.
    """
    alone = (_bit(Reason.IN_WAITING_PERIOD), _bit(Reason.NOTHING_SELF_BORNE))
    before = _bit(Reason.SUM_PAID_BEFORE)
    found = numpy.zeros(len(facts), dtype=numpy.int64)
    common = numpy.full(len(facts), -1, dtype=numpy.int64)
    fitted = numpy.zeros(len(facts), dtype=bool)
    parts: list[tuple[Array, Array]] = []
    for share in shares:
        assert share.log is not None  # reasons are asked for only where they are noted
        noted = spread(share.log[0].reasons, share.fits, share.log[1])
        fits = numpy.ones(len(facts), dtype=bool) if share.fits is None else share.fits
        found |= noted
        common &= numpy.where(fits, noted, -1)
        fitted |= fits
        parts.append((noted, fits))
    shaped = found & ~(sum(alone) | before) | _bit(Reason.COMPUTED)
    was_paid = found & before != 0
    if was_paid.any():
        # Beside a benefit that was computed, a sum that was paid before is only used up.
        shaped |= was_paid * _bit(Reason.PAYMENTS_USED_UP)
        for noted, fits in parts:
            was_paid &= ~fits | (noted & (sum(alone) | before) != 0)
        shaped = numpy.where(was_paid & (amount == 0), before, shaped)
    for bit in reversed(alone):
        shaped = numpy.where(common & bit != 0, bit, shaped)
    without = numpy.where(lacks_part, _bit(Reason.PART_NOT_HELD), _bit(Reason.EVENT_NOT_COVERED))
    return numpy.where(fitted, shaped, without)


def fitting(plan: Plan, facts: EventFacts) -> tuple[Fit, ...]:
    """The benefits of a scheme, and which active rows each fits, whatever is paid of others.

    Raises:
        InvalidValueError: The facts do not say what the scheme asks for.
    """
    return tuple(_fit(benefit, facts) for benefit in plan.benefits)


def _fit(benefit: BenefitPlan, facts: EventFacts) -> Fit:
    terms = benefit.terms
    fits = both(facts.active, is_event(facts, terms.event))
    lacking = None
    # Conditions are asked last: a member without the part need not tell its facts.
    if terms.part is not None:
        held = is_part_held(facts, terms.part)
        lacking, fits = both(fits, ~held), both(fits, held)
    if terms.when:
        fits = both(fits, all_hold(terms.when, attrs.evolve(facts, active=fits)))
    return Fit(benefit=benefit, fits=fits, lacking=lacking)


def both(one: Array | None, other: Array | None) -> Array | None:
    """Where both hold; ``None`` stands for everywhere."""
    if one is None or other is None or one is other:
        return other if one is None else one
    found: Array = one & other
    return found


def _bit(reason: Reason) -> int:
    return 1 << reason.number
