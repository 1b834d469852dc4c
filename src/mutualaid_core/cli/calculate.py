"""``mutualaid calculate`` (理赔计算): what schemes pay for the claims of a file, without any store."""

from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

from mutualaid_core.cli.output import Output


def calculate(  # noqa: PLR0913  # one argument per option
    *,
    scheme: Annotated[
        list[Path],
        Parameter(
            consume_multiple=1,
            negative=(),
            help="Scheme files (项目文件); several pay in the order given, each after the ones before.",
        ),
    ],
    claims: Annotated[
        Path | None, Parameter(help="Claims (补助申请), CSV, .xlsx or .xls: one row a claim.")
    ] = None,
    members: Annotated[
        Path | None,
        Parameter(
            help="Members (参保人员), CSV, .xlsx or .xls; without it everybody is covered on all days."
        ),
    ] = None,
    prior: Annotated[
        Path | None,
        Parameter(help="Prior use (已用限额), CSV, .xlsx or .xls: what was used of limits before."),
    ] = None,
    sheet: Annotated[
        str | None,
        Parameter(help="Sheet (工作表) of a workbook of claims that has several; with --dues, of members."),
    ] = None,
    engine: Annotated[
        Literal["scalar", "columnar"],
        Parameter(help="Evaluator (计算引擎): claim by claim, or whole columns; both write the same bytes."),
    ] = "scalar",
    form: Annotated[
        Literal["csv", "json"], Parameter(name="--format", help="Form (格式) of what comes out.")
    ] = "csv",
    explain: Annotated[
        bool,
        Parameter(negative="", help="Tell each step (计算步骤) too, beside a CSV file in another."),
    ] = False,
    out: Annotated[
        Path | None,
        Parameter(help="File (输出文件), which must not be there yet; standard output without it."),
    ] = None,
    template: Annotated[
        bool, Parameter(negative="", help="Print the columns (模板) that the schemes ask for, and end.")
    ] = False,
    which: Annotated[
        Literal["claims", "members", "prior"],
        Parameter(name="--for", help="With --template: of which file (哪个文件)."),
    ] = "claims",
    dues: Annotated[
        bool, Parameter(negative="", help="Compute the dues (应缴互助金) of the members instead of claims.")
    ] = False,
    lang: Annotated[Literal["zh", "en"], Parameter(help="Language (语言) of what is printed.")] = "en",
) -> int:
    """Compute benefits of a file of claims (理赔计算): amounts, reasons, and what is left of limits."""
    from mutualaid_core.cli.calculating import run

    sources = run.Sources(schemes=tuple(scheme), claims=claims, members=members, prior=prior, sheet=sheet)
    made = run.Form(engine=engine, as_json=form == "json", explained=explain, out=out)
    # What is said beside the rows goes to standard output only where the rows do not.
    output = Output(lang=lang, as_json=form == "json" or (out is None and not template))
    if template:
        return run.show_template(sources, which, made, output)
    return run.dues(sources, made, output) if dues else run.calculate(sources, made, output)
