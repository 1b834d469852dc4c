"""Traces in files (计算过程文件): what ``calculate --explain`` and ``explain --json`` write, read back."""

import json
from pathlib import Path
from typing import Any, Final

import attrs

from mutualaid_core.domain.claims.reason import Reason
from mutualaid_core.domain.claims.trace import Rule, Trace
from mutualaid_core.domain.values.money import Money
from mutualaid_core.errors import InvalidValueError, NotFoundError, StoreBrokenError
from mutualaid_core.rules.claims.decision import benefit_step
from mutualaid_core.serialization.codec import from_plain

FILE_BYTES_MAX: Final = 256 * 2**20
_HINT: Final = "write one with: mutualaid calculate --explain --format json, or mutualaid explain --json"

_UNTOLD: Final = "-"
"""Policy of a claim of which a calculation keeps no steps."""


@attrs.frozen
class Told:
    """A computation in a file (文件中的一笔计算).

    Attributes:
        claim_id: Claim; empty where the file does not say.
        trace: Its steps.
    """

    claim_id: str
    trace: Trace


def read_traces(path: Path) -> tuple[Told, ...]:
    """Every computation that a file tells step by step, in its order.

    Raises:
        InvalidValueError: The file cannot be read, or tells no computation.
    """
    try:
        if path.stat().st_size > FILE_BYTES_MAX:
            rule = f"must be a file of at most {FILE_BYTES_MAX:,} bytes"
            raise InvalidValueError("trace", rule, str(path))
        plain = json.loads(path.read_text("utf-8"))
    except OSError as error:
        rule = f"must be a file that can be read ({error.strerror})"
        raise InvalidValueError("trace", rule, str(path)) from error
    except (ValueError, RecursionError) as error:
        if isinstance(error, InvalidValueError):
            raise
        raise InvalidValueError("trace", "must be a file of JSON in UTF-8", str(path), hint=_HINT) from error
    try:
        found = tuple(_told(row) for row in _rows(plain))
    except (StoreBrokenError, InvalidValueError, KeyError, TypeError, AttributeError) as error:
        raise InvalidValueError(
            "trace", "must hold traces as they are kept", str(path), hint=_HINT
        ) from error
    if not found:
        raise InvalidValueError("trace", "must tell a computation step by step", str(path), hint=_HINT)
    return found


def _rows(plain: Any) -> list[dict[str, Any]]:  # noqa: ANN401  # whatever JSON holds
    """Each row with a trace: of a calculation, of an explanation, or the trace alone."""
    if isinstance(plain, list):
        return [row for row in plain if row.get("trace") is not None or row.get("reasons")]
    if "decisions" in plain:
        return [each["decision"] for each in plain["decisions"]]
    return [plain if "trace" in plain else {"trace": plain}]


def _told(row: dict[str, Any]) -> Told:
    claim_id = str(row.get("claim_id", ""))
    if row.get("trace") is None:
        # A calculation keeps no steps of a claim that it did not admit.
        step = benefit_step(Money(0), Reason[row["reasons"][0]["name"]])
        ids = {"version_id": row["version"], "policy_id": _UNTOLD}
        return Told(claim_id, Trace(**ids, steps=(step,)))
    trace = from_plain(row["trace"], Trace)
    if "benefit_fen" in row and trace.steps[-1].rule is not Rule.BENEFIT:
        step = benefit_step(Money(row["benefit_fen"]), Reason[row["reasons"][0]["name"]])
        trace = attrs.evolve(trace, steps=(*trace.steps, step))
    return Told(claim_id, trace)


def of_claim(told: tuple[Told, ...], claim: str | None) -> tuple[Told, ...]:
    """Those of one claim, or all.

    Raises:
        NotFoundError: There is none of that claim.
    """
    found = tuple(each for each in told if claim is None or each.claim_id in {claim, ""})
    if not found:
        raise NotFoundError("claim", claim or "")
    return found
