"""``mutualaid run``: what comes out, twice the same, and nothing where the input is wrong."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Cli = Callable[..., Any]
Folder = Any
Content = Callable[..., dict[str, bytes]]
FILES = {"ledger.beancount", "decisions.csv", "summary.json", "disclosure.html"}


def test_year_of_four_units(cli: Cli, small: Folder, url: str, out: Path) -> None:
    """A year must be run into a store whose folder is made, with the four files beside it."""
    answer = cli("run", small.path, "--store", url, "--out", out, "--json")
    assert answer.status == 0
    assert {path.name for path in out.iterdir()} == FILES
    summary = json.loads((out / "summary.json").read_text("utf-8"))
    assert summary.items() <= answer.document.items()
    assert (summary["units"], summary["members"], summary["contributions_fen"]) == (4, 81, 405_000)
    assert summary["closing_fen"] == summary["opening_fen"] + 405_000 - summary["paid_fen"]


def test_second_run_changes_nothing(cli: Cli, small: Folder, url: str, out: Path, content: Content) -> None:
    """A second run must say that nothing changed and leave every file as it was."""
    cli("run", small.path, "--store", url, "--out", out)
    before = content("made")
    answer = cli("run", small.path, "--store", url, "--out", out)
    assert "nothing changed" in answer.out
    assert content("made") == before
    assert not cli("run", small.path, "--store", url, "--out", out, "--json").document["changed"]


@pytest.mark.parametrize(
    # Members count with their paid cover.
    ("until", "units", "members", "contributions"),
    [("found", 0, 0, 0), ("enrol", 4, 0, 0), ("collect", 4, 81, 405_000)],
)
def test_a_run_goes_as_far_as_asked_and_on_from_there(  # noqa: PLR0913, PLR0917  # fixtures, and a row above
    cli: Cli, small: Folder, url: str, out: Path, until: str, units: int, members: int, contributions: int
) -> None:
    """A run must stop after the step that is asked for, and a further one go on to the end."""
    first = cli("run", small.path, "--store", url, "--out", out, "--until", until, "--json")
    figures = ("units", "members", "contributions_fen", "claims")
    assert first.status == 0
    assert [first.document[name] for name in figures] == [units, members, contributions, 0]
    last = cli("run", small.path, "--store", url, "--out", out, "--json")
    assert (last.status, last.document["closed"]) == (0, True)


def test_stores_agree(cli: Cli, small: Folder, tmp_path: Path) -> None:
    """The files must be the same whatever the store, but for the root of the journal."""
    made = []
    for store in ("memory:", f"sqlite:///{tmp_path}/a", f"file:///{tmp_path}/b"):
        out = tmp_path / f"out{len(made)}"
        assert cli("run", small.path, "--store", store, "--out", out).status == 0
        made.append({name: (out / name).read_bytes() for name in FILES - {"disclosure.html"}})
    assert made[0] == made[1] == made[2]


def test_relative_places(cli: Cli, small: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Store and folders must be found from where the command is run."""
    monkeypatch.chdir(tmp_path)
    assert cli("run", "year", "--store", "sqlite:///here/year.db", "--out", "there").status == 0
    assert (tmp_path / "here" / "year.db").is_file()
    assert (tmp_path / "there" / "summary.json").is_file()
    assert small.path.is_dir()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_table_is_for_people(cli: Cli, small: Folder, out: Path, lang: str) -> None:
    """The table must name its figures in words of the language, with amounts in yuan."""
    told = cli("run", small.path, "--store", "memory:", "--out", out, "--lang", lang).out
    assert {"zh": "互助金收入", "en": "contributions, yuan"}[lang] in told
    assert "4,050.00" in told
    assert "_fen" not in told


FAULTS = [
    ("roster.csv", "50.00,20.00,30.00", "50.001,20.00,30.00", "roster.csv:2:contribution:", "IN016"),
    ("units.csv", "15,15", "15,14", "units.csv:2:enrolled_workers:", "IN023"),
    ("settlements.csv", ",310,", ",999,", "settlements.csv:2:insutype:", "IN018"),
    (
        "scheme.yaml",
        "ratio: 30%",
        "ratio: 0.3",
        "scheme.yaml:80:54:versions[0].benefits[0].steps[1].bands[0].ratio:",
        "IN018",
    ),
    ("year.yaml", "counted_on", "counted_upon", "year.yaml:10:1:counted_upon:", "IN028"),
    ("policy.yaml", "80%", "!!float 0.8", "policy.yaml:", "IN031"),
]


@pytest.mark.parametrize(("name", "old", "new", "place", "code"), FAULTS)
def test_wrong_file_changes_nothing(  # noqa: PLR0913, PLR0917  # fixtures, and a row of the table above
    cli: Cli,
    small: Folder,
    tmp_path: Path,
    content: Content,
    name: str,
    old: str,
    new: str,
    place: str,
    code: str,
) -> None:
    """A wrong file must be told by its place, with status 2, and neither store nor folder be made."""
    small.edit(name, old, new)
    answer = cli("run", small.path, "--store", f"sqlite:///{tmp_path}/s/y.db", "--out", tmp_path / "o")
    assert answer.status == 2
    assert [line for line in answer.err.splitlines() if line.startswith(place) and line.endswith(f"[{code}]")]
    assert (answer.out, content()) == ("", {})
    assert sorted(path.name for path in tmp_path.iterdir()) == ["year"]


def test_wrong_file_leaves_what_is_there(
    cli: Cli, small: Folder, url: str, out: Path, content: Content
) -> None:
    """A wrong file must leave a store and a folder that are there as they are, byte for byte."""
    cli("run", small.path, "--store", url, "--out", out)
    before = content()
    small.edit("roster.csv", "50.00", "-50.00")
    assert cli("run", small.path, "--store", url, "--out", out).status == 2
    assert content() == before


def test_faults_as_json(cli: Cli, small: Folder, out: Path) -> None:
    """With JSON, faults must be one document with a part for each."""
    small.edit("roster.csv", "50.00,20.00", "1,20.00")
    small.edit("year.yaml", "closed_on: 2015", "closed_on: 2014")
    answer = cli("run", small.path, "--store", "memory:", "--out", out, "--json")
    assert answer.document["error"] == "MA030"
    places = [(each["file"], each["row"], each["field"]) for each in answer.document["problems"]]
    assert places == [("year.yaml", 12, "closed_on"), ("roster.csv", 2, "contribution")]


def test_faults_in_chinese(cli: Cli, small: Folder, out: Path) -> None:
    """Faults must be told in Chinese where that was asked for."""
    small.edit("roster.csv", "50.00,20.00", "x,20.00")
    answer = cli("run", small.path, "--store", "memory:", "--out", out, "--lang=zh")
    assert "金额无效" in answer.err


@pytest.mark.parametrize("name", ["nowhere", "year/units.csv"])
def test_no_folder(cli: Cli, small: Folder, tmp_path: Path, out: Path, name: str) -> None:
    """A folder that is none must be one line and status 2."""
    answer = cli("run", tmp_path / name, "--store", "memory:", "--out", out)
    assert (answer.status, answer.err.count("\n"), out.exists()) == (2, 1, False)
    assert small.path.is_dir()


@pytest.mark.parametrize("place", ["file", "file/deeper", "target", "/proc/nowhere", "a\0b"])
def test_output_folder_that_cannot_be_written(  # noqa: PLR0913, PLR0917  # fixtures
    cli: Cli, small: Folder, tmp_path: Path, url: str, content: Content, place: str
) -> None:
    """An output folder of no use must be told before the store is touched."""
    (tmp_path / "file").write_text("")
    (tmp_path / "target" / "summary.json").mkdir(parents=True)
    answer = cli("run", small.path, "--store", url, "--out", tmp_path / place)
    assert answer.status == 2
    assert "out must be a folder that can be written" in answer.err
    assert set(content()) == {"file"}
    assert not (tmp_path / "books").exists()


@pytest.mark.parametrize(
    ("store", "status", "told"),
    [
        ("oracle:x", 2, "known: file, memory, sqlite"),
        ("", 2, "known: file, memory, sqlite"),
        ("sqlite:year.db", 2, "must be sqlite:///relative"),
        ("sqlite:////proc/nowhere/y.db", 3, "No such file"),
    ],
)
def test_store_of_no_use(  # noqa: PLR0913, PLR0917  # fixtures, and a row of the table above
    cli: Cli, small: Folder, tmp_path: Path, store: str, status: int, told: str
) -> None:
    """A store that cannot be opened must be told, and the output folder be taken back."""
    answer = cli("run", small.path, "--store", store, "--out", tmp_path / "a" / "b")
    assert (answer.status, (tmp_path / "a").exists()) == (status, False)
    assert told in answer.err


def test_store_that_is_something_else(cli: Cli, small: Folder, tmp_path: Path, out: Path) -> None:
    """A file that is no store must be left as it is, with status 3."""
    (tmp_path / "s.db").write_text("not a database, but a text that somebody needs")
    answer = cli("run", small.path, "--store", f"sqlite:///{tmp_path}/s.db", "--out", out)
    assert (answer.status, out.exists()) == (3, False)
    assert (tmp_path / "s.db").read_text().startswith("not a database")


def test_other_files_on_the_same_store(
    cli: Cli, small: Folder, url: str, out: Path, content: Content
) -> None:
    """A year that the store holds from other files must be refused, and nothing be written."""
    cli("run", small.path, "--store", url, "--out", out)
    before = content()
    small.edit("units.csv", "城步县", "城步")
    answer = cli("run", small.path, "--store", url, "--out", out)
    assert (answer.status, "from other files" in answer.err) == (2, True)
    assert content() == before


def test_unit_whose_name_looks_like_markup(cli: Cli, small: Folder, out: Path) -> None:
    """A unit's name must be a name, whatever it looks like."""
    small.edit("units.csv", "城步县财政局003", "[red]x[/red] <script>")
    answer = cli("run", small.path, "--store", "memory:", "--out", out)
    assert answer.status == 0
    assert "<script>" not in (out / "disclosure.html").read_text("utf-8").replace("<script>\n", "")
