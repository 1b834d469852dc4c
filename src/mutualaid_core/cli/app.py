"""The commands (命令): what each takes, and how errors become an exit status."""

import os
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, Literal

from cyclopts import App, Parameter

from mutualaid_core.cli import inspect, scheme, scheme_files, year
from mutualaid_core.cli.agency.commands import group as agency_group
from mutualaid_core.cli.approving.commands import group as approval_group
from mutualaid_core.cli.calculate import calculate
from mutualaid_core.cli.founding.commands import group as period_group
from mutualaid_core.cli.membership.changing import commands as changing
from mutualaid_core.cli.membership.giving.commands import group as gift_group
from mutualaid_core.cli.membership.joining import commands as joining
from mutualaid_core.cli.membership.member.commands import member_group, unit_group
from mutualaid_core.cli.membership.organisation import group as organisation_group
from mutualaid_core.cli.membership.paying.commands import group as remittance_group
from mutualaid_core.cli.membership.payroll.commands import group as payroll_group
from mutualaid_core.cli.membership.renewing.commands import group as renewal_group
from mutualaid_core.cli.membership.roster.commands import group as roster_group
from mutualaid_core.cli.membership.transfer import group as transfer_group
from mutualaid_core.cli.membership.workflow import workflow
from mutualaid_core.cli.output import Output
from mutualaid_core.cli.telling import CAUGHT, NO_READER, STORE_TROUBLE, language, tell

if TYPE_CHECKING:
    from cyclopts.help.protocols import HelpFormatter

DEFAULT_STORE: Final = "sqlite:///out/chengbu-2014/year.db"
DEFAULT_OUT: Final = Path("out/chengbu-2014")

_STORES: Final = "memory:, sqlite:///year.db, file:///folder (four slashes for an absolute path)."
Lang = Annotated[Literal["zh", "en"], Parameter(help="Language (语言) of what is printed.")]
StoreUrl = Annotated[str, Parameter(help=f"Store (账簿): {_STORES}")]
OutFolder = Annotated[Path, Parameter(help="Folder (输出文件夹) for the files that come out.")]
Json = Annotated[bool, Parameter(name="--json", negative="", help="Answer with one JSON document.")]
KeyFile = Annotated[
    Path | None,
    Parameter(help="File with 32 to 4,096 secret bytes (密钥); without it the store keeps its own."),
]

app: Final = App(
    name="mutualaid",
    version=version("mutualaid-core"),
    help=(
        "Mutual-aid schemes of trade unions (职工互助保障): run a year, explain a claim, verify a store.\n\n"
        "Exit status: 0 done, 1 refused or faults found, 2 bad input, 3 trouble with a store or a disk."
    ),
)
for command in scheme_files.COMMANDS:
    scheme.group.command(command)
app.command(scheme.group)
app.command(calculate)
app.command(roster_group)
app.command(transfer_group)
for of_member in (*changing.COMMANDS, *joining.OF_MEMBERS):
    member_group.command(of_member)
for of_unit in joining.OF_UNITS:
    unit_group.command(of_unit)
app.command(member_group)
app.command(unit_group)
app.command(period_group)
app.command(approval_group)
app.command(remittance_group)
app.command(agency_group)
app.command(payroll_group)
app.command(renewal_group)
app.command(gift_group)
app.command(organisation_group)
app.command(workflow)


@app.command
def demo(
    *,
    store: StoreUrl = DEFAULT_STORE,
    out: OutFolder = DEFAULT_OUT,
    lang: Lang = "en",
    as_json: Json = False,
) -> int:
    """Run the year 2014 of Chengbu county (城步示例): published rules and totals, made-up people."""
    output = Output(lang=lang, as_json=as_json)
    return year.run(year.demo_folder(), store, out, output, year.Asked())


@app.command(name="run")
def run_folder(  # noqa: PLR0913  # one argument per option
    folder: Annotated[Path, Parameter(help="Folder (年度文件夹) with the six files of a year.")],
    *,
    store: StoreUrl,
    out: OutFolder,
    on_mismatch: Annotated[
        Literal["stop", "record"],
        Parameter(
            help="What a settlement (结算单) does that contradicts itself, the period or the roster:"
            " stop everything as a fault of the file, or be recorded as refused or held."
        ),
    ] = "stop",
    until: Annotated[
        Literal["found", "enrol", "collect", "disclose"],
        Parameter(help="Last step (运行到哪一步) that is done; a later run goes on from there."),
    ] = "disclose",
    key_file: KeyFile = None,
    lang: Lang = "en",
    as_json: Json = False,
) -> int:
    """Run a year (运行一个年度): found, enrol, collect, judge, pay, close, disclose.

    A run that was cut off goes on where it stopped; a second run changes nothing.
    """
    output = Output(lang=lang, as_json=as_json)
    asked = year.Asked(key_file=key_file, mismatches_stop=on_mismatch == "stop", until=until)
    return year.run(folder, store, out, output, asked)


@app.command
def explain(  # noqa: PLR0913  # one argument per option
    claim: Annotated[
        str | None,
        Parameter(help="Claim (补助申请): the id of its settlement. Not needed with --trace, --replay."),
    ] = None,
    *,
    store: StoreUrl = DEFAULT_STORE,
    against: Annotated[
        str | None, Parameter(help="Compare (比较) with another claim, or with --trace with another file.")
    ] = None,
    against_scheme: Annotated[
        Path | None, Parameter(help="Compare with what this scheme file (项目文件) would give.")
    ] = None,
    trace: Annotated[
        Path | None, Parameter(help="File with traces (计算过程) in JSON, instead of a store.")
    ] = None,
    replay: Annotated[
        bool, Parameter(negative="", help="Compute again (复算) from the steps alone; without a claim, all.")
    ] = False,
    lang: Lang = "en",
    as_json: Json = False,
) -> int:
    """Tell how a claim was decided (审核说明), compare it, or compute it again from its own steps."""
    asked = inspect.Asked(against=against, against_scheme=against_scheme, trace=trace, replay=replay)
    return inspect.explain_asked(claim, store, asked, Output(lang=lang, as_json=as_json))


@app.command
def info(
    *,
    store: Annotated[str | None, Parameter(help="Store (账簿) to be described too.")] = None,
    lang: Lang = "en",
    as_json: Json = False,
) -> int:
    """Tell versions and installed backends (版本) and, with a store, what it holds."""
    return inspect.info(store, Output(lang=lang, as_json=as_json))


@app.command
def verify(
    *,
    store: StoreUrl = DEFAULT_STORE,
    key_file: KeyFile = None,
    lang: Lang = "en",
    as_json: Json = False,
) -> int:
    """Look a store over (核验): chain whole, ledger balanced, counters equal to the ledger."""
    return inspect.verify(store, Output(lang=lang, as_json=as_json), key_file=key_file)


def run(arguments: Sequence[str]) -> int:
    """Run the command line and answer its exit status.

    Args:
        arguments: What stands after the program's name.
    """
    status = None
    try:
        status = _status(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        _let_go()
        return NO_READER
    except OSError as error:
        # The disk of our output is full, say; where that was told already, it is not told twice.
        _let_go()
        return STORE_TROUBLE if status == STORE_TROUBLE else tell(error, arguments)
    return status


def _let_go() -> None:
    """Nobody can have our output; the rest of it goes nowhere, without a further error."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _help_in(lang: str) -> "HelpFormatter | None":
    """What prints help in a language; ``None`` for the library's own."""
    if lang != "zh":
        return None
    from mutualaid_core.cli.usage.help import ChineseHelp

    return ChineseHelp()


def _status(arguments: Sequence[str]) -> int:
    app.help_formatter = _help_in(language(arguments))
    try:
        return int(app(arguments, exit_on_error=False, print_error=False, result_action="return_value") or 0)
    except BrokenPipeError:
        raise
    except CAUGHT as error:
        return tell(error, arguments)
