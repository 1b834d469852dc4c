"""Joining (参加办法): terms that somebody can take, at fees in whole fen, and gates that a unit can meet."""

from collections.abc import Iterator
from typing import Final

from mutualaid_core.domain.scheme.joining import JoiningTerms, LateJoining
from mutualaid_core.rules.scheme.soundness.figures.numbers import DAYS_MAX, MONTHS_MAX
from mutualaid_core.rules.scheme.soundness.finding import Finding, Flaw
from mutualaid_core.rules.scheme.soundness.terms import Terms

PERIOD_DAYS: Final = 365
"""Day of a period, counted from 0, after which no window is open."""


def joining_findings(terms: Terms) -> Iterator[Finding]:
    """Everything that is wrong with the joining terms of a version."""
    joining = terms.one(JoiningTerms)
    if joining is None:
        return
    yield from _windows(joining)
    yield from _occasions(joining)
    yield from _terms(joining)
    yield from _fees(joining, terms)
    yield from _gate(joining)


def _finding(flaw: Flaw, path: str, rule: str, found: object) -> Finding:
    return Finding(flaw=flaw, path=f"joining.{path}", rule=rule, found=str(found))


def _windows(joining: JoiningTerms) -> Iterator[Finding]:
    """Windows that last longer than a period, and times without end."""
    renewal = joining.renewal
    windows = (("window", joining.window), ("renewal.window", renewal.window if renewal else None))
    for path, window in windows:
        if window is None:
            continue
        if window.opens < -DAYS_MAX:
            yield _finding(Flaw.TOO_LONG, f"{path}.opens", f"must be >= {-DAYS_MAX}", window.opens)
        if window.closes > PERIOD_DAYS:
            rule = f"must be <= {PERIOD_DAYS}, which is the last day of a period"
            yield _finding(Flaw.TOO_LONG, f"{path}.closes", rule, window.closes)
    days = [("renewal.gap_days_max", renewal.gap_days_max)] if renewal else []
    days += [("new_hires.days_max", joining.new_hires.days_max)] if joining.new_hires else []
    for path, most in days:
        if most > DAYS_MAX:
            yield _finding(Flaw.TOO_LONG, path, f"must be <= {DAYS_MAX}", most)
    for number, term in enumerate(joining.terms):
        if term.months > MONTHS_MAX:
            yield _finding(Flaw.TOO_LONG, f"terms[{number}].months", f"must be <= {MONTHS_MAX}", term.months)


def _occasions(joining: JoiningTerms) -> Iterator[Finding]:
    """What is said of new hires though everybody may join as they do."""
    if joining.new_hires is None:
        return
    if joining.window is None:
        rule = "must be left out where there is no window that they could miss"
        yield _finding(Flaw.NO_EFFECT, "new_hires", rule, f"{joining.new_hires.days_max} days")
    elif joining.late is LateJoining.ACCEPT:
        rule = "must be left out where whoever is late is taken in"
        yield _finding(Flaw.NO_EFFECT, "new_hires", rule, f"{joining.new_hires.days_max} days")


def _terms(joining: JoiningTerms) -> Iterator[Finding]:
    """Terms that nobody can take, and terms told twice."""
    if all(term.starts_after_months for term in joining.terms):
        rule = "must have a term that starts with the period"
        yield _finding(Flaw.NEVER_HOLDS, "terms", rule, "none")
    has_later_way_in = joining.late is LateJoining.ACCEPT or joining.new_hires is not None
    seen: set[tuple[int, int]] = set()
    for number, term in enumerate(joining.terms):
        path, own = f"terms[{number}]", (term.starts_after_months, term.months)
        if own in seen:
            rule = "must stand once"
            yield _finding(Flaw.NO_EFFECT, path, rule, f"{own[1]} months from month {own[0]}")
        seen.add(own)
        if term.starts_after_months and (joining.window is None or not has_later_way_in):
            rule = "must be 0 where nobody joins after a window"
            yield _finding(Flaw.NO_EFFECT, f"{path}.starts_after_months", rule, own[0])


def _fees(joining: JoiningTerms, terms: Terms) -> Iterator[Finding]:
    """Fees of nothing, fees that are no whole number of fen, and terms of one length at two fees."""
    fees = {term.months: term.fee for term in reversed(joining.terms)}
    for number, term in enumerate(joining.terms):
        path = f"joining.terms[{number}].fee"
        if not term.fee.numerator:
            rule = "must be above 0: nobody is covered without a contribution"
            yield Finding(flaw=Flaw.NEVER_HOLDS, path=path, rule=rule, found=str(term.fee))
        if term.fee != (first := fees[term.months]):
            rule = f"must be {first}, as for the other term of {term.months} months"
            yield Finding(flaw=Flaw.RATES, path=path, rule=rule, found=str(term.fee))
        for at, rate in enumerate(terms.dues.rates if terms.dues else ()):
            if rate.amount.fen * term.fee.numerator % term.fee.denominator:
                rule = f"must come to whole fen of dues.rates[{at}].amount, {rate.amount}"
                yield Finding(flaw=Flaw.RATES, path=path, rule=rule, found=str(term.fee))


def _gate(joining: JoiningTerms) -> Iterator[Finding]:
    """Bands that no unit reaches, and bands that no unit can meet."""
    edge = 1
    for number, band in enumerate(joining.gate):
        path, below = f"gate[{number}]", band.eligible_below
        if number and joining.gate[number - 1].eligible_below is None:
            rule = "must stand before the band that takes all other units"
            yield _finding(Flaw.NO_EFFECT, path, rule, "no unit left")
        elif below is not None and below <= edge:
            rule = f"must be above {edge}, or no unit is left for the band"
            yield _finding(Flaw.NO_EFFECT, f"{path}.eligible_below", rule, below)
        if below is not None:
            edge = max(edge, below)
            if band.persons_min >= below:
                rule = f"must be <= {below - 1}, which is all that such a unit has"
                yield _finding(Flaw.NEVER_HOLDS, f"{path}.persons_min", rule, band.persons_min)
