"""Pooling region (统筹区域): whose money is one pool."""

import enum

import attrs

from mutualaid_core.domain.values.checks import checked, identifier, not_blank, optional
from mutualaid_core.domain.values.identifiers import DivisionCode, PoolId, parse_division_code
from mutualaid_core.errors import InvalidValueError


class PoolType(enum.Enum):
    """What a pooling region rests on (ACFTU-18.2, HN-3.2.1b)."""

    GEOGRAPHIC = "geographic"
    ORGANS = "organs"
    INDUSTRY = "industry"
    CORPS = "corps"


class PoolLevel(enum.Enum):
    """Level at which money is pooled (ACFTU-4.2a); a county is not one."""

    PROVINCE = "province"
    CITY = "city"


@attrs.frozen(kw_only=True, field_transformer=checked)
class PoolingRegion:
    """Pooling region (统筹区域).

    Attributes:
        pool_id: Id; the organs of a province and industry unions have no division code.
        name: Name as printed.
        type: What it rests on.
        level: Level of pooling.
        division: Division code; required for a geographic region (ACFTU-18.2).
        supervisor: Name of the provincial supervisor; required below the province (ACFTU-4.2a).

    Clause:
        ACFTU-4.2a, ACFTU-18.2, HN-3.2.1b
    """

    pool_id: PoolId = attrs.field(validator=identifier)
    name: str = attrs.field(validator=not_blank)
    type: PoolType
    level: PoolLevel
    division: DivisionCode | None = None
    supervisor: str | None = attrs.field(default=None, validator=optional(not_blank))

    def __attrs_post_init__(self) -> None:
        """Refuse a geographic region without a right code and a city pool without a supervisor."""
        if self.type is PoolType.GEOGRAPHIC and self.division is None:
            raise InvalidValueError(
                "division", "must be given for a geographic region", None, clause="ACFTU-18.2"
            )
        if self.division is not None:
            parse_division_code(self.division)
        if self.level is PoolLevel.CITY and self.supervisor is None:
            raise InvalidValueError("supervisor", "must be given for a city pool", None, clause="ACFTU-4.2a")
