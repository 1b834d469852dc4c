"""The tables of a year (年度数据表): units, roster and settlements, as entities.

Taken as they are meant: line ends of any system, a last row without one, columns in any order,
a lower-case x and the old 15 digits in an ID number, a credit code in lower case or left blank,
hospital levels as ``3``, ``03``, ``三级``, ``三级甲等``, ``0`` and ``0.00`` alike, a moment with a blank
for the ``T`` and without a zone (China Standard Time).

Refused, each with its own advice: blank rows, blanks around a value, thousands marks, full-width
figures, a leading apostrophe, formulas, numbers that a spreadsheet has rounded, a byte order
mark, any separator but the comma, any encoding but UTF-8, columns that are not known.
"""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, TypeVar

import attrs

from mutualaid_core.domain.claims.settlement import AMOUNT_FIELDS, Settlement
from mutualaid_core.domain.membership.contribution import PayerShare
from mutualaid_core.domain.membership.unit import Unit
from mutualaid_core.domain.scheme.dues import FundingSource
from mutualaid_core.domain.values.identifiers import PoolId, parse_institution_code
from mutualaid_core.domain.values.personal import Diagnosis, PersonName, Sex
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.intake import cells
from mutualaid_core.intake.damage import Form, shown_figures
from mutualaid_core.intake.problem import Trouble
from mutualaid_core.intake.table import Column, Row, Table, read_table
from mutualaid_core.services.membership.joiner import Joiner
from mutualaid_core.services.year import RosterLine, RosterUnit

Entity = TypeVar("Entity")
Values = Mapping[str, Any]
Contradictions = Iterator[tuple[str, str, str]]
"""Field, what may be shown of it, and the rule that it breaks together with others of its row."""

UNITS_FILE, ROSTER_FILE, SETTLEMENTS_FILE = "units.csv", "roster.csv", "settlements.csv"


def _figures(name: str, parse: Callable[[str], Any]) -> Column:
    return Column(name=name, parse=parse, form=Form.FIGURES)


def _code(name: str, parse: Callable[[str], Any]) -> Column:
    return Column(name=name, parse=parse, form=Form.CODE)


def _day(name: str, parse: Callable[[str], Any] = cells.day) -> Column:
    return Column(name=name, parse=parse, form=Form.FIGURES, trouble=Trouble.DAY)


def _name(name: str) -> Column:
    return Column(name=name, parse=PersonName, form=Form.NAME, mask=cells.mask_name)


def _id_number(name: str) -> Column:
    return Column(
        name=name, parse=cells.resident_id, form=Form.FIGURES, trouble=Trouble.ID_NUMBER, mask=cells.mask_id
    )


def _amounts(*names: str, default: str | None = None) -> tuple[Column, ...]:
    return tuple(
        Column(name=name, parse=cells.amount, form=Form.AMOUNT, trouble=Trouble.AMOUNT, default=default)
        for name in names
    )


UNIT_COLUMNS: Final = (
    _code("unit_code", cells.unit_code),
    Column(name="unit_name", parse=cells.text),
    _figures("eligible_workers", cells.one_or_more),
    _figures("enrolled_workers", cells.count),
    Column(
        name="credit_code",
        parse=cells.credit_code,
        form=Form.CODE,
        default=cells.NO_CREDIT_CODE,
        blank_is_default=True,
    ),
)
"""Columns of ``units.csv`` (单位表)."""

PAYERS: Final = {
    "paid_by_member": FundingSource.MEMBER,
    "paid_by_unit": FundingSource.EMPLOYER,
    "paid_by_union": FundingSource.UNION,
    "paid_by_government": FundingSource.GOVERNMENT,
    "paid_by_donation": FundingSource.DONATION,
}
"""Columns of what each payer bears (分担列), with the payer."""

ROSTER_COLUMNS: Final = (
    _code("unit_code", cells.unit_code),
    _name("name"),
    _id_number("id_number"),
    _figures("sex", cells.sex),
    attrs.evolve(_day("birth_date"), mask=cells.mask_all),
    _figures("insurance_type", cells.insurance_type),
    _code("employment", cells.employment),
    _figures("shares", cells.one_or_more),
    attrs.evolve(_amounts("contribution")[0], parse=cells.contribution),
    *_amounts("paid_by_member", "paid_by_unit"),
    *_amounts("paid_by_union", "paid_by_government", "paid_by_donation", default="0"),
)
"""Columns of ``roster.csv`` (参加名单)."""

SETTLEMENT_COLUMNS: Final = (
    _code("setl_id", cells.opaque_id),
    _id_number("certno"),
    _name("psn_name"),
    _code("unit_code", cells.unit_code),
    _code("fixmedins_code", parse_institution_code),
    Column(name="fixmedins_name", parse=cells.text),
    _code("hosp_lv", cells.hospital_level),
    _code("med_type", cells.code),
    _figures("insutype", cells.insurance_type),
    _day("begndate"),
    _day("enddate"),
    _day("setl_time", cells.instant),
    Column(name="dise_code", parse=Diagnosis, mask=cells.mask_all),
    *_amounts(*(name for name in AMOUNT_FIELDS if name != "acct_mulaid_pay")),
    *_amounts("acct_mulaid_pay", default="0"),
    _figures("refd_setl_flag", cells.flag),
)
"""Columns of ``settlements.csv`` (结算单), by their national names."""


def read_units(folder: Path, pool_id: PoolId) -> tuple[list[tuple[int, RosterUnit, int]], Table]:
    """Units with the number of their row and of those enrolled, and the table with its problems."""
    table = read_table(folder / UNITS_FILE, UNIT_COLUMNS, key="unit_code")

    def unit(values: Values) -> tuple[RosterUnit, int]:
        own = Unit(
            unit_id=values["unit_code"],
            name=values["unit_name"],
            pool_id=pool_id,
            credit_code=values["credit_code"],
        )
        return RosterUnit(unit=own, eligible=values["eligible_workers"]), values["enrolled_workers"]

    built = _build(table, unit, _unit_contradictions)
    return [(row.number, made[0], made[1]) for row, made in built], table


def read_roster(folder: Path) -> tuple[list[tuple[int, RosterLine]], Table]:
    """Roster lines with the number of their row, and the table with its problems."""
    table = read_table(folder / ROSTER_FILE, ROSTER_COLUMNS, key="id_number")
    return [(row.number, line) for row, line in _build(table, _roster_line, _roster_contradictions)], table


def read_settlements(folder: Path) -> tuple[list[tuple[int, Settlement]], Table]:
    """Settlements with the number of their row, and the table with its problems."""
    table = read_table(folder / SETTLEMENTS_FILE, SETTLEMENT_COLUMNS, key="setl_id")
    built = _build(table, lambda values: Settlement(**values), _settlement_contradictions)
    return [(row.number, settlement) for row, settlement in built], table


def _build(
    table: Table, make: Callable[[Values], Entity], contradictions: Callable[[Values], Contradictions]
) -> list[tuple[Row, Entity]]:
    """The entity of each row; cells that contradict each other become problems, in partial rows too."""
    contradicted = set()
    for row in table.every_row():
        for field, value, rule in contradictions(row.values):
            table.add(row.number, field, Trouble.VALUE, value, rule)
            contradicted.add(row.number)
    built = []
    for row in table.rows:
        try:
            built += [] if row.number in contradicted else [(row, make(row.values))]
        except InvalidValueError as error:
            table.add(row.number, error.field, Trouble.VALUE, "", error.rule)
    return built


def has(values: Values, *names: str) -> bool:
    """Whether all these cells of a row could be read."""
    return all(name in values for name in names)


def _unit_contradictions(values: Values) -> Contradictions:
    if has(values, "eligible_workers", "enrolled_workers"):
        eligible, enrolled = values["eligible_workers"], values["enrolled_workers"]
        if enrolled > eligible:
            yield "enrolled_workers", shown_figures(str(enrolled)), "must be <= eligible_workers"


def _roster_contradictions(values: Values) -> Contradictions:
    if has(values, "id_number", "birth_date") and values["id_number"].birth_date != values["birth_date"]:
        yield "birth_date", "***", "must agree with the ID number"
    is_stated = has(values, "id_number", "sex") and values["sex"] in {Sex.MALE, Sex.FEMALE}
    if is_stated and values["sex"] is not values["id_number"].sex:
        yield "sex", str(values["sex"].value), "must agree with the ID number"
    if has(values, "contribution", *PAYERS):
        parts = sum(values[name].fen for name in PAYERS)
        if parts != values["contribution"].fen:
            rule = f"must be the sum of its payers, {shown_figures(f'{parts // 100}.{parts % 100:02d}')}"
            yield "contribution", shown_figures(str(values["contribution"])), rule


def _settlement_contradictions(values: Values) -> Contradictions:
    if has(values, "begndate", "enddate") and values["enddate"] < values["begndate"]:
        yield "enddate", "", "must not be before begndate"


def _roster_line(values: Values) -> RosterLine:
    split = tuple(
        PayerShare(payer=payer, amount=values[name]) for name, payer in PAYERS.items() if values[name]
    )
    joiner = Joiner(
        name=values["name"],
        id_number=values["id_number"],
        sex=values["sex"],
        birth_date=values["birth_date"],
        insurance_type=values["insurance_type"],
        employment=values["employment"],
        shares=values["shares"],
    )
    return RosterLine(unit_id=values["unit_code"], joiner=joiner, amount=values["contribution"], split=split)
