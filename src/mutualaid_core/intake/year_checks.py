"""Checks of a year's files against each other (相互核对), each fault with its place.

What could be read takes part, also from rows and files that have other faults, so that one
pass shows as much as can be known.
"""

import datetime
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from typing import Any, Final

import attrs

from mutualaid_core.clauses import CLAUSES
from mutualaid_core.domain.claims.settlement import AMOUNT_FIELDS, HospitalLevel, Settlement
from mutualaid_core.domain.scheme.dues import Dues
from mutualaid_core.domain.scheme.eligibility import InsuranceType
from mutualaid_core.domain.scheme.period import PeriodState
from mutualaid_core.domain.scheme.policy import Policy
from mutualaid_core.domain.scheme.source import Grade
from mutualaid_core.domain.scheme.version import EventDate
from mutualaid_core.domain.values.dates import DayRange
from mutualaid_core.domain.values.identifiers import InstitutionCode, SettlementId, UnitId
from mutualaid_core.domain.values.money import FEN_MAX, ZERO, Money
from mutualaid_core.domain.values.personal import Diagnosis, PersonName, ResidentId, id_check_character
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.intake import cells
from mutualaid_core.intake.damage import shown_figures
from mutualaid_core.intake.document import Document, Path_, Plain, leaves_of, part_of
from mutualaid_core.intake.problem import Trouble
from mutualaid_core.intake.scheme_file import SchemeFile
from mutualaid_core.intake.structure import did_you_mean
from mutualaid_core.intake.table import Row, Table
from mutualaid_core.intake.year_files import SchemeOfYear, YearFile
from mutualaid_core.intake.year_tables import has
from mutualaid_core.rules.membership.dues import dues_for
from mutualaid_core.rules.membership.facts import NO_FACTS, MemberFacts, facts_of

PERIOD_ID_BYTES_MAX: Final = 16
"""Ledger entries of a remittance are named by period, unit and portion together."""

GRANTS_MAX: Final = Money(FEN_MAX // 2)
"""What grants may come to together, so that there is room for contributions."""

DAYS_SHOWN_MAX: Final = 366
"""A day further from the period is not shown: it may be a birth date from another column."""

_SOURCES: Final = frozenset(("source",))
_ANY_SOURCE: Final = "HN-0.3"
_EVENT_FIELD: Final = {
    EventDate.ADMISSION: "begndate",
    EventDate.DISCHARGE: "enddate",
    EventDate.SETTLEMENT: "setl_time",
}


def check_sources(document: Document, documents_at: Path_) -> set[str]:
    """Note every citation in a document that leads nowhere; answers what may be cited there.

    Args:
        document: Policy or scheme.
        documents_at: Path of its list of documents.
    """
    listed = part_of(document.plain, documents_at)
    ids = {part["id"] for part in listed or () if isinstance(part, dict) and isinstance(part.get("id"), str)}
    known = {str(each) for each in ids} | CLAUSES
    for path, value in leaves_of(document.plain):
        if path and path[-1] in _SOURCES and value is not None and value not in known:
            document.add_at(path, Trouble.UNKNOWN_SOURCE, "", did_you_mean(value, known))
            _put(document, path, _ANY_SOURCE)
    return known


def _put(document: Document, path: Path_, value: str) -> None:
    """Let *value* stand at *path*, whose fault is noted, so that the rest can be looked at."""
    around = part_of(document.plain, path[:-1])
    if isinstance(around, dict):
        around[str(path[-1])] = value


def check_amount_names(document: Document, *paths: Path_) -> None:
    """Note every name in the lists at *paths* that is no amount of a settlement."""
    for path in paths:
        listed = part_of(document.plain, path)
        for number, name in enumerate(listed if isinstance(listed, list) else ()):
            if isinstance(name, str) and name not in AMOUNT_FIELDS:
                hint = did_you_mean(name, AMOUNT_FIELDS)
                detail = f"must be an amount of the settlement{'; ' if hint else ''}{hint}"
                document.add_at((*path, number), Trouble.VALUE, "", detail)


def citable(document: Document) -> set[str]:
    """What may be cited beside the versions of a scheme file: its documents and the clauses."""
    versions = part_of(document.plain, ("versions",))
    listed = [part_of(version, ("documents",)) for version in versions or () if isinstance(version, dict)]
    ids = (part_of(each, ("id",)) for each in _each_of(listed))
    return {each for each in ids if isinstance(each, str)} | CLAUSES


def _each_of(lists: Iterable[Plain]) -> Iterator[Plain]:
    for each in lists:
        yield from each if isinstance(each, list) else ()


def check_scheme(document: Document, file: SchemeFile, policy: Policy | None) -> None:
    """Note what a year asks of its scheme beyond what any scheme file must be."""
    if file.region is None:
        document.add_at(("region",), Trouble.MISSING_FIELD)
    if policy is not None and file.scheme.policy_id != policy.policy_id:
        detail = "must be the policy_id of policy.yaml"
        document.add_at(("scheme", "policy_id"), Trouble.REFERENCE, "", detail)


def scheme_of_year(file: SchemeFile, year: YearFile | None) -> SchemeOfYear | None:
    """What the year takes from its scheme: of several versions, that in which its period begins."""
    if file.region is None:
        return None
    first = file.versions[0].first_day if year is None else year.period.cover.first_day
    holding = (number for number, version in enumerate(file.versions) if version.is_in_force(first))
    number = next(holding, 0)
    return SchemeOfYear(region=file.region, scheme=file.scheme, version=file.versions[number], number=number)


def check_year(document: Document, file: YearFile, scheme: SchemeFile | None, policy: Policy | None) -> None:
    """Note where the year's ids and days do not fit each other, its scheme or its policy."""
    period = file.period
    if len(period.period_id.encode()) > PERIOD_ID_BYTES_MAX:
        document.add_at(("period", "period_id"), Trouble.VALUE, "", f"must be <= {PERIOD_ID_BYTES_MAX} bytes")
    if period.state is not PeriodState.OPEN:
        document.add_at(("period", "state"), Trouble.VALUE, period.state.value, "must be open")
    if scheme is not None:
        if period.scheme_id != scheme.scheme.scheme_id:
            detail = "must be the scheme.scheme_id of scheme.yaml"
            document.add_at(("period", "scheme_id"), Trouble.REFERENCE, "", detail)
        _check_in_force(document, period.cover, scheme)
    if file.closed_on <= period.cover.last_day:
        detail = f"must be after {period.cover.last_day.isoformat()}"
        document.add_at(("closed_on",), Trouble.VALUE, file.closed_on.isoformat(), detail)
    collect_from = None if policy is None else policy.contribution.collect_from
    if collect_from is not None and file.received_on < collect_from:
        detail = f"must be >= {collect_from.isoformat()} [HN-5.2.2a]"
        document.add_at(("received_on",), Trouble.NOT_ALLOWED, file.received_on.isoformat(), detail)


def _check_in_force(document: Document, cover: DayRange, scheme: SchemeFile) -> None:
    if any(
        each.is_in_force(cover.first_day) and each.is_in_force(cover.last_day) for each in scheme.versions
    ):
        return
    days = ", ".join(
        f"{each.first_day.isoformat()} to {each.last_day.isoformat() if each.last_day else '…'}"
        for each in scheme.versions
    )
    detail = f"must lie in the days of one version of the scheme: {days}"
    document.add_at(("period", "cover"), Trouble.REFERENCE, "", detail)


def check_grants(document: Document, file: YearFile, known: Collection[str]) -> None:
    """Note grants that nothing attests, that came after the closing, or that are too much together."""
    for number, grant in enumerate(file.grants):
        if grant.source not in known and grant.source != Grade.MADE_UP.value:
            path = ("grants", number, "source")
            document.add_at(path, Trouble.UNKNOWN_SOURCE, "", did_you_mean(grant.source, known))
        if grant.received_on > file.closed_on:
            detail = f"must be <= {file.closed_on.isoformat()}"
            document.add_at(("grants", number, "received_on"), Trouble.VALUE, "", detail)
    if sum(grant.amount.fen for grant in file.grants) > GRANTS_MAX.fen:
        document.add_at(("grants",), Trouble.VALUE, "", f"must be <= {GRANTS_MAX.to_text()} together")


def check_roster(units: Table, roster: Table) -> None:
    """Every line names a known unit, and every unit has as many lines as it says."""
    unit_rows, lines = units.every_row(), roster.every_row()
    known = {row.values["unit_code"] for row in unit_rows if "unit_code" in row.values}
    if units.is_read and "unit_code" not in _missing(units):
        _check_units(roster, lines, known)
    if not roster.is_read or "unit_code" in _missing(roster):
        return
    counted = Counter(row.values.get("unit_code") for row in lines)
    for row in unit_rows:
        if not has(row.values, "unit_code", "enrolled_workers"):
            continue
        stated, found = row.values["enrolled_workers"], counted[row.values["unit_code"]]
        # Lines whose unit could not be read may belong to any unit.
        if not found <= stated <= found + counted[None]:
            units.add(
                row.number,
                "enrolled_workers",
                Trouble.COUNT,
                shown_figures(str(stated)),
                f"the roster has {found}",
            )


def check_dues(roster: Table, dues: Dues, on: datetime.date) -> None:
    """Every line pays what its shares cost: a wrong one would have its unit's money refused.

    Args:
        roster: The roster.
        dues: Dues of the scheme.
        on: First day of cover, for the age of a member.
    """
    told = {problem.row for problem in roster.problems if problem.field in {"contribution", "shares"}}
    for row in roster.every_row():
        if row.number in told or not has(row.values, "shares", "contribution"):
            continue
        shares, paid = row.values["shares"], row.values["contribution"]
        try:
            due = dues_for(shares, dues, _member_facts(row, on))
        except InvalidValueError as error:
            field = "shares" if error.field == "shares" else "contribution"
            shown = shown_figures(str(shares)) if field == "shares" else ""
            detail = f"{error.rule} by the scheme's dues [{error.clause or 'HN-4.3.4b'}]"
            roster.add(row.number, field, Trouble.REFERENCE, shown, detail)
            continue
        if paid != due:
            detail = f"must be {due} by the scheme's dues [HN-4.3.4b]"
            roster.add(row.number, "contribution", Trouble.REFERENCE, shown_figures(str(paid)), detail)


def _member_facts(row: Row, on: datetime.date) -> MemberFacts:
    """What the rates may ask of the person of a row; nothing where cells could not be read."""
    values = row.values
    if not has(values, "sex", "birth_date", "insurance_type", "shares"):
        return NO_FACTS
    return facts_of(values["sex"], values["birth_date"], values["insurance_type"], values["shares"], on)


def _check_units(table: Table, rows: list[Row], known: set[str]) -> None:
    for row in rows:
        if (unit := row.values.get("unit_code")) is not None and unit not in known:
            table.add(row.number, "unit_code", Trouble.UNKNOWN_UNIT, "", did_you_mean(unit, sorted(known)))


def _missing(table: Table) -> set[str]:
    return {problem.field for problem in table.problems if problem.trouble is Trouble.MISSING_COLUMN}


def check_settlements(
    settlements: Table, units: Table, roster: Table, scheme: SchemeOfYear | None, year: YearFile | None
) -> None:
    """Every settlement adds up, lies in the period, and is that of a person and a unit of the year."""
    rows = settlements.every_row()
    known = {row.values["unit_code"] for row in units.every_row() if "unit_code" in row.values}
    on_roster = _persons(roster)
    if units.is_read and "unit_code" not in _missing(units):
        _check_units(settlements, rows, known)
    for row in rows:
        _check_identities(settlements, row)
        certno = row.values.get("certno")
        if on_roster is not None and certno is not None and certno not in on_roster:
            settlements.add(row.number, "certno", Trouble.NOT_ON_ROSTER, certno.masked())
        if scheme is not None and year is not None:
            _check_period(settlements, row, scheme.version.event.period_by, year.period.cover)
        _check_settled(settlements, row)


def _persons(roster: Table) -> set[ResidentId] | None:
    """Everybody whose ID number could be read; ``None`` where the roster could not be read."""
    if not roster.is_read or "id_number" in _missing(roster):
        return None
    return {row.values["id_number"] for row in roster.every_row() if "id_number" in row.values}


def _check_identities(table: Table, row: Row) -> None:
    if not has(row.values, *AMOUNT_FIELDS):
        return
    for identity in _broken(row.values):
        field = identity.partition(" = ")[0]
        table.add(row.number, field, Trouble.IDENTITY, shown_figures(str(row.values[field])), identity)


def _broken(values: Mapping[str, Any]) -> tuple[str, ...]:
    """The sums that do not hold, asked of a stay in which only the amounts are this row's."""
    stay = attrs.evolve(_sample(), **{name: values[name] for name in AMOUNT_FIELDS})
    return tuple(identity.value for identity in stay.broken_identities())


@cache
def _sample() -> Settlement:
    """A stay of nobody, so that amounts can be held against each other whatever else a row lacks."""
    body = "11010119000101001"
    day = datetime.date(2000, 1, 1)
    nothing: dict[str, Any] = dict.fromkeys(AMOUNT_FIELDS, ZERO)
    return Settlement(
        setl_id=SettlementId("sample"),
        certno=ResidentId(body + id_check_character(body)),
        psn_name=PersonName("张三"),
        unit_code=UnitId("sample"),
        fixmedins_code=InstitutionCode("H00000000000"),
        fixmedins_name="sample",
        hosp_lv=HospitalLevel.NONE,
        med_type="21",
        insutype=InsuranceType.EMPLOYEE,
        begndate=day,
        enddate=day,
        setl_time=datetime.datetime(2000, 1, 1, tzinfo=cells.CHINA),
        dise_code=Diagnosis("sample"),
        refd_setl_flag=False,
        **nothing,
    )


def _check_settled(table: Table, row: Row) -> None:
    """A stay is settled when it has ended; told only of a row that is sound otherwise."""
    if not has(row.values, "enddate", "setl_time") or any(each.row == row.number for each in table.problems):
        return
    if row.values["setl_time"].date() < row.values["enddate"]:
        table.add(row.number, "setl_time", Trouble.REFERENCE, "", "must be >= enddate")


def _check_period(table: Table, row: Row, period_by: EventDate, cover: DayRange) -> None:
    field = _EVENT_FIELD[period_by]
    if field not in row.values:
        return
    found = row.values[field]
    day: datetime.date = found.date() if isinstance(found, datetime.datetime) else found
    if day not in cover:
        near = min(abs((day - edge).days) for edge in (cover.first_day, cover.last_day)) <= DAYS_SHOWN_MAX
        value = day.isoformat() if near else "####-##-##"
        detail = f"{cover.first_day.isoformat()} to {cover.last_day.isoformat()}"
        table.add(row.number, field, Trouble.OUTSIDE_PERIOD, value, detail)
