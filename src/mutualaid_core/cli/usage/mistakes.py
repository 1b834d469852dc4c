"""Mistakes on the command line (命令行用法错误), told in Chinese: what was given, and what to do."""

import difflib
import re
from collections.abc import Callable, Iterable
from typing import Any, Final, Literal, get_args, get_origin

from cyclopts import (
    CoercionError,
    CycloptsError,
    MissingArgumentError,
    MixedArgumentError,
    RepeatArgumentError,
    UnknownCommandError,
    UnknownOptionError,
    UnusedCliTokensError,
)
from cyclopts.exceptions import ArgumentOrderError, ConsumeMultipleError

_OWN: Final = (
    (r"one of (.+) must be given", "须至少给出以下一项：{0}"),
    (r"(\S+) must be given, or a file with (\S+)", "须给出 {0}，或用 {1} 给出文件"),
)
"""What commands themselves ask of their options."""

_TYPES: Final[dict[object, str]] = {int: "应为整数", float: "应为数字", bool: "是开关，不带值"}


def in_chinese(error: CycloptsError) -> str:
    """What is wrong with a command line, in one Chinese sentence.

    Args:
        error: What the parser or a command raised.
    """
    for kind, tell in _KINDS:
        if isinstance(error, kind):
            return tell(error)
    message = str(error)
    for form, words in _OWN:
        if match := re.fullmatch(form, message):
            return words.format(*map(_listed, match.groups()))
    return f"命令行有误：{message}"


def _listed(names: str) -> str:
    return names.replace(" and ", "、").replace(", ", "、")


def _close(given: str, names: Iterable[str]) -> str:
    """A question after the name that was meant; nothing where none is near."""
    found = difflib.get_close_matches(given, list(names), n=1, cutoff=0.6)
    return f"；是否应为 {found[0]}？" if found else ""


def _unknown_command(error: UnknownCommandError) -> str:
    given = (error.unused_tokens or [""])[0]
    if given.startswith("-"):
        return f"此处须先写命令，才能写选项 {given}"
    names = [] if error.app is None else [name for name in error.app if not name.startswith("-")]
    return f"没有命令“{given}”；可用的命令：{'、'.join(names)}{_close(given, names)}"


def _unknown_option(error: UnknownOptionError) -> str:
    given = (error.token.keyword or error.token.value).partition("=")[0]
    names = [name for each in error.argument_collection if each.parse for name in each.names]
    return f"没有选项 {given}{_close(given, names)}"


def _missing(error: MissingArgumentError) -> str:
    name = error.keyword or ("" if error.argument is None else error.argument.name)
    if error.argument is None or error.argument.tokens or error.keyword:
        return f"选项 {name} 之后须给出值"
    return f"须给出 {name}"


def _wrong_number(error: ConsumeMultipleError) -> str:
    name = error.keyword or ("" if error.argument is None else error.argument.name)
    if error.actual_count < error.min_required:
        return f"选项 {name} 之后须至少给出 {error.min_required} 个值"
    return f"选项 {name} 之后至多给出 {error.max_allowed} 个值，现有 {error.actual_count} 个"


def _wrong_value(error: CoercionError) -> str:
    name = "" if error.argument is None else error.argument.name
    name = (error.token.keyword if error.token else None) or name
    given = error.token.value if error.token else ""
    if get_origin(error.target_type) is Literal:
        choices = [str(each) for each in get_args(error.target_type)]
        return f"{name} 不能为“{given}”，应为以下之一：{'、'.join(choices)}{_close(given, choices)}"
    asked = _TYPES.get(error.target_type, "的值无法读取")
    return f"{name} {asked}，不能为“{given}”"


def _left_over(error: UnusedCliTokensError) -> str:
    given = "、".join(error.unused_tokens or ())
    return f"多余的参数：{given}；请删去，或写上所属的选项，含空格的值须加引号"


def _repeated(error: RepeatArgumentError) -> str:
    return f"选项 {error.token.keyword} 只能给出一次"


def _mixed(error: MixedArgumentError) -> str:
    name = "" if error.argument is None else error.argument.name
    return f"{name} 只能用一种写法：或写选项，或直接写值"


def _out_of_order(error: ArgumentOrderError) -> str:
    name = "" if error.argument is None else error.argument.name
    return f"“{error.token}”须写成 {name} {error.token}，因为前面的参数已用选项写出"


_KINDS: Final[tuple[tuple[type[CycloptsError], Callable[[Any], str]], ...]] = (
    (UnknownCommandError, _unknown_command),
    (UnknownOptionError, _unknown_option),
    (ConsumeMultipleError, _wrong_number),
    (MissingArgumentError, _missing),
    (CoercionError, _wrong_value),
    (UnusedCliTokensError, _left_over),
    (RepeatArgumentError, _repeated),
    (MixedArgumentError, _mixed),
    (ArgumentOrderError, _out_of_order),
)
"""Every kind of mistake that the commands can meet; the narrower kinds first."""
