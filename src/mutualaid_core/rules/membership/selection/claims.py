"""Earlier claims (既往给付, SEL-1): whether those join who claimed before."""

from fractions import Fraction

from mutualaid_core.clauses import implements
from mutualaid_core.rules.membership.selection.chance import drawn_at_least
from mutualaid_core.rules.membership.selection.measure import (
    Level,
    Measure,
    SelectionId,
    SelectionTerms,
    unknown,
)
from mutualaid_core.rules.membership.selection.persons import Group


@implements("SN-2.2.2b")
def claim_lift(group: Group, terms: SelectionTerms) -> Measure:
    """Share of earlier claimants among the joiners, to their share of the whole roster.

    The fund's own claims are all that is asked; a unit without past cover has no such measure.

    Args:
        group: Who is judged.
        terms: Thresholds.

    Clause:
        SN-2.2.2b, ACFTU-11.2c
    """
    if not group.was_covered:
        return unknown(SelectionId.CLAIM_LIFT, "no past cover")
    joiners = [worker for worker in group.workers if worker.joins]
    marked, found = (sum(each.claimed for each in those) for those in (group.workers, joiners))
    if not joiners or not marked:
        return unknown(SelectionId.CLAIM_LIFT, "no joiners" if marked else "no earlier claimants")
    lift = Fraction(found * len(group.workers), len(joiners) * marked)
    p = drawn_at_least(found, population=len(group.workers), marked=marked, drawn=len(joiners))
    level = terms.claim_lift.level(lift)
    if level is Level.RED and p >= terms.lift_p_max:
        level = Level.YELLOW
    return Measure(id=SelectionId.CLAIM_LIFT, value=lift, level=level, p=p)
