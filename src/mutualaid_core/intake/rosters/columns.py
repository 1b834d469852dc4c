"""Columns (名册列): what a roster and a file of units may hold, and under which other names."""

from collections.abc import Mapping
from typing import Final

from mutualaid_core.domain.membership.unit import UnitKind
from mutualaid_core.domain.scheme.policy.membership import MemberClass
from mutualaid_core.domain.values.identifiers import parse_division_code
from mutualaid_core.domain.values.personal import PersonName
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.intake import cells
from mutualaid_core.intake.damage import Form
from mutualaid_core.intake.problem import Trouble
from mutualaid_core.intake.rosters import codes
from mutualaid_core.intake.table import Column

SHARES_MAX: Final = 9_999
"""No scheme sells more shares to a person."""

_SEPARATOR: Final = ";"
_PARTS_MAX: Final = 20


def _words(cell: str) -> tuple[str, ...]:
    """Ids separated by semicolons, each once.

    Raises:
        InvalidValueError: One is no id, or stands twice.
    """
    words = tuple(cells.impersonal_id(word) for word in cell.split(_SEPARATOR))
    if len(set(words)) != len(words) or len(words) > _PARTS_MAX:
        raise InvalidValueError("parts", "must name each word once", len(words))
    return words


def _classes(cell: str) -> tuple[MemberClass, ...]:
    known = {member.value: member for member in MemberClass}
    words = _words(cell)
    if not known.keys() >= set(words):
        raise InvalidValueError("classes", f"must be one of {', '.join(known)}", len(words))
    return tuple(known[word] for word in words)


def _kind(cell: str) -> UnitKind:
    known = {member.value: member for member in UnitKind}
    if cell not in known:
        raise InvalidValueError("kind", f"must be one of {', '.join(known)}", len(cell))
    return known[cell]


def _shares(cell: str) -> int:
    shares = cells.one_or_more(cell)
    if shares > SHARES_MAX:
        raise InvalidValueError("shares", f"must be <= {SHARES_MAX}", shares)
    return shares


def _day(name: str, default: str | None = None) -> Column:
    return Column(
        name=name,
        parse=cells.day,
        form=Form.FIGURES,
        trouble=Trouble.DAY,
        default=default,
        mask=cells.mask_all,
    )


def _optional(name: str, parse: object, form: Form = Form.CODE) -> Column:
    assert callable(parse)
    return Column(name=name, parse=parse, form=form, default="", blank_is_default=True)


ROSTER_COLUMNS: Final = (
    Column(name="unit_code", parse=cells.unit_code, form=Form.CODE),
    Column(name="name", parse=PersonName, form=Form.NAME, mask=cells.mask_name),
    Column(
        name="id_number",
        parse=cells.resident_id,
        form=Form.FIGURES,
        trouble=Trouble.ID_NUMBER,
        mask=cells.mask_id,
    ),
    Column(name="sex", parse=codes.sex, form=Form.CODE),
    _day("birth_date"),
    Column(name="insurance_type", parse=codes.insurance_type, form=Form.CODE),
    Column(name="employment", parse=codes.employment, form=Form.CODE),
    Column(name="shares", parse=_shares, form=Form.FIGURES),
    _optional("joins", codes.flag),
    _optional("parts", _words),
    _optional("classes", _classes),
    _optional("group", cells.impersonal_id),
    _day("hired_on", default=""),
)
"""Columns of a roster (名册); those with a default may be absent or blank."""

PERSONAL: Final = ("unit_code", "name", "id_number", "sex", "birth_date")
"""The columns that differ from row to row; the others recur."""

LEFT_ALONE: Final = frozenset(
    {
        *("contribution", "paid_by_member", "paid_by_unit"),
        *("paid_by_union", "paid_by_government", "paid_by_donation", "paid_directly"),
    }
)
"""Columns of money, which a roster may hold for other commands and which are not read here."""

ROSTER_ALIASES: Final[Mapping[str, str]] = {
    "单位编码": "unit_code",
    "单位代码": "unit_code",
    "单位编号": "unit_code",
    "姓名": "name",
    "职工姓名": "name",
    "证件号码": "id_number",
    "身份证号": "id_number",
    "身份证号码": "id_number",
    "公民身份号码": "id_number",
    "性别": "sex",
    "出生日期": "birth_date",
    "险种类型": "insurance_type",
    "医保类型": "insurance_type",
    "用工形式": "employment",
    "份数": "shares",
    "参加份数": "shares",
    "是否参加": "joins",
    "参加项目": "parts",
    "会员类别": "classes",
    "人群": "group",
    "入职日期": "hired_on",
    "缴费金额": "contribution",
    "个人缴纳": "paid_by_member",
    "单位缴纳": "paid_by_unit",
    "直接缴纳": "paid_directly",
}
"""Chinese names of the columns."""

UNIT_COLUMNS: Final = (
    Column(name="unit_code", parse=cells.unit_code, form=Form.CODE),
    Column(name="unit_name", parse=cells.text),
    Column(name="pool_id", parse=cells.impersonal_id, form=Form.CODE),
    Column(name="credit_code", parse=cells.credit_code, form=Form.CODE),
    Column(name="kind", parse=_kind, form=Form.CODE),
    Column(name="division", parse=parse_division_code, form=Form.FIGURES),
    Column(name="workplace", parse=parse_division_code, form=Form.FIGURES),
    Column(name="parent_id", parse=cells.impersonal_id, form=Form.CODE),
    Column(name="eligible_workers", parse=cells.one_or_more, form=Form.FIGURES),
    Column(name="enrolled_workers", parse=cells.count, form=Form.FIGURES),
)
"""Columns of a file of units (单位表)."""

UNIT_ALIASES: Final[Mapping[str, str]] = {
    "单位编码": "unit_code",
    "单位代码": "unit_code",
    "单位编号": "unit_code",
    "单位名称": "unit_name",
    "统筹区": "pool_id",
    "统一社会信用代码": "credit_code",
    "单位性质": "kind",
    "注册地": "division",
    "行政区划代码": "division",
    "工作地": "workplace",
    "上级工会": "parent_id",
    "职工人数": "eligible_workers",
    "参加人数": "enrolled_workers",
}
"""Chinese names of the columns."""
