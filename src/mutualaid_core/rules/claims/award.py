"""Award (补助核算): all benefits of a scheme for one event, in the order of the scheme."""

from collections.abc import Mapping
from typing import Final

import attrs

from mutualaid_core.clauses import implements
from mutualaid_core.domain.claims.reason import Reason, in_order
from mutualaid_core.rules.claims.benefit import Line, benefit_line
from mutualaid_core.rules.claims.facts import EventFacts, fits
from mutualaid_core.rules.claims.limits import Used
from mutualaid_core.rules.claims.plan.terms import BenefitPlan, Plan
from mutualaid_core.rules.claims.working.log import Log

_OF_ONE_BENEFIT: Final = (Reason.IN_WAITING_PERIOD, Reason.NOTHING_SELF_BORNE)


@attrs.frozen
class Award:
    """What a scheme pays for one event.

    Attributes:
        amount: What is paid, in fen.
        lines: One for each benefit that fits the event, in the order of the scheme.
        reasons: What shaped the amount, by precedence.
        uses: What is to be added to each counter of the person.
    """

    amount: int
    lines: tuple[Line, ...]
    reasons: tuple[Reason, ...]
    uses: Mapping[str, int]


@implements("HN-4.4.1", "ACFTU-2.4b", "ACFTU-4.3c", "GD-2.3.2b")
def award(plan: Plan, facts: EventFacts, used: Used, log: Log | None = None) -> Award:
    """What the benefits of a scheme come to for one event that was admitted.

    The same facts, plan and counters give the same award; nothing else is looked at.

    Args:
        plan: The scheme version, compiled.
        facts: Facts of the event.
        used: What earlier claims of the person used of each counter.
        log: Takes note of every step; ``None`` for none.

    Raises:
        InvalidValueError: The facts do not say what the scheme asks for.

    Clause:
        HN-4.4.1, ACFTU-2.4b, ACFTU-4.3c, GD-2.3.2b
    """
    lines: list[Line] = []
    paid: dict[str, int] = {}
    uses: dict[str, int] = {}
    seen = used
    lacks_part = False
    for benefit in plan.benefits:
        terms = benefit.terms
        if terms.event is not facts.event:
            continue
        if terms.part is not None and terms.part not in facts.parts:
            lacks_part = True
            continue
        if not fits(terms, facts) or any(paid.get(other) for other in terms.excludes):
            continue
        if log is not None:
            log.applies(benefit)
        line = benefit_line(benefit, facts, seen, paid, log)
        lines.append(line)
        paid[terms.benefit_id] = line.amount
        if line.uses:
            # A later benefit of the same event finds used what an earlier one has just taken.
            for key, added in line.uses:
                uses[key] = uses.get(key, 0) + added
            seen = {**used, **{key: used.get(key, 0) + added for key, added in uses.items()}}
    reasons = _reasons(lines, lacks_part=lacks_part)
    return Award(sum(paid.values()), tuple(lines), reasons, uses)


def _reasons(lines: list[Line], *, lacks_part: bool) -> tuple[Reason, ...]:
    """What shaped the amount, by precedence; ``COMPUTED`` where a benefit fitted and had a base.

    What keeps one benefit from being paid is no reason against the claim where another is paid.
    """
    if not lines:
        return (Reason.PART_NOT_HELD if lacks_part else Reason.EVENT_NOT_COVERED,)
    for alone in _OF_ONE_BENEFIT:
        if all(alone in line.reasons for line in lines):
            return (alone,)
    if not any(line.amount for line in lines) and _is_only_paid_before(lines):
        return (Reason.SUM_PAID_BEFORE,)
    found = [reason for line in lines for reason in line.reasons if reason not in _OF_ONE_BENEFIT]
    # Beside a benefit that was computed, a sum that was paid before is only used up.
    found = [Reason.PAYMENTS_USED_UP if each is Reason.SUM_PAID_BEFORE else each for each in found]
    return in_order((*found, Reason.COMPUTED)) if found else (Reason.COMPUTED,)


def _is_only_paid_before(lines: list[Line]) -> bool:
    """Whether all that could be paid was a sum that was paid before."""
    before = [line for line in lines if Reason.SUM_PAID_BEFORE in line.reasons]
    idle = [line for line in lines if any(alone in line.reasons for alone in _OF_ONE_BENEFIT)]
    return bool(before) and all(line in before or line in idle for line in lines)


def fitting(plan: Plan, facts: EventFacts) -> tuple[BenefitPlan, ...]:
    """The benefits that an event fits, whatever is paid of them.

    Raises:
        InvalidValueError: The facts do not say what the scheme asks for.
    """
    return tuple(benefit for benefit in plan.benefits if fits(benefit.terms, facts))
