"""The commands ``member show`` and ``unit show`` (查询命令)."""

from pathlib import Path
from typing import Annotated, Final, Literal

from cyclopts import App, Parameter

from mutualaid_core.cli.membership.doing import Asked
from mutualaid_core.cli.output import Output

member_group: Final = App(
    name="member",
    help=(
        "Members (会员): cover on any day, as it was known on any other day.\n\n"
        "A member is named by pseudonym, or by an ID number from --id-file or a prompt, never on the"
        " command line."
    ),
)
unit_group: Final = App(name="unit", help="Units (单位): members, gate, and what does not fit together.")

StoreUrl = Annotated[str, Parameter(help="Store (账簿): sqlite:///year.db, file:///folder.")]
On = Annotated[str | None, Parameter(help="Day asked about (查询日), YYYY-MM-DD; today if not given.")]
KnownAt = Annotated[
    str | None,
    Parameter(help="Day of the knowledge (已知截至日), YYYY-MM-DD: what was written down later is not seen."),
]
Lang = Annotated[Literal["zh", "en"], Parameter(help="Language (语言) of what is printed.")]
Json = Annotated[bool, Parameter(name="--json", negative="", help="Answer with one JSON document.")]


@member_group.command(name="show")
def show_member(  # noqa: PLR0913  # one argument per option
    member: Annotated[str | None, Parameter(help="Pseudonym of the member (会员编号).")] = None,
    *,
    store: StoreUrl,
    on: On = None,
    known_at: KnownAt = None,
    scheme: Annotated[
        str | None, Parameter(help="Scheme (互助项目); all that the member joined if not given.")
    ] = None,
    id_file: Annotated[
        Path | None,
        Parameter(
            allow_leading_hyphen=True,
            help="File with the ID number (身份证号), - for standard input; needs the keys.",
        ),
    ] = None,
    key_file: Annotated[
        Path | None, Parameter(help="File with the secret bytes (密钥) of the store's keys.")
    ] = None,
    lang: Lang = "en",
    as_json: Json = False,
) -> int:
    """Show a member (查看会员): covered or not with every reason, unit, waiting, limits, history."""
    from mutualaid_core.cli.membership.member.days import days_of
    from mutualaid_core.cli.membership.member.person import Wanted, show

    wanted = Wanted(member=member, id_file=id_file, scheme=scheme, days=days_of(on, known_at))
    return show(store, wanted, key_file, Output(lang=lang, as_json=as_json))


@unit_group.command(name="show")
def show_unit(  # noqa: PLR0913  # one argument per option
    unit: Annotated[str, Parameter(help="Id of the unit (单位编号).")],
    *,
    scheme: Annotated[str, Parameter(help="Scheme (互助项目).")],
    period: Annotated[str, Parameter(help="Period (互助期).")],
    store: StoreUrl,
    on: On = None,
    known_at: KnownAt = None,
    after: Annotated[str | None, Parameter(help="Members (名册) from this token on (续页).")] = None,
    after_difference: Annotated[
        str | None, Parameter(help="Differences (差异) from this token on (续页).")
    ] = None,
    limit: Annotated[int, Parameter(help="Rows a page (每页行数), 1 to 1,000.")] = 20,
    lang: Lang = "en",
    as_json: Json = False,
) -> int:
    """Show a unit (查看单位): its members on a day, its gate as judged and now, and differences."""
    from mutualaid_core.cli.membership.member.days import days_of
    from mutualaid_core.cli.membership.member.unit import Wanted, show

    wanted = Wanted(
        unit=unit,
        scheme=scheme,
        period=period,
        days=days_of(on, known_at),
        after=after,
        after_difference=after_difference,
        limit=limit,
    )
    return show(store, wanted, Output(lang=lang, as_json=as_json))


@unit_group.command
def enrol(  # noqa: PLR0913  # one argument per option
    units: Annotated[list[str], Parameter(negative=(), help="Ids of the units (单位编号).")],
    *,
    scheme: Annotated[str, Parameter(help="Scheme (互助项目).")],
    period: Annotated[str, Parameter(help="Period (互助期).")],
    counted_on: Annotated[str, Parameter(help="Roster date (统计日), YYYY-MM-DD.")],
    on: Annotated[
        str,
        Parameter(help="Business day (业务日期), YYYY-MM-DD; a repeated run gives the same."),
    ],
    store: StoreUrl,
    confirmed: Annotated[
        bool, Parameter(negative="", help="The unit's union confirmed the roster (单位工会已确认).")
    ] = False,
    consultation: Annotated[
        str | None, Parameter(help="Record (征求意见记录) of the workers' consultation.")
    ] = None,
    actor: Annotated[str, Parameter(help="Account (经办人) that acts.")] = "cli",
    key_file: Annotated[
        Path | None, Parameter(help="File with the secret bytes (密钥) of the store's keys.")
    ] = None,
    lang: Lang = "en",
    as_json: Json = False,
) -> int:
    """Enrol units (团体参加) with those of their imported rosters who join.

    A run that was cut off goes on where it stopped; a second run enrols nobody twice.
    """
    from mutualaid_core.cli.membership.member.enrolling import Wanted, enrol_units

    wanted = Wanted(
        units=tuple(units),
        scheme=scheme,
        period=period,
        counted_on=counted_on,
        confirmed=confirmed or None,
        consultation=consultation,
        asked=Asked(store=store, key_file=key_file, on=on, actor=actor, key="unit/enrol"),
    )
    return enrol_units(wanted, Output(lang=lang, as_json=as_json))
