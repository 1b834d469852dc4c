"""Enrolling a list (名单参加): newly hired, late, for another term, or alone."""

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import attrs

from mutualaid_core.cli.membership.acting.once import Once
from mutualaid_core.cli.membership.acting.rehearsal import do_or_preview
from mutualaid_core.cli.membership.acting.telling import How, plain_of, say_outcome
from mutualaid_core.cli.membership.doing import DONE, REFUSED, Asked
from mutualaid_core.cli.membership.known import list_of_unit
from mutualaid_core.cli.membership.paying.listed import say_rows_left
from mutualaid_core.cli.membership.persons import impersonal
from mutualaid_core.cli.output import Output
from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.governance.act import Act
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.membership.unit import Unit
from mutualaid_core.domain.scheme.policy.membership import JoinedBy
from mutualaid_core.domain.values.identifiers import PeriodId, SchemeId, UnitId
from mutualaid_core.domain.values.personal import PersonName, ResidentId, Sex
from mutualaid_core.errors import IntakeError
from mutualaid_core.intake.membership.listed import nobody_listed
from mutualaid_core.intake.rosters import check as rosters
from mutualaid_core.ports.store import Store
from mutualaid_core.services.membership.enrolment import EnrolWorkers, WorkersEnrolled, enrol_workers
from mutualaid_core.services.membership.joiner import Joiner
from mutualaid_core.services.membership.rosters.lines import Line
from mutualaid_core.work import Done, Host, read_one

PORTION: Final = 100
"""Workers of one act, so that terms of several periods fit one as well."""


@attrs.frozen(kw_only=True)
class Enrolling:
    """Who is to join (参加名单), as the command line tells it.

    Attributes:
        file: The list.
        sheet: Sheet of a workbook that has several.
        unit: Admitted unit; for who joins alone, the office.
        way: Who brings them in; ``None`` for what follows from the unit.
        months: Length of the term; ``None`` for the one that applies.
        confirmed: Whether the unit's union confirmed the list; ``None`` where not told.
        consultation: Record of the workers' consultation.
        scheme: Scheme.
        period: Period.
        is_preview: Whether nothing may be written.
    """

    file: Path
    sheet: str | None
    unit: str
    way: str | None
    months: int | None
    confirmed: bool | None
    consultation: str | None
    scheme: str
    period: str
    is_preview: bool


def enrol_list(asked: Asked, wanted: Enrolling, output: Output) -> int:
    """Enrol those of a list who join.

    Returns:
        0 if all were enrolled, else 1.

    Raises:
        IntakeError: With every problem of the list.
        InvalidValueError: Something personal stands on the command line.
        NotFoundError: There is no such unit or period.
    """
    unit = UnitId(impersonal("unit", wanted.unit))
    if wanted.consultation is not None:
        impersonal("consultation", wanted.consultation)
    with list_of_unit(asked.store, unit):
        lines = _lines(wanted, output)
        joiners = _joiners(wanted, unit, lines)

    def call(host: Host, act: Act) -> list[Done[WorkersEnrolled]]:
        read_one(host.store, Unit, unit)
        return [
            Once(key=_key(asked.key, number)).do(enrol_workers, host, act, command)
            for number, command in enumerate(_commands(wanted, unit, joiners), start=1)
        ]

    def tell(_store: Store, done: list[Done[WorkersEnrolled]]) -> int:
        _say_left_alone(unit, lines, output)
        return _tell(output, done, is_preview=wanted.is_preview)

    return do_or_preview(asked, call, tell, is_preview=wanted.is_preview)


def _key(given: str | None, number: int) -> str | None:
    return None if given is None else f"{given}/{number}"


def _lines(wanted: Enrolling, output: Output) -> tuple[Line, ...]:
    """The rows of the list; what is to be looked at in it is told.

    Raises:
        IntakeError: With every problem of the list.
    """
    check = rosters.check_rosters(
        rosters.Asked(files=(wanted.file,), counted_on=None, sheet=wanted.sheet), lambda *_: None
    )
    if not check.is_sound:
        raise IntakeError(check.faults)
    output.look_at(check.flags)
    return tuple(check.lines())


def _joiners(wanted: Enrolling, unit: UnitId, lines: tuple[Line, ...]) -> tuple[Joiner, ...]:
    """Those of the list who join through the unit.

    Raises:
        IntakeError: Nobody joins.
    """
    found = tuple(
        _joiner(line, wanted.months) for line in lines if line.unit_id == unit and line.common.joins
    )
    if not found:
        raise nobody_listed(wanted.file.name)
    return found


def _say_left_alone(unit: UnitId, lines: tuple[Line, ...], output: Output) -> None:
    """Say how many rows of the list were not taken; nothing where all were."""
    own = [line for line in lines if line.unit_id == unit]
    say_rows_left(
        others=len(lines) - len(own), not_joining=sum(not line.common.joins for line in own), output=output
    )


def _joiner(line: Line, months: int | None) -> Joiner:
    common = line.common
    return Joiner(
        name=PersonName(line.name),
        id_number=ResidentId(line.id_number),
        sex=Sex(int(line.sex)),
        birth_date=datetime.date.fromisoformat(line.birth_date),
        insurance_type=common.insurance_type,
        employment=common.employment,
        shares=common.shares,
        parts=common.parts,
        hired_on=common.hired_on,
        classes=common.classes,
        term_months=months,
    )


def _commands(wanted: Enrolling, unit: UnitId, joiners: tuple[Joiner, ...]) -> Iterator[EnrolWorkers]:
    for start in range(0, len(joiners), PORTION):
        yield EnrolWorkers(
            scheme_id=SchemeId(wanted.scheme),
            period_id=PeriodId(wanted.period),
            unit_id=unit,
            joiners=joiners[start : start + PORTION],
            way=None if wanted.way is None else JoinedBy(wanted.way),
            confirmed=wanted.confirmed,
            consultation=wanted.consultation,
        )


def _tell(output: Output, done: list[Done[WorkersEnrolled]], *, is_preview: bool) -> int:
    results = [each.result for each in done]
    enrolled = [member for each in results for member in each.enrolled]
    faults: tuple[Fault, ...] = tuple(fault for each in results for fault in each.faults)
    output.document(
        {
            "enrolled": enrolled,
            "refused": [member for each in results for member in each.refused],
            "faults": [plain_of(fault) for fault in faults],
            "replayed": all(each.replayed for each in done),
            "preview": is_preview,
        }
    )
    say_outcome(
        output,
        _outcome(results),
        faults,
        How(is_preview=is_preview, replayed=all(each.replayed for each in done)),
    )
    output.say(f"参加 {len(enrolled)} 人", f"{len(enrolled)} enrolled")
    for member in enrolled:
        output.say(member, member)
    return DONE if all(each.outcome is Outcome.PASS for each in results) else REFUSED


def _outcome(results: list[WorkersEnrolled]) -> Outcome:
    """That of the list as a whole: flagged where some were enrolled and others not."""
    found = {each.outcome for each in results}
    if len(found) == 1:
        return found.pop()
    return Outcome.FLAG if any(each.enrolled for each in results) else Outcome.REJECT
