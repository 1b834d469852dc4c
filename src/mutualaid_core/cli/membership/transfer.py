"""``mutualaid transfer`` (转移接续): propose, answer, expire and show transfers."""

from typing import Annotated, Final, Literal

from cyclopts import App, Parameter

from mutualaid_core.cli.membership.acting.once import Once
from mutualaid_core.cli.membership.acting.options import (
    ActorName,
    IdFile,
    Json,
    KeyFile,
    Lang,
    Member,
    On,
    Period,
    Scheme,
    StoreUrl,
)
from mutualaid_core.cli.membership.doing import Asked, do_act, tell_expired, tell_judged
from mutualaid_core.cli.membership.known import known_member, known_period, known_scheme, known_unit
from mutualaid_core.cli.membership.persons import named_id
from mutualaid_core.cli.membership.showing import Shown, show_transfers
from mutualaid_core.cli.output import Output
from mutualaid_core.domain.governance.act import Act
from mutualaid_core.domain.membership.transfer import Transfer, TransferRefusal
from mutualaid_core.domain.membership.workflow import Side
from mutualaid_core.domain.values.dates import parse_day
from mutualaid_core.domain.values.identifiers import SchemeId
from mutualaid_core.work import Done, Host, read_one

group: Final = App(
    name="transfer",
    help=(
        "Transfers (转移接续): the leaving unit proposes, the receiving unit accepts or rejects.\n\n"
        "A member is named by pseudonym, or by an ID number from --id-file or a prompt, never on the"
        " command line."
    ),
)

TransferId = Annotated[str, Parameter(help="Id of the transfer (转移编号).")]
ActingUnit = Annotated[str, Parameter(help="Id of the unit (单位) that acts.")]
ActKey = Annotated[
    str | None, Parameter(name="--key", help="Idempotency key (幂等键): the same key is done once.")
]


@group.command
def propose(  # noqa: PLR0913  # one argument per option
    transfer: TransferId,
    member: Member = None,
    *,
    scheme: Scheme,
    period: Period,
    from_unit: Annotated[str, Parameter(help="Unit that is left (转出单位), which proposes.")],
    to_unit: Annotated[str, Parameter(help="Unit that receives the member (接收单位).")],
    moves_on: Annotated[str, Parameter(help="First day there (转移日), YYYY-MM-DD.")],
    expires_on: Annotated[str, Parameter(help="Last day for the answer (答复期限), YYYY-MM-DD.")],
    store: StoreUrl,
    id_file: IdFile = None,
    on: On = None,
    actor: ActorName = "cli",
    key: ActKey = None,
    key_file: KeyFile = None,
    lang: Lang = "en",
    as_json: Json = False,
) -> int:
    """Propose a transfer (提出转移): the act of the unit that the member leaves."""
    from mutualaid_core.cli.membership.persons import person_named
    from mutualaid_core.services.membership.transfer import ProposeTransfer, TransferJudged, propose_transfer

    days = parse_day(moves_on), parse_day(expires_on)
    person = person_named(member, id_file)

    def call(host: Host, act: Act) -> Done[TransferJudged]:
        scheme_id, period_id = known_period(host.store, scheme, period)
        command = ProposeTransfer(
            transfer_id=named_id("transfer", transfer),
            by_unit=known_unit(host.store, "from_unit", from_unit),
            scheme_id=scheme_id,
            period_id=period_id,
            member_id=known_member(host, person),
            to_unit=known_unit(host.store, "to_unit", to_unit),
            moves_on=days[0],
            expires_on=days[1],
        )
        return Once(key=key).do(propose_transfer, host, act, command)

    asked = Asked(store=store, key_file=key_file, on=on, actor=actor, key=key)
    return do_act(asked, call, tell_judged(Output(lang=lang, as_json=as_json), on))


@group.command
def accept(  # noqa: PLR0913  # one argument per option
    transfer: TransferId,
    *,
    unit: ActingUnit,
    store: StoreUrl,
    on: On = None,
    actor: ActorName = "cli",
    key: ActKey = None,
    key_file: KeyFile = None,
    lang: Lang = "en",
    as_json: Json = False,
) -> int:
    """Accept a transfer (接收): the act of the unit that receives the member."""
    from mutualaid_core.services.membership.transfer import AcceptTransfer, TransferJudged, accept_transfer

    def call(host: Host, act: Act) -> Done[TransferJudged]:
        command = AcceptTransfer(
            scheme_id=_scheme_of(host, transfer),
            transfer_id=transfer,
            by_unit=known_unit(host.store, "unit", unit),
        )
        return Once(key=key).do(accept_transfer, host, act, command)

    asked = Asked(store=store, key_file=key_file, on=on, actor=actor, key=key)
    return do_act(asked, call, tell_judged(Output(lang=lang, as_json=as_json), on))


@group.command
def reject(  # noqa: PLR0913  # one argument per option
    transfer: TransferId,
    *,
    unit: ActingUnit,
    why: Annotated[
        Literal["not_employed_here", "wrong_person", "wrong_day", "other"],
        Parameter(help="Reason (拒绝理由)."),
    ],
    store: StoreUrl,
    on: On = None,
    actor: ActorName = "cli",
    key: ActKey = None,
    key_file: KeyFile = None,
    lang: Lang = "en",
    as_json: Json = False,
) -> int:
    """Reject a transfer (拒绝): the act of the unit that was to receive the member."""
    from mutualaid_core.services.membership.transfer import RejectTransfer, TransferJudged, reject_transfer

    def call(host: Host, act: Act) -> Done[TransferJudged]:
        command = RejectTransfer(
            scheme_id=_scheme_of(host, transfer),
            transfer_id=transfer,
            by_unit=known_unit(host.store, "unit", unit),
            refusal=TransferRefusal(why),
        )
        return reject_transfer(host, act, command)

    asked = Asked(store=store, key_file=key_file, on=on, actor=actor, key=key)
    return do_act(asked, call, tell_judged(Output(lang=lang, as_json=as_json), on))


@group.command
def withdraw(  # noqa: PLR0913  # one argument per option
    transfer: TransferId,
    *,
    unit: ActingUnit,
    store: StoreUrl,
    on: On = None,
    actor: ActorName = "cli",
    key: ActKey = None,
    key_file: KeyFile = None,
    lang: Lang = "en",
    as_json: Json = False,
) -> int:
    """Take a proposal back (撤回): the act of the unit that made it."""
    from mutualaid_core.services.membership.transfer import (
        TransferJudged,
        WithdrawTransfer,
        withdraw_transfer,
    )

    def call(host: Host, act: Act) -> Done[TransferJudged]:
        command = WithdrawTransfer(
            scheme_id=_scheme_of(host, transfer),
            transfer_id=transfer,
            by_unit=known_unit(host.store, "unit", unit),
        )
        return withdraw_transfer(host, act, command)

    asked = Asked(store=store, key_file=key_file, on=on, actor=actor, key=key)
    return do_act(asked, call, tell_judged(Output(lang=lang, as_json=as_json), on))


@group.command
def expire(  # noqa: PLR0913  # one argument per option
    scheme: Scheme,
    *,
    store: StoreUrl,
    on: On = None,
    actor: ActorName = "cli",
    key: ActKey = None,
    key_file: KeyFile = None,
    lang: Lang = "en",
    as_json: Json = False,
) -> int:
    """Expire what nobody answered in time (过期): every transfer whose last day has passed."""
    from mutualaid_core.services.membership.transfer import expire_transfers

    def call(host: Host, act: Act) -> tuple[str, ...]:
        return expire_transfers(host, act, known_scheme(host.store, scheme))

    asked = Asked(store=store, key_file=key_file, on=on, actor=actor, key=key)
    return do_act(asked, call, tell_expired(Output(lang=lang, as_json=as_json)))


@group.command
def show(  # noqa: PLR0913  # one argument per option
    transfer: Annotated[str | None, Parameter(help="Id of one transfer (转移编号).")] = None,
    *,
    store: StoreUrl,
    member: Annotated[str | None, Parameter(help="All that happened to this member (会员编号).")] = None,
    id_file: IdFile = None,
    unit: Annotated[str | None, Parameter(help="Transfers of this unit (单位).")] = None,
    side: Annotated[
        Literal["from_unit", "to_unit"],
        Parameter(help="With --unit: those that it proposed (转出), or that it is asked to accept (转入)."),
    ] = "to_unit",
    after: Annotated[str | None, Parameter(help="With --unit: last id of the page before (续页).")] = None,
    limit: Annotated[int, Parameter(help="With --unit: transfers a page (每页条数), 1 to 1,000.")] = 100,
    key_file: KeyFile = None,
    lang: Lang = "en",
    as_json: Json = False,
) -> int:
    """Show a transfer, a member's history, or the transfers of a unit (查看)."""
    shown = Shown(
        transfer=transfer,
        member=member,
        id_file=id_file,
        unit=unit,
        side=Side(side),
        after=after,
        limit=limit,
    )
    return show_transfers(store, shown, key_file, Output(lang=lang, as_json=as_json))


def _scheme_of(host: Host, transfer: str) -> SchemeId:
    """The scheme of a transfer, in whose journal every act on it stands."""
    return read_one(host.store, Transfer, named_id("transfer", transfer)).scheme_id
