"""A year's folder (年度文件夹): policy, scheme, year, units, roster, settlements.

Every file is read before anything is judged, so one pass shows every problem of every file,
and of the files against each other.
"""

import datetime
from collections import Counter
from pathlib import Path

import attrs

from mutualaid_core.domain.claims.settlement import Settlement
from mutualaid_core.domain.scheme.period import Period
from mutualaid_core.domain.scheme.policy import Policy
from mutualaid_core.domain.scheme.region import PoolingRegion
from mutualaid_core.domain.scheme.scheme import Scheme
from mutualaid_core.domain.scheme.version import SchemeVersion
from mutualaid_core.domain.values.checks import checked
from mutualaid_core.domain.values.identifiers import PoolId
from mutualaid_core.domain.values.money import Money
from mutualaid_core.domain.values.personal import ResidentId
from mutualaid_core.errors import IntakeError
from mutualaid_core.intake import cells
from mutualaid_core.intake.document import Document, read_document
from mutualaid_core.intake.problem import Problem, Trouble, in_file_order
from mutualaid_core.intake.structure import structure
from mutualaid_core.intake.table import Table
from mutualaid_core.intake.year_tables import read_roster, read_settlements, read_units
from mutualaid_core.rules.claims.admission import event_day
from mutualaid_core.services.founding import FoundScheme, founding_faults
from mutualaid_core.services.year import Grant, RosterLine, RosterUnit, Year

POLICY_FILE, SCHEME_FILE, YEAR_FILE = "policy.yaml", "scheme.yaml", "year.yaml"


@attrs.frozen(kw_only=True, field_transformer=checked)
class SchemeFile:
    """Content of ``scheme.yaml`` (项目文件): pooling region, scheme and version."""

    region: PoolingRegion
    scheme: Scheme
    version: SchemeVersion


@attrs.frozen(kw_only=True, field_transformer=checked)
class GrantLine:
    """A reserve grant in ``year.yaml`` (储备金注入).

    Attributes:
        giver: Who gave it, as it stands in the books.
        amount: How much.
        received_on: Day on which it came in.
        source: Where that is said; ``made_up`` where it is not.
    """

    giver: str
    amount: Money
    received_on: datetime.date
    source: str


@attrs.frozen(kw_only=True, field_transformer=checked)
class YearFile:
    """Content of ``year.yaml`` (年度文件).

    Attributes:
        period: The period.
        counted_on: Roster date.
        received_on: Day on which the units' money came in.
        closed_on: Day of closing and disclosure.
        grants: Reserve grants of the year.
    """

    period: Period
    counted_on: datetime.date
    received_on: datetime.date
    closed_on: datetime.date
    grants: tuple[GrantLine, ...]


@attrs.define(kw_only=True)
class _Folder:
    """What was read of a folder, before it is held against itself."""

    policy: Policy | None
    scheme: SchemeFile | None
    year: YearFile | None
    units: list[tuple[int, RosterUnit, int]]
    roster: list[tuple[int, RosterLine]]
    settlements: list[tuple[int, Settlement]]
    documents: dict[str, Document]
    tables: dict[str, Table]


def read_year(folder: Path, *, mismatches_stop: bool = True) -> Year:
    """Read and check a year's folder.

    Args:
        folder: Where the six files are.
        mismatches_stop: Whether a settlement that contradicts itself, the period or the
            roster is a problem of the file. Otherwise it goes on and becomes a recorded
            refusal or hold.

    Raises:
        IntakeError: With every problem of every file; nothing has been written anywhere.
    """
    read = _read(folder)
    problems = [problem for document in read.documents.values() for problem in document.problems]
    _check_against_each_other(read, mismatches_stop=mismatches_stop)
    problems += [problem for table in read.tables.values() for problem in table.problems]
    founding = _founding(read, problems)
    if problems or founding is None or read.year is None:
        raise IntakeError(in_file_order(problems))
    return Year(
        founding=founding,
        grants=tuple(
            Grant(giver=grant.giver, amount=grant.amount, received_on=grant.received_on) for grant in read.year.grants
        ),
        units=tuple(unit for _, unit, _ in read.units),
        roster=tuple(line for _, line in read.roster),
        settlements=tuple(settlement for _, settlement in read.settlements),
        counted_on=read.year.counted_on,
        received_on=read.year.received_on,
        closed_on=read.year.closed_on,
    )


def _read(folder: Path) -> _Folder:
    documents = {name: read_document(folder / name) for name in (POLICY_FILE, SCHEME_FILE, YEAR_FILE)}
    scheme = structure(documents[SCHEME_FILE], SchemeFile)
    pool_id = scheme.region.pool_id if scheme else PoolId("unknown")
    units, unit_table = read_units(folder, pool_id)
    roster, roster_table = read_roster(folder)
    settlements, settlement_table = read_settlements(folder)
    return _Folder(
        policy=structure(documents[POLICY_FILE], Policy),
        scheme=scheme,
        year=structure(documents[YEAR_FILE], YearFile),
        units=units,
        roster=roster,
        settlements=settlements,
        documents=documents,
        tables={"units": unit_table, "roster": roster_table, "settlements": settlement_table},
    )


def _founding(read: _Folder, problems: list[Problem]) -> FoundScheme | None:
    """The founding command; what its policy does not allow becomes problems."""
    if read.policy is None or read.scheme is None or read.year is None:
        return None
    founding = FoundScheme(
        policy=read.policy,
        region=read.scheme.region,
        scheme=read.scheme.scheme,
        version=read.scheme.version,
        period=read.year.period,
    )
    document = read.documents[SCHEME_FILE]
    for fault in founding_faults(founding):
        inside = fault.subject if fault.subject.startswith("region.") else f"version.{fault.subject}"
        line = document.line_of(tuple(inside.split(".")))
        detail = f"{fault.rule} [{fault.clause}]"
        problems.append(
            Problem(
                file=SCHEME_FILE, row=line, field=inside, trouble=Trouble.NOT_ALLOWED, value=fault.found, detail=detail
            )
        )
    return founding


def _check_against_each_other(read: _Folder, *, mismatches_stop: bool) -> None:
    _check_roster(read)
    if mismatches_stop:
        roster_is_whole = not read.tables["roster"].problems
        on_roster = {line.joiner.id_number for _, line in read.roster}
        for row, settlement in read.settlements:
            _check_settlement(read, row, settlement, on_roster if roster_is_whole else None)


def _check_roster(read: _Folder) -> None:
    """Every line names a known unit, and every unit has as many lines as it says."""
    units, roster = read.tables["units"], read.tables["roster"]
    known = {unit.unit.unit_id for _, unit, _ in read.units}
    if not units.problems:
        for row, line in read.roster:
            if line.unit_id not in known:
                roster.add(row, "unit_code", Trouble.UNKNOWN_UNIT, cells.mask_all(line.unit_id))
    lines = Counter(line.unit_id for _, line in read.roster)
    if not roster.problems:
        for row, unit, stated in read.units:
            if lines[unit.unit.unit_id] != stated:
                detail = f"the roster has {lines[unit.unit.unit_id]}"
                units.add(row, "enrolled_workers", Trouble.COUNT, str(stated), detail)


def _check_settlement(
    read: _Folder, row: int, settlement: Settlement, on_roster: set[ResidentId] | None
) -> None:
    table = read.tables["settlements"]
    for identity in settlement.broken_identities():
        field = identity.value.partition(" = ")[0]
        table.add(row, field, Trouble.IDENTITY, str(settlement.amount(field)), identity.value)
    if on_roster is not None and settlement.certno not in on_roster:
        table.add(row, "certno", Trouble.NOT_ON_ROSTER, settlement.certno.masked())
    if read.scheme is None or read.year is None:
        return
    period_by = read.scheme.version.event.period_by
    day, cover = event_day(settlement, period_by), read.year.period.cover
    if day not in cover:
        field = {"admission": "begndate", "discharge": "enddate", "settlement": "setl_time"}[period_by.value]
        detail = f"{cover.first_day.isoformat()} to {cover.last_day.isoformat()}"
        table.add(row, field, Trouble.OUTSIDE_PERIOD, day.isoformat(), detail)
