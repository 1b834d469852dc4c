"""The evaluator on columns (批量计算), brought to the same rows as the evaluator of single claims.

It says what each benefit is paid and what each limit took away, but not where counters stand after
each claim. That follows from the rules of accumulation and limits, and is added up here.
"""

from collections.abc import Iterator

import attrs

from mutualaid_core.cli.calculating.rows import limits_left, row_of
from mutualaid_core.cli.calculating.scalar import in_order_of_use
from mutualaid_core.columnar import BenefitColumns, Result, adjudicate_lines, reasons_of
from mutualaid_core.columnar.tables.rows import periods_of, prior_of, tables_of
from mutualaid_core.domain.scheme.benefit.terms import Over
from mutualaid_core.intake.claims.batch import SchemeBatch, VersionBatch
from mutualaid_core.publication.calculation.rows import Calculated
from mutualaid_core.rules.claims.accumulation import Earlier, earlier_of
from mutualaid_core.rules.claims.benefit import waiting_grade
from mutualaid_core.rules.claims.counters import Counters
from mutualaid_core.rules.claims.facts import EventFacts
from mutualaid_core.rules.claims.lines import ClaimLine, cover_on, event_facts
from mutualaid_core.rules.claims.plan.terms import BenefitPlan


def computed(batch: VersionBatch, scheme: SchemeBatch) -> Iterator[Calculated]:
    """The row of each claim of a version, in the order of use; what they use is added to the counters."""
    lines = in_order_of_use(batch)
    if not lines:
        return
    claims, covers, persons = tables_of(lines, scheme.covers)
    periods = periods_of(scheme.covers)
    known = {
        (person, period): used
        for (person, period), used in scheme.counters.values.items()
        if person in persons and (not period or period in periods)
    }
    prior = prior_of(known, persons, periods)
    result = adjudicate_lines(batch.plan, claims, covers, prior, breakdown=True)
    for at, line in enumerate(lines):
        yield _row(at, line, batch, scheme, result)


def _row(at: int, line: ClaimLine, batch: VersionBatch, scheme: SchemeBatch, result: Result) -> Calculated:
    plan, bits = batch.plan, result.reasons
    assert bits is not None  # a breakdown was asked for
    reasons = reasons_of(int(bits[at]))
    fitting = [
        (benefit, columns)
        for benefit, columns in zip(plan.benefits, result.benefits, strict=True)
        if columns.fits[at]
    ]
    if not fitting:
        return row_of(plan, line.claim_id, 0, reasons)
    cover = cover_on(scheme.covers[line.person_id], line.day(plan.version.event.period_by))
    assert cover is not None  # nothing fits somebody who is not covered
    facts = event_facts(line, cover, plan.version)
    used = _count(at, line.person_id, cover.period_id, fitting, facts, scheme.counters)
    paid = [(columns.benefit_id, int(columns.amount[at])) for _, columns in fitting]
    left = limits_left([benefit for benefit, _ in fitting], facts, used)
    return row_of(plan, line.claim_id, int(result.paid[at]), reasons, paid, left)


def _count(  # noqa: PLR0913, PLR0917  # whose counters, and what uses them
    at: int,
    person_id: str,
    period_id: str,
    fitting: list[tuple[BenefitPlan, BenefitColumns]],
    facts: EventFacts,
    counters: Counters,
) -> dict[str, int]:
    """What is used of each counter with this claim, which is added to the counters."""
    used = counters.of(person_id, period_id)
    for benefit, columns in fitting:
        for counter, added in _uses(_Line.of(at, benefit, columns), facts, used):
            counters.add(person_id, period_id, {counter: added})
            used[counter] = used.get(counter, 0) + added
    return used


@attrs.frozen(kw_only=True)
class _Line:
    """What one benefit comes to for one claim."""

    plan: BenefitPlan
    base: int
    result: int
    amount: int
    days_before: int | None
    days_cut: int

    @classmethod
    def of(cls, at: int, plan: BenefitPlan, columns: BenefitColumns) -> "_Line":
        """One row of the columns."""
        before = plan.per_day
        days = None if not before else int(columns.steps[before - 1].numerators[at])
        cuts = columns.cuts[: len(plan.days_limits)]
        return cls(
            plan=plan,
            base=int(columns.base[at]),
            result=int(columns.result[at]),
            amount=int(columns.amount[at]),
            days_before=days,
            days_cut=sum(int(column.cut[at]) for column in cuts),
        )


def _uses(line: _Line, facts: EventFacts, used: dict[str, int]) -> list[tuple[str, int]]:
    """What a line adds to each counter, as the rule for single claims has it."""
    plan, earlier = line.plan, None
    waits = waiting_grade(plan, facts) is not None
    if plan.terms.accumulate.over is not Over.CLAIM and not waits:
        earlier = earlier_of(plan, facts, used)
    uses: list[tuple[str, int]] = []
    if line.amount:
        days = 0 if waits else _days(line, earlier)
        uses += [(limit.key(facts) or "", days) for limit in plan.days_limits if not waits]
        uses += [
            (limit.key(facts) or "", 1 if limit.counts_payments else line.amount)
            for limit in plan.limits
            if not (limit.counts_payments and earlier is not None and earlier.was_paid)
        ]
    if earlier is not None:
        uses += earlier.uses(line.base, line.result, paid=line.amount > 0)
    return [(counter, added) for counter, added in uses if counter]


def _days(line: _Line, earlier: Earlier | None) -> int:
    """Days that are paid: what stands before the sum per day, less what the limits took."""
    whole = line.base + (0 if earlier is None else earlier.base)
    return (whole if line.days_before is None else line.days_before) - line.days_cut
