"""What the pages say of the command line happens."""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
Section = Callable[[str, str], list[tuple[str, ...]]]
BLOCK = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^\$ mutualaid (.*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)
LANGUAGES = ["en", "zh"]
COMMANDS = [
    "demo",
    "run",
    "calculate",
    "explain",
    "info",
    "verify",
    "workflow",
    *(f"scheme {each}" for each in ("check", "fmt", "explain", "diff", "schema", "new")),
    *(f"roster {each}" for each in ("check", "import", "template")),
    *(f"transfer {each}" for each in ("propose", "accept", "reject", "withdraw", "expire", "show")),
    *(f"member {each}" for each in ("correct", "enrol", "leave", "restore", "show", "void", "withdraw")),
    *(f"unit {each}" for each in ("admit", "enrol", "refuse", "show")),
    "period open",
    *(f"approval {each}" for each in ("move", "adjust", "show")),
    *(f"remittance {each}" for each in ("receive", "settle", "return", "show", "plan", "plans")),
    *(f"agency {each}" for each in ("collect", "pass-on", "show")),
    *(f"payroll {each}" for each in ("consent", "withdraw", "judge")),
    *(f"renewal {each}" for each in ("due", "renew")),
    *(f"gift {each}" for each in ("found", "give", "show")),
    *(f"organisation {each}" for each in ("check", "import", "show")),
]
PAGES = sorted(
    page.relative_to(ROOT / "docs/en").as_posix()
    for page in ROOT.glob("docs/en/**/*.md")
    if BLOCK.search(page.read_text("utf-8"))
)


def mutualaid(arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the command in *folder*, as from a shell with a wide window."""
    command = [sys.executable, "-c", "from mutualaid_core.cli import main; main()", *shlex.split(arguments)]
    environment = os.environ | {"COLUMNS": "200", "PYTHONUTF8": "1"}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def pattern(shown: str) -> str:
    """What an answer must match: every line that is shown, and anything at all where it says ``…``."""
    return re.escape(shown).replace("…", ".*?")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_console_blocks_do_what_they_show(page: str, language: str, tmp_path: Path) -> None:
    """The commands of a page must succeed one by one and print what is shown, all but what ``…`` omits."""
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    blocks = BLOCK.findall((ROOT / "docs" / language / page).read_text(encoding="utf-8"))
    for arguments, shown in COMMAND.findall("".join(blocks)):
        answer = mutualaid(arguments, tmp_path)
        assert answer.returncode == 0, answer.stderr
        assert re.fullmatch(pattern(shown), answer.stdout, re.DOTALL), f"{arguments}\n{answer.stdout}"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("command", COMMANDS)
def test_options_are_those_of_the_command(
    section: Section, language: str, command: str, tmp_path: Path
) -> None:
    """The page of the command line must list the options that the help lists, and their defaults."""
    told = mutualaid(f"{command} --help", tmp_path).stdout
    listed = section(f"{language}/reference/cli.md", command)
    assert {option for option, _, _ in listed} == set(re.findall(r" (--[a-z-]+)", told))
    defaults = re.findall(r"\[default: (.*?)\]", told)
    assert {each for each in defaults if each != "False"} == {
        default for _, default, _ in listed if default not in {"–", "required", "none", "必填", "无"}
    }


def commands_of(group: str, folder: Path) -> set[str]:
    """The commands that the help of a group lists, by their whole names; none where it is no group."""
    told = mutualaid(f"{group} --help", folder).stdout
    if not re.match(rf"Usage: mutualaid {group} ?COMMAND\n", told):
        return set()
    return {f"{group} {each}".strip() for each in re.findall(r"^│ (\w[\w-]*) ", told, re.MULTILINE)}


def test_every_command_has_its_section(tmp_path: Path) -> None:
    """The page of the command line must have a section for each command and group, and no other."""
    first = commands_of("", tmp_path)
    members = {each: commands_of(each, tmp_path) for each in first}
    nested = {command for commands in members.values() for command in commands}
    assert {each for each, commands in members.items() if not commands} | nested == set(COMMANDS)
    for language in LANGUAGES:
        page = (ROOT / "docs" / language / "reference" / "cli.md").read_text(encoding="utf-8")
        assert sorted(first) == sorted(re.findall(r"^## ([a-z]+)$", page, re.MULTILINE))
        assert sorted(nested) == sorted(re.findall(r"^### ([a-z]+ [a-z-]+)$", page, re.MULTILINE))


@pytest.mark.parametrize("name", ["README.md", "README.zh.md"])
def test_commands_of_the_readme_run(name: str, tmp_path: Path) -> None:
    """The commands of a README must succeed one by one, and compute what it says of the first claim."""
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    commands = re.findall(r"^    mutualaid (.*)$", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE)
    answers = [mutualaid(arguments, tmp_path) for arguments in commands]
    assert [answer.stderr for answer in answers if answer.returncode] == []
    assert "K001,mine,2014,220000,2200.00,PASS,COMPUTED" in answers[-1].stdout
