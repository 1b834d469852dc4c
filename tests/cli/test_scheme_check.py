"""``mutualaid scheme check``: exit status, both languages, text and JSON, policies given and shipped."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

SRC = Path(__file__).parents[2] / "src" / "mutualaid_core"
EXAMPLE = SRC.parents[1] / "examples" / "chengbu_2014" / "scheme.yaml"
Cli = Callable[..., Any]


@pytest.fixture
def scheme(tmp_path: Path) -> Path:
    """A sound scheme file that a test may spoil."""
    return Path(shutil.copy(EXAMPLE, tmp_path / "scheme.yaml"))


def spoil(path: Path, old: str, new: str) -> None:
    """Put one text in the place of another, which must be there."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_sound_file(cli: Cli, scheme: Path) -> None:
    """A sound file must be one line on standard output, and status 0."""
    answer = cli("scheme", "check", scheme)
    assert (answer.status, answer.out, answer.err) == (0, f"{scheme}: sound\n", "")


def test_faults_of_several_files(cli: Cli, scheme: Path, tmp_path: Path) -> None:
    """Faults must stand on standard error, each with its file, and other files be told as sound."""
    other = tmp_path / "other.yaml"
    shutil.copy(scheme, other)
    spoil(other, "ratio: 45%", "ratio: 0.45")
    spoil(other, "period_by: discharge", "period_by: dischrge")
    answer = cli("scheme", "check", scheme, other)
    assert (answer.status, answer.out) == (2, f"{scheme}: sound\n")
    lines = answer.err.splitlines()
    assert [line.startswith(f"{other}:") for line in lines] == [True, True]
    assert "did you mean discharge?" in lines[0]
    assert "did you mean 45%?" in lines[1]


def test_chinese(cli: Cli, scheme: Path) -> None:
    """With ``--lang zh`` everything must be told in Chinese."""
    assert cli("scheme", "check", scheme, "--lang", "zh").out == f"{scheme}：无问题\n"
    spoil(scheme, "ratio: 45%", "ratio: 0.45")
    assert "取值不允许" in cli("scheme", "check", scheme, "--lang", "zh").err


def test_json(cli: Cli, scheme: Path) -> None:
    """With ``--format json`` the answer must be one document with the place of every fault."""
    assert cli("scheme", "check", scheme, "--format", "json").document["sound"] is True
    spoil(scheme, "ratio: 45%", "ratio: 0.45")
    answer = cli("scheme", "check", scheme, "--format", "json")
    assert (answer.status, answer.err, answer.document["sound"]) == (2, "", False)
    ((problem,),) = [file["problems"] for file in answer.document["files"]]
    line = scheme.read_text("utf-8").partition("0.45")[0].count("\n") + 1
    assert (problem["code"], problem["row"], problem["column"] > 1) == ("IN018", line, True)


def test_shipped_policy(cli: Cli, scheme: Path) -> None:
    """What the shipped policy of a version does not allow must be told with its clause, where it is asked."""
    spoil(scheme, "amount: 50.00", "amount: 70.00")
    assert cli("scheme", "check", scheme).status == 0
    answer = cli("scheme", "check", scheme, "--policy", "HN-2013")
    assert (answer.status, "[IN032]" in answer.err, "HN-4.3.4b" in answer.err) == (2, True, True)


def test_given_policy(cli: Cli, scheme: Path, tmp_path: Path) -> None:
    """A policy that is given must take the place of a shipped one of the same id."""
    policy = Path(shutil.copy(SRC / "regulations" / "HN-2013.yaml", tmp_path / "own.yaml"))
    spoil(policy, "amount_max: 60.00", "amount_max: 45.00")
    answer = cli("scheme", "check", scheme, "--policy", policy)
    assert (answer.status, "must be 40.00 to 45.00" in answer.err) == (2, True)


def test_faults_of_a_policy(cli: Cli, scheme: Path, tmp_path: Path) -> None:
    """A policy that cannot be read must be told as well."""
    policy = tmp_path / "policy.yaml"
    policy.write_text("policy_id: X\n", "utf-8")
    answer = cli("scheme", "check", scheme, "--policy", policy)
    assert (answer.status, f"{policy}:1:1:valid_from" in answer.err) == (2, True)


def test_policy_that_is_none(cli: Cli, scheme: Path) -> None:
    """What is neither an id nor a file must be told with the ids that are shipped."""
    answer = cli("scheme", "check", scheme, "--policy", "hn-2013")
    known = "ACFTU-2018, GD-2022, HN-2013, SN-2021"
    assert (answer.status, answer.err) == (
        2,
        f"MA001: policy must be a file, or one of {known}; did you mean HN-2013?, got 'hn-2013'\n",
    )
    chinese = cli("scheme", "check", scheme, "--policy", "nope", "--lang", "zh").err
    assert chinese == f"MA001: policy 应为文件，或以下之一：{known}，实为 'nope'\n"


def test_scheme_given_as_a_policy(cli: Cli, scheme: Path) -> None:
    """A scheme file in the place of a policy must be told as what it is, by one line."""
    answer = cli("scheme", "check", scheme, "--policy", scheme, "--lang", "zh")
    assert (answer.status, answer.err.count("\n")) == (2, 1)
    assert "应为政策文件，此为项目文件" in answer.err
    assert f"{scheme}：无问题" in answer.out


def test_unknown_policy(cli: Cli, scheme: Path) -> None:
    """A version whose policy is not given must be checked by itself, and the answer must say so."""
    text = scheme.read_text("utf-8")
    scheme.write_text(re.sub(r"policy_id: \S+", "policy_id: XX-2099", text), "utf-8")
    answer = cli("scheme", "check", scheme, "--policy", "HN-2013")
    assert (answer.status, "not held against policy XX-2099" in answer.out) == (0, True)


@pytest.mark.parametrize(
    "arguments", [["check"], ["check", "a.yaml", "--lang", "fr"], ["check", "a", "--format", "xml"]]
)
def test_mistake_on_the_command_line(cli: Cli, arguments: list[str]) -> None:
    """A mistake on the command line must be told with status 2."""
    answer = cli("scheme", *arguments)
    assert (answer.status, answer.err.startswith("USAGE: ")) == (2, True)


def test_missing_file(cli: Cli, tmp_path: Path) -> None:
    """A file that is not there must be a fault of the input."""
    answer = cli("scheme", "check", tmp_path / "none.yaml")
    assert (answer.status, "[IN001]" in answer.err) == (2, True)
