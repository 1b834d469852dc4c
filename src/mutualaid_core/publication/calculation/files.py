"""Files (结果文件) of a calculation: CSV for spreadsheets, JSON for programs, one row a claim and scheme.

The same rows give the same bytes, whatever the machine, so that two files can be compared as such.
Nothing here names a person.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import Any, Final

from mutualaid_core.domain.claims.trace import TRACE_FORM
from mutualaid_core.publication.calculation.rows import Calculated, LimitLeft, Measure
from mutualaid_core.publication.decisions import neutral_cell
from mutualaid_core.serialization.codec import to_plain

COLUMNS: Final = (
    "claim_id",
    "scheme",
    "version",
    "benefit_fen",
    "benefit_yuan",
    "outcome",
    "reasons",
    "lines",
    "left",
)
"""Headings (列名) of the CSV file in order; a new column is added at the end."""

_CHUNK: Final = 1_000
"""Rows of CSV that are written together."""


def csv_text(rows: Iterable[Calculated]) -> Iterator[str]:
    """Rows as CSV, piece by piece: UTF-8 without a byte order mark, lines ending in LF.

    ``lines`` holds the yuan of each benefit as ``benefit=12.00``; ``left`` holds for each limit its
    path, counter, most, used and left, separated by blanks. Parts of both are separated by ``; ``.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for number, row in enumerate(rows, start=1):
        writer.writerow(_cells(row))
        if number % _CHUNK == 0:
            yield text.getvalue()
            text.seek(0)
            text.truncate()
    yield text.getvalue()


def _cells(row: Calculated) -> tuple[str | int, ...]:
    return (
        neutral_cell(row.claim_id),
        neutral_cell(row.scheme_id),
        neutral_cell(row.version_id),
        row.amount,
        _yuan(row.amount),
        row.outcome.value,
        ";".join(reason.name for reason in row.reasons),
        neutral_cell("; ".join(f"{benefit}={_yuan(fen)}" for benefit, fen in row.lines)),
        neutral_cell("; ".join(map(_left, row.left))),
    )


def _left(limit: LimitLeft) -> str:
    figures = (limit.most, limit.used, limit.left)
    told = [_yuan(each) if limit.measure is Measure.FEN else str(each) for each in figures]
    return " ".join((limit.limit, limit.counter, *told))


def _yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"


def json_text(rows: Iterable[Calculated], lang: str, *, explained: bool = False) -> Iterator[str]:
    """Rows as one JSON array, piece by piece, one row a line; amounts in fen unless they say yuan.

    Args:
        rows: The rows.
        lang: ``zh`` or ``en``, for the texts of the reasons.
        explained: Whether to write the steps too, as traces are kept.
    """
    opening = "[\n"
    for row in rows:
        plain = _plain(row, lang)
        if explained:
            plain["trace"] = _trace(row)
        yield opening + json.dumps(plain, ensure_ascii=False)
        opening = ",\n"
    yield "[]\n" if opening == "[\n" else "\n]\n"


def _plain(row: Calculated, lang: str) -> dict[str, Any]:
    return {
        "claim_id": row.claim_id,
        "scheme": row.scheme_id,
        "version": row.version_id,
        "benefit_fen": row.amount,
        "benefit_yuan": _yuan(row.amount),
        "outcome": row.outcome.value,
        "reasons": [
            {"name": reason.name, "clause": reason.clause, "text": reason.zh if lang == "zh" else reason.en}
            for reason in row.reasons
        ],
        "lines": [
            {"benefit": benefit, "amount_fen": fen, "amount_yuan": _yuan(fen)} for benefit, fen in row.lines
        ],
        "left": [
            {
                "limit": limit.limit,
                "counter": limit.counter,
                "unit": limit.measure.value,
                "most": limit.most,
                "used": limit.used,
                "left": limit.left,
            }
            for limit in row.left
        ],
    }


def _trace(row: Calculated) -> dict[str, Any] | None:
    """The steps in the form in which traces are kept; nothing for a claim that was not computed."""
    if not row.steps:
        return None
    return {
        "form": TRACE_FORM,
        "version_id": row.version_id,
        "policy_id": row.policy_id,
        "steps": [to_plain(step) for step in row.steps],
    }
