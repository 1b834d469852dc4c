"""The tables of a year (年度数据表): units, roster and settlements, as entities."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeVar

from mutualaid_core.domain.claims.settlement import AMOUNT_FIELDS, Settlement
from mutualaid_core.domain.membership.contribution import PayerShare
from mutualaid_core.domain.membership.unit import Unit
from mutualaid_core.domain.scheme.dues import FundingSource
from mutualaid_core.domain.values.dates import parse_day
from mutualaid_core.domain.values.identifiers import PoolId, parse_credit_code, parse_institution_code
from mutualaid_core.domain.values.money import Money, total
from mutualaid_core.domain.values.personal import Diagnosis, PersonName
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.intake import cells
from mutualaid_core.intake.problem import Trouble
from mutualaid_core.intake.table import Column, Row, Table, read_table
from mutualaid_core.services.enrolment import Joiner
from mutualaid_core.services.year import RosterLine, RosterUnit

Entity = TypeVar("Entity")

UNITS_FILE, ROSTER_FILE, SETTLEMENTS_FILE = "units.csv", "roster.csv", "settlements.csv"


def _amounts(*names: str, default: str | None = None) -> tuple[Column, ...]:
    return tuple(Column(name=name, parse=cells.amount, trouble=Trouble.AMOUNT, default=default) for name in names)


_UNIT: Final = Column(name="unit_code", parse=cells.opaque_id)
_INSURANCE: Final = ("insurance_type", "insutype")

UNIT_COLUMNS: Final = (
    _UNIT,
    Column(name="unit_name"),
    Column(name="eligible_workers", parse=cells.count),
    Column(name="enrolled_workers", parse=cells.count),
    Column(name="credit_code", parse=lambda text: parse_credit_code(text) if text != "none" else None, default="none"),
)
"""Columns of ``units.csv`` (单位表)."""

_PAYERS: Final = {
    "paid_by_member": FundingSource.MEMBER,
    "paid_by_unit": FundingSource.EMPLOYER,
    "paid_by_union": FundingSource.UNION,
    "paid_by_government": FundingSource.GOVERNMENT,
    "paid_by_donation": FundingSource.DONATION,
}

ROSTER_COLUMNS: Final = (
    _UNIT,
    Column(name="name", parse=PersonName, mask=cells.mask_name),
    Column(name="id_number", parse=cells.resident_id, trouble=Trouble.ID_NUMBER, mask=cells.mask_id),
    Column(name="sex", parse=cells.sex),
    Column(name="birth_date", parse=parse_day, trouble=Trouble.DAY, mask=cells.mask_all),
    Column(name=_INSURANCE[0], parse=cells.insurance_type),
    Column(name="employment", parse=cells.employment),
    Column(name="shares", parse=cells.count),
    *_amounts("contribution", "paid_by_member", "paid_by_unit"),
    *_amounts("paid_by_union", "paid_by_government", "paid_by_donation", default="0"),
)
"""Columns of ``roster.csv`` (参加名单)."""

SETTLEMENT_COLUMNS: Final = (
    Column(name="setl_id", parse=cells.opaque_id),
    Column(name="certno", parse=cells.resident_id, trouble=Trouble.ID_NUMBER, mask=cells.mask_id),
    Column(name="psn_name", parse=PersonName, mask=cells.mask_name),
    _UNIT,
    Column(name="fixmedins_code", parse=parse_institution_code),
    Column(name="fixmedins_name"),
    Column(name="hosp_lv", parse=cells.hospital_level),
    Column(name="med_type", parse=cells.code),
    Column(name=_INSURANCE[1], parse=cells.insurance_type),
    Column(name="begndate", parse=parse_day, trouble=Trouble.DAY),
    Column(name="enddate", parse=parse_day, trouble=Trouble.DAY),
    Column(name="setl_time", parse=cells.instant, trouble=Trouble.DAY),
    Column(name="dise_code", parse=Diagnosis, mask=cells.mask_all),
    *_amounts(*(name for name in AMOUNT_FIELDS if name != "acct_mulaid_pay")),
    *_amounts("acct_mulaid_pay", default="0"),
    Column(name="refd_setl_flag", parse=cells.flag),
)
"""Columns of ``settlements.csv`` (结算单), by their national names."""


def read_units(folder: Path, pool_id: PoolId) -> tuple[list[tuple[int, RosterUnit, int]], Table]:
    """Units with the number of their row and of those enrolled, and the table with its problems."""
    table = read_table(folder / UNITS_FILE, UNIT_COLUMNS, key="unit_code")

    def unit(values: dict[str, Any]) -> tuple[RosterUnit, int]:
        if values["enrolled_workers"] > values["eligible_workers"]:
            found = values["enrolled_workers"]
            raise InvalidValueError("enrolled_workers", f"must be <= {values['eligible_workers']}", found)
        own = Unit(
            unit_id=values["unit_code"],
            name=values["unit_name"],
            pool_id=pool_id,
            credit_code=values["credit_code"],
        )
        return RosterUnit(unit=own, eligible=values["eligible_workers"]), values["enrolled_workers"]

    built = _build(table, UNIT_COLUMNS, unit)
    return [(row.number, made[0], made[1]) for row, made in built], table


def read_roster(folder: Path) -> tuple[list[tuple[int, RosterLine]], Table]:
    """Roster lines with the number of their row, and the table with its problems."""
    table = read_table(folder / ROSTER_FILE, ROSTER_COLUMNS, key="id_number")
    return [(row.number, line) for row, line in _build(table, ROSTER_COLUMNS, _roster_line)], table


def read_settlements(folder: Path) -> tuple[list[tuple[int, Settlement]], Table]:
    """Settlements with the number of their row, and the table with its problems."""
    table = read_table(folder / SETTLEMENTS_FILE, SETTLEMENT_COLUMNS, key="setl_id")
    built = _build(table, SETTLEMENT_COLUMNS, lambda values: Settlement(**values))
    return [(row.number, settlement) for row, settlement in built], table


def _build(
    table: Table, columns: tuple[Column, ...], make: Callable[[dict[str, Any]], Entity]
) -> list[tuple[Row, Entity]]:
    """The entity of each row; a row whose cells contradict each other becomes a problem."""
    names = {column.name for column in columns}
    built = []
    for row in table.rows:
        try:
            built.append((row, make(dict(row.values))))
        except InvalidValueError as error:
            field = error.field if error.field in names else ""
            value = "" if field else error.field
            table.add(row.number, field, Trouble.VALUE, value, error.rule)
    return built


def _roster_line(values: dict[str, Any]) -> RosterLine:
    id_number, birth_date = values["id_number"], values["birth_date"]
    if id_number.birth_date != birth_date:
        raise InvalidValueError("birth_date", "must agree with the ID number", "***")
    if values["sex"].value in {1, 2} and values["sex"] is not id_number.sex:
        raise InvalidValueError("sex", "must agree with the ID number", values["sex"].value)
    split = tuple(PayerShare(payer=payer, amount=values[name]) for name, payer in _PAYERS.items() if values[name])
    paid: Money = values["contribution"]
    if (parts := total(part.amount for part in split)) != paid:
        raise InvalidValueError("contribution", f"must be the sum of its payers, {parts}", str(paid))
    joiner = Joiner(
        name=values["name"],
        id_number=id_number,
        sex=values["sex"],
        birth_date=birth_date,
        insurance_type=values["insurance_type"],
        employment=values["employment"],
        shares=values["shares"],
    )
    return RosterLine(unit_id=values["unit_code"], joiner=joiner, amount=paid, split=split)
