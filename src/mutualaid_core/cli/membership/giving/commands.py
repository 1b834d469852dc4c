"""``mutualaid gift`` (赠送): found a programme, give its places, show it."""

from typing import Annotated, Final, Literal

from cyclopts import App, Parameter

from mutualaid_core.cli.membership.acting.options import (
    ActKey,
    ActorName,
    CountedOn,
    Json,
    KeyFile,
    Lang,
    On,
    Period,
    Preview,
    Scheme,
    StoreUrl,
    Unit,
)
from mutualaid_core.cli.membership.doing import Asked
from mutualaid_core.cli.output import Output

group: Final = App(
    name="gift", help="Gifts (赠送项目): somebody else pays the dues of some workers, up to a quota."
)

Programme = Annotated[str, Parameter(help="Id of the programme (赠送项目编号).")]


@group.command
def found(  # noqa: PLR0913  # one argument per option
    programme: Programme,
    *,
    payer: Annotated[
        Literal["union", "employer", "government", "donation"], Parameter(help="Who gives (赠送方).")
    ],
    groups: Annotated[
        list[str],
        Parameter(negative=(), consume_multiple=True, help="Groups of workers (人群), as rosters name them."),
    ],
    quota: Annotated[int, Parameter(help="Most persons (名额).")],
    resolution: Annotated[
        str | None, Parameter(help="Number of the decision (决议文号); held without one.")
    ] = None,
    source: Annotated[str, Parameter(help="Where it is printed (依据).")],
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
    """Found a programme (设立赠送项目) for one period of a scheme."""
    from mutualaid_core.cli.membership.giving.acts import Founding
    from mutualaid_core.cli.membership.giving.acts import found as act

    wanted = Founding(
        programme=programme,
        payer=payer,
        groups=tuple(groups),
        quota=quota,
        resolution=resolution,
        source=source,
        scheme=scheme,
        period=period,
    )
    asked = Asked(store=store, key_file=key_file, on=on, actor=actor, key=key)
    return act(asked, wanted, Output(lang=lang, as_json=as_json))


@group.command
def give(  # noqa: PLR0913  # one argument per option
    programme: Programme,
    *,
    unit: Unit,
    counted_on: CountedOn,
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
    """Give places (赠送) to those of an admitted unit's imported roster who are in the groups.

    Whoever has one of its places already is passed over.
    """
    from mutualaid_core.cli.membership.giving.acts import Giving
    from mutualaid_core.cli.membership.giving.acts import give as act

    wanted = Giving(programme=programme, unit=unit, counted_on=counted_on, scheme=scheme, is_preview=preview)
    asked = Asked(store=store, key_file=key_file, on=on, actor=actor, key=key)
    return act(asked, wanted, Output(lang=lang, as_json=as_json))


@group.command
def show(
    programme: Programme,
    *,
    scheme: Scheme,
    store: StoreUrl,
    lang: Lang = "en",
    as_json: Json = False,
) -> int:
    """Show a programme (查看赠送项目): who gives, to whom, and how much of the quota is left."""
    from mutualaid_core.cli.membership.giving.showing import show as tell

    return tell(store, scheme, programme, Output(lang=lang, as_json=as_json))
