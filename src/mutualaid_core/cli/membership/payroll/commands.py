"""``mutualaid payroll`` (工资代扣): consents of workers, and from whose pay a unit may deduct."""

from pathlib import Path
from typing import Annotated, Final

from cyclopts import App, Parameter

from mutualaid_core.cli.membership.acting.options import (
    ActKey,
    ActorName,
    IdFile,
    Json,
    KeyFile,
    Lang,
    Member,
    On,
    Preview,
    Scheme,
    StoreUrl,
    Unit,
)
from mutualaid_core.cli.membership.doing import Asked
from mutualaid_core.cli.output import Output

group: Final = App(
    name="payroll",
    help=(
        "Payroll (工资代扣): dues are deducted from the pay of those alone who consented themselves.\n\n"
        "A list is CSV in UTF-8 or a workbook; it may be the unit's roster."
    ),
)

Consents = Annotated[
    Path | None, Parameter(help="List of workers (声明名单); not given for one worker alone.")
]
DeclaredOn = Annotated[
    str | None,
    Parameter(help="Day of the declaration (声明日期), YYYY-MM-DD, of whoever has none on the list."),
]
OwnPaper = Annotated[
    str | None, Parameter(help="Number of the signed paper (声明书编号), of whoever has none on the list.")
]


@group.command
def consent(  # noqa: PLR0913  # one argument per option
    unit: Unit,
    file: Consents = None,
    *,
    member: Member = None,
    id_file: IdFile = None,
    declared_on: DeclaredOn = None,
    paper: OwnPaper = None,
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
    """Record that workers consented (代扣授权) to the deduction of their dues from the pay."""
    from mutualaid_core.cli.membership.payroll.declaring import Declaring, declare
    from mutualaid_core.domain.membership.paying.consent import ConsentStep

    wanted = Declaring(
        unit=unit,
        file=file,
        member=member,
        id_file=id_file,
        declared_on=declared_on,
        paper=paper,
        step=ConsentStep.GIVEN,
        scheme=scheme,
        is_preview=preview,
    )
    asked = Asked(store=store, key_file=key_file, on=on, actor=actor, key=key)
    return declare(asked, wanted, Output(lang=lang, as_json=as_json))


@group.command
def withdraw(  # noqa: PLR0913  # one argument per option
    unit: Unit,
    file: Consents = None,
    *,
    member: Member = None,
    id_file: IdFile = None,
    declared_on: DeclaredOn = None,
    paper: OwnPaper = None,
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
    """Record that workers withdrew their consent (撤回授权); what was deducted before stays right."""
    from mutualaid_core.cli.membership.payroll.declaring import Declaring, declare
    from mutualaid_core.domain.membership.paying.consent import ConsentStep

    wanted = Declaring(
        unit=unit,
        file=file,
        member=member,
        id_file=id_file,
        declared_on=declared_on,
        paper=paper,
        step=ConsentStep.WITHDRAWN,
        scheme=scheme,
        is_preview=preview,
    )
    asked = Asked(store=store, key_file=key_file, on=on, actor=actor, key=key)
    return declare(asked, wanted, Output(lang=lang, as_json=as_json))


@group.command
def judge(  # noqa: PLR0913  # one argument per option
    unit: Unit,
    file: Annotated[Path, Parameter(help="List of workers (代扣名单); that of the remittance will do.")],
    *,
    cut_off: Annotated[str, Parameter(help="Day of the deduction (代扣日), YYYY-MM-DD.")],
    preview: Preview = False,
    scheme: Scheme,
    store: StoreUrl,
    on: On = None,
    actor: ActorName = "cli",
    key: Annotated[
        str | None,
        Parameter(name="--key", help="Idempotency key (幂等键); without it every run judges anew."),
    ] = None,
    key_file: KeyFile = None,
    lang: Lang = "en",
    as_json: Json = False,
) -> int:
    """Judge from whose pay a unit may deduct (代扣名单核对), by the consents on record; nothing is booked."""
    from mutualaid_core.cli.membership.payroll.judging import Judging
    from mutualaid_core.cli.membership.payroll.judging import judge as act

    wanted = Judging(unit=unit, file=file, cut_off=cut_off, scheme=scheme, is_preview=preview)
    asked = Asked(store=store, key_file=key_file, on=on, actor=actor, key=key)
    return act(asked, wanted, Output(lang=lang, as_json=as_json))
