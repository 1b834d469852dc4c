"""A year's folder (年度文件夹): policy, scheme, year, units, roster, settlements.

Every file is read before anything is judged, so one pass shows every problem of every file,
and of the files against each other.
"""

from pathlib import Path

import attrs

from mutualaid_core.domain.claims.settlement import Settlement
from mutualaid_core.domain.scheme.policy import Policy
from mutualaid_core.domain.values.identifiers import PoolId
from mutualaid_core.errors import IntakeError
from mutualaid_core.intake import year_checks
from mutualaid_core.intake.document import Document, read_document
from mutualaid_core.intake.problem import Problem, Trouble, in_file_order
from mutualaid_core.intake.scheme_file import SchemeFile, read_scheme_file
from mutualaid_core.intake.schemes.policies import nonconformities_of
from mutualaid_core.intake.structure import structure
from mutualaid_core.intake.table import Table
from mutualaid_core.intake.year_files import (
    POLICY_FILE,
    SCHEME_FILE,
    YEAR_FILE,
    GrantLine,
    SchemeOfYear,
    YearFile,
)
from mutualaid_core.intake.year_tables import read_roster, read_settlements, read_units
from mutualaid_core.services.founding import FoundScheme
from mutualaid_core.services.year import Grant, RosterLine, RosterUnit, Year

__all__ = ["POLICY_FILE", "SCHEME_FILE", "YEAR_FILE", "GrantLine", "SchemeFile", "YearFile", "read_year"]


@attrs.define(kw_only=True)
class _Folder:
    """What was read of a folder."""

    policy: Policy | None
    scheme: SchemeOfYear | None
    year: YearFile | None
    units: list[tuple[int, RosterUnit, int]]
    roster: list[tuple[int, RosterLine]]
    settlements: list[tuple[int, Settlement]]
    documents: dict[str, Document]
    tables: tuple[Table, Table, Table]


def read_year(folder: Path, *, mismatches_stop: bool = True) -> Year:
    """Read and check a year's folder.

    Args:
        folder: Where the six files are.
        mismatches_stop: Whether a settlement that contradicts itself, the period or the
            roster, and a contribution that is not the dues, is a problem of the file.
            Otherwise it goes on and becomes a recorded refusal or hold.

    Raises:
        IntakeError: With every problem of every file; nothing has been written anywhere.
    """
    if not _is_folder(folder):
        raise IntakeError(
            (Problem(file=folder.name or str(folder), row=0, field="", trouble=Trouble.MISSING_FOLDER),)
        )
    read = _read(folder)
    _check_tables(read, mismatches_stop=mismatches_stop)
    problems = [problem for document in read.documents.values() for problem in document.problems]
    problems += [problem for table in read.tables for problem in table.problems]
    if problems or read.policy is None or read.scheme is None or read.year is None:
        raise IntakeError(in_file_order(problems))
    return _year(read, read.policy, read.scheme, read.year)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # a name that is too long, or a folder above that may not be entered
        return False


def _read(folder: Path) -> _Folder:
    documents = {name: read_document(folder / name) for name in (POLICY_FILE, SCHEME_FILE, YEAR_FILE)}
    policy, scheme, year = _structured(folder, documents)
    units, unit_table = read_units(folder, scheme.region.pool_id if scheme else PoolId("unknown"))
    roster, roster_table = read_roster(folder)
    settlements, settlement_table = read_settlements(folder)
    return _Folder(
        policy=policy,
        scheme=scheme,
        year=year,
        units=units,
        roster=roster,
        settlements=settlements,
        documents=documents,
        tables=(unit_table, roster_table, settlement_table),
    )


def _structured(
    folder: Path, documents: dict[str, Document]
) -> tuple[Policy | None, SchemeOfYear | None, YearFile | None]:
    """The entities of the documents, each checked by itself and against the others."""
    of_policy, of_scheme, of_year = (documents[name] for name in (POLICY_FILE, SCHEME_FILE, YEAR_FILE))
    year_checks.check_sources(of_policy, ("documents",))
    year_checks.check_amount_names(of_policy, ("benefit", "earlier_payers"))
    policy, year = structure(of_policy, Policy), structure(of_year, YearFile)
    file = _scheme_file(folder, of_scheme, policy)
    scheme = None
    if file is not None:
        year_checks.check_scheme(of_scheme, file, policy)
        scheme = year_checks.scheme_of_year(file, year)
    if year is not None:
        year_checks.check_year(of_year, year, file, policy)
        year_checks.check_grants(of_year, year, year_checks.citable(of_scheme))
    return policy, scheme, year


def _scheme_file(folder: Path, document: Document, policy: Policy | None) -> SchemeFile | None:
    """The scheme file, with everything that is wrong with it noted in its document."""
    policies = {} if policy is None else {policy.policy_id: policy}
    file, problems = read_scheme_file(folder / SCHEME_FILE, lambda read: nonconformities_of(read, policies))
    # Its own reader tells what is wrong with the form as well, and better.
    document.problems[:] = problems
    return file


def _check_tables(read: _Folder, *, mismatches_stop: bool) -> None:
    units, roster, settlements = read.tables
    year_checks.check_roster(units, roster)
    # Against dues that are themselves at fault, every line would be.
    if mismatches_stop and read.scheme is not None and not read.documents[SCHEME_FILE].problems:
        version = read.scheme.version
        begins = version.first_day if read.year is None else read.year.period.cover.first_day
        year_checks.check_dues(roster, version.dues, begins)
    if mismatches_stop:
        year_checks.check_settlements(settlements, units, roster, read.scheme, read.year)


def _year(read: _Folder, policy: Policy, scheme: SchemeOfYear, year: YearFile) -> Year:
    founding = FoundScheme(
        policy=policy,
        region=scheme.region,
        scheme=scheme.scheme,
        version=scheme.version,
        period=year.period,
    )
    return Year(
        founding=founding,
        grants=tuple(
            Grant(giver=grant.giver, amount=grant.amount, received_on=grant.received_on)
            for grant in year.grants
        ),
        units=tuple(unit for _, unit, _ in read.units),
        roster=tuple(line for _, line in read.roster),
        settlements=tuple(settlement for _, settlement in read.settlements),
        counted_on=year.counted_on,
        received_on=year.received_on,
        closed_on=year.closed_on,
    )
