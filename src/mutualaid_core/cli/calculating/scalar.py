"""The evaluator of single claims (逐笔计算): one after the other, with every step where asked."""

from collections.abc import Iterator

from mutualaid_core.cli.calculating.rows import limits_left, row_of
from mutualaid_core.intake.claims.batch import SchemeBatch, VersionBatch
from mutualaid_core.publication.calculation.rows import Calculated
from mutualaid_core.rules.claims.given.rows import ClaimLine
from mutualaid_core.rules.claims.lines import Outcome, adjudicate_line, cover_on, event_facts
from mutualaid_core.rules.claims.plan.terms import Plan
from mutualaid_core.rules.claims.working.log import Log


def in_order_of_use(batch: VersionBatch) -> list[ClaimLine]:
    """The claims of a version in the order in which they use up limits."""
    by = batch.plan.version.open_points.use_order
    return sorted(batch.lines, key=lambda line: (line.order_day(by), line.claim_id))


def computed(batch: VersionBatch, scheme: SchemeBatch, *, explained: bool) -> Iterator[Calculated]:
    """The row of each claim of a version, in the order of use; what they use is added to the counters."""
    plan, counters = batch.plan, scheme.counters
    for line in in_order_of_use(batch):
        own = scheme.covers.get(line.person_id, ())
        cover = cover_on(own, line.day(plan.version.event.period_by))
        period = "" if cover is None else cover.period_id
        used = counters.of(line.person_id, period)
        log = Log() if explained else None
        outcome = adjudicate_line(plan, line, own, used, log)
        if outcome.award is not None:
            counters.add(line.person_id, period, outcome.award.uses)
            for counter, added in outcome.award.uses.items():
                used[counter] = used.get(counter, 0) + added
        yield _row(plan, outcome, used, log)


def _row(plan: Plan, outcome: Outcome, used: dict[str, int], log: Log | None) -> Calculated:
    line, award = outcome.line, outcome.award
    if award is None:
        return row_of(plan, line.claim_id, 0, outcome.reasons)
    paid = [(each.benefit_id, each.amount) for each in award.lines]
    named = {benefit_id for benefit_id, _ in paid}
    benefits = [benefit for benefit in plan.benefits if benefit.terms.benefit_id in named]
    facts = event_facts(line, outcome.cover, plan.version)
    left = limits_left(benefits, facts, used)
    steps = () if log is None else log.steps
    return row_of(plan, line.claim_id, award.amount, outcome.reasons, paid, left, steps)
