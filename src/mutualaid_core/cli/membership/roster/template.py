"""Template of a roster (名册模板): its head, and what each column holds."""

from collections.abc import Mapping
from typing import Final

from mutualaid_core.cli.output import Output
from mutualaid_core.domain.membership.unit import UnitKind
from mutualaid_core.domain.scheme.policy.membership import MemberClass
from mutualaid_core.intake.rosters.codes import EMPLOYMENTS, INSURANCES, SEXES, Code, told
from mutualaid_core.intake.rosters.columns import (
    ROSTER_ALIASES,
    ROSTER_COLUMNS,
    UNIT_ALIASES,
    UNIT_COLUMNS,
)


def _words(kind: type[MemberClass | UnitKind]) -> str:
    return ", ".join(str(member.value) for member in kind)


def _named(names: Mapping[Code, str]) -> str:
    return "、".join(f"{code.value} {name}" for code, name in names.items())


MEANINGS: Final[dict[str, tuple[str, str]]] = {
    "unit_code": ("单位编号", "id of the unit"),
    "name": ("姓名", "name"),
    "id_number": ("公民身份号码、港澳台居住证或外国人永久居留证号码", "resident ID number"),
    "sex": (f"性别，填代码或名称：{_named(SEXES)}", f"sex, the code or its name: {told(SEXES)}"),
    "birth_date": ("出生日期", "day of birth"),
    "insurance_type": (
        f"险种类型，填代码或名称：{_named(INSURANCES)}",
        f"basic insurance, the code or its name: {told(INSURANCES)}",
    ),
    "employment": (
        f"用工形式，填代码或名称：{_named(EMPLOYMENTS)}",
        f"form of employment, the word or its name: {told(EMPLOYMENTS)}",
    ),
    "shares": ("参加份数", "shares wanted"),
    "joins": ("是否参加，1（是）或 0（否），默认 1", "whether the worker joins, 1 (是) or 0 (否), default 1"),
    "parts": ("参加项目，多项用 ; 分隔", "parts of the scheme, several separated by ;"),
    "classes": (f"会员类别：{_words(MemberClass)}", f"classes of members: {_words(MemberClass)}"),
    "group": ("赠送项目的人群", "group that programmes of gifts name"),
    "hired_on": ("入职日期", "first day of work"),
    "unit_name": ("单位名称", "name of the unit"),
    "pool_id": ("统筹区", "pooling region"),
    "credit_code": ("统一社会信用代码，没有填 none", "unified social credit code, or none"),
    "kind": (f"单位性质：{_words(UnitKind)}", f"what the unit is: {_words(UnitKind)}"),
    "division": ("注册地行政区划代码", "division where it is registered"),
    "workplace": ("工作地行政区划代码", "division where its workers work"),
    "parent_id": ("上级工会", "organisation to which it belongs"),
    "eligible_workers": ("职工人数，与名册核对", "workers, compared with the roster"),
    "enrolled_workers": ("参加人数，与名册核对", "workers who join, compared with the roster"),
}
"""What each column holds, in Chinese and English."""

_REQUIRED_OF_UNITS: Final = frozenset({"unit_code", "unit_name"})


def show_template(output: Output, *, of_units: bool) -> int:
    """Print the head, and a line for each column."""
    columns = UNIT_COLUMNS if of_units else ROSTER_COLUMNS
    aliases = UNIT_ALIASES if of_units else ROSTER_ALIASES
    required = _REQUIRED_OF_UNITS if of_units else {each.name for each in columns if each.default is None}
    plain = [
        {
            "column": column.name,
            "required": column.name in required,
            "aliases": [alias for alias, name in aliases.items() if name == column.name],
            "meaning": {"zh": MEANINGS[column.name][0], "en": MEANINGS[column.name][1]},
        }
        for column in columns
    ]
    output.document({"columns": plain})
    head = ",".join(column.name for column in columns)
    output.say(head, head)
    for column in columns:
        zh, en = MEANINGS[column.name]
        is_required = column.name in required
        output.say(
            f"{column.name}：{'必填' if is_required else '可空'}；{zh}",
            f"{column.name}: {'required' if is_required else 'optional'}; {en}",
        )
    return 0
