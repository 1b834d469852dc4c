"""Remittance lists (缴费名单): for whom a unit paid, how much, and who bore it."""

from pathlib import Path
from typing import Final

import attrs

from mutualaid_core.domain.membership.contribution import PayerShare
from mutualaid_core.domain.scheme.dues import FundingSource
from mutualaid_core.domain.values.money import Money, total
from mutualaid_core.intake import cells
from mutualaid_core.intake.claims.sheet import DAMAGED, Sheet
from mutualaid_core.intake.damage import Form
from mutualaid_core.intake.membership.listed import Person, is_of_unit, person_of, read_list, refuse_faulty
from mutualaid_core.intake.problem import Problem, Trouble
from mutualaid_core.intake.rosters import codes
from mutualaid_core.intake.table import Column, Row
from mutualaid_core.intake.year_tables import PAYERS


def _amount(name: str) -> Column:
    return Column(name=name, parse=cells.amount, form=Form.AMOUNT, trouble=Trouble.AMOUNT)


DIRECTLY: Final = Column(name="paid_directly", parse=codes.flag, form=Form.CODE)
"""Whether somebody paid by hand (直接缴纳) where the unit deducts from the pay of the others."""

REMITTANCE_COLUMNS: Final = (
    attrs.evolve(_amount("contribution"), parse=cells.contribution),
    *map(_amount, PAYERS),
    DIRECTLY,
)
"""Columns of a remittance list (缴费名单) beside those of the persons."""


@attrs.frozen(kw_only=True)
class PaidRow:
    """Row (缴费行): one person with what was paid.

    Attributes:
        row: Row of the file.
        person: The person, by pseudonym or by ID number.
        amount: What was paid.
        split: Who bore it.
        paid_directly: Whether it was paid by hand, and not deducted from the pay.
    """

    row: int
    person: Person
    amount: Money
    split: tuple[PayerShare, ...]
    paid_directly: bool = False


@attrs.frozen(kw_only=True)
class RemittanceList:
    """Remittance list (缴费名单) that was read.

    Attributes:
        rows: Rows of the unit.
        others: Rows of other units, which were left alone.
        not_joining: Rows of the unit without money, of people who do not join.
        flags: What is to be looked at and stands against nothing: what a workbook hides.
    """

    rows: tuple[PaidRow, ...]
    others: int
    not_joining: int
    flags: tuple[Problem, ...] = ()


def read_remittance_list(path: Path, unit_id: str, payer: FundingSource) -> RemittanceList:
    """Read the list of a unit, CSV or a workbook, with every problem of every cell.

    Args:
        path: The file.
        unit_id: The unit; where the file names units, the rows of others are left alone.
        payer: Who bears it where the file names no payers.

    Raises:
        IntakeError: With every problem of the file.

    Clause:
        HN-3.1.2b, ACFTU-2.3a
    """
    sheet = read_list(path, REMITTANCE_COLUMNS)
    if sheet.given and "contribution" not in sheet.given:
        sheet.log.add(1, "contribution", Trouble.MISSING_COLUMN)
    own = [row for row in sheet.rows if is_of_unit(row, unit_id)]
    paying = [row for row in own if "contribution" in row.values or row.values.get("joins") is not False]
    rows = [made for row in paying if (made := _row(sheet, row, payer)) is not None]
    refuse_faulty(sheet, is_empty=not rows)
    return RemittanceList(
        rows=tuple(rows),
        others=len(sheet.rows) - len(own),
        not_joining=len(own) - len(paying),
        flags=tuple(sheet.flags.found),
    )


def _row(sheet: Sheet, row: Row, payer: FundingSource) -> PaidRow | None:
    """What a row tells; ``None`` where something is wrong with it, which is noted."""
    person, amount = person_of(sheet, row), row.values.get("contribution")
    if amount is None and "contribution" in sheet.given:
        sheet.log.add(row.number, sheet.name("contribution"), Trouble.BLANK)
    if person is None or not isinstance(amount, Money):
        return None
    return PaidRow(
        row=row.number,
        person=person,
        amount=amount,
        split=_split(sheet, row, amount, payer),
        paid_directly=row.values.get(DIRECTLY.name) is True,
    )


def _split(sheet: Sheet, row: Row, amount: Money, payer: FundingSource) -> tuple[PayerShare, ...]:
    """Who bore it; that it adds up is noted where it does not."""
    if not PAYERS.keys() & sheet.given.keys():
        return (PayerShare(payer=payer, amount=amount),)
    told = [(source, row.values[name]) for name, source in PAYERS.items() if name in row.values]
    if any(value is DAMAGED for _, value in told):
        return ()
    borne = total(value for _, value in told)
    if borne != amount:
        rule = f"must be the sum of its payers, {borne}"
        sheet.log.add(row.number, sheet.name("contribution"), Trouble.VALUE, amount.to_text(), rule)
    return tuple(PayerShare(payer=source, amount=value) for source, value in told if value)
