"""Counters of limits (限额计数): what several benefits use up together is stated alike in each."""

from collections.abc import Iterator

from mutualaid_core.domain.scheme.benefit.limits import AmountLimit, Limit, Per
from mutualaid_core.rules.scheme.soundness.finding import Finding, Flaw
from mutualaid_core.rules.scheme.soundness.terms import Terms

Key = tuple[type, str, Per]


def counter_findings(terms: Terms) -> Iterator[Finding]:
    """Limits of one counter that say something else, run over other classes, or count a payment twice."""
    first: dict[Key, tuple[str, Limit]] = {}
    for path, benefit in terms.benefits:
        own: set[tuple[Key, str | None]] = set()
        for number, limit in enumerate(benefit.limits):
            place = f"{path}.limits[{number}]"
            name = limit.counter or benefit.benefit_id
            key: Key = (type(limit), name, limit.per)
            if (key, limit.each) in own:
                yield _finding(place, "must stand once in a benefit, for each counts what is paid", name)
                continue
            own.add((key, limit.each))
            earlier, other = first.setdefault(key, (path, limit))
            if earlier != path:
                yield from _differing(place, name, limit, other)
            elif other.each != limit.each and other.each is not None and limit.each is not None:
                yield _finding(f"{place}.each", f"must be {other.each}, as in the same counter", limit.each)


def _differing(place: str, name: str, limit: Limit, other: Limit) -> Iterator[Finding]:
    """What a limit says otherwise than an earlier one of the same counter."""
    if limit.each != other.each:
        rule = f"must be {other.each or 'left out'}, as in the counter {name} of an earlier benefit"
        yield _finding(f"{place}.each", rule, limit.each or "nothing")
    elif limit.most != other.most:
        rule = f"must be {other.most}, as in the counter {name} of an earlier benefit"
        yield _finding(f"{place}.most", rule, str(limit.most))
    elif (scales := _scales(limit)) != (wanted := _scales(other)):
        rule = f"must be {wanted}, as in the counter {name} of an earlier benefit"
        yield _finding(f"{place}.times_shares", rule, scales)


def _scales(limit: Limit) -> str:
    """Whether a limit is multiplied by the shares, as a file writes it."""
    return "true" if isinstance(limit, AmountLimit) and limit.times_shares else "false"


def _finding(path: str, rule: str, found: str) -> Finding:
    return Finding(flaw=Flaw.COUNTER, path=path, rule=rule, found=found)
