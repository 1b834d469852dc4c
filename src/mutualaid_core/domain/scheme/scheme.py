"""Scheme (互助项目): what members join, whose terms are dated versions."""

import enum
from typing import Final

import attrs

from mutualaid_core.domain.values.checks import checked, identifier, not_blank
from mutualaid_core.domain.values.identifiers import PolicyId, PoolId, SchemeId
from mutualaid_core.errors import InvalidValueError

RESERVED_ID: Final = "system"
"""Name of the journal chain of what belongs to no scheme."""


class SchemeKind(enum.Enum):
    """Category of a scheme (ACFTU-S1.1); savings and annuities are none."""

    INPATIENT = "inpatient"
    OUTPATIENT = "outpatient"
    CRITICAL_ILLNESS = "critical_illness"
    WOMENS_ILLNESS = "womens_illness"
    ACCIDENT = "accident"
    COMPOSITE = "composite"


@attrs.frozen(kw_only=True, field_transformer=checked)
class Scheme:
    """Scheme (互助项目). Its id is also the id of its book and of its journal chain.

    Attributes:
        scheme_id: Id.
        name: Name as printed.
        kind: Category.
        policy_id: Policy that its versions must keep to; the parent programme (HN-0.3).
        pool_id: Pooling region whose money it is.
        sponsor: The one sponsoring union (主办工会).
        operator: The one operating organisation (经办机构).

    Clause:
        ACFTU-4.3a, ACFTU-S1.1, HN-0.3
    """

    scheme_id: SchemeId = attrs.field(validator=identifier)
    name: str = attrs.field(validator=not_blank)
    kind: SchemeKind
    policy_id: PolicyId = attrs.field(validator=identifier)
    pool_id: PoolId = attrs.field(validator=identifier)
    sponsor: str = attrs.field(validator=not_blank)
    operator: str = attrs.field(validator=not_blank)

    def __attrs_post_init__(self) -> None:
        """Refuse the name of the journal chain of what belongs to no scheme."""
        if self.scheme_id == RESERVED_ID:
            raise InvalidValueError("scheme_id", f"must not be {RESERVED_ID}", self.scheme_id)
