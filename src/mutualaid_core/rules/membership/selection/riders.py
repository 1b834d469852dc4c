"""Riders (副险, SEL-5): who holds a cheap rider and no main item."""

from fractions import Fraction

from mutualaid_core.clauses import implements
from mutualaid_core.domain.scheme.parts import Part
from mutualaid_core.rules.membership.selection.measure import Measure, SelectionId, SelectionTerms, unknown
from mutualaid_core.rules.membership.selection.persons import Group


@implements("SN-2.2.2a", "SN-2.2.2b")
def riders_alone(group: Group, parts: tuple[Part, ...], terms: SelectionTerms) -> Measure:
    """Persons with a rider and without a main item, of all persons with a rider.

    Args:
        group: Who is judged.
        parts: Parts of the scheme; those that need others are riders.
        terms: Thresholds.

    Clause:
        SN-2.2.2a, SN-2.2.2b
    """
    riders = {part.part_id for part in parts if part.needs}
    mains = {part.part_id for part in parts if not part.needs}
    held = [set(worker.parts) for worker in group.workers if riders & set(worker.parts)]
    if not held:
        return unknown(SelectionId.RIDER_ONLY, "nobody holds a rider")
    share = Fraction(sum(not each & mains for each in held), len(held))
    return Measure(id=SelectionId.RIDER_ONLY, value=share, level=terms.rider_only.level(share))
