"""Declaring (代扣授权办理): workers consent to the deduction from their pay, or withdraw that."""

import datetime
from collections.abc import Iterator
from pathlib import Path

import attrs
from cyclopts import CycloptsError

from mutualaid_core.cli.membership.acting.once import Once
from mutualaid_core.cli.membership.acting.rehearsal import do_or_preview
from mutualaid_core.cli.membership.acting.telling import How, plain_of, say_outcome
from mutualaid_core.cli.membership.doing import DONE, REFUSED, Asked
from mutualaid_core.cli.membership.known import known_scheme, known_unit, list_of_unit
from mutualaid_core.cli.membership.payroll.listed import say_left_alone
from mutualaid_core.cli.membership.persons import Person, impersonal, member_id_by, person_named
from mutualaid_core.cli.output import Output
from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.governance.act import Act
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.membership.paying.consent import ConsentStep
from mutualaid_core.domain.values.dates import parse_day
from mutualaid_core.domain.values.identifiers import MemberId, SchemeId, UnitId
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.intake.membership.payrolls import ConsentList, Stated, read_consent_list
from mutualaid_core.ports.keys import Keys
from mutualaid_core.ports.store import Store
from mutualaid_core.rules.membership.paying.consent import listed_twice_faults
from mutualaid_core.services.membership.paying.consents import (
    WORKERS_MAX,
    Declaration,
    DeclareConsents,
    declare_consents,
)
from mutualaid_core.work import Host

Declared = tuple[Person, datetime.date, str]
"""Who declared, on which day, by which paper."""


@attrs.frozen(kw_only=True)
class Declaring:
    """What workers declared (声明), as the command line tells it.

    Attributes:
        unit: Unit.
        file: Their list; ``None`` for one worker.
        member: Pseudonym of the one worker.
        id_file: File with the ID number instead.
        declared_on: Day as written, of whoever has none on the list.
        paper: Number of the paper, likewise.
        step: What they declared.
        scheme: Scheme.
        is_preview: Whether nothing may be written.
    """

    unit: str
    file: Path | None
    member: str | None
    id_file: Path | None
    declared_on: str | None
    paper: str | None
    step: ConsentStep
    scheme: str
    is_preview: bool


@attrs.frozen(kw_only=True)
class Recorded:
    """What became of it (登记结果).

    Attributes:
        members: Whose declaration is on record.
        faults: Why those of others are not.
        replayed: Whether all of it had been done before.
    """

    members: tuple[MemberId, ...]
    faults: tuple[Fault, ...]
    replayed: bool

    @property
    def outcome(self) -> Outcome:
        """All, some or none."""
        if not self.faults:
            return Outcome.PASS
        return Outcome.FLAG if self.members else Outcome.REJECT


def declare(asked: Asked, wanted: Declaring, output: Output) -> int:
    """Record what workers of a unit declared.

    Returns:
        0 if everybody's declaration is on record, else 1.

    Raises:
        CycloptsError: A list and one worker are named at once.
        IntakeError: With every problem of the list.
        InvalidValueError: A day cannot be read, something is missing, or something personal stands
            on the command line.
        NotFoundError: There is no such unit or scheme.
    """
    unit = impersonal("unit", wanted.unit)
    stated = Stated(
        on=None if wanted.declared_on is None else parse_day(wanted.declared_on),
        paper=None if wanted.paper is None else impersonal("paper", wanted.paper),
    )
    if wanted.file is None:
        read, declared = None, _one(wanted, stated)
    else:
        read = _read(asked, wanted, wanted.file, stated)
        declared = tuple((row.person, row.on, row.paper) for row in read.rows)

    def call(host: Host, act: Act) -> Recorded:
        known_scheme(host.store, wanted.scheme)
        known_unit(host.store, "unit", unit)
        declarations = tuple(_declarations(declared, host.keys))
        if twice := listed_twice_faults(tuple(each.member_id for each in declarations)):
            return Recorded(members=(), faults=twice, replayed=False)
        return _record(host, act, wanted, declarations, asked.key)

    def tell(_store: Store, done: Recorded) -> int:
        if read is not None:
            say_left_alone(read, output)
        return _tell(output, wanted, done)

    return do_or_preview(asked, call, tell, is_preview=wanted.is_preview)


def _one(wanted: Declaring, stated: Stated) -> tuple[Declared, ...]:
    """The declaration of one worker, who is named on the command line."""
    person = person_named(wanted.member, wanted.id_file)
    if stated.on is None or stated.paper is None:
        name = "declared_on" if stated.on is None else "paper"
        raise InvalidValueError(name, "must be given", "none")
    return ((person, stated.on, stated.paper),)


def _read(asked: Asked, wanted: Declaring, file: Path, stated: Stated) -> ConsentList:
    if wanted.member is not None or wanted.id_file is not None:
        raise CycloptsError(msg="one of FILE, --member and --id-file must be given")
    with list_of_unit(asked.store, wanted.unit):
        return read_consent_list(file, wanted.unit, stated)


def _declarations(declared: tuple[Declared, ...], keys: Keys) -> Iterator[Declaration]:
    for person, on, paper in declared:
        yield Declaration(member_id=member_id_by(person, keys), on=on, paper=paper)


def _record(
    host: Host, act: Act, wanted: Declaring, declarations: tuple[Declaration, ...], key: str | None
) -> Recorded:
    """Record them in as many acts as are needed; each worker's stands by itself."""
    members: list[MemberId] = []
    faults: list[Fault] = []
    replayed = True
    for start in range(0, len(declarations), WORKERS_MAX):
        command = DeclareConsents(
            scheme_id=SchemeId(wanted.scheme),
            unit_id=UnitId(wanted.unit),
            step=wanted.step,
            declarations=declarations[start : start + WORKERS_MAX],
        )
        own = None if key is None else key if len(declarations) <= WORKERS_MAX else f"{key}/{start}"
        done = Once(key=own).do(declare_consents, host, act, command)
        members += done.result.recorded
        faults += done.result.faults
        replayed = replayed and done.replayed
    return Recorded(members=tuple(members), faults=tuple(faults), replayed=replayed)


def _tell(output: Output, wanted: Declaring, done: Recorded) -> int:
    output.document(
        {
            "outcome": done.outcome.value,
            "recorded": list(done.members),
            "faults": [plain_of(fault) for fault in done.faults],
            "replayed": done.replayed,
            "preview": wanted.is_preview,
        }
    )
    say_outcome(output, done.outcome, done.faults, How(is_preview=wanted.is_preview, replayed=done.replayed))
    count = len(done.members)
    if wanted.step is ConsentStep.GIVEN:
        output.say(f"授权 {count} 人", f"consents: {count}")
    else:
        output.say(f"撤回 {count} 人", f"withdrawals: {count}")
    return REFUSED if done.faults else DONE
