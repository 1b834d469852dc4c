"""Mistakes on the command line and help in Chinese."""

import re
from collections.abc import Callable
from typing import Any

import pytest

Cli = Callable[..., Any]

ENGLISH = re.compile(r"Unknown|Invalid|Unused|requires|Choose|must|Available|hint|Parameter|[Cc]ommand")
"""Words of the English answers."""


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("nothing",), "没有命令“nothing”；可用的命令：scheme、calculate、"),
        (("roster", "chek"), "没有命令“chek”；可用的命令：check、import、template；是否应为 check？"),
        ((), "此处须先写命令，才能写选项 --lang"),
        (("info", "--colour"), "没有选项 --colour"),
        (("info", "--jso"), "没有选项 --jso；是否应为 --json？"),
        (("info", "--colour=red"), "没有选项 --colour"),
        (("roster", "import"), "mutualaid roster import: 须给出 --files"),
        (("info", "--store"), "选项 --store 之后须给出值"),
        (("calculate", "--scheme"), "选项 --scheme 之后须至少给出 1 个值"),
        (
            ("member", "leave", "M1", "--as", "moved"),
            "--as 不能为“moved”，应为以下之一：retired、dismissed、died",
        ),
        (("roster", "check", "a", "--show", "many"), "--show 应为整数，不能为“many”"),
        (("info", "--json=5"), "--json 是开关，不带值，不能为“5”"),
        (("info", "a", "b"), "多余的参数：a、b；请删去，或写上所属的选项，含空格的值须加引号"),
        (("info", "--json", "--json"), "选项 --json 只能给出一次"),
        (("explain", "--store", "memory:"), "须给出 CLAIM，或用 --trace 给出文件"),
        (
            ("transfer", "show", "--store", "memory:"),
            "须至少给出以下一项：TRANSFER、--member、--id-file、--unit",
        ),
    ],
)
def test_every_kind_of_mistake_is_told_in_chinese(cli: Cli, arguments: tuple[str, ...], told: str) -> None:
    """What was given must be named, with what to do about it, and where more is said."""
    answer = cli(*arguments, "--lang", "zh")
    first, second = answer.err.splitlines()
    assert (answer.status, first.startswith(f"USAGE: {told}")) == (2, True), answer.err
    assert re.fullmatch("提示：mutualaid.* --help --lang zh", second)
    words = first.replace("--", "").replace("mutualaid roster import", "")
    assert ENGLISH.search(words) is None


def test_a_mistake_points_to_the_help_of_its_command(cli: Cli) -> None:
    """The help that is named must be that of the command, in English as well."""
    assert "hint: mutualaid info --help" in cli("info", "--colour").err.splitlines()
    assert "提示：mutualaid member --help --lang zh" in cli("member", "x", "--lang", "zh").err.splitlines()


def test_a_number_of_a_person_is_not_told_back(cli: Cli) -> None:
    """A value that is as long as an ID number must be starred out of the Chinese answer too."""
    answer = cli("info", "430529196807070665", "--lang", "zh")
    assert ("4305" in answer.err, "多余的参数：***" in answer.err) == (False, True)


@pytest.mark.parametrize("command", [(), ("roster",), ("member", "leave"), ("info",), ("run",)])
def test_help_has_chinese_headings(cli: Cli, command: tuple[str, ...]) -> None:
    """Headings and marks must be Chinese; without the option they are as they were."""
    told = cli(*command, "--help", "--lang", "zh").out
    assert told.startswith(f"用法：{' '.join(('mutualaid', *command))}")
    for word in ("Usage", "Commands", "Parameters", "[OPTIONS]", "[required]", "[default", "[choices"):
        assert word not in told
    assert cli(*command, "--help").out.startswith("Usage: ")


def test_marks_of_options_in_chinese(cli: Cli) -> None:
    """What must be given, what may be, and what is taken otherwise must be told."""
    told = "".join(cli("member", "leave", "--lang", "zh", "--help").out.split())
    for words in ("[可选值：retired、dismissed、died]", "[必填]", "[默认：en]", "[默认：否]", "参数和选项"):
        assert words in told
    assert "显示本说明并退出" in cli("--help", "--lang=zh").out
