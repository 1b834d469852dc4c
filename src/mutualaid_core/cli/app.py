"""The commands (命令): what each takes, and how errors become an exit status."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Final, Literal

from cyclopts import App, CycloptsError, Parameter

from mutualaid_core.cli import inspect, year
from mutualaid_core.cli.output import Output
from mutualaid_core.errors import IntakeError, MutualAidError, StoreError, UnknownStoreError
from mutualaid_core.intake.problem import Problem

BAD_INPUT: Final = 2
STORE_TROUBLE: Final = 3
DEFAULT_STORE: Final = "sqlite:///out/chengbu-2014/year.db"
DEFAULT_OUT: Final = Path("out/chengbu-2014")

Lang = Literal["zh", "en"]
StoreUrl = Annotated[str, Parameter(help="Store: memory:, sqlite:///year.db, file:///folder.")]
OutFolder = Annotated[Path, Parameter(help="Folder for the files that come out.")]
Json = Annotated[bool, Parameter(name="--json", negative="", help="Answer as JSON.")]
KeyFile = Annotated[
    Path | None, Parameter(help="File with at least 32 secret bytes; without it the store keeps its own.")
]

app: Final = App(name="mutualaid", help="Mutual-aid schemes (职工互助保障): run a year, explain a claim, verify.")


@app.command
def demo(
    *,
    store: StoreUrl = DEFAULT_STORE,
    out: OutFolder = DEFAULT_OUT,
    lang: Lang = "en",
    as_json: Json = False,
) -> int:
    """Run the year 2014 of Chengbu county: published rules and totals, made-up people."""
    output = Output(lang=lang, as_json=as_json)
    return year.run(year.demo_folder(), store, out, output, key_file=None, mismatches_stop=True)


@app.command(name="run")
def run_folder(  # noqa: PLR0913  # one argument per option
    folder: Annotated[Path, Parameter(help="Folder with the six files of a year.")],
    *,
    store: StoreUrl,
    out: OutFolder,
    on_mismatch: Annotated[
        Literal["stop", "record"],
        Parameter(help="A settlement that contradicts itself, the period or the roster: stop, or record the refusal."),
    ] = "stop",
    key_file: KeyFile = None,
    lang: Lang = "en",
    as_json: Json = False,
) -> int:
    """Run a year from a folder: found, enrol, collect, judge, pay, close, disclose."""
    output = Output(lang=lang, as_json=as_json)
    return year.run(folder, store, out, output, key_file=key_file, mismatches_stop=on_mismatch == "stop")


@app.command
def explain(claim: str, *, store: StoreUrl = DEFAULT_STORE, lang: Lang = "zh", as_json: Json = False) -> int:
    """Print how a claim was decided, step by step, with amounts and clauses."""
    return inspect.explain(claim, store, Output(lang=lang, as_json=as_json))


@app.command
def info(
    *,
    store: Annotated[str | None, Parameter(help="Store to be described too.")] = None,
    as_json: Json = False,
) -> int:
    """Print versions, installed backends and, with a store, what it holds."""
    return inspect.info(store, Output(lang="en", as_json=as_json))


@app.command
def verify(*, store: StoreUrl = DEFAULT_STORE, key_file: KeyFile = None, as_json: Json = False) -> int:
    """Look a store over: chain whole, ledger balanced, counters equal to the ledger."""
    return inspect.verify(store, Output(lang="en", as_json=as_json), key_file=key_file)


def run(arguments: Sequence[str]) -> int:
    """Run the command line and answer its exit status.

    Args:
        arguments: What stands after the program's name.
    """
    try:
        return int(app(arguments, exit_on_error=False, print_error=True, result_action="return_value") or 0)
    except CycloptsError:
        return BAD_INPUT
    except MutualAidError as error:
        _tell(error, arguments)
        trouble = isinstance(error, StoreError) and not isinstance(error, UnknownStoreError)
        return STORE_TROUBLE if trouble else BAD_INPUT


def _tell(error: MutualAidError, arguments: Sequence[str]) -> None:
    """The error on standard error, or as JSON where JSON was asked for."""
    lang = "zh" if "zh" in arguments else "en"
    problems = [each for each in error.problems if isinstance(each, Problem)] if isinstance(error, IntakeError) else []
    if "--json" in arguments:
        sys.stdout.write(json.dumps(_as_plain(error, problems), ensure_ascii=False) + "\n")
    for problem in problems:
        sys.stderr.write(problem.to_text(lang) + "\n")
    if not problems:
        sys.stderr.write(f"{error.code}: {error}\n")


def _as_plain(error: MutualAidError, problems: list[Problem]) -> dict[str, object]:
    listed = [
        {
            "file": problem.file,
            "row": problem.row,
            "field": problem.field,
            "code": problem.trouble.code,
            "value": problem.value,
            "text": str(problem),
        }
        for problem in problems
    ]
    return {"error": error.code, "message": "" if listed else str(error), "problems": listed}
