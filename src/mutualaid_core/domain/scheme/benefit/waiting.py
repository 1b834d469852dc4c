"""Waiting (免责期): what is paid for an event early in the cover."""

import attrs

from mutualaid_core.domain.scheme.benefit.conditions import Condition
from mutualaid_core.domain.values.checks import at_least, checked, not_blank, positive
from mutualaid_core.domain.values.money import Money
from mutualaid_core.errors import InvalidValueError


@attrs.frozen(kw_only=True, field_transformer=checked)
class WaitingGrade:
    """One grade (免责期分级): an event up to and including a day of cover gives a fixed sum.

    Attributes:
        through_day: Last day of cover of this grade, included.
        pays: What is paid instead of the benefit; zero for nothing.
        times_shares: Whether that sum is paid for each share.
    """

    through_day: int = attrs.field(validator=positive)
    pays: Money = attrs.field(validator=at_least(0))
    times_shares: bool = False


@attrs.frozen(kw_only=True, field_transformer=checked)
class Waiting:
    """Waiting (免责期). A scheme without one says so with an empty list of grades.

    Attributes:
        grades: In ascending order of days; empty for no waiting.
        first_day_counts: Whether the first day of cover is day 1; otherwise the day after it is.
        waived_when: Where all these hold there is no waiting (renewal, for example); an empty
            list waives nothing.
        source: Where the rule is printed.

    Clause:
        HN-4.4.2b
    """

    grades: tuple[WaitingGrade, ...]
    first_day_counts: bool = True
    waived_when: tuple[Condition, ...] = ()
    source: str = attrs.field(validator=not_blank)

    def __attrs_post_init__(self) -> None:
        """Refuse grades whose days do not rise."""
        for lower, upper in zip(self.grades, self.grades[1:], strict=False):
            if upper.through_day <= lower.through_day:
                raise InvalidValueError("through_day", f"must be > {lower.through_day}", upper.through_day)

    @property
    def days(self) -> int:
        """Days of cover on which the full benefit is not yet paid."""
        return self.grades[-1].through_day if self.grades else 0
