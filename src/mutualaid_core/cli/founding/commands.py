"""``mutualaid period`` (互助期): found a scheme with its first period, or open a further one."""

from pathlib import Path
from typing import Annotated, Final

from cyclopts import App, Parameter

from mutualaid_core.cli.membership.acting.options import ActorName, Json, KeyFile, Lang, On, StoreUrl
from mutualaid_core.cli.membership.doing import Asked
from mutualaid_core.cli.output import Output

group: Final = App(name="period", help="Periods (互助期) of schemes: open one before anybody joins it.")


@group.command(name="open")
def open_(  # noqa: PLR0913  # one argument per option
    period: Annotated[str, Parameter(help="Id of the period (互助期编号), such as 2014.")],
    *,
    scheme: Annotated[Path, Parameter(help="Scheme file (项目文件) with the region and the versions.")],
    policy: Annotated[
        str, Parameter(help="Policy (政策) above it: a file, or the id of a shipped one, such as HN-2013.")
    ],
    first_day: Annotated[str, Parameter(help="First day (起始日), YYYY-MM-DD; it lasts one year.")],
    new: Annotated[
        bool, Parameter(negative="", help="Make the store (新建账簿) if it is not there.")
    ] = False,
    store: StoreUrl,
    on: On = None,
    actor: ActorName = "cli",
    key_file: KeyFile = None,
    lang: Lang = "en",
    as_json: Json = False,
) -> int:
    """Open a period (设立互助期) where the policy allows it; the first one founds the scheme.

    A repeated run changes nothing.
    """
    from mutualaid_core.cli.founding.opening import Opening, open_period

    wanted = Opening(period=period, scheme=scheme, policy=policy, first_day=first_day, is_new=new)
    asked = Asked(store=store, key_file=key_file, on=on, actor=actor, key=None)
    return open_period(asked, wanted, Output(lang=lang, as_json=as_json))
