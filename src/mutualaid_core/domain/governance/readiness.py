"""Readiness (启动条件): what a region shows before a scheme starts there."""

import enum

import attrs

from mutualaid_core.domain.values.checks import checked, identifier, not_blank, not_negative, positive
from mutualaid_core.domain.values.identifiers import PolicyId, PoolId
from mutualaid_core.domain.values.personal import impersonal_text
from mutualaid_core.errors import InvalidValueError


class ReadinessItem(enum.Enum):
    """Item of the checklist (启动条件项)."""

    LEGAL_PERSON = "legal_person"
    """经办机构法人资格"""
    ACCOUNT = "account"
    """互助金专户"""
    STAFF = "staff"
    """经办人员"""
    SYSTEM = "system"
    """信息系统"""
    POOL_SIZE = "pool_size"
    """互助规模"""
    PRICING_MEMO = "pricing_memo"
    """定价备忘录"""


@attrs.frozen(kw_only=True, field_transformer=checked)
class ItemShown:
    """An item for which there is a document (已具备条件).

    Attributes:
        item: Item.
        document: Its number.
    """

    item: ReadinessItem
    document: str = attrs.field(validator=impersonal_text)


@attrs.frozen(kw_only=True, field_transformer=checked)
class Checklist:
    """Checklist (启动条件核对表) of one region.

    Attributes:
        pool_id: Pooling region.
        shown: Items for which there is a document.
        lives: Persons who would join.
        lives_min: Persons that the pool must have.
        lives_source: Who set that.

    Clause:
        ACFTU-4.1
    """

    pool_id: PoolId = attrs.field(validator=identifier)
    shown: tuple[ItemShown, ...]
    lives: int = attrs.field(validator=not_negative)
    lives_min: int = attrs.field(validator=positive)
    lives_source: str = attrs.field(validator=not_blank)

    def __attrs_post_init__(self) -> None:
        """Refuse an item shown twice."""
        if len({each.item for each in self.shown}) != len(self.shown):
            raise InvalidValueError("shown", "must name each item once", len(self.shown))


@attrs.frozen(kw_only=True, field_transformer=checked)
class ParameterBasis:
    """Basis of a region's parameters (参数测算依据): the three facts on which they must rest.

    Attributes:
        pool_id: Pooling region.
        policy_id: Policy that holds its parameters.
        economy: Document on the region's economy (经济发展水平).
        protection: Document on its medical insurance (医疗保障状况).
        workforce: Document on its workers (职工队伍规模).

    Clause:
        ACFTU-3.1c
    """

    pool_id: PoolId = attrs.field(validator=identifier)
    policy_id: PolicyId = attrs.field(validator=identifier)
    economy: str = attrs.field(validator=not_blank)
    protection: str = attrs.field(validator=not_blank)
    workforce: str = attrs.field(validator=not_blank)
