"""Run (运行): files in, rows out, for ``mutualaid calculate``."""

import contextlib
import gc
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import TypeAlias

import attrs

from mutualaid_core.cli.calculating.dues import dues_rows
from mutualaid_core.cli.calculating.hanging import notes_of
from mutualaid_core.cli.calculating.template import TemplateColumn, Which, template
from mutualaid_core.cli.output import Output
from mutualaid_core.cli.usage.files import refuse_replacing
from mutualaid_core.domain.scheme.version import SchemeVersion
from mutualaid_core.errors import IntakeError, InvalidValueError
from mutualaid_core.intake.claims.batch import Batch, SchemeBatch, VersionBatch, read_batch
from mutualaid_core.intake.claims.terms import terms_of
from mutualaid_core.intake.problem import Problem
from mutualaid_core.intake.scheme_file import read_scheme_file
from mutualaid_core.publication.calculation.dues import dues_csv, dues_json
from mutualaid_core.publication.calculation.explained import explained_text
from mutualaid_core.publication.calculation.files import csv_text, json_text
from mutualaid_core.publication.calculation.rows import Calculated

Evaluator: TypeAlias = Callable[[VersionBatch, SchemeBatch], Iterable[Calculated]]
"""Makes the row of each claim of a version, and adds what they use to the counters of the scheme."""

DONE = 0
_REQUIRED, _OPTIONAL, _JOINED = ("必填", "required"), ("可空", "optional"), ("；", "; ")
EXPLAINED = ".explained.txt"
"""What the name of the file of sentences ends with, beside a CSV file."""


@attrs.frozen(kw_only=True)
class Sources:
    """The files that a calculation reads.

    Attributes:
        schemes: Scheme files, in the order in which they pay.
        claims: Claims; ``None`` where none are computed.
        members: Members.
        prior: Prior use.
        sheet: Sheet of the claims, or of the members where dues are asked for.
    """

    schemes: tuple[Path, ...]
    claims: Path | None = None
    members: Path | None = None
    prior: Path | None = None
    sheet: str | None = None


@attrs.frozen(kw_only=True)
class Form:
    """How the rows come out.

    Attributes:
        engine: ``scalar`` or ``columnar``; both give the same rows.
        as_json: Whether as JSON and not as CSV.
        explained: Whether with every step.
        out: The file; ``None`` for standard output.
    """

    engine: str
    as_json: bool
    explained: bool
    out: Path | None


def calculate(sources: Sources, form: Form, output: Output) -> int:
    """Compute the claims of a file and write a row for each claim and scheme.

    Raises:
        IntakeError: A file has problems; nothing was computed or written.
        InvalidValueError: The options do not go together, or a file that would be written is there.
        MissingExtraError: The columnar engine is not installed.
    """
    if sources.claims is None:
        raise InvalidValueError("claims", "must be given, or --template or --dues", None)
    if form.explained and form.engine != "scalar":
        raise InvalidValueError("explain", "must go with the engine scalar", form.engine)
    beside = None if form.out is None else form.out.with_name(f"{form.out.stem}{EXPLAINED}")
    refuse_replacing(form.out, beside if form.explained and not form.as_json else None)
    compute = _evaluator(form)
    with _keeping_everything():
        files = (sources.claims, sources.members, sources.prior)
        versions = read_versions(sources.schemes)
        batch = read_batch(versions, *files, sheet=sources.sheet)
        rows = computed(batch, compute)
    _tell_flags(batch.flags, output)
    if form.as_json:
        written = _put(form.out, json_text(rows, output.lang, explained=form.explained))
    else:
        written = _put(form.out, csv_text(rows))
        if form.explained:
            written += _put(beside, explained_text(rows, "zh" if output.lang == "zh" else "en", versions))
    _tell(output, written)
    return DONE


def dues(sources: Sources, form: Form, output: Output) -> int:
    """Compute what each member of a file pays, and write a row for each member and scheme.

    Raises:
        IntakeError: A file has problems.
        InvalidValueError: There is no file of members, or the file that would be written is there.
    """
    if sources.members is None:
        raise InvalidValueError("members", "must be given with --dues", None)
    refuse_replacing(form.out)
    rows, flags = dues_rows(read_versions(sources.schemes), sources.members, sources.sheet)
    _tell_flags(flags, output)
    _tell(output, _put(form.out, dues_json(rows, output.lang) if form.as_json else (dues_csv(rows),)))
    return DONE


def show_template(sources: Sources, which: Which, form: Form, output: Output) -> int:
    """Print the head of a file, and below it what each column holds; a file gets the head alone.

    Raises:
        IntakeError: A scheme file has problems.
        InvalidValueError: The file that would be written is there.
    """
    refuse_replacing(form.out)
    schemes = terms_of(read_versions(sources.schemes))
    columns = template(which, schemes, with_members=sources.members is not None)
    head = ",".join(column.name for column in columns) + "\n"
    if form.as_json:
        plain = [_plain(column) for column in columns]
        _tell(output, _put(form.out, (json.dumps(plain, ensure_ascii=False, indent=2) + "\n",)))
        return DONE
    _tell(output, _put(form.out, (head,)))
    for column in columns:
        output.say(f"{column.name}: {_told(column, 0)}", f"{column.name}: {_told(column, 1)}")
    return DONE


def read_versions(files: Iterable[Path]) -> tuple[SchemeVersion, ...]:
    """The versions of scheme files, in the order of the files.

    Raises:
        IntakeError: A file has problems; those of all files are told.
    """
    problems: list[Problem] = []
    versions: list[SchemeVersion] = []
    for path in files:
        file, found = read_scheme_file(path)
        problems += found
        versions += () if file is None else file.versions
    if problems:
        raise IntakeError(tuple(problems))
    return tuple(versions)


def computed(batch: Batch, compute: Evaluator) -> tuple[Calculated, ...]:
    """A row for each claim and scheme: claims in the order of the file, schemes in theirs.

    What one scheme pays for an event counts as paid elsewhere for those after it.
    """
    found: dict[tuple[str, str], Calculated] = {}
    paid: dict[str, int] = {}
    for scheme in batch.schemes:
        for version in scheme.versions:
            for row in compute(_less_paid(version, paid), scheme):
                found[row.claim_id, row.scheme_id] = row
                paid[row.claim_id] = paid.get(row.claim_id, 0) + row.amount
    schemes = [scheme.scheme_id for scheme in batch.schemes]
    return tuple(found[claim_id, scheme_id] for claim_id in batch.claim_ids for scheme_id in schemes)


def _less_paid(batch: VersionBatch, paid: Mapping[str, int]) -> VersionBatch:
    """The claims with what earlier schemes paid added to what was paid elsewhere."""
    lines = tuple(
        attrs.evolve(line, elsewhere=line.elsewhere + paid[line.claim_id])
        if paid.get(line.claim_id)
        else line
        for line in batch.lines
    )
    return attrs.evolve(batch, lines=lines)


def _evaluator(form: Form) -> Evaluator:
    """The evaluator that was asked for, loaded before any file is read."""
    if form.engine == "columnar":
        from mutualaid_core.cli.calculating import columns

        return columns.computed
    from mutualaid_core.cli.calculating import scalar

    return partial(scalar.computed, explained=form.explained)


@contextlib.contextmanager
def _keeping_everything() -> Iterator[None]:
    """No search for rows that could be forgotten: all of them are kept until they are written.

    Among a hundred thousand rows that search takes a fifth of the time and finds nothing.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _put(out: Path | None, pieces: Iterable[str]) -> tuple[Path, ...]:
    """Write to standard output, or beside a file and then in its place."""
    if out is None:
        for piece in pieces:
            sys.stdout.write(piece)
        return ()
    beside = out.with_name(f".{out.name}.new")
    with beside.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(pieces)
    return (beside.replace(out),)


def _tell_flags(flags: Iterable[Problem], output: Output) -> None:
    """What a person should look at in the files, on standard error, whatever the form of the rows."""
    Output(lang=output.lang, as_json=False).look_at(flags)


def _tell(output: Output, written: tuple[Path, ...]) -> None:
    for path in written:
        output.say(f"已写出 {path}", f"wrote {path}")


def _plain(column: TemplateColumn) -> dict[str, object]:
    return {
        "column": column.name,
        "required": column.required,
        "events": list(column.events),
        "form": {"zh": column.form[0], "en": column.form[1]},
        "meaning": {"zh": column.meaning[0], "en": column.meaning[1]},
        "filled_with": list(column.filled_with),
        "filled_beside": list(column.filled_beside),
        "holders": list(column.holders),
    }


def _told(column: TemplateColumn, at: int) -> str:
    """What is said of a column, in Chinese (0) or English (1)."""
    events = f" ({', '.join(column.events)})" if column.events else ""
    needed = _REQUIRED[at] + events if column.required else _OPTIONAL[at]
    hanging = {"with": column.filled_with, "beside": column.filled_beside, "holders": column.holders}
    return _JOINED[at].join((needed, column.form[at], column.meaning[at], *notes_of(hanging)[at]))
