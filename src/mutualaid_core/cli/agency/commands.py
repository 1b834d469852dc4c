"""``mutualaid agency`` (代办机构): money that an agency takes from a unit and passes on to the fund."""

from pathlib import Path
from typing import Annotated, Final

from cyclopts import App, Parameter

from mutualaid_core.cli.membership.acting.options import (
    ActKey,
    ActorName,
    Json,
    KeyFile,
    Lang,
    On,
    Paper,
    Period,
    Preview,
    Scheme,
    StoreUrl,
    Unit,
)
from mutualaid_core.cli.membership.doing import Asked
from mutualaid_core.cli.membership.paying.commands import Payer
from mutualaid_core.cli.output import Output

group: Final = App(
    name="agency",
    help=(
        "Agencies (代办机构): the members have paid from the day on which the agency had the money.\n\n"
        "The agency owes it to the fund until it has passed it on."
    ),
)

Agency = Annotated[str, Parameter(help="Id of the agency (代办机构编号) in the tree of organisations.")]


@group.command
def collect(  # noqa: PLR0913  # one argument per option
    remittance: Annotated[str, Parameter(help="Id of the remittance (汇缴编号).")],
    file: Annotated[Path, Parameter(help="List of persons (缴费名单) with what was paid for each.")],
    *,
    agency: Agency,
    unit: Unit,
    received: Annotated[str, Parameter(help="What the agency had (代收金额), yuan.")],
    collected_on: Annotated[str, Parameter(help="Day (代收日期) on which it had the money, YYYY-MM-DD.")],
    paper: Paper,
    payer: Payer = "member",
    preview: Preview = False,
    scheme: Scheme,
    period: Period,
    store: StoreUrl,
    on: On = None,
    actor: ActorName = "cli",
    key: ActKey = None,
    key_file: KeyFile = None,
    lang: Lang = "en",
    as_json: Json = False,
) -> int:
    """Book what an agency took from a unit (代收): its members have paid, and the agency owes the money."""
    from mutualaid_core.cli.agency.collecting import Collecting
    from mutualaid_core.cli.agency.collecting import collect as act

    wanted = Collecting(
        remittance=remittance,
        file=file,
        agency=agency,
        unit=unit,
        received=received,
        collected_on=collected_on,
        paper=paper,
        payer=payer,
        scheme=scheme,
        period=period,
        is_preview=preview,
    )
    asked = Asked(store=store, key_file=key_file, on=on, actor=actor, key=key)
    return act(asked, wanted, Output(lang=lang, as_json=as_json))


@group.command(name="pass-on")
def pass_on(  # noqa: PLR0913  # one argument per option
    entry: Annotated[str, Parameter(help="Id of the entry (分录编号) that books it.")],
    *,
    agency: Agency,
    received: Annotated[str, Parameter(help="What the bank shows (到账金额), yuan.")],
    part: Annotated[
        list[str],
        Parameter(
            negative=(),
            consume_multiple=True,
            help="Of which collections it is (上缴明细): R-1=150.00; once for each.",
        ),
    ],
    preview: Preview = False,
    scheme: Scheme,
    period: Period,
    store: StoreUrl,
    on: On = None,
    actor: ActorName = "cli",
    key: ActKey = None,
    key_file: KeyFile = None,
    lang: Lang = "en",
    as_json: Json = False,
) -> int:
    """Book what an agency passed on (上缴) of its collections for one period."""
    from mutualaid_core.cli.agency.passing import Passing
    from mutualaid_core.cli.agency.passing import pass_on as act

    wanted = Passing(
        entry=entry,
        agency=agency,
        received=received,
        parts=tuple(part),
        scheme=scheme,
        period=period,
        is_preview=preview,
    )
    asked = Asked(store=store, key_file=key_file, on=on, actor=actor, key=key)
    return act(asked, wanted, Output(lang=lang, as_json=as_json))


@group.command
def show(  # noqa: PLR0913  # one argument per option
    remittance: Annotated[str | None, Parameter(help="Id of one collection (汇缴编号).")] = None,
    *,
    agency: Annotated[str | None, Parameter(help="What this agency alone (代办机构) still has.")] = None,
    scheme: Scheme,
    store: StoreUrl,
    on: Annotated[
        str | None,
        Parameter(help="Day (日期) to which days are counted, YYYY-MM-DD; today if not given."),
    ] = None,
    lang: Lang = "en",
    as_json: Json = False,
) -> int:
    """Show a collection (代收款), or what agencies have not passed on yet (在途款) and since when."""
    from mutualaid_core.cli.agency.showing import Shown
    from mutualaid_core.cli.agency.showing import show as tell

    shown = Shown(remittance=remittance, agency=agency, scheme=scheme, on=on)
    return tell(store, shown, Output(lang=lang, as_json=as_json))
