"""Carrying members over (续保办理) into the next period."""

from pathlib import Path

import attrs

from mutualaid_core.cli.membership.acting.once import Once
from mutualaid_core.cli.membership.acting.rehearsal import do_or_preview
from mutualaid_core.cli.membership.acting.telling import How, plain_of, say_outcome
from mutualaid_core.cli.membership.acting.unchanged import Before
from mutualaid_core.cli.membership.doing import DONE, REFUSED, Asked
from mutualaid_core.cli.membership.known import known_passage
from mutualaid_core.cli.membership.persons import impersonal, member_id_by
from mutualaid_core.cli.output import Output
from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.governance.act import Act
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.membership.unit import Unit
from mutualaid_core.domain.values.identifiers import MemberId, PeriodId, SchemeId, UnitId
from mutualaid_core.intake.membership.renewals import RenewingRow, read_renewal_list
from mutualaid_core.ports.store import Store
from mutualaid_core.services.membership.renewal.due import RenewalAsked
from mutualaid_core.services.membership.renewal.renewing import (
    RENEWALS_MAX,
    RenewalLine,
    RenewWorkers,
    renew_workers,
)
from mutualaid_core.services.membership.renewal.units import renew_unit
from mutualaid_core.work import Host, read_one


@attrs.frozen(kw_only=True)
class Renewing:
    """Who is carried over (续保), as the command line tells it.

    Attributes:
        unit: Unit.
        file: List of those who renew; ``None`` for everybody who is due.
        scheme: Scheme.
        from_period: Period that runs out.
        to_period: Period that follows.
        is_preview: Whether nothing may be written.
    """

    unit: str
    file: Path | None
    scheme: str
    from_period: str
    to_period: str
    is_preview: bool


@attrs.frozen(kw_only=True)
class Carried:
    """What became of it (续保结果).

    Attributes:
        renewed: Who was renewed, now or before.
        faults: Why others were not.
        is_unchanged: Whether everybody who was renewed had been so before.
    """

    renewed: tuple[MemberId, ...]
    faults: tuple[Fault, ...]
    is_unchanged: bool = False


def renew(asked: Asked, wanted: Renewing, output: Output) -> int:
    """Carry members of a unit over.

    Returns:
        0 if everybody of the list was renewed, or everybody of the unit who is due; else 1.

    Raises:
        IntakeError: With every problem of the list.
        InvalidValueError: Something personal stands on the command line, or the periods do not
            follow each other.
        NotFoundError: There is no such unit, scheme or period.
    """
    unit = UnitId(impersonal("unit", wanted.unit))
    read = None if wanted.file is None else read_renewal_list(wanted.file, unit)
    if read is not None:
        output.look_at(read.flags)
    rows = None if read is None else read.rows

    def call(host: Host, act: Act) -> Carried:
        read_one(host.store, Unit, unit)
        scheme_id, _, _ = known_passage(host.store, wanted.scheme, wanted.from_period, wanted.to_period)
        before = Before.of(host, scheme_id)
        if rows is None:
            done = _whole(host, act, wanted, unit)
        else:
            done = _listed(host, act, _commands(host, wanted, unit, rows), asked.key)
        return attrs.evolve(done, is_unchanged=before.is_unchanged and bool(done.renewed))

    def tell(_store: Store, done: Carried) -> int:
        return _tell(output, done, wanted)

    return do_or_preview(asked, call, tell, is_preview=wanted.is_preview)


def _whole(host: Host, act: Act, wanted: Renewing, unit: UnitId) -> Carried:
    question = RenewalAsked(
        scheme_id=SchemeId(wanted.scheme),
        from_period=PeriodId(wanted.from_period),
        to_period=PeriodId(wanted.to_period),
        on=act.business_on,
        unit_id=unit,
    )
    done = renew_unit(host, act, question)
    return Carried(renewed=done.renewed, faults=done.faults)


def _commands(
    host: Host, wanted: Renewing, unit: UnitId, rows: tuple[RenewingRow, ...]
) -> list[RenewWorkers]:
    lines = tuple(
        RenewalLine(member_id=member_id_by(row.person, host.keys), parts=row.parts, shares=row.shares)
        for row in rows
    )
    return [
        RenewWorkers(
            scheme_id=SchemeId(wanted.scheme),
            from_period=PeriodId(wanted.from_period),
            to_period=PeriodId(wanted.to_period),
            unit_id=unit,
            lines=lines[start : start + RENEWALS_MAX],
        )
        for start in range(0, len(lines), RENEWALS_MAX)
    ]


def _listed(host: Host, act: Act, commands: list[RenewWorkers], key: str | None) -> Carried:
    renewed: list[MemberId] = []
    faults: list[Fault] = []
    for number, command in enumerate(commands, start=1):
        own = None if key is None else f"{key}/{number}"
        done = Once(key=own).do(renew_workers, host, act, command).result
        renewed += [each.member_id for each in done.renewed]
        faults += done.faults
    return Carried(renewed=tuple(renewed), faults=tuple(faults))


def _tell(output: Output, done: Carried, wanted: Renewing) -> int:
    output.document(
        {
            "renewed": list(done.renewed),
            "faults": [plain_of(fault) for fault in done.faults],
            "replayed": done.is_unchanged and not wanted.is_preview,
            "preview": wanted.is_preview,
        }
    )
    outcome = Outcome.PASS
    if done.faults:
        outcome = Outcome.FLAG if done.renewed else Outcome.REJECT
    say_outcome(output, outcome, done.faults, How(is_preview=wanted.is_preview, replayed=done.is_unchanged))
    output.say(f"续保 {len(done.renewed)} 人", f"{len(done.renewed)} renewed")
    is_whole = not done.faults or (wanted.file is None and bool(done.renewed))
    return DONE if is_whole else REFUSED
