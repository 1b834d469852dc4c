"""Table of decisions (审核决定清单) as CSV: no name, no number, no diagnosis, not even the pseudonym.

The text is to be written as UTF-8 **without** a byte order mark. A mark would become part of the
first heading for every program that reads the file, and it would change the bytes that a hash is
taken over; headings and codes are ASCII, so spreadsheets show them rightly without it. Lines end
in a single line feed, whatever the machine.
"""

import csv
import io
import unicodedata
from collections.abc import Iterable
from typing import Final

from mutualaid_core.domain.claims.claim import Claim
from mutualaid_core.domain.claims.decision import Decision

COLUMNS: Final = (
    "settlement_id",
    "claim_id",
    "outcome",
    "benefit_fen",
    "benefit_yuan",
    "base_fen",
    "reasons",
    "lead_clause",
    "version_id",
    "decided_on",
    "state",
)
"""Headings (列名) in order; a new column is added at the end."""

_FORMULA_STARTS: Final = frozenset("=+-@\N{MINUS SIGN}")
_CONTROLS: Final = frozenset("\t\r\n\0")


def decisions_csv(decisions: Iterable[tuple[Claim, Decision]]) -> str:
    """Decisions as CSV, one a line, in the order given.

    Amounts are written as plain numbers from whole fen; ``benefit_yuan`` has two decimals and no
    thousands marks. ``reasons`` are the names of all reasons by precedence, joined by ``;``, and
    ``lead_clause`` is the clause of the first. Days are ISO. ``state`` is that of
    the claim: ``paid``, ``approved`` where the money has not gone out yet, ``held`` or ``refused``.

    Args:
        decisions: Each claim with its decision.

    Clause:
        ACFTU-11.3b, ACFTU-14.2c
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(_row(claim, decision) for claim, decision in decisions)
    return text.getvalue()


def neutral_cell(text: str) -> str:
    """*text* so that a spreadsheet takes it for text, never for a formula.

    A cell that begins with ``= + - @``, a tab, a line end or NUL, also after blanks and in
    full-width or other look-alike forms, gets a leading apostrophe. Quoting is no defence.

    >>> neutral_cell("=1+1")
    "'=1+1"
    >>> neutral_cell("CB-2014")
    'CB-2014'
    """
    bare = text.lstrip()
    while bare and unicodedata.category(bare[0]) in {"Cf", "Cc"}:
        bare = bare[1:].lstrip()
    begins = unicodedata.normalize("NFKC", bare[:1])[:1]
    return f"'{text}" if begins in _FORMULA_STARTS or text[:1] in _CONTROLS else text


def _row(claim: Claim, decision: Decision) -> tuple[str | int, ...]:
    return (
        neutral_cell(claim.settlement_id),
        neutral_cell(claim.claim_id),
        decision.outcome.value,
        decision.benefit.fen,
        str(decision.benefit),
        decision.base.fen,
        ";".join(reason.name for reason in decision.reasons),
        decision.reasons[0].clause,
        neutral_cell(decision.version_id),
        decision.decided_on.isoformat(),
        claim.state.value,
    )
