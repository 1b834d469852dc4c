"""Parts (参加项目): what a member may hold of a scheme: a main item, riders, alternatives."""

import attrs

from mutualaid_core.domain.values.checks import checked, identifier, not_blank
from mutualaid_core.errors import InvalidValueError


@attrs.frozen(kw_only=True, field_transformer=checked)
class Part:
    """Part (参加项目) of a scheme: main item (主险), rider (副险), or one of several to choose from.

    Attributes:
        part_id: Id within the scheme.
        name: Name as printed.
        needs: Parts that must be held with it (a rider needs its main item).
        excludes: Parts that must not be held with it (choose one of two).
        source: Where the rule is printed.

    Clause:
        SN-2.2.3a
    """

    part_id: str = attrs.field(validator=identifier)
    name: str = attrs.field(validator=not_blank)
    needs: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    source: str = attrs.field(validator=not_blank)

    def __attrs_post_init__(self) -> None:
        """Refuse a part that needs or excludes itself, or needs what it excludes."""
        if self.part_id in self.needs + self.excludes or set(self.needs) & set(self.excludes):
            raise InvalidValueError("needs", "must name other parts that are not excluded", self.part_id)
