"""``mutualaid renewal`` (续保): who is due for the next period, and the act that carries them over."""

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
    Preview,
    Scheme,
    StoreUrl,
    Unit,
)
from mutualaid_core.cli.membership.doing import Asked
from mutualaid_core.cli.output import Output

group: Final = App(
    name="renewal", help="Renewal (续保): who is due for the next period, and carrying members over."
)

FromPeriod = Annotated[str, Parameter(help="Period (互助期) that runs out.")]
ToPeriod = Annotated[str, Parameter(help="Period (互助期) that follows.")]


@group.command
def due(  # noqa: PLR0913  # one argument per option
    *,
    scheme: Scheme,
    from_period: FromPeriod,
    to_period: ToPeriod,
    unit: Annotated[str | None, Parameter(help="One unit (单位) alone.")] = None,
    store: StoreUrl,
    on: Annotated[
        str | None, Parameter(help="Day asked about (查询日), YYYY-MM-DD; today if not given.")
    ] = None,
    after: Annotated[str | None, Parameter(help="Members (名单) from this token on (续页).")] = None,
    limit: Annotated[int, Parameter(help="Rows a page (每页行数), 1 to 1,000.")] = 100,
    lang: Lang = "en",
    as_json: Json = False,
) -> int:
    """List who is due (到期名单), who is not and why, until when, and at which fee."""
    from mutualaid_core.cli.membership.renewing.showing import Listed, show_due

    listed = Listed(
        scheme=scheme,
        from_period=from_period,
        to_period=to_period,
        unit=unit,
        on=on,
        after=after,
        limit=limit,
    )
    return show_due(store, listed, Output(lang=lang, as_json=as_json))


@group.command
def renew(  # noqa: PLR0913  # one argument per option
    unit: Unit,
    file: Annotated[
        Path | None,
        Parameter(help="List of those who renew (续保名单); everybody who is due if not given."),
    ] = None,
    *,
    scheme: Scheme,
    from_period: FromPeriod,
    to_period: ToPeriod,
    preview: Preview = False,
    store: StoreUrl,
    on: On = None,
    actor: ActorName = "cli",
    key: ActKey = None,
    key_file: KeyFile = None,
    lang: Lang = "en",
    as_json: Json = False,
) -> int:
    """Carry members of an admitted unit over (续保) into the next period; nobody is renewed twice."""
    from mutualaid_core.cli.membership.renewing.acts import Renewing
    from mutualaid_core.cli.membership.renewing.acts import renew as act

    wanted = Renewing(
        unit=unit,
        file=file,
        scheme=scheme,
        from_period=from_period,
        to_period=to_period,
        is_preview=preview,
    )
    asked = Asked(store=store, key_file=key_file, on=on, actor=actor, key=key)
    return act(asked, wanted, Output(lang=lang, as_json=as_json))
