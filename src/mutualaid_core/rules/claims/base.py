"""Self-borne base (个人自负基数): what insurance and the funds before us left in scope."""

from mutualaid_core.clauses import implements
from mutualaid_core.domain.claims.settlement import Settlement
from mutualaid_core.domain.claims.trace import Rule, TraceStep
from mutualaid_core.domain.scheme.benefit import Base
from mutualaid_core.domain.values.money import Money


@implements("HN-4.2.1f")
def base_fen(settlement: Settlement, base: Base) -> int:
    """What counts less what others paid, in fen; below zero where others paid more than counts.

    Bare fen, since contradictory figures may add up beyond the limit of an amount.

    Clause:
        HN-4.2.1f
    """
    added = sum(settlement.amount(field).fen for field in base.add)
    return added - sum(settlement.amount(field).fen for field in base.subtract)


@implements("HN-4.2.1d", "HN-4.2.1e", "HN-4.2.1f", "HN-4.4.1", "ACFTU-3.1a", "SN-2.1.6a")
def self_borne_base(settlement: Settlement, base: Base) -> tuple[Money, TraceStep]:
    """Base of the benefit: the amounts that count, less what others paid, never below zero.

    Args:
        settlement: Figures of the stay.
        base: Which fields count and which are subtracted.

    Returns:
        The base, and the trace step that shows each amount that is not zero.

    Clause:
        HN-4.2.1d, HN-4.2.1e, HN-4.2.1f, HN-4.4.1, ACFTU-3.1a, SN-2.1.6a
    """
    added = tuple((field, settlement.amount(field)) for field in base.add)
    subtracted = tuple((field, settlement.amount(field)) for field in base.subtract)
    result = Money(max(base_fen(settlement, base), 0))
    shown = (*added, *((f"-{field}", amount) for field, amount in subtracted if amount))
    step = TraceStep(
        rule=Rule.BASE,
        after=result,
        amounts=shown,
        parameter="benefit.base",
        source=base.source,
        clauses=("HN-4.2.1d", "HN-4.2.1e", "HN-4.2.1f"),
    )
    return result, step
