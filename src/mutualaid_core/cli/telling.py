"""Telling errors (报错): to people on standard error, to programs as one JSON document."""

import json
import re
import sys
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from cyclopts import CycloptsError, MissingArgumentError

from mutualaid_core.cli.usage.mistakes import in_chinese
from mutualaid_core.domain.values.numbers import without_identity_numbers
from mutualaid_core.errors import (
    IntakeError,
    InvalidValueError,
    KeyReusedError,
    MissingExtraError,
    MutualAidError,
    NotFoundError,
    StoreError,
    UnknownStoreError,
)
from mutualaid_core.intake.problem import Problem, printable
from mutualaid_core.intake.problem.wording import chinese

BAD_INPUT: Final = 2
STORE_TROUBLE: Final = 3
INTERRUPTED: Final = 130
NO_READER: Final = 141

_MISTYPED: Final = re.compile(r"(?<![0-9A-Za-z])[0-9]{15,}[Xx]?(?![0-9A-Za-z])")
"""As long as an ID number; what cannot be a command or an option is not quoted where it is that."""

_THERE: Final = "must not be there yet"
"""What is asked of a file that would be written; its name is then what it is, not what it is instead."""

_GO_ON: Final = "nothing is half-written; run the same command again to go on"
_OTHER_KEY: Final = "another act was done under this key; give the new act a key of its own"
_OTHER_FILES: Final = "the store holds this year from other files; give it a store of its own"


def tell(error: BaseException, arguments: Sequence[str]) -> int:
    """Say what went wrong, and answer the exit status.

    Args:
        error: What was raised.
        arguments: The command line, for the language and the form of the answer.
    """
    code, message, status = _told(error, arguments)
    message = without_identity_numbers(message)
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


def _told(error: BaseException, arguments: Sequence[str]) -> tuple[str, str, int]:
    """Code, message and exit status of an error."""
    if _is_interrupt(error):
        return "INTERRUPTED", _GO_ON, INTERRUPTED
    if isinstance(error, CycloptsError):
        lang = language(arguments)
        message, command = _usage(error, lang)
        hint = f"提示：{command} --help --lang zh" if lang == "zh" else f"hint: {command} --help"
        return "USAGE", f"{_MISTYPED.sub('***', _clean(message))}\n{hint}", BAD_INPUT
    if isinstance(error, KeyReusedError):
        hint = _OTHER_FILES if arguments[0] in {"run", "demo"} else _OTHER_KEY
        return error.code, f"{_clean(str(error).partition(chr(10))[0])}\nhint: {hint}", BAD_INPUT
    if isinstance(error, MutualAidError):
        trouble = isinstance(error, StoreError) and not isinstance(error, UnknownStoreError)
        message = _in_chinese(error) if language(arguments) == "zh" else str(error)
        return error.code, _clean(message), STORE_TROUBLE if trouble else BAD_INPUT
    where = printable(str(error.filename or "")) if isinstance(error, OSError) else ""
    what = printable(getattr(error, "strerror", None) or type(error).__name__)
    return "DISK", f"{what}{': ' if where else ''}{where}", STORE_TROUBLE


def _usage(error: CycloptsError, lang: str) -> tuple[str, str]:
    """What is wrong with a command line, and the command whose help tells of it."""
    command = " ".join(("mutualaid", *(error.command_chain or ())))
    argument = error.argument if isinstance(error, MissingArgumentError) else None
    is_absent = argument is not None and not argument.tokens and not getattr(error, "keyword", None)
    if lang == "zh":
        told = in_chinese(error)
    else:
        told = f"{argument.name} must be given" if argument is not None and is_absent else str(error)
    return f"{command}: {told}" if is_absent else told, command


def _in_chinese(error: MutualAidError) -> str:
    """What a person mistyped or asked for in vain, in Chinese; anything else as it is."""
    if isinstance(error, NotFoundError):
        return f"没有该{_KINDS.get(error.kind, error.kind)}：{error.key}"
    if not isinstance(error, InvalidValueError):
        return str(error)
    shown = str(error).partition("\n")[0].partition(f"{error.rule}, got ")[2]
    hint = f"\n提示：{_HINTS.get(error.hint, error.hint)}" if error.hint else ""
    link = "：" if error.rule.startswith(_THERE) else "，实为 "
    found = "" if error.value is None else f"{link}{shown}"
    return f"{error.field} {chinese(error.rule)}{found}{hint}"


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


_KINDS: Final = {
    "admission": "准入判定",
    "agency_collection": "代收款",
    "member": "会员",
    "organisation": "组织",
    "period": "互助期",
    "remittance": "汇缴",
    "roster": "名册",
    "scheme": "互助项目",
    "scheme_version": "项目版本",
    "transfer": "转移",
    "unit": "单位",
}
_HINTS: Final = {
    "give another id": "请另用编号",
    "give another id, such as one that begins with R-": "请另用编号，例如以 R- 开头",
    "give another name": "请另用文件名",
    "give another name, or --result of the same rosters": "请另用文件名，或同一名册的逐行结果文件",
    "a repeated run is given the same --on": "重复办理须使用同一 --on",
    "mutualaid roster import": "请先用 mutualaid roster import 导入名册",
    "use the pseudonym, or --id-file FILE (- for standard input), which stays out of the history": (
        "请使用会员编号，或用 --id-file 文件（- 为标准输入），不留在命令历史中"
    ),
    "with another file everybody would have another pseudonym": "换用密钥文件后，每人的会员编号都会不同",
    "receive it once the money is there": "请在款项到账后再办理",
    "write 2014-01-31": "请按 2014-01-31 的形式填写",
    "see unit show; a worker who was added joins by member enrol, and one who was struck off is taken back"
    " by member withdraw, or by member void once it is paid": (
        "请用 unit show 查看；新增的职工用 member enrol 参加，"
        "划掉的职工用 member withdraw 撤回，已缴费的用 member void 作废"
    ),
}

CAUGHT: Final = (CycloptsError, MutualAidError, MissingExtraError, OSError, KeyboardInterrupt)
"""What a command may end with; anything else is a fault of this library and shows as such."""
