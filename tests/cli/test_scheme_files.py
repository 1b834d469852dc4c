"""``mutualaid scheme fmt``, ``explain``, ``diff``, ``schema``, ``new``: what they print, write and answer."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
EVERY_KIND = Path(__file__).parent / "schemes" / "every_kind.yaml"
SHIPPED = sorted(path.stem for path in (ROOT / "src" / "mutualaid_core" / "schemes").glob("*.yaml"))
COMMANDS = ["fmt", "explain", "diff", "schema", "new"]
Cli = Callable[..., Any]


@pytest.fixture
def untidy(tmp_path: Path) -> Path:
    """A scheme file that means the same as the tidy one, and is written otherwise."""
    text = EVERY_KIND.read_text("utf-8")
    path = tmp_path / "untidy.yaml"
    path.write_text(
        text.replace("amount: 100.00", "amount: 100", 1).replace("up_to: null", "up_to: ~"), "utf-8"
    )
    return path


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    """A scheme file with two faults."""
    text = EVERY_KIND.read_text("utf-8")
    path = tmp_path / "faulty.yaml"
    path.write_text(text.replace("shares_max: 3", "shares_max: three", 1).replace("30%", "0.3", 1), "utf-8")
    return path


@pytest.mark.parametrize("command", COMMANDS)
def test_help(cli: Cli, command: str) -> None:
    """Every command must have its help, with the Chinese terms."""
    answer = cli("scheme", command, "--help")
    assert (answer.status, answer.err) == (0, "")
    assert re.search("[\u4e00-\u9fff]", answer.out)


@pytest.mark.parametrize(
    "arguments",
    [["fmt"], ["explain"], ["diff", "one.yaml"], ["schema", "year"], ["explain", "a", "--lang", "fr"]],
)
def test_mistake_on_the_command_line(cli: Cli, arguments: list[str]) -> None:
    """A mistake must be told with status 2."""
    answer = cli("scheme", *arguments)
    assert (answer.status, answer.out, answer.err.startswith("USAGE: ")) == (2, "", True)


def test_fmt_writes_what_check_asks_for(cli: Cli, untidy: Path) -> None:
    """A check must list a file that would change, and nothing after it was laid out."""
    answer = cli("scheme", "fmt", "--check", untidy)
    assert (answer.status, answer.out) == (1, f"would be laid out anew: {untidy}\n")
    assert cli("scheme", "fmt", untidy).status == 0
    assert untidy.read_text("utf-8") == EVERY_KIND.read_text("utf-8")
    assert cli("scheme", "fmt", "--check", untidy).status == 0
    assert sorted(path.name for path in untidy.parent.iterdir()) == ["untidy.yaml"]


def test_check_writes_nothing(cli: Cli, untidy: Path) -> None:
    """A check must leave the file as it is, and tell the same in Chinese and as JSON."""
    before = untidy.read_bytes()
    assert "需要重排" in cli("scheme", "fmt", "--check", untidy, EVERY_KIND, "--lang", "zh").out
    answer = cli("scheme", "fmt", "--check", untidy, EVERY_KIND, "--format", "json")
    assert answer.document == {"changed": [str(untidy)], "checked": 2}
    assert untidy.read_bytes() == before


def test_fmt_keeps_mode_and_link(cli: Cli, untidy: Path, tmp_path: Path) -> None:
    """A link must stay a link, and the file behind it keep its permissions."""
    untidy.chmod(0o640)
    link = tmp_path / "link.yaml"
    link.symlink_to(untidy)
    assert cli("scheme", "fmt", link).status == 0
    assert link.is_symlink()
    assert untidy.stat().st_mode & 0o777 == 0o640


def test_fmt_of_faulty_files(cli: Cli, untidy: Path, faulty: Path) -> None:
    """Where one file is faulty every problem must be told with status 2, and no file be touched."""
    before = untidy.read_bytes()
    answer = cli("scheme", "fmt", untidy, faulty)
    assert (answer.status, answer.out) == (2, "")
    assert answer.err.count("faulty.yaml:") == 2
    assert untidy.read_bytes() == before


def test_explain(cli: Cli) -> None:
    """A scheme must be told in Chinese unless English is asked for, as text or as Markdown."""
    assert "\n- 主办工会：示例市总工会\n" in cli("scheme", "explain", EVERY_KIND, "--lang", "zh").out
    assert "\n- Sponsoring union: 示例市总工会\n" in cli("scheme", "explain", EVERY_KIND, "--lang", "en").out
    assert (
        "\n### 参加条件\n" in cli("scheme", "explain", EVERY_KIND, "--lang", "zh", "--format", "markdown").out
    )


@pytest.mark.parametrize("command", [["explain"], ["diff", EVERY_KIND]])
def test_faulty_file(cli: Cli, faulty: Path, command: list[object]) -> None:
    """A faulty file must not be told, and its problems be."""
    answer = cli("scheme", *command, faulty)
    assert (answer.status, answer.out) == (2, "")
    assert "versions[0].dues.rates[0].shares_max" in answer.err


def test_missing_file(cli: Cli, tmp_path: Path) -> None:
    """A file that is not there must be told with status 2."""
    answer = cli("scheme", "explain", tmp_path / "none.yaml")
    assert (answer.status, "IN001" in answer.err) == (2, True)


def test_diff_of_equal_schemes(cli: Cli, untidy: Path) -> None:
    """Two files that mean the same must be equal, however they are written."""
    answer = cli("scheme", "diff", EVERY_KIND, untidy)
    assert (answer.status, "are the same" in answer.out) == (0, True)


def test_diff_of_different_schemes(cli: Cli, tmp_path: Path) -> None:
    """A difference must end with status 1, in words and as JSON."""
    new = tmp_path / "new.yaml"
    new.write_text(
        EVERY_KIND.read_text("utf-8").replace("main, amount: 80.00", "main, amount: 90.00"), "utf-8"
    )
    answer = cli("scheme", "diff", EVERY_KIND, new, "--lang", "zh")
    assert (answer.status, "由 80.00 元提高到 90.00 元（对会员不利）" in answer.out) == (1, True)
    answer = cli("scheme", "diff", EVERY_KIND, new, "--format", "json")
    assert answer.status == 1
    assert answer.document["equal"] is False
    assert answer.document["differences"] == [
        {
            "path": "versions[0].dues.rates[1].amount",
            "kind": "changed",
            "where": "dues / rates 2 / amount of a share",
            "old": "80.00 yuan",
            "new": "90.00 yuan",
            "members": "worse",
        }
    ]


@pytest.mark.parametrize("name", ["scheme", "policy", "trace", "claim"])
def test_schema(cli: Cli, tmp_path: Path, name: str) -> None:
    """A schema must be printed or written as it is shipped."""
    shipped = ROOT / "src" / "mutualaid_core" / "schemas" / f"{name}-1.json"
    printed = cli("scheme", "schema", name)
    assert (printed.status, json.loads(printed.out)) == (0, json.loads(shipped.read_text("utf-8")))
    assert cli("scheme", "schema", name, "--out", tmp_path / "it.json").status == 0
    assert (tmp_path / "it.json").read_bytes() == shipped.read_bytes()


def test_new_template(cli: Cli, tmp_path: Path) -> None:
    """A template must be YAML with the editor's line, and a check of it tell what is left to fill in."""
    out = tmp_path / "mine.yaml"
    answer = cli("scheme", "new", "--out", out)
    assert (answer.status, answer.out) == (0, "")
    assert out.read_text("utf-8").startswith("# yaml-language-server: $schema=scheme-1.json\n")
    told = cli("scheme", "explain", out)
    assert told.status == 2
    assert "mine.yaml:" in told.err
    assert "IN027" not in told.err
    assert cli("scheme", "new").out == out.read_text("utf-8")


def test_new_with_id(cli: Cli) -> None:
    """An id that is given must stand at the scheme and at its version."""
    assert re.findall("scheme_id: (.+)", cli("scheme", "new", "--id", "our-scheme").out) == ["our-scheme"] * 2
    assert re.findall("scheme_id: (.+)", cli("scheme", "new", "--id", "2030").out) == ['"2030"'] * 2


@pytest.mark.parametrize("name", SHIPPED[::4])
def test_new_from_a_shipped_scheme(cli: Cli, tmp_path: Path, name: str) -> None:
    """A copy of a shipped scheme must differ from it in its id, and in nothing else."""
    out = tmp_path / "our-own.yaml"
    assert cli("scheme", "new", "--from", name, "--out", out).status == 0
    shipped = tmp_path / f"{name}.yaml"
    shutil.copy(ROOT / "src" / "mutualaid_core" / "schemes" / shipped.name, shipped)
    told = cli("scheme", "diff", shipped, out, "--format", "json").document["differences"]
    assert {each["path"].rpartition(".")[2] for each in told} == {"scheme_id"}
    assert {each["new"] for each in told} == {"our-own"}


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--from", "nowhere-1999"], "must be one of"),
        (["--id", "two words"], "must be 1 to 64 letters"),
        (["--out", str(EVERY_KIND)], "must not be there yet"),
    ],
)
def test_new_refuses(cli: Cli, arguments: list[str], expected: str) -> None:
    """An unknown scheme, a wrong id and a file that is there must be refused with status 2."""
    before = EVERY_KIND.read_bytes()
    answer = cli("scheme", "new", *arguments)
    assert (answer.status, answer.out, expected in answer.err) == (2, "", True)
    assert EVERY_KIND.read_bytes() == before


def test_new_in_a_file_with_a_chinese_name(cli: Cli, tmp_path: Path) -> None:
    """A name that cannot be an id must not be one: another is taken, and it is said how to give one."""
    out = tmp_path / "我市.yaml"
    answer = cli("scheme", "new", "--from", "hn-2017", "--out", out, "--lang", "zh")
    schema = tmp_path / "scheme-1.json"
    assert (answer.status, answer.err) == (
        0,
        f"提示：项目编号为 my-hn-2017；另定用 --id\n提示：mutualaid scheme schema --out {schema}\n",
    )
    assert set(re.findall("scheme_id: (.+)", out.read_text("utf-8"))) == {"my-hn-2017"}
    other = tmp_path / "他市.yaml"
    assert "hint: the id is my-hn-2017; give another with --id\n" in (
        cli("scheme", "new", "--from", "hn-2017", "--out", other).err
    )
    assert "--id" not in cli("scheme", "new", "--from", "hn-2017", "--id", "t", "--out", tmp_path / "丙").err


def test_new_says_how_to_get_the_schema(cli: Cli, tmp_path: Path) -> None:
    """A new file must come with the command that puts its schema beside it."""
    out = tmp_path / "mine.yaml"
    hint = cli("scheme", "new", "--out", out).err
    assert hint == f"hint: mutualaid scheme schema --out {tmp_path / 'scheme-1.json'}\n"
