"""``mutualaid remittance`` (汇缴): a unit's money and its list of persons."""

from pathlib import Path
from typing import Annotated, Final, Literal

from cyclopts import App, Parameter

from mutualaid_core.cli.membership.acting.options import (
    ActKey,
    ActorName,
    IdFile,
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
from mutualaid_core.cli.output import Output

group: Final = App(
    name="remittance",
    help=(
        "Remittances (汇缴): a unit's money, matched to its list of persons, booked or held.\n\n"
        "A list is CSV in UTF-8 or a workbook; it may be the unit's roster with the columns of money."
    ),
)

RemittanceId = Annotated[str, Parameter(help="Id of the remittance (汇缴编号).")]
PayerName = Literal["member", "union", "employer", "government", "donation", "interest", "other"]
Payer = Annotated[PayerName, Parameter(help="Who bears it (缴费来源) where the list names no payers.")]


@group.command
def receive(  # noqa: PLR0913  # one argument per option
    remittance: RemittanceId,
    file: Annotated[Path, Parameter(help="List of persons (缴费名单) with what was paid for each.")],
    *,
    unit: Unit,
    received: Annotated[str, Parameter(help="What the bank shows (到账金额), yuan.")],
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
    """Book a unit's money with its list (入账); where bank and list differ, the money is held."""
    from mutualaid_core.cli.membership.paying.booking import Receiving
    from mutualaid_core.cli.membership.paying.booking import receive as act

    wanted = Receiving(
        remittance=remittance,
        file=file,
        unit=unit,
        received=received,
        payer=payer,
        scheme=scheme,
        period=period,
        is_preview=preview,
    )
    asked = Asked(store=store, key_file=key_file, on=on, actor=actor, key=key)
    return act(asked, wanted, Output(lang=lang, as_json=as_json))


@group.command
def settle(  # noqa: PLR0913  # one argument per option
    remittance: RemittanceId,
    file: Annotated[
        Path | None,
        Parameter(help="List of persons (缴费名单) as corrected; that which was held if not given."),
    ] = None,
    *,
    entry: Annotated[str, Parameter(help="Id of the entry (分录编号) that books it.")],
    supplement: Annotated[str, Parameter(help="Money that came in since (补缴金额), yuan.")] = "0",
    payer: Payer = "member",
    preview: Preview = False,
    scheme: Scheme,
    store: StoreUrl,
    on: On = None,
    actor: ActorName = "cli",
    key: ActKey = None,
    key_file: KeyFile = None,
    lang: Lang = "en",
    as_json: Json = False,
) -> int:
    """Resolve a remittance that is held (差异处理), by more money, by another list, or by both."""
    from mutualaid_core.cli.membership.paying.booking import Settling
    from mutualaid_core.cli.membership.paying.booking import settle as act

    wanted = Settling(
        remittance=remittance,
        file=file,
        entry=entry,
        supplement=supplement,
        payer=payer,
        scheme=scheme,
        is_preview=preview,
    )
    asked = Asked(store=store, key_file=key_file, on=on, actor=actor, key=key)
    return act(asked, wanted, Output(lang=lang, as_json=as_json))


@group.command(name="return")
def give_back(  # noqa: PLR0913  # one argument per option
    remittance: RemittanceId,
    member: Annotated[
        str | None, Parameter(help="Pseudonym (会员编号) of whose payment it is; none for an overpayment.")
    ] = None,
    *,
    ground: Annotated[
        Literal["duplicate", "overpaid", "voided_enrolment", "left", "changed_mind"],
        Parameter(name="--as", help="Why it is asked for (退费事由); only an error is a ground."),
    ],
    amount: Annotated[str, Parameter(help="How much (退款金额), yuan.")],
    entry: Annotated[str, Parameter(help="Id of the entry (分录编号) by which it goes back.")],
    paper: Paper,
    scheme: Scheme,
    store: StoreUrl,
    id_file: IdFile = None,
    on: On = None,
    actor: ActorName = "cli",
    key: ActKey = None,
    key_file: KeyFile = None,
    lang: Lang = "en",
    as_json: Json = False,
) -> int:
    """Give back what came in error (错缴退回); a valid contribution is never refunded."""
    from mutualaid_core.cli.membership.paying.returning import Returning
    from mutualaid_core.cli.membership.paying.returning import give_back as act

    wanted = Returning(
        remittance=remittance,
        member=member,
        id_file=id_file,
        ground=ground,
        amount=amount,
        entry=entry,
        paper=paper,
        scheme=scheme,
    )
    asked = Asked(store=store, key_file=key_file, on=on, actor=actor, key=key)
    return act(asked, wanted, Output(lang=lang, as_json=as_json))


@group.command
def show(  # noqa: PLR0913  # one argument per option
    remittance: Annotated[str | None, Parameter(help="Id of one remittance (汇缴编号).")] = None,
    *,
    scheme: Scheme,
    period: Annotated[str | None, Parameter(help="All of this period (互助期) that are held.")] = None,
    unit: Annotated[str | None, Parameter(help="With --period: all of this unit (单位).")] = None,
    store: StoreUrl,
    lang: Lang = "en",
    as_json: Json = False,
) -> int:
    """Show a remittance with its receipt (收据), what is held of a period, or what a unit paid."""
    from mutualaid_core.cli.membership.paying.showing import Shown
    from mutualaid_core.cli.membership.paying.showing import show as tell

    shown = Shown(remittance=remittance, scheme=scheme, period=period, unit=unit)
    return tell(store, shown, Output(lang=lang, as_json=as_json))


@group.command
def plan(  # noqa: PLR0913  # one argument per option
    unit: Unit,
    *,
    pattern: Annotated[
        Literal[
            "gift",
            "gift_then_individual",
            "three_way",
            "union_major",
            "payroll_voluntary",
            "employer_subsidy",
        ],
        Parameter(help="How the dues are shared (缴费方式)."),
    ],
    share: Annotated[
        list[str],
        Parameter(
            negative=(),
            consume_multiple=True,
            help="Shares from a year on (分担比例): 2014:union=60%,member=rest; once for each such year.",
        ),
    ],
    resolution: Annotated[
        str | None, Parameter(help="Number of the resolution (决议文号) that allows it.")
    ] = None,
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
    """Record how a unit shares the dues (缴费分担方案); its later remittances must keep to it."""
    from mutualaid_core.cli.membership.paying.planning import Planned
    from mutualaid_core.cli.membership.paying.planning import plan as act

    planned = Planned(
        unit=unit, pattern=pattern, shares=tuple(share), resolution=resolution, scheme=scheme, period=period
    )
    asked = Asked(store=store, key_file=key_file, on=on, actor=actor, key=key)
    return act(asked, planned, Output(lang=lang, as_json=as_json))


@group.command(name="plans")
def show_plans(
    unit: Unit, *, scheme: Scheme, store: StoreUrl, lang: Lang = "en", as_json: Json = False
) -> int:
    """Show how a unit shares the dues (查看分担方案), with all its plans before and their days."""
    from mutualaid_core.cli.membership.paying.plans import show_plans as tell

    return tell(store, unit, scheme, Output(lang=lang, as_json=as_json))
