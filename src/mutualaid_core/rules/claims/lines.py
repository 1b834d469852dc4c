"""Lines (理赔明细): claims and covers as plain rows, admitted and paid one after the other.

This is the one-by-one evaluator for files of claims, and the oracle of the evaluator on columns.
Nothing here knows a store: who is covered and what was used before come in as arguments.
"""

import datetime
from collections.abc import Iterable, Mapping, Sequence

import attrs

from mutualaid_core.clauses import implements
from mutualaid_core.domain.claims.reason import Reason
from mutualaid_core.domain.claims.settlement import broken_identities
from mutualaid_core.domain.scheme.facts import EventKind
from mutualaid_core.domain.scheme.version import SchemeVersion
from mutualaid_core.domain.values.dates import add_days, age_on
from mutualaid_core.rules.claims.award import Award, award, fitting
from mutualaid_core.rules.claims.base import is_below_zero
from mutualaid_core.rules.claims.counters import Counters
from mutualaid_core.rules.claims.facts import EventFacts
from mutualaid_core.rules.claims.given.rows import ClaimLine, Cover
from mutualaid_core.rules.claims.given.unsound import refuse_unsound
from mutualaid_core.rules.claims.limits import Used
from mutualaid_core.rules.claims.plan.terms import Plan
from mutualaid_core.rules.claims.working.log import Log
from mutualaid_core.rules.scheme.fit import all_hold

_CARE = frozenset({EventKind.INPATIENT_STAY, EventKind.OUTPATIENT_VISIT})


@attrs.frozen(kw_only=True)
class Outcome:
    """What became of one line.

    Attributes:
        line: The claim.
        cover: The cover under which it was paid; ``None`` where there is none.
        reasons: Why it was refused or held, or what shaped the amount, by precedence.
        award: What the benefits came to; ``None`` for a claim that was not admitted.
    """

    line: ClaimLine
    cover: Cover | None
    reasons: tuple[Reason, ...]
    award: Award | None

    @property
    def amount(self) -> int:
        """What is paid, in fen."""
        return 0 if self.award is None else self.award.amount


def event_facts(line: ClaimLine, cover: Cover | None, version: SchemeVersion) -> EventFacts:
    """Facts of an event: what the claim tells, then what the cover tells of the member.

    Args:
        line: The claim.
        cover: The member's cover; ``None`` where none is known.
        version: The scheme version, for the list of designated hospitals.
    """
    flags = {"designated_hospital": is_designated(line, version)}
    if cover is None:
        return EventFacts(
            event=line.event,
            began=line.began,
            ended=line.ended,
            amounts=line.amounts,
            counts=line.counts,
            codes=line.codes,
            flags={**flags, **line.flags},
            elsewhere=line.elsewhere,
        )
    # What began before the cover counts as of its first day, where waiting is longest.
    day = max((line.began - cover.days.first_day).days + 1, 1)
    counts = {**cover.counts, "cover_day": day}
    if cover.born is not None:
        counts["age"] = max(age_on(cover.born, line.began), 0)
    return EventFacts(
        event=line.event,
        began=line.began,
        ended=line.ended,
        amounts=line.amounts,
        counts={**counts, **line.counts},
        codes={**cover.codes, **line.codes} if cover.codes else line.codes,
        flags={**flags, **cover.flags, **line.flags},
        parts=cover.parts,
        elsewhere=line.elsewhere,
    )


@implements("HN-4.2.1c")
def is_designated(line: ClaimLine, version: SchemeVersion) -> bool:
    """Whether the hospital is one of the list, or there is no list.

    Clause:
        HN-4.2.1c
    """
    institutions = version.event.institutions
    return not institutions or line.codes.get("fixmedins_code") in institutions


@implements("ACFTU-2.4b", "HN-4.2.1a", "HN-4.2.1b", "HN-4.1.1b", "HN-4.5.3a", "GD-1.2d", "GD-2.3.3c")
def line_reasons(
    plan: Plan, line: ClaimLine, covers: Sequence[Cover], cover: Cover | None, facts: EventFacts
) -> tuple[Reason, ...]:
    """Every reason against paying a line, by precedence; empty where nothing is against it.

    Args:
        plan: The scheme version, compiled.
        line: The claim.
        covers: All covers of the person.
        cover: The one in which the day of the event lies; ``None`` where none does.
        facts: Facts of the event.

    Raises:
        InvalidValueError: The facts do not say what the conditions of the scheme ask for.

    Clause:
        ACFTU-2.4b, HN-4.2.1a, HN-4.2.1b, HN-4.1.1b, HN-4.5.3a, GD-1.2d, GD-2.3.3c
    """
    version, codes = plan.version, facts.codes
    treated = line.event in _CARE
    filed_until = add_days(line.ended, version.event.filing_days_max)
    checks = (
        (line.is_reversed, Reason.SETTLEMENT_REVERSED),
        (not covers, Reason.NOT_A_MEMBER),
        (treated and codes.get("med_type") not in plan.cares, Reason.NOT_INPATIENT),
        (not version.is_in_force(line.day(version.event.period_by)), Reason.OUTSIDE_PERIOD),
        (bool(covers) and cover is None, Reason.OUTSIDE_COVER),
        (treated and not is_designated(line, version), Reason.INSTITUTION_NOT_DESIGNATED),
        (codes.get("insutype") not in plan.insurances, Reason.INSURANCE_NOT_COVERED),
        (line.filed is not None and line.filed > filed_until, Reason.FILED_TOO_LATE),
        (cover is not None and not all_hold(version.eligibility.when, facts), Reason.NOT_ELIGIBLE),
        (bool(broken_identities(line.amounts)), Reason.IDENTITIES_BROKEN),
    )
    return tuple(reason for applies, reason in checks if applies)


def cover_on(covers: Sequence[Cover], day: datetime.date) -> Cover | None:
    """The cover in which *day* lies; ``None`` where none does."""
    return next((cover for cover in covers if day in cover.days), None)


@implements("ACFTU-2.4b", "HN-4.4.1")
def adjudicate_line(
    plan: Plan, line: ClaimLine, covers: Sequence[Cover], used: Used, log: Log | None = None
) -> Outcome:
    """Admit and compute one line.

    Args:
        plan: The scheme version, compiled.
        line: The claim.
        covers: All covers of the person.
        used: What earlier claims of the person used, in the period of the cover.
        log: Takes note of every step; ``None`` for none.

    Raises:
        InvalidValueError: The facts do not say what the scheme asks for.

    Clause:
        ACFTU-2.4b, HN-4.4.1
    """
    version = plan.version
    cover = cover_on(covers, line.day(version.event.period_by))
    facts = event_facts(line, cover, version)
    against = line_reasons(plan, line, covers, cover, facts)
    if against:
        return Outcome(line=line, cover=cover, reasons=against, award=None)
    if any(is_below_zero(benefit.terms.base, facts) for benefit in fitting(plan, facts)):
        return Outcome(line=line, cover=cover, reasons=(Reason.BASE_BELOW_ZERO,), award=None)
    made = award(plan, facts, used, log)
    return Outcome(line=line, cover=cover, reasons=made.reasons, award=made)


@implements("HN-4.4.3c")
def adjudicate_lines(
    plan: Plan,
    lines: Iterable[ClaimLine],
    covers: Mapping[str, Sequence[Cover]],
    counters: Counters,
) -> dict[str, Outcome]:
    """Admit and compute many lines, in the order in which the scheme lets them use up limits.

    Args:
        plan: The scheme version, compiled.
        lines: The claims, in any order.
        covers: All covers of each person.
        counters: What was used before; holds afterwards what is used in all.

    Returns:
        What became of each line, by its claim id, in the order of use.

    Raises:
        InvalidValueError: The facts of a line do not say what the scheme asks for, or claims and
            covers are unsound.

    Clause:
        HN-4.4.3c
    """
    given = tuple(lines)
    refuse_unsound(plan, given, covers)
    by = plan.version.open_points.use_order
    outcomes = {}
    for line in sorted(given, key=lambda line: (line.order_day(by), line.claim_id)):
        own = covers.get(line.person_id, ())
        cover = cover_on(own, line.day(plan.version.event.period_by))
        period = "" if cover is None else cover.period_id
        outcome = adjudicate_line(plan, line, own, counters.of(line.person_id, period))
        if outcome.award is not None:
            counters.add(line.person_id, period, outcome.award.uses)
        outcomes[line.claim_id] = outcome
    return outcomes
