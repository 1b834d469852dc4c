"""Plan (发展规划): how many members a region means to have in each year."""

import attrs

from mutualaid_core.domain.values.checks import checked, identifier, positive
from mutualaid_core.domain.values.identifiers import PoolId
from mutualaid_core.domain.values.personal import impersonal_text


@attrs.frozen(kw_only=True, field_transformer=checked)
class PlanTarget:
    """Target of a year (年度目标) in a region's plan.

    Attributes:
        pool_id: Pooling region.
        year: The year.
        persons: Members that it means to have.
        document: Number of the plan.

    Clause:
        ACFTU-4.3b
    """

    pool_id: PoolId = attrs.field(validator=identifier)
    year: int = attrs.field(validator=positive)
    persons: int = attrs.field(validator=positive)
    document: str = attrs.field(validator=impersonal_text)
