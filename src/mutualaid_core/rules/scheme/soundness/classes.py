"""Classes (分类): every case belongs to exactly one choice, and every choice to some case."""

from collections.abc import Iterator

from mutualaid_core.domain.scheme.benefit.conditions import Condition
from mutualaid_core.domain.scheme.benefit.steps import ByClass, Choice
from mutualaid_core.domain.scheme.facts import FactKind
from mutualaid_core.rules.scheme.soundness.conditions import around, count_range, words_left
from mutualaid_core.rules.scheme.soundness.finding import Finding, Flaw
from mutualaid_core.rules.scheme.soundness.terms import Terms

Range = tuple[int, int | None]


def class_findings(terms: Terms) -> Iterator[Finding]:
    """What the choices of a variation by class leave out, take twice, or can never take."""
    kinds, words = terms.kinds, terms.words
    for path, step in terms.every(ByClass):
        holding = around(terms, f"{path.partition('.')[0]}.steps")
        if kinds.get(step.fact) is FactKind.CODE:
            yield from _code(path, step, words.get(step.fact), holding)
        elif kinds.get(step.fact) is FactKind.COUNT:
            yield from _count(path, step, holding)


def _finding(path: str, rule: str, found: str) -> Finding:
    return Finding(flaw=Flaw.CLASSES, path=path, rule=rule, found=found)


def _code(
    path: str, step: ByClass, known: tuple[str, ...] | None, holding: list[Condition]
) -> Iterator[Finding]:
    """Classes of words: each word that can come belongs to a choice."""
    left = words_left(step.fact, known, holding)
    named = {word for choice in step.choices for word in choice.one_of}
    for number, choice in enumerate(step.choices):
        if choice.least is not None or choice.most is not None:
            rule = "must name words, for the fact is a code"
            yield _finding(f"{path}.choices[{number}]", rule, "a range of numbers")
    missing = [word for word in left or () if word not in named]
    if step.choices[-1].takes_rest:
        if left is not None and not missing:
            yield _never(f"{path}.choices[{len(step.choices) - 1}]")
    elif left is None:
        yield _finding(
            path, "must end with a choice that takes the rest", f"{step.fact}, which has words without end"
        )
    elif missing:
        yield _finding(path, f"must name every word of {step.fact}", f"no {', '.join(missing)}")


def _never(path: str) -> Finding:
    rule = "must leave something for the choice that takes the rest"
    return Finding(flaw=Flaw.NO_EFFECT, path=path, rule=rule, found="nothing")


def _count(path: str, step: ByClass, holding: list[Condition]) -> Iterator[Finding]:
    """Classes of numbers: each number that can come belongs to one choice."""
    whole = count_range(step.fact, holding)
    ranges: list[tuple[int, Range]] = []
    for number, choice in enumerate(step.choices):
        place = f"{path}.choices[{number}]"
        if choice.one_of:
            yield _finding(place, "must name a range, for the fact is a count", "words")
        elif not choice.takes_rest:
            ranges.append((number, _range_of(choice, whole)))
    for number, own in ranges:
        if _apart(own, whole):
            rule = "must be a class that can come here"
            place = f"{path}.choices[{number}]"
            yield Finding(flaw=Flaw.NO_EFFECT, path=place, rule=rule, found=_text(own))
    yield from _between(path, step, sorted(ranges, key=lambda each: each[1][0]), whole)


def _range_of(choice: Choice, whole: Range) -> Range:
    return (whole[0] if choice.least is None else choice.least), choice.most


def _apart(one: Range, other: Range) -> bool:
    """Whether two ranges have no number in common."""
    return (one[1] is not None and one[1] < other[0]) or (other[1] is not None and other[1] < one[0])


def _text(own: Range) -> str:
    return f"{own[0]} to {'no end' if own[1] is None else own[1]}"


def _between(path: str, step: ByClass, ranges: list[tuple[int, Range]], whole: Range) -> Iterator[Finding]:
    """Overlaps and gaps of ranges in ascending order."""
    taken: Range = (whole[0], whole[0] - 1)
    for number, own in ranges:
        if not _apart(own, taken) and taken != (whole[0], whole[0] - 1):
            place = f"{path}.choices[{number}]"
            yield _finding(place, "must not overlap with another choice", _text(own))
        taken = (taken[0], None if None in {own[1], taken[1]} else max(own[1] or 0, taken[1] or 0))
    gaps = list(_gaps([own for _, own in ranges], whole))
    if not step.choices[-1].takes_rest:
        rule = f"must have a choice for every number of {step.fact}"
        for gap in gaps:
            yield _finding(path, rule, f"none for {_text(gap)}")
    elif not gaps:
        yield _never(f"{path}.choices[{len(step.choices) - 1}]")


def _gaps(ranges: list[Range], whole: Range) -> Iterator[Range]:
    """The numbers of *whole* that lie in none of *ranges*, which ascend by their lower ends."""
    free = whole[0]
    for least, most in ranges:
        if least > free and not _apart((free, least - 1), whole):
            yield free, least - 1
        if most is None:
            return
        free = max(free, most + 1)
    if whole[1] is None or free <= whole[1]:
        yield free, whole[1]
