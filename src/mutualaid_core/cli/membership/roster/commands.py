"""``mutualaid roster`` (职工名册): check, import, template."""

from pathlib import Path
from typing import Annotated, Final, Literal

from cyclopts import App, Parameter

from mutualaid_core.cli.output import Output

group: Final = App(
    name="roster",
    help=(
        "Rosters (职工名册) of units: check files whole before anything is written, then import them.\n\n"
        "A file is CSV in UTF-8 with commas, .xlsx or .xls; the template tells its columns."
    ),
)

Files = Annotated[list[Path], Parameter(negative=(), help="Rosters (名册文件) of one day.")]
UnitsFile = Annotated[Path | None, Parameter(help="File of units (单位表), CSV, .xlsx or .xls.")]
Pool = Annotated[str | None, Parameter(help="Pooling region (统筹区) of units whose row names none.")]
Sheet = Annotated[str | None, Parameter(help="Sheet (工作表) of a workbook that has several.")]
Result = Annotated[Path | None, Parameter(help="File for the result of each row (逐行结果), CSV.")]
Show = Annotated[int, Parameter(help="Most faults (问题) that are listed; all are counted.")]
KeyFile = Annotated[Path | None, Parameter(help="File with the secret bytes (密钥) of the store's keys.")]
Lang = Annotated[Literal["zh", "en"], Parameter(help="Language (语言) of what is printed.")]
Json = Annotated[bool, Parameter(name="--json", negative="", help="Answer with one JSON document.")]


@group.command
def check(  # noqa: PLR0913  # one argument per option
    files: Files,
    *,
    counted_on: Annotated[
        str | None, Parameter(help="Roster date (统计日), YYYY-MM-DD; without it ages are not judged.")
    ] = None,
    units: UnitsFile = None,
    pool: Pool = None,
    sheet: Sheet = None,
    scheme: Annotated[
        Path | None, Parameter(help="Scheme file (项目文件) against which parts and shares are held.")
    ] = None,
    store: Annotated[str | None, Parameter(help="Store (账簿) in which people may stand already.")] = None,
    result: Result = None,
    show: Show = 50,
    key_file: KeyFile = None,
    lang: Lang = "en",
    as_json: Json = False,
) -> int:
    """Check rosters (核对名册): every fault of every row at once; nothing is written.

    Exit status 0 where nothing stands against an import, 2 otherwise.
    """
    from mutualaid_core.cli.membership.roster.files import Wanted, check_files

    wanted = Wanted(
        files=tuple(files),
        counted_on=counted_on,
        units=units,
        pool=pool,
        sheet=sheet,
        scheme=scheme,
        store=store,
        result=result,
        show=show,
        key_file=key_file,
    )
    return check_files(wanted, Output(lang=lang, as_json=as_json))


@group.command(name="import")
def import_(  # noqa: PLR0913  # one argument per option
    files: Files,
    *,
    store: Annotated[str, Parameter(help="Store (账簿): sqlite:///year.db, file:///folder.")],
    counted_on: Annotated[str, Parameter(help="Roster date (统计日), YYYY-MM-DD.")],
    on: Annotated[
        str | None, Parameter(help="Business day (业务日期), YYYY-MM-DD; the roster date if not given.")
    ] = None,
    units: UnitsFile = None,
    pool: Pool = None,
    sheet: Sheet = None,
    result: Result = None,
    show: Show = 50,
    actor: Annotated[str, Parameter(help="Account (经办人) that acts.")] = "cli",
    key_file: KeyFile = None,
    lang: Lang = "en",
    as_json: Json = False,
) -> int:
    """Import rosters (导入名册): check them, and write them only if there is no fault.

    An import that was cut off goes on where it stopped when the same command is given again; a
    second import of the same files changes nothing. A roster is corrected by one of a later day.
    """
    from mutualaid_core.cli.membership.roster.files import Wanted, import_files

    wanted = Wanted(
        files=tuple(files),
        counted_on=counted_on,
        units=units,
        pool=pool,
        sheet=sheet,
        scheme=None,
        store=store,
        result=result,
        show=show,
        key_file=key_file,
        on=on,
    )
    return import_files(wanted, actor, Output(lang=lang, as_json=as_json))


@group.command
def template(
    *,
    units: Annotated[bool, Parameter(negative="", help="Of a file of units (单位表) instead.")] = False,
    lang: Lang = "en",
    as_json: Json = False,
) -> int:
    """Print the head of a roster (名册模板), and what each column holds."""
    from mutualaid_core.cli.membership.roster.template import show_template

    return show_template(Output(lang=lang, as_json=as_json), of_units=units)
