"""Dues (互助金) of the members of a file, as CSV and as JSON: each part, the sum, and who bears what.

A row names the person by the id that the file gave; where the file has ID numbers, by its row alone.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import Final

import attrs

from mutualaid_core.domain.claims.reason import Outcome, Reason, gravest
from mutualaid_core.domain.scheme.dues import FundingSource
from mutualaid_core.publication.decisions import neutral_cell

_FIRST: Final = (
    "row",
    "person_id",
    "scheme",
    "version",
    "dues_fen",
    "dues_yuan",
    "parts",
    "outcome",
    "reasons",
)


@attrs.frozen(kw_only=True)
class MemberDues:
    """What one member pays for one scheme (应缴互助金), in fen.

    Attributes:
        row: Row of the member in the file.
        person_id: Id that the file gave; empty where it has ID numbers.
        scheme_id: The scheme.
        version_id: Its version.
        amount: The dues of one period; nothing where the person may not join.
        parts: What each part costs; one of empty name for a scheme without parts.
        borne: Who bears what; empty where units agree on it themselves.
        reasons: Why the person may not join; empty where nothing is against it.
    """

    row: int
    person_id: str = attrs.field(repr=False)
    scheme_id: str
    version_id: str
    amount: int
    parts: tuple[tuple[str, int], ...]
    borne: tuple[tuple[FundingSource, int], ...]
    reasons: tuple[Reason, ...] = ()

    @property
    def outcome(self) -> Outcome:
        """What the reasons lead to."""
        return gravest(self.reasons)


def _yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"


def dues_csv(rows: Iterable[MemberDues]) -> str:
    """Dues as CSV: amounts in yuan, but ``dues_fen``; a column for each payer who bears anything."""
    listed = tuple(rows)
    payers = [payer for payer in FundingSource if any(payer in dict(row.borne) for row in listed)]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow((*_FIRST, *payers_named(payers)))
    for row in listed:
        borne = dict(row.borne)
        own = (
            row.row,
            neutral_cell(row.person_id),
            neutral_cell(row.scheme_id),
            neutral_cell(row.version_id),
            row.amount,
            _yuan(row.amount),
            neutral_cell("; ".join(f"{part}={_yuan(fen)}" for part, fen in row.parts if part)),
            row.outcome.value,
            ";".join(reason.name for reason in row.reasons),
        )
        writer.writerow((*own, *(_yuan(borne[payer]) if payer in borne else "" for payer in payers)))
    return text.getvalue()


def payers_named(payers: Iterable[FundingSource]) -> tuple[str, ...]:
    """Headings of the columns that say what each payer bears, in yuan."""
    return tuple(f"borne_by_{payer.value}" for payer in payers)


def _reason(reason: Reason, lang: str) -> dict[str, str]:
    text = reason.zh if lang == "zh" else reason.en
    return {"name": reason.name, "clause": reason.clause, "text": text}


def dues_json(rows: Iterable[MemberDues], lang: str) -> Iterator[str]:
    """Dues as one JSON array, piece by piece, one member a line; amounts in fen.

    Args:
        rows: The rows.
        lang: ``zh`` or ``en``, for the texts of reasons.
    """
    opening = "[\n"
    for row in rows:
        plain = {
            "row": row.row,
            "person_id": row.person_id,
            "scheme": row.scheme_id,
            "version": row.version_id,
            "dues_fen": row.amount,
            "dues_yuan": _yuan(row.amount),
            "parts": [{"part": part or None, "amount_fen": fen} for part, fen in row.parts],
            "outcome": row.outcome.value,
            "reasons": [_reason(reason, lang) for reason in row.reasons],
            "borne": {payer.value: fen for payer, fen in row.borne},
        }
        yield opening + json.dumps(plain, ensure_ascii=False)
        opening = ",\n"
    yield "[]\n" if opening == "[\n" else "\n]\n"
