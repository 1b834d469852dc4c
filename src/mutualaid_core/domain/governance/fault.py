"""Fault (违规项): what a clause does not allow, as a result and not as an exception."""

import attrs

from mutualaid_core.clauses import check_clause
from mutualaid_core.domain.values.checks import checked, not_blank


@attrs.frozen(kw_only=True, field_transformer=checked)
class Fault:
    """Fault (违规项) found by a rule; the act it stands in has an outcome that follows from it.

    Attributes:
        subject: What it is about: a parameter's path, a unit, a member's pseudonym.
        rule: What is asked, for example ``must be 40.00 to 60.00``.
        found: What was found; masked where personal.
        clause: Clause that asks it.
    """

    subject: str = attrs.field(validator=not_blank)
    rule: str = attrs.field(validator=not_blank)
    found: str = attrs.field(validator=not_blank)
    clause: str

    def __attrs_post_init__(self) -> None:
        """Refuse a clause that does not exist."""
        check_clause(self.clause)

    def __str__(self) -> str:
        """One sentence with subject, rule, value and clause."""
        return f"{self.subject} {self.rule}, got {self.found} [{self.clause}]"
