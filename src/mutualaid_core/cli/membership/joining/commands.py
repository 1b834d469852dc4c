"""``mutualaid unit admit|refuse`` and ``mutualaid member enrol`` (准入与参加)."""

from pathlib import Path
from typing import Annotated, Final, Literal

from cyclopts import Parameter

from mutualaid_core.cli.membership.acting.options import (
    ActKey,
    ActorName,
    Confirmed,
    Consultation,
    CountedOn,
    Json,
    KeyFile,
    Lang,
    On,
    Period,
    Preview,
    Scheme,
    Sheet,
    StoreUrl,
    Unit,
)
from mutualaid_core.cli.membership.doing import Asked
from mutualaid_core.cli.output import Output


def admit(  # noqa: PLR0913  # one argument per option
    units: Annotated[list[str], Parameter(negative=(), help="Ids of the units (单位编号).")],
    *,
    scheme: Scheme,
    period: Period,
    counted_on: CountedOn,
    on: Annotated[
        str,
        Parameter(help="Business day (业务日期), YYYY-MM-DD; a repeated run gives the same."),
    ],
    store: StoreUrl,
    confirmed: Confirmed = False,
    consultation: Consultation = None,
    actor: ActorName = "cli",
    key_file: KeyFile = None,
    lang: Lang = "en",
    as_json: Json = False,
) -> int:
    """Judge units (准入判定) by their imported rosters and enrol nobody.

    For units whose members renew, or are given their places; ``unit enrol`` judges by itself.
    """
    from mutualaid_core.cli.membership.joining.admitting import Wanted, admit_units

    wanted = Wanted(
        units=tuple(units),
        scheme=scheme,
        period=period,
        counted_on=counted_on,
        confirmed=confirmed or None,
        consultation=consultation,
    )
    asked = Asked(store=store, key_file=key_file, on=on, actor=actor, key="unit/admit")
    return admit_units(asked, wanted, Output(lang=lang, as_json=as_json))


def refuse(  # noqa: PLR0913  # one argument per option
    unit: Unit,
    *,
    refusal: Annotated[str, Parameter(help="Id of the record (拒绝记录编号).")],
    reason: Annotated[
        Literal["similar_fund", "commercial_insurance", "illness", "other"],
        Parameter(
            help="Why the unit will not enrol its workers (拒绝理由); illness never stands, "
            "nor does what policy or scheme bans."
        ),
    ],
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
    """Record that a unit will not enrol its workers (拒绝办理); a banned reason is rejected."""
    from mutualaid_core.cli.membership.joining.refusing import Refusing
    from mutualaid_core.cli.membership.joining.refusing import refuse as act

    wanted = Refusing(refusal=refusal, unit=unit, reason=reason, scheme=scheme, period=period)
    asked = Asked(store=store, key_file=key_file, on=on, actor=actor, key=key)
    return act(asked, wanted, Output(lang=lang, as_json=as_json))


def enrol(  # noqa: PLR0913  # one argument per option
    file: Annotated[Path, Parameter(help="List of those who join (参加名单), with the columns of a roster.")],
    *,
    unit: Annotated[str, Parameter(help="Admitted unit (单位); for who joins alone, the office.")],
    way: Annotated[
        Literal["unit", "platform", "person"] | None,
        Parameter(help="Who brings them in (参加渠道); what follows from the unit if not given."),
    ] = None,
    months: Annotated[
        int | None, Parameter(help="Length of the term (参保期), months; that which applies if not given.")
    ] = None,
    confirmed: Confirmed = False,
    consultation: Consultation = None,
    sheet: Sheet = None,
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
    """Enrol those of a list (名单参加): newly hired, late, for another term, or alone."""
    from mutualaid_core.cli.membership.joining.enrolling import Enrolling, enrol_list

    wanted = Enrolling(
        file=file,
        sheet=sheet,
        unit=unit,
        way=way,
        months=months,
        confirmed=confirmed or None,
        consultation=consultation,
        scheme=scheme,
        period=period,
        is_preview=preview,
    )
    asked = Asked(store=store, key_file=key_file, on=on, actor=actor, key=key)
    return enrol_list(asked, wanted, Output(lang=lang, as_json=as_json))


OF_UNITS: Final = (admit, refuse)
"""Commands for whoever hangs them on ``unit``."""

OF_MEMBERS: Final = (enrol,)
"""Commands for whoever hangs them on ``member``."""
