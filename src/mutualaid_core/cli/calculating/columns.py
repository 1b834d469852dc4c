"""The evaluator on columns (批量计算), brought to the same rows as the evaluator of single claims."""

from collections.abc import Iterator, Sequence
from typing import TypeAlias

import attrs

from mutualaid_core.cli.calculating.rows import MASK
from mutualaid_core.cli.calculating.scalar import in_order_of_use
from mutualaid_core.columnar import Result, adjudicate_lines, reasons_of
from mutualaid_core.columnar.limits import key_of
from mutualaid_core.columnar.result import BenefitColumns, CounterColumn, CutColumn
from mutualaid_core.columnar.tables.rows import periods_of, prior_of, tables_of
from mutualaid_core.domain.claims.reason import Reason
from mutualaid_core.domain.scheme.facts import PERSONAL_FACTS
from mutualaid_core.domain.scheme.version import EventDate
from mutualaid_core.intake.claims.batch import SchemeBatch, VersionBatch
from mutualaid_core.publication.calculation.rows import Calculated, LimitLeft, Measure
from mutualaid_core.rules.claims.given.rows import ClaimLine
from mutualaid_core.rules.claims.lines import cover_on
from mutualaid_core.rules.claims.plan.terms import BenefitPlan, LimitPlan, Plan

_Numbers: TypeAlias = Sequence[int]


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
    result = adjudicate_lines(batch.plan, claims, covers, prior, breakdown=True, counters=True)
    for counter in result.counters.values():
        _add(counter, lines, batch.plan.version.event.period_by, scheme)
    yield from _rows(batch.plan, lines, result)


def _add(column: CounterColumn, lines: Sequence[ClaimLine], by: EventDate, scheme: SchemeBatch) -> None:
    """Add what the claims used of one counter to those of the scheme."""
    for at in column.added.nonzero()[0].tolist():
        line = lines[at]
        cover = cover_on(scheme.covers[line.person_id], line.day(by))
        assert cover is not None  # nobody uses anything without a cover
        key = column.counter if column.words is None else f"{column.counter}/{_word(column, at)}"
        scheme.counters.add(line.person_id, cover.period_id, {key: int(column.added[at])})


def _word(column: CounterColumn, at: int) -> str:
    assert column.words is not None  # asked only of counters that end with a word
    return column.words.words[int(column.words.values[at])]


def _rows(plan: Plan, lines: Sequence[ClaimLine], result: Result) -> Iterator[Calculated]:
    version, bits = plan.version, result.reasons
    assert bits is not None  # a breakdown was asked for
    told: dict[int, tuple[Reason, ...]] = {each: reasons_of(each) for each in set(bits.tolist())}
    benefits = [
        _Benefit.of(benefit, columns, result)
        for benefit, columns in zip(plan.benefits, result.benefits, strict=True)
    ]
    for at, (line, paid, reasons) in enumerate(zip(lines, result.paid.tolist(), bits.tolist(), strict=True)):
        fitting = [benefit for benefit in benefits if benefit.fits[at]]
        yield Calculated(
            claim_id=line.claim_id,
            scheme_id=version.scheme_id,
            version_id=version.version_id,
            policy_id=version.policy_id,
            amount=paid,
            reasons=told[reasons],
            lines=tuple([(benefit.benefit_id, benefit.amount[at]) for benefit in fitting]),
            left=tuple([limit.left(at) for benefit in fitting for limit in benefit.limits]),
        )


@attrs.frozen
class _Benefit:
    """What one benefit came to, as lists of Python's numbers, which are read one by one."""

    benefit_id: str
    fits: list[bool]
    amount: _Numbers
    limits: tuple["_Limit", ...]

    @classmethod
    def of(cls, plan: BenefitPlan, columns: BenefitColumns, result: Result) -> "_Benefit":
        """One benefit of a result, with those of its limits that run over several claims."""
        limits = tuple(
            _Limit.of(limit, cut, result)
            for limit, cut in zip((*plan.days_limits, *plan.limits), columns.cuts, strict=True)
            if limit.counter is not None
        )
        return cls(columns.benefit_id, columns.fits.tolist(), columns.amount.tolist(), limits)


@attrs.frozen(kw_only=True)
class _Limit:
    """Where one limit stands after each claim, likewise."""

    path: str
    counter: str
    words: tuple[str, ...]
    word: _Numbers
    measure: Measure
    most: int | _Numbers
    used: _Numbers

    @classmethod
    def of(cls, plan: LimitPlan, cut: CutColumn, result: Result) -> "_Limit":
        """One limit of a result."""
        key = key_of(plan)
        assert key is not None  # asked only of limits with a counter
        column = result.counters[key]
        personal = plan.limit.each in PERSONAL_FACTS
        words = None if personal else column.words
        return cls(
            path=plan.path,
            counter=f"{column.counter}/{MASK}" if personal else column.counter,
            words=() if words is None else words.words,
            word=() if words is None else words.values.tolist(),
            measure=_measure(plan),
            most=cut.most if isinstance(cut.most, int) else cut.most.tolist(),
            used=column.used.tolist(),
        )

    def left(self, at: int) -> LimitLeft:
        """What is left after one claim."""
        counter = f"{self.counter}/{self.words[self.word[at]]}" if self.words else self.counter
        most = self.most if isinstance(self.most, int) else self.most[at]
        return LimitLeft(
            limit=self.path, counter=counter, measure=self.measure, most=most, used=self.used[at]
        )


def _measure(plan: LimitPlan) -> Measure:
    if plan.counts_payments:
        return Measure.PAYMENTS
    return Measure.DAYS if plan.counts_days else Measure.FEN
