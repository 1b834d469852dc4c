"""Scheme files (项目文件): a scheme with its dated versions, read and checked in one pass.

Form, values, and what the terms say of each other are all looked at, also in the versions and
benefits beside those that have faults.
"""

import datetime
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Final

import attrs

from mutualaid_core.clauses import CLAUSES
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.scheme.region import PoolingRegion
from mutualaid_core.domain.scheme.scheme import Scheme
from mutualaid_core.domain.scheme.version import SchemeVersion
from mutualaid_core.domain.values.checks import checked, not_empty
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.intake import cells
from mutualaid_core.intake.document import (
    Document,
    Path_,
    Plain,
    leaves_of,
    part_of,
    path_text,
    read_document,
)
from mutualaid_core.intake.problem import Problem, Trouble, in_file_order
from mutualaid_core.intake.structure import Builder, Hints, with_hint
from mutualaid_core.rules.scheme.soundness import Finding, Terms, findings, version_findings

VERSIONS: Final = "versions"

_ANY_SOURCE: Final = "HN-0.3"
_DECLARED: Final = (("facts", "name"), ("parts", "part_id"), ("benefits", "benefit_id"))
_EDGES: Final = (("above", "up_to"), ("first", "last"))
_STEP: Final = re.compile(r"([A-Za-z_]+)|\[([0-9]+)\]", re.ASCII)

Judge = Callable[["SchemeFile"], Mapping[int, tuple[Fault, ...]]]
"""Holds the versions of a file against what stands above them; answers the faults of each by number."""


@attrs.frozen(kw_only=True, field_transformer=checked)
class SchemeFile:
    """Content of a scheme file (项目文件).

    Attributes:
        region: Pooling region; ``None`` where the file leaves it to others.
        scheme: The scheme.
        versions: Its versions, of which one holds on any day.
    """

    region: PoolingRegion | None = None
    scheme: Scheme
    versions: tuple[SchemeVersion, ...] = attrs.field(validator=not_empty)


def read_scheme_file(path: Path, judge: Judge | None = None) -> tuple[SchemeFile | None, tuple[Problem, ...]]:
    """Read and check a scheme file.

    Args:
        path: The file.
        judge: Asks what policies do not allow; asked of every file that could be built.

    Returns:
        What the file says, and no problems; or ``None`` with every problem in the order of the
        file.
    """
    document = read_document(path)
    file = _checked(document, judge)
    if document.problems:
        return None, in_file_order(document.problems)
    return file, ()


def _checked(document: Document, judge: Judge | None) -> SchemeFile | None:
    """Everything that a document says, each fault noted."""
    hints = Hints()
    for number, version in enumerate(_versions(document)):
        _check_sources(document, (VERSIONS, number), version, hints)
    _check_bands(document)
    builder = Builder(document=document, hints=hints)
    file = builder.whole(SchemeFile)
    _check_references(document)
    _check_soundness(document, builder)
    # What only has a field too many can still be held against its policy.
    readable = builder.built.get(())
    if judge is not None and isinstance(readable, SchemeFile):
        for number, faults in judge(readable).items():
            for fault in faults:
                _note_fault(document, number, fault)
    return file


def _versions(document: Document) -> list[Plain]:
    listed = part_of(document.plain, (VERSIONS,))
    return listed if isinstance(listed, list) else []


def _check_sources(document: Document, path: Path_, version: Plain, hints: Hints) -> None:
    """Note every citation of a version that leads nowhere, and let a clause stand there meanwhile."""
    listed = part_of(version, ("documents",))
    ids = {part.get("id") for part in listed if isinstance(part, dict)} if isinstance(listed, list) else set()
    known = {each for each in ids if isinstance(each, str)} | CLAUSES
    for inner, value in leaves_of(version):
        if inner and inner[-1] == "source" and value is not None and value not in known:
            place = (*path, *inner)
            document.add_at(place, Trouble.UNKNOWN_SOURCE, "", hints.ask(value, known))
            around = part_of(document.plain, place[:-1])
            if isinstance(around, dict):
                around["source"] = _ANY_SOURCE


def _check_bands(document: Document) -> None:
    """Note every gap and overlap of bands, also where the bands have other faults."""
    for path, bands in _tables(document.plain, ()):
        for low, high in _EDGES:
            for number, (lower, upper) in enumerate(pairwise(bands), 1):
                _check_edge(document, (*path, number, low), lower.get(high), upper.get(low), high)


def _tables(plain: Plain, path: Path_) -> Iterator[tuple[Path_, list[dict[str, Plain]]]]:
    """Every list of bands in a document."""
    inside = plain.items() if isinstance(plain, dict) else enumerate(plain) if isinstance(plain, list) else ()
    for name, part in inside:
        if name == "bands" and isinstance(part, list) and all(isinstance(each, dict) for each in part):
            yield (*path, name), [each for each in part if isinstance(each, dict)]
        else:
            yield from _tables(part, (*path, name))


def _check_edge(document: Document, path: Path_, end: Plain, begin: Plain, high: str) -> None:
    """Note where a band does not begin at the end of the one before it."""
    if not isinstance(begin, str):
        return
    try:
        found = _edge(begin, high)
        wanted = None if end is None else _edge(str(end), high) + (high == "last")
    except (InvalidValueError, ValueError):
        return
    if found != wanted:
        rule = "must not follow on a band without an end" if wanted is None else f"must follow on {end}"
        document.add_at(path, Trouble.BANDS, begin, rule)


def _edge(text: str, high: str) -> int:
    """The edge of a band, in fen or in days."""
    return cells.count(text) if high == "last" else cells.amount(text).fen


def _check_references(document: Document) -> None:
    """Note where the ids of the parts of a file do not agree with each other."""
    plain = document.plain
    wanted: list[tuple[Path_, Path_]] = [(("scheme", "pool_id"), ("region", "pool_id"))]
    for number in range(len(_versions(document))):
        wanted += [((VERSIONS, number, name), ("scheme", name)) for name in ("scheme_id", "policy_id")]
    for path, other in wanted:
        found, meant = part_of(plain, path), part_of(plain, other)
        if isinstance(found, str) and isinstance(meant, str) and found != meant:
            document.add_at(
                path, Trouble.REFERENCE, found, f"must be {meant}, which is the {path_text(other)}"
            )


def _check_soundness(document: Document, builder: Builder) -> None:
    """Note what the terms of each version, as far as they could be read, have wrong among themselves."""
    entities: dict[int, dict[str, object]] = defaultdict(dict)
    for path, entity in builder.built.items():
        if len(path) > len((VERSIONS, 0)) and path[0] == VERSIONS:
            entities[int(path[1])][_text(path[2:])] = entity
    for number, version in enumerate(_versions(document)):
        own = entities[number]
        besides = {field: _besides(own, field, version, name) for field, name in _DECLARED}
        terms = Terms(
            entities=own,
            is_whole=(VERSIONS, number) in builder.built,
            facts_besides=besides["facts"],
            parts_besides=besides["parts"],
            benefits_besides=besides["benefits"],
        )
        for finding in findings(terms):
            _note_finding(document, finding, (VERSIONS, number), builder.hints)
    for finding in version_findings(_spans(document)):
        _note_finding(document, finding, (), builder.hints)


def _besides(own: Mapping[str, object], field: str, version: Plain, name: str) -> tuple[str, ...]:
    """Names declared in the list *field* by what could not be built."""
    listed = part_of(version, (field,))
    names = [
        part_of(part, (name,))
        for at, part in enumerate(listed if isinstance(listed, list) else ())
        if f"{field}[{at}]" not in own
    ]
    return tuple(each for each in names if isinstance(each, str))


def _spans(document: Document) -> list[tuple[str, str | None, datetime.date, datetime.date | None]]:
    """Id and days of every version whose days could be read."""
    found = []
    for number, version in enumerate(_versions(document)):
        named, first, last = (part_of(version, (name,)) for name in ("version_id", "first_day", "last_day"))
        try:
            days = cells.day(str(first)), (None if last is None else cells.day(str(last)))
        except InvalidValueError:
            continue
        found.append((f"{VERSIONS}[{number}]", named if isinstance(named, str) else None, *days))
    return found


def _note_finding(document: Document, finding: Finding, above: Path_, hints: Hints) -> None:
    path = (*above, *_path(finding.path))
    detail = with_hint(finding.rule, hints.ask(finding.found, finding.known))
    document.add_at(path, Trouble[finding.flaw.name], finding.found, detail)


def _note_fault(document: Document, number: int, fault: Fault) -> None:
    """Note what a policy does not allow; a fault of the region stands outside the version."""
    inner = _path(fault.subject)
    path = inner if inner[:1] == ("region",) else (VERSIONS, number, *inner)
    document.add_at(path, Trouble.NOT_ALLOWED, fault.found, f"{fault.rule} [{fault.clause}]")


def _text(path: Path_) -> str:
    """A path as rules write it."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def _path(text: str) -> Path_:
    """The path that a rule wrote.

    >>> _path("benefits[0].base")
    ('benefits', 0, 'base')
    """
    return tuple(name or int(number) for name, number in _STEP.findall(text))
