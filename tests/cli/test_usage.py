"""The command line itself: help, mistakes, keys, what a terminal gets, and how it ends."""

import inspect
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from signal import SIGINT, SIGKILL, Signals, default_int_handler
from signal import signal as set_signal
from typing import Any

import pytest
from cyclopts import App

from mutualaid_core.cli.app import app
from mutualaid_core.cli.output import Output, clean

Cli = Callable[..., Any]
Folder = Any
PROGRAM = [sys.executable, "-c", "from mutualaid_core.cli import main; main()"]
COMMANDS = ["demo", "run", "explain", "info", "verify"]


def test_version(cli: Cli) -> None:
    """The version must be that of the distribution."""
    assert cli("--version").out.strip() == version("mutualaid-core")


@pytest.mark.parametrize("command", [[], *([each] for each in COMMANDS)])
def test_help(cli: Cli, command: list[str]) -> None:
    """Every command must have its help, with the Chinese terms."""
    answer = cli(*command, "--help")
    assert (answer.status, answer.err) == (0, "")
    assert any("\u4e00" <= char <= "\u9fff" for char in answer.out)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_answers_in_json_and_both_languages(cli: Cli, command: str) -> None:
    """Every command must know ``--json`` and ``--lang``."""
    told = cli(command, "--help").out
    assert "--json" in told
    assert "--lang" in told


@pytest.mark.parametrize(
    "arguments",
    [
        ["nothing"],
        ["explain"],
        ["run", "year"],
        ["demo", "--lang", "fr"],
        ["verify", "--no-such-option"],
        ["info", "--lang", "zh", "--colour"],
        ["run", "a", "b", "--store", "memory:", "--out", "c"],
    ],
)
def test_mistake_on_the_command_line(cli: Cli, arguments: list[str]) -> None:
    """A mistake must be told with status 2, as text and as JSON."""
    answer = cli(*arguments)
    assert (answer.status, answer.out, answer.err.startswith("USAGE: ")) == (2, "", True)
    answer = cli(*arguments, "--json")
    assert (answer.status, answer.document["error"]) == (2, "USAGE")


@pytest.mark.parametrize("made", [None, b"x" * 31, b"x" * 5_000, "folder"])
def test_key_file_of_no_use(cli: Cli, small: Folder, tmp_path: Path, url: str, made: Any) -> None:  # noqa: ANN401
    """A key file that is missing, of a wrong size or a folder must be told before anything is made."""
    keys = tmp_path / "keys"
    if isinstance(made, bytes):
        keys.write_bytes(made)
    elif made:
        keys.mkdir()
    answer = cli("run", small.path, "--store", url, "--out", tmp_path / "out", "--key-file", keys)
    assert (answer.status, "key_file must" in answer.err) == (2, True)
    assert not (tmp_path / "books").exists()
    assert not (tmp_path / "out").exists()


@pytest.fixture
def keyed(cli: Cli, small: Folder, tmp_path: Path, url: str, out: Path) -> list[object]:
    """A year run with keys of a file; the options that name the file."""
    keys = tmp_path / "keys"
    keys.write_bytes(b"k" * 32)
    assert cli("run", small.path, "--store", url, "--out", out, "--key-file", keys).status == 0
    return ["--key-file", keys]


def test_store_with_keys_elsewhere(cli: Cli, url: str, keyed: list[object]) -> None:
    """A store whose keys are in a file must be verified with that file, and ask for it."""
    assert cli("verify", "--store", url, *keyed).status == 0
    answer = cli("verify", "--store", url)
    assert (answer.status, "key_file must be given" in answer.err) == (2, True)


def test_run_without_its_key_file(  # noqa: PLR0913, PLR0917  # fixtures
    cli: Cli,
    small: Folder,
    url: str,
    out: Path,
    keyed: list[object],
    content: Callable[..., dict[str, bytes]],
) -> None:
    """A store whose keys are in a file must not get others, nor be changed."""
    assert keyed
    before = content("made")
    assert cli("run", small.path, "--store", url, "--out", out).status == 2
    assert cli("verify", "--store", url, *keyed).status == 0
    assert content("made") == before


def test_key_file_for_a_store_with_its_own(
    cli: Cli, small: Folder, tmp_path: Path, url: str, out: Path
) -> None:
    """A store that keeps its keys must refuse others."""
    cli("run", small.path, "--store", url, "--out", out)
    (tmp_path / "keys").write_bytes(b"k" * 32)
    answer = cli("verify", "--store", url, "--key-file", tmp_path / "keys")
    assert (answer.status, "must not be given" in answer.err) == (2, True)


def test_terminal_is_not_steered(capsys: pytest.CaptureFixture[str]) -> None:
    """Control characters and markup in data must reach the terminal as plain text."""
    output = Output(lang="en", as_json=False)
    output.table("[b]t[/b]\x1b[0m", [("[red]x[/red]", "\x1b[2J:smile:\x9b\u202e")])
    output.say("", "a\x1b]0;title\x07")
    told = capsys.readouterr().out
    assert told.replace("\n", "").isprintable()
    assert "[red]x[/red]" in told
    assert ":smile:" in told
    assert clean("中文\n二") == "中文\n二"


@pytest.mark.parametrize("library", ["rich", "cyclopts"])
def test_missing_extra(library: str) -> None:
    """Without the extra of the command line, the line that installs it must be told, with status 2."""
    code = f"import sys; sys.modules[{library!r}] = None; from mutualaid_core.cli import main; main()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert "pip install 'mutualaid-core[cli]'" in done.stderr


def test_missing_driver() -> None:
    """Without the extra of a store, the line that installs it must be told, with status 2."""
    code = "import sys; sys.modules['sqlalchemy'] = None; from mutualaid_core.cli import main; main()"
    command = [sys.executable, "-c", code, "info", "--store", "sqlite:///none.db"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert "pip install 'mutualaid-core[sql]'" in done.stderr


def test_nobody_reads(small: Folder, out: Path) -> None:
    """A reader who has gone must end the command quietly, after its work."""
    command = [*PROGRAM, "run", str(small.path), "--store", "memory:", "--out", str(out)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout
        assert running.stderr
        running.stdout.close()
        assert running.stderr.read() == b""
    assert running.returncode == 141
    assert (out / "summary.json").is_file()


def test_terminal_without_chinese(small: Folder, out: Path) -> None:
    """An output that knows ASCII only must get codes for the rest, and no error."""
    command = [*PROGRAM, "run", str(small.path), "--store", "memory:", "--out", str(out), "--lang", "zh"]
    done = subprocess.run(command, capture_output=True, check=False, env={"PYTHONIOENCODING": "ascii"})
    assert (done.returncode, done.stderr) == (0, b"")


def cut_off(command: list[str], grows: Path, signal: Signals, size: int) -> tuple[int, str]:
    """Start a run, stop it by *signal* as soon as its store has grown; status and standard output."""
    # A shell starts what runs in its background deaf to interrupts, and children inherit that.
    set_signal(SIGINT, default_int_handler)
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        while running.poll() is None and not (grows.exists() and grows.stat().st_size > size):
            time.sleep(0.002)
        running.send_signal(signal)
        out, _ = running.communicate()
    return running.returncode, out


@pytest.mark.parametrize(("signal", "status"), [(SIGKILL, -SIGKILL), (SIGINT, 130)])
@pytest.mark.parametrize(
    ("scheme", "grows", "size"),
    [("sqlite", "store-wal", 1_200_000), ("file", "store/seg-000001.jsonl", 300_000)],
)
def test_run_that_is_cut_off_goes_on(  # noqa: PLR0913, PLR0917  # fixtures, and two tables
    cli: Cli,
    medium: Folder,
    whole: Path,
    tmp_path: Path,
    scheme: str,
    grows: str,
    size: int,
    signal: Signals,
    status: int,
) -> None:
    """A run that is cut off must leave no file, and the next one end with the figures of a whole run."""
    url, out = f"{scheme}:///{tmp_path}/store", tmp_path / "out"
    command = [*PROGRAM, "run", str(medium.path), "--store", url, "--out", str(out)]
    assert cut_off(command, tmp_path / grows, signal, size) == (status, "")
    assert not out.exists() or not list(out.iterdir())
    told = cli("run", medium.path, "--store", url, "--out", out, "--json").document
    assert 0 < told["replayed"] < told["acts"]
    assert cli("verify", "--store", url).status == 0
    for name in ("summary.json", "decisions.csv", "ledger.beancount"):
        assert (out / name).read_bytes() == (whole / name).read_bytes()


def commands_of(group: App) -> Iterator[App]:
    """The commands below a group, those of its groups too."""
    for name in group:
        if not name.startswith("-"):
            yield from commands_of(group[name])
    if group.default_command is not None:
        yield group


def test_every_command_answers_in_english_unless_asked() -> None:
    """One default must hold for the language of every command that has one."""
    defaults = {
        " ".join(map(str, command.name)): inspect.signature(command.default_command)
        .parameters["lang"]
        .default
        for command in commands_of(app)
        if command.default_command is not None
        and "lang" in inspect.signature(command.default_command).parameters
    }
    assert {"explain", "calculate", "workflow"} < set(defaults)
    assert set(defaults.values()) == {"en"}
