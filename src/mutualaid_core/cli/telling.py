"""Telling errors (报错): to people on standard error, to programs as one JSON document."""

import json
import sys
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from cyclopts import CycloptsError

from mutualaid_core.errors import (
    IntakeError,
    KeyReusedError,
    MissingExtraError,
    MutualAidError,
    StoreError,
    UnknownStoreError,
)
from mutualaid_core.intake.problem import Problem, printable

BAD_INPUT: Final = 2
STORE_TROUBLE: Final = 3
INTERRUPTED: Final = 130
NO_READER: Final = 141

_GO_ON: Final = "nothing is half-written; run the same command again to go on"
_OTHER_FILES: Final = "the store holds this year from other files; give it a store of its own"


def tell(error: BaseException, arguments: Sequence[str]) -> int:
    """Say what went wrong, and answer the exit status.

    Args:
        error: What was raised.
        arguments: The command line, for the language and the form of the answer.
    """
    code, message, status = _told(error)
    problems = _problems_of(error)
    lang = language(arguments)
    if "--json" in arguments:
        plain = {
            "error": code,
            "message": "" if problems else message,
            "problems": list(map(_plain, problems)),
        }
        sys.stdout.write(json.dumps(plain, ensure_ascii=False) + "\n")
    lines = [problem.to_text(lang) for problem in problems] or f"{code}: {message}".splitlines()
    sys.stderr.write("".join(f"{line}\n" for line in lines))
    return status


def language(arguments: Sequence[str]) -> str:
    """The language that the command line asks for; English where it says nothing."""
    given = [after for before, after in pairwise(arguments) if before == "--lang"]
    given += [each.removeprefix("--lang=") for each in arguments if each.startswith("--lang=")]
    return "zh" if "zh" in given else "en"


def _told(error: BaseException) -> tuple[str, str, int]:
    """Code, message and exit status of an error."""
    if _is_interrupt(error):
        return "INTERRUPTED", _GO_ON, INTERRUPTED
    if isinstance(error, CycloptsError):
        return "USAGE", f"{_clean(str(error))}\nhint: mutualaid --help", BAD_INPUT
    if isinstance(error, KeyReusedError):
        return error.code, f"{_clean(str(error).partition(chr(10))[0])}\nhint: {_OTHER_FILES}", BAD_INPUT
    if isinstance(error, MutualAidError):
        trouble = isinstance(error, StoreError) and not isinstance(error, UnknownStoreError)
        return error.code, _clean(str(error)), STORE_TROUBLE if trouble else BAD_INPUT
    where = printable(str(error.filename or "")) if isinstance(error, OSError) else ""
    what = printable(getattr(error, "strerror", None) or type(error).__name__)
    return "DISK", f"{what}{': ' if where else ''}{where}", STORE_TROUBLE


def _is_interrupt(error: BaseException | None) -> bool:
    """Whether a person stopped the command, also where a store had to say it in its own words."""
    while error is not None and not isinstance(error, KeyboardInterrupt):
        error = error.__cause__
    return error is not None


def _clean(message: str) -> str:
    return "\n".join(map(printable, message.splitlines()))


def _problems_of(error: BaseException) -> list[Problem]:
    if not isinstance(error, IntakeError):
        return []
    return [problem for problem in error.problems if isinstance(problem, Problem)]


def _plain(problem: Problem) -> dict[str, object]:
    return {
        "file": problem.file,
        "row": problem.row,
        "column": problem.column,
        "field": problem.field,
        "code": problem.trouble.code,
        "value": problem.value,
        "text": str(problem),
    }


CAUGHT: Final = (CycloptsError, MutualAidError, MissingExtraError, OSError, KeyboardInterrupt)
"""What a command may end with; anything else is a fault of this library and shows as such."""
