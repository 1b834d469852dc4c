"""Cells: what is taken for a value, what is refused, and what is shown of it."""

import datetime
import time
from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mutualaid_core.domain.claims.settlement import HospitalLevel
from mutualaid_core.domain.values.dates import parse_day
from mutualaid_core.domain.values.identifiers import parse_institution_code
from mutualaid_core.domain.values.money import Money
from mutualaid_core.domain.values.personal import Diagnosis, PersonName, ResidentId, Sex
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.intake import cells
from mutualaid_core.intake.damage import Form, damage_of, shown_day, shown_figures
from mutualaid_core.intake.problem import Trouble

PARSERS = [
    cells.text,
    cells.count,
    cells.one_or_more,
    cells.amount,
    cells.contribution,
    cells.day,
    cells.instant,
    cells.code,
    cells.opaque_id,
    cells.unit_code,
    cells.credit_code,
    cells.resident_id,
    cells.sex,
    cells.flag,
    cells.insurance_type,
    cells.employment,
    cells.hospital_level,
    parse_day,
    parse_institution_code,
    PersonName,
    Diagnosis,
]
ODD_TEXTS = st.one_of(
    st.text(),
    st.text(alphabet="0123456789.,-+eExX:TZ年月日／－\uff10\uff11 \t\r\n\x00'=@"),
    st.characters(categories=["Cs", "Co", "Cn", "Nd", "Cf"]),
)


@pytest.mark.parametrize("parse", PARSERS)
@given(cell=ODD_TEXTS)
@example(cell="")
@example(cell="\ud800")
@example(cell="9" * 5000)
def test_parser_answers_or_refuses(parse: Callable[[str], object], cell: str) -> None:
    """A parser must answer a value or refuse by its own error, whatever the cell holds."""
    told = ""
    try:
        parse(cell)
    except InvalidValueError as error:
        told = str(error)
    assert len(cell) <= 10 or cell not in told


@pytest.mark.parametrize("parse", [*PARSERS, shown_figures, shown_day, cells.mask_id, cells.mask_name])
@pytest.mark.parametrize("piece", ["1", "1,", "1.", "-", "=", "三", "2014-", "E+", " ", "\x00", "x'"])
def test_parser_is_linear(parse: Callable[[str], object], piece: str) -> None:
    """A cell of a hundred thousand characters must be answered or refused at once."""
    cell = (piece * 100_000)[:100_000]
    start = time.process_time()
    with suppress(InvalidValueError):
        parse(cell)
    assert time.process_time() - start < 5


@pytest.mark.parametrize("form", Form)
@given(cell=ODD_TEXTS.filter(str.strip))
def test_damage_is_one_kind_or_none(form: Form, cell: str) -> None:
    """Looking a cell over for damage must never fail."""
    assert damage_of(cell, form) is None or isinstance(damage_of(cell, form), Trouble)


@pytest.mark.parametrize(
    ("parse", "cell", "value"),
    [
        (cells.amount, "0", Money(0)),
        (cells.amount, "0.00", Money(0)),
        (cells.amount, "50.5", Money(5050)),
        (cells.contribution, "50.00", Money(5000)),
        (cells.count, "0", 0),
        (cells.one_or_more, "1", 1),
        (cells.flag, "1", True),
        (cells.sex, "9", Sex.NOT_STATED),
        (cells.credit_code, "none", None),
        (cells.credit_code, "81430000MC00000016", "81430000MC00000016"),
        (cells.resident_id, "43052919810509950x", ResidentId("43052919810509950X")),
        (cells.resident_id, "610103850307001", ResidentId("610103198503070014")),
        (cells.day, "2014-02-28", datetime.date(2014, 2, 28)),
        (cells.unit_code, "单位-1", "单位-1"),
        (cells.code, "9901", "9901"),
    ],
)
def test_value(parse: Callable[[str], object], cell: str, value: object) -> None:
    """A cell as people write it must become its value."""
    assert parse(cell) == value


@pytest.mark.parametrize(
    "cell", ["3", "03", "三级", "三级甲等", "三级甲", "三甲", "三级医院", "三级特等", "三甲医院"]
)
def test_level_of_a_hospital(cell: str) -> None:
    """The level must be read in each way in which it is written; the grade is let go."""
    assert cells.hospital_level(cell) is HospitalLevel.THIRD


@pytest.mark.parametrize("cell", ["9", "09", "未定级"])
def test_hospital_without_a_level(cell: str) -> None:
    """A hospital without a level must be read as one."""
    assert cells.hospital_level(cell) is HospitalLevel.NONE


@pytest.mark.parametrize(
    ("parse", "cell", "rule"),
    [
        (cells.amount, "-0.01", ">= 0"),
        (cells.amount, "1.234", "two decimals"),
        (cells.amount, "1,234.50", "without thousands marks"),
        (cells.amount, "¥5", "two decimals"),
        (cells.amount, "NaN", "two decimals"),
        (cells.amount, "1_000", "two decimals"),
        (cells.amount, "100000000.01", "<= 100,000,000.00"),
        (cells.contribution, "0.00", "above 0"),
        (cells.contribution, "1000000.01", "above 0"),
        (cells.count, "07", "whole number"),
        (cells.count, "1.0", "whole number"),
        (cells.one_or_more, "0", ">= 1"),
        (cells.day, "2014-02-30", "must exist"),
        (cells.day, "2014/02/28", "YYYY-MM-DD"),
        (cells.day, "20140228", "YYYY-MM-DD"),
        (cells.day, "1066-10-14", "between 1850 and 2199"),
        (cells.instant, "2014-01-26T25:00:00", "must exist"),
        (cells.instant, "2014-01-26", "YYYY-MM-DDThh:mm:ss"),
        (cells.instant, "2014-01-26T10:00:00+99:99", "must exist"),
        (cells.hospital_level, "四级", "one of"),
        (cells.hospital_level, "003", "one of"),
        (cells.hospital_level, "三", "one of"),
        (cells.resident_id, "430529198405206216", "check character"),
        (cells.resident_id, "430529198413206215", "birth date"),
        (cells.unit_code, "a b", "without blanks"),
        (cells.unit_code, "a/b", "without blanks"),
        (cells.unit_code, "a" * 41, "at most 40 bytes"),
        (cells.credit_code, "81430000MC00000017", "check character"),
        (cells.text, "a\x1bb", "printable"),
    ],
)
def test_refusal(parse: Callable[[str], object], cell: str, rule: str) -> None:
    """What is no value must be refused with the rule that it breaks."""
    with pytest.raises(InvalidValueError) as caught:
        parse(cell)
    assert rule in caught.value.rule


def test_moment_without_a_zone_is_chinese() -> None:
    """A moment without a zone must be one of China Standard Time."""
    assert cells.instant("2014-01-26 10:00:00") == cells.instant("2014-01-26T10:00:00+08:00")


@pytest.mark.parametrize(
    ("mask", "cell", "shown"),
    [
        (cells.mask_id, "430529198405206215", "430***********6215"),
        (cells.mask_id, "43052919810509950x", "430***********950x"),
        (cells.mask_id, "610103850307001", "*" * 15),
        (cells.mask_id, "欧阳娜娜", "****"),
        (cells.mask_id, "abcdefghijklmnopqr", "*" * 18),
        (cells.mask_name, "欧阳娜娜", "****"),
        (cells.mask_name, "430529198405206215", "*" * 10),
        (cells.mask_all, "1957-04-15", "***"),
        (shown_figures, "-5.00", "-5.00"),
        (shown_figures, "13800138000", "11 characters"),
        (shown_figures, "1957-04-15", "10 characters"),
        (shown_figures, "E11.900", "7 characters"),
        (shown_day, "2014-02-30", "2014-02-30"),
        (shown_day, "1957-04-15", "####-##-##"),
        (shown_day, "1957.4.15", "####.#.##"),
        (shown_day, "欧阳娜娜", "4 characters"),
    ],
)
def test_what_is_shown(mask: Callable[[str], str], cell: str, shown: str) -> None:
    """Of a cell that may be personal, no more must be shown than its form."""
    assert mask(cell) == shown


@pytest.mark.parametrize(
    ("cell", "form", "trouble"),
    [
        ("=1+1", Form.TEXT, Trouble.FORMULA),
        ("＝1+1", Form.TEXT, Trouble.FORMULA),
        ("@SUM(A1)", Form.CODE, Trouble.FORMULA),
        ("+1", Form.AMOUNT, Trouble.FORMULA),
        ("-2+3+cmd|' /C calc'!A0", Form.TEXT, Trouble.FORMULA),
        ("-5.00", Form.AMOUNT, None),
        ("'430529", Form.FIGURES, Trouble.APOSTROPHE),
        ("4.30529E+17", Form.FIGURES, Trouble.DAMAGED_NUMBER),
        ("4.30529E+17", Form.CODE, Trouble.DAMAGED_NUMBER),
        ("430529195704159000.0", Form.FIGURES, Trouble.DAMAGED_NUMBER),
        ("1.5e3", Form.AMOUNT, Trouble.DAMAGED_NUMBER),
        ("10000000000.00", Form.AMOUNT, None),
        ("1E5", Form.CODE, None),
        (" a", Form.TEXT, Trouble.BLANKS_AROUND),
        ("a\N{IDEOGRAPHIC SPACE}", Form.TEXT, Trouble.BLANKS_AROUND),
        ("\uff15\uff10", Form.FIGURES, Trouble.WIDE_CHARACTERS),
        ("\uff21\uff22", Form.CODE, Trouble.WIDE_CHARACTERS),
        ("第\uff11小学", Form.TEXT, None),
        ("三级", Form.CODE, None),
        ("a\x00b", Form.TEXT, Trouble.WIDE_CHARACTERS),
        ("a\u202eb", Form.TEXT, Trouble.WIDE_CHARACTERS),
        ("张\ue000", Form.NAME, None),
        ("张\N{REPLACEMENT CHARACTER}", Form.NAME, Trouble.DAMAGED_TEXT),
        ("a" * 201, Form.TEXT, Trouble.LONG_CELL),
    ],
)
def test_damage(cell: str, form: Form, trouble: Trouble | None) -> None:
    """What went wrong on the way into a file must be told from what is merely no value."""
    assert damage_of(cell, form) is trouble
