"""Versions of a scheme (版本衔接): each has its own id, and exactly one holds on any day."""

import datetime
from collections.abc import Iterator, Sequence

from mutualaid_core.clauses import implements
from mutualaid_core.domain.values.dates import add_days
from mutualaid_core.rules.scheme.soundness.finding import Finding, Flaw

Span = tuple[str, str | None, datetime.date, datetime.date | None]
"""Path, id, first and last day of a version; the id is ``None`` where it could not be read."""


@implements("ACFTU-4.3c")
def version_findings(spans: Sequence[Span]) -> tuple[Finding, ...]:
    """Ids that stand twice, days on which two versions hold, and days between them on which none does.

    Clause:
        ACFTU-4.3c
    """
    return (*_doubled(spans), *_days(sorted(spans, key=lambda span: span[2])))


def _doubled(spans: Sequence[Span]) -> Iterator[Finding]:
    seen: set[str] = set()
    for path, version_id, _, _ in spans:
        if version_id in seen:
            place, rule = f"{path}.version_id", "must stand once"
            yield Finding(flaw=Flaw.DOUBLED_NAME, path=place, rule=rule, found=version_id)
        if version_id is not None:
            seen.add(version_id)


def _days(spans: Sequence[Span]) -> Iterator[Finding]:
    """Overlaps and gaps of versions in the order of their days."""
    until: datetime.date | None = None
    for number, (path, _, first_day, last_day) in enumerate(spans):
        if number:
            wanted = (
                "a last day of the version before it" if until is None else add_days(until, 1).isoformat()
            )
            if until is None or first_day != add_days(until, 1):
                rule = f"must follow on {wanted}" if until is None else f"must be {wanted}"
                yield Finding(
                    flaw=Flaw.VERSIONS, path=f"{path}.first_day", rule=rule, found=first_day.isoformat()
                )
        ends = [day for day in (until, last_day) if day is not None]
        until = max(ends) if last_day is not None and (until is not None or not number) else None
