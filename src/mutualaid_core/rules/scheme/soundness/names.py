"""Names (名称与引用): told once, used, and leading to something that they may lead to."""

import enum
from collections.abc import Iterator
from typing import Final

import attrs

from mutualaid_core.domain.scheme.benefit.base import AmountsBase
from mutualaid_core.domain.scheme.benefit.terms import Benefit
from mutualaid_core.domain.scheme.dues import DuesRate
from mutualaid_core.domain.scheme.facts import COLUMN_OF_PART, KNOWN_FACTS, TAKEN_NAMES, FactTerm
from mutualaid_core.domain.scheme.parts import Part
from mutualaid_core.domain.scheme.source import SourceDocument
from mutualaid_core.rules.scheme.soundness.facts import uses
from mutualaid_core.rules.scheme.soundness.finding import Finding, Flaw
from mutualaid_core.rules.scheme.soundness.terms import Placed, Terms

_CHECKED_ELSEWHERE: Final = frozenset({"codes"})
"""Lists whose own entity already refuses a word told twice."""


def name_findings(terms: Terms) -> Iterator[Finding]:
    """Names told twice, names of facts that are taken, and what is declared and never used."""
    own = (
        [(f"{path}.name", fact.name) for path, fact in terms.every(FactTerm)],
        [(f"{path}.part_id", part.part_id) for path, part in terms.every(Part)],
        [(f"{path}.id", document.id) for path, document in terms.every(SourceDocument)],
        [(f"{path}.benefit_id", benefit.benefit_id) for path, benefit in terms.benefits],
    )
    for names in own:
        yield from _doubled(names)
    for path, fact in terms.every(FactTerm):
        rule = _taken_by(fact.name)
        if rule is not None:
            yield Finding(flaw=Flaw.SHADOWED_FACT, path=f"{path}.name", rule=rule, found=fact.name)
    if terms.is_whole:
        yield from _unused(terms)


def _taken_by(name: str) -> str | None:
    """What a declared fact may not be named after; ``None`` where the name is free."""
    if name in KNOWN_FACTS:
        return "must not be the name of a fact that is always known"
    is_column = name in TAKEN_NAMES or name.startswith(COLUMN_OF_PART)
    return "must not be the name of another column of claims or members" if is_column else None


def _doubled(names: list[Placed[str]]) -> Iterator[Finding]:
    seen: set[str] = set()
    for path, name in names:
        if name in seen:
            yield Finding(flaw=Flaw.DOUBLED_NAME, path=path, rule="must stand once", found=name)
        seen.add(name)


def _unused(terms: Terms) -> Iterator[Finding]:
    """Declared facts that nothing asks for, documents that nothing cites, parts that pay nothing."""
    asked = {use.fact for use in uses(terms)}
    cited = {getattr(each, "source", None) for each in terms.entities.values()}
    paying = {benefit.part for _, benefit in terms.benefits}
    # A name that leads nowhere may be meant for one that seems unused.
    is_misspelt = not asked <= set(terms.kinds)
    facts = [] if is_misspelt else terms.every(FactTerm)
    idle = [
        (f"{path}.name", fact.name)
        for path, fact in facts
        if fact.name not in asked and not _taken_by(fact.name)
    ]
    idle += [(f"{path}.id", each.id) for path, each in terms.every(SourceDocument) if each.id not in cited]
    # A scheme of which only the dues are known pays nothing to anybody.
    needed = {name for _, part in terms.every(Part) for name in part.needs}
    if paying and None not in paying:
        idle += [
            (f"{path}.part_id", part.part_id)
            for path, part in terms.every(Part)
            if part.part_id not in paying | needed
        ]
    for path, name in idle:
        yield Finding(flaw=Flaw.UNUSED, path=path, rule="must be used somewhere", found=name)


def list_findings(terms: Terms) -> Iterator[Finding]:
    """Words that stand twice in one list."""
    for path, each in terms.entities.items():
        for field in attrs.fields(type(each)):  # type: ignore[arg-type]  # every entity is an attrs class
            value = getattr(each, field.name)
            if isinstance(value, tuple) and field.name not in _CHECKED_ELSEWHERE:
                words = [part.value if isinstance(part, enum.Enum) else part for part in value]
                place = f"{path}.{field.name}" if path else field.name
                yield from _doubled(
                    [(f"{place}[{at}]", word) for at, word in enumerate(words) if isinstance(word, str)]
                )


def reference_findings(terms: Terms) -> Iterator[Finding]:
    """Parts and benefits that are named and do not exist, or may not be named there."""
    parts = terms.part_ids
    for path, part in terms.every(Part):
        for side in ("needs", "excludes"):
            for number, name in enumerate(getattr(part, side)):
                yield from _unknown(f"{path}.{side}[{number}]", name, parts)
    named: list[Placed[str | None]] = [(f"{path}.part", each.part) for path, each in terms.benefits]
    named += [(f"{path}.part", rate.part) for path, rate in terms.every(DuesRate)]
    for path, name in named:
        if name is not None:
            yield from _unknown(path, name, parts)
    yield from _benefit_references(terms)


def _benefit_references(terms: Terms) -> Iterator[Finding]:
    ids = terms.benefit_ids
    earlier: dict[str, Benefit] = {}
    for path, benefit in terms.benefits:
        others = [(f"{path}.excludes[{at}]", name) for at, name in enumerate(benefit.excludes)]
        if isinstance(benefit.base, AmountsBase):
            less = benefit.base.less_benefits
            others += [(f"{path}.base.less_benefits[{at}]", name) for at, name in enumerate(less)]
        for place, name in others:
            yield from _unknown(place, name, ids)
            if name in ids:
                yield from _misplaced(place, name, benefit, earlier, terms.benefits_besides)
        earlier[benefit.benefit_id] = benefit


def _unknown(path: str, name: str, known: tuple[str, ...]) -> Iterator[Finding]:
    if name not in known:
        rule = "must be declared in this version"
        yield Finding(flaw=Flaw.UNKNOWN_NAME, path=path, rule=rule, found=name, known=known)


def _misplaced(
    path: str, name: str, benefit: Benefit, earlier: dict[str, Benefit], unread: tuple[str, ...]
) -> Iterator[Finding]:
    """A benefit may only speak of earlier ones of the same event: of others it knows nothing yet."""
    rule = ""
    if name not in earlier:
        rule = "" if name in unread else "must be a benefit that stands before this one"
    elif earlier[name].event is not benefit.event:
        rule = f"must be a benefit for {benefit.event.value}"
    if rule:
        yield Finding(flaw=Flaw.WRONG_REFERENCE, path=path, rule=rule, found=name)


def part_findings(terms: Terms) -> Iterator[Finding]:
    """Parts that need each other in a circle, or need what they exclude."""
    parts = {part.part_id: part for _, part in terms.every(Part)}
    for path, part in terms.every(Part):
        needed = _needed(part.part_id, parts)
        if part.part_id in needed:
            rule = "must not need itself through other parts"
            yield Finding(flaw=Flaw.PARTS, path=f"{path}.needs", rule=rule, found=", ".join(part.needs))
        held = [parts[name] for name in sorted({*needed, part.part_id}) if name in parts]
        barred = {name for each in held for name in each.excludes} & {each.part_id for each in held}
        if barred:
            rule = "must not need parts that exclude each other"
            yield Finding(flaw=Flaw.PARTS, path=f"{path}.needs", rule=rule, found=", ".join(sorted(barred)))


def _needed(part_id: str, parts: dict[str, Part]) -> set[str]:
    """Every part that must be held with one, however far around."""
    needed: set[str] = set()
    pending = [part_id]
    while pending:
        part = parts.get(pending.pop())
        new = set(part.needs if part is not None else ()) - needed
        needed |= new
        pending.extend(sorted(new))
    return needed
