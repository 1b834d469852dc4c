"""``mutualaid member leave|restore|withdraw|void|correct`` (会员变动): acts on one enrolment."""

from typing import Annotated, Final, Literal

from cyclopts import Parameter

from mutualaid_core.cli.membership.acting.options import (
    ActKey,
    ActorName,
    IdFile,
    Json,
    KeyFile,
    Lang,
    Member,
    On,
    Paper,
    Period,
    Scheme,
    StoreUrl,
)
from mutualaid_core.cli.membership.doing import Asked
from mutualaid_core.cli.output import Output

OwnUnit = Annotated[str, Parameter(help="The member's own unit (会员所在单位), which acts.")]


def leave(  # noqa: PLR0913  # one argument per option
    member: Member = None,
    *,
    how: Annotated[
        Literal["retired", "dismissed", "died"],
        Parameter(name="--as", help="How (离开方式): retired, dismissed or resigned, died."),
    ],
    since: Annotated[
        str, Parameter(help="First day without work, or the day of death (离开日), YYYY-MM-DD.")
    ],
    unit: OwnUnit,
    paper: Paper,
    scheme: Scheme,
    period: Period,
    store: StoreUrl,
    id_file: IdFile = None,
    on: On = None,
    actor: ActorName = "cli",
    key: ActKey = None,
    key_file: KeyFile = None,
    lang: Lang = "en",
    as_json: Json = False,
) -> int:
    """Report that a member left work (离开): cover ends as the scheme says, nothing is refunded.

    Who goes to another pool is transferred to a unit there.
    """
    from mutualaid_core.cli.membership.changing.acts import Leaving, leave_work
    from mutualaid_core.cli.membership.changing.member import Whose

    whose = Whose(member=member, id_file=id_file, scheme=scheme, period=period)
    asked = Asked(store=store, key_file=key_file, on=on, actor=actor, key=key)
    wanted = Leaving(whose=whose, how=how, since=since, unit=unit, paper=paper)
    return leave_work(asked, wanted, Output(lang=lang, as_json=as_json))


def restore(  # noqa: PLR0913  # one argument per option
    member: Member = None,
    *,
    how: Annotated[
        Literal["retired", "dismissed", "died", "left_pool"],
        Parameter(
            name="--as", help="As what it was noted (误报的离开方式): retired, dismissed, died, left_pool."
        ),
    ],
    paper: Paper,
    scheme: Scheme,
    period: Period,
    store: StoreUrl,
    id_file: IdFile = None,
    on: On = None,
    actor: ActorName = "cli",
    key: ActKey = None,
    key_file: KeyFile = None,
    lang: Lang = "en",
    as_json: Json = False,
) -> int:
    """Take a leaving back that was reported in error (撤销离开): unit, cover and state are as before it.

    Refused where a later act rests on it.
    """
    from mutualaid_core.cli.membership.changing.acts import restore as restore_member
    from mutualaid_core.cli.membership.changing.member import Whose

    whose = Whose(member=member, id_file=id_file, scheme=scheme, period=period)
    asked = Asked(store=store, key_file=key_file, on=on, actor=actor, key=key)
    return restore_member(asked, whose, how, paper, Output(lang=lang, as_json=as_json))


def withdraw(  # noqa: PLR0913  # one argument per option
    member: Member = None,
    *,
    unit: OwnUnit,
    paper: Paper,
    scheme: Scheme,
    period: Period,
    store: StoreUrl,
    id_file: IdFile = None,
    on: On = None,
    actor: ActorName = "cli",
    key: ActKey = None,
    key_file: KeyFile = None,
    lang: Lang = "en",
    as_json: Json = False,
) -> int:
    """Take an enrolment back (撤回) before anything was paid; the person may join anew."""
    from mutualaid_core.cli.membership.changing.acts import withdraw_member
    from mutualaid_core.cli.membership.changing.member import Whose

    whose = Whose(member=member, id_file=id_file, scheme=scheme, period=period)
    asked = Asked(store=store, key_file=key_file, on=on, actor=actor, key=key)
    return withdraw_member(asked, whose, unit, paper, Output(lang=lang, as_json=as_json))


def void(  # noqa: PLR0913  # one argument per option
    member: Member = None,
    *,
    cause: Annotated[
        Literal["wrong_person", "duplicate", "not_eligible"],
        Parameter(name="--as", help="Kind of error (差错类型)."),
    ],
    paper: Paper,
    scheme: Scheme,
    period: Period,
    store: StoreUrl,
    id_file: IdFile = None,
    on: On = None,
    actor: ActorName = "cli",
    key: ActKey = None,
    key_file: KeyFile = None,
    lang: Lang = "en",
    as_json: Json = False,
) -> int:
    """Void an enrolment that was an error (作废): there never was cover; what was paid must go back."""
    from mutualaid_core.cli.membership.changing.acts import void_member
    from mutualaid_core.cli.membership.changing.member import Whose

    whose = Whose(member=member, id_file=id_file, scheme=scheme, period=period)
    asked = Asked(store=store, key_file=key_file, on=on, actor=actor, key=key)
    return void_member(asked, whose, cause, paper, Output(lang=lang, as_json=as_json))


def correct(  # noqa: PLR0913  # one argument per option
    member: Member = None,
    *,
    insurance_type: Annotated[
        Literal["310", "320", "330", "390"] | None, Parameter(help="Basic insurance (险种类型), as it is.")
    ] = None,
    employment: Annotated[
        Literal["regular", "dispatched", "flexible", "retired"] | None,
        Parameter(help="Form of employment (用工形式), as it is."),
    ] = None,
    shares: Annotated[int | None, Parameter(help="Shares (份数), as they are.")] = None,
    parts: Annotated[
        list[str] | None,
        Parameter(negative=(), consume_multiple=True, help="Parts (参加项目), all that are held."),
    ] = None,
    cover_from: Annotated[
        str | None, Parameter(help="First day of cover (保障起始日), YYYY-MM-DD, as it is.")
    ] = None,
    paper: Paper,
    scheme: Scheme,
    period: Period,
    store: StoreUrl,
    id_file: IdFile = None,
    on: On = None,
    actor: ActorName = "cli",
    key: ActKey = None,
    key_file: KeyFile = None,
    lang: Lang = "en",
    as_json: Json = False,
) -> int:
    """Correct what was typed wrongly (更正): a further entry; what stood before stays in the history."""
    from mutualaid_core.cli.membership.changing.acts import Correcting, correct_member
    from mutualaid_core.cli.membership.changing.member import Whose
    from mutualaid_core.domain.scheme.eligibility import Employment, InsuranceType

    whose = Whose(member=member, id_file=id_file, scheme=scheme, period=period)
    asked = Asked(store=store, key_file=key_file, on=on, actor=actor, key=key)
    wanted = Correcting(
        whose=whose,
        insurance_type=None if insurance_type is None else InsuranceType(insurance_type),
        employment=None if employment is None else Employment(employment),
        shares=shares,
        parts=parts,
        cover_from=cover_from,
        paper=paper,
    )
    return correct_member(asked, wanted, Output(lang=lang, as_json=as_json))


COMMANDS: Final = (leave, restore, withdraw, void, correct)
"""The commands, for whoever hangs them on ``member``."""
