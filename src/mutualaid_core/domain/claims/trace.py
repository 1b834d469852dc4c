"""Trace (计算过程): every step of a decision, so that anybody can follow the figure."""

import enum
from typing import Final

import attrs

from mutualaid_core.clauses import check_clause
from mutualaid_core.domain.values.checks import checked, not_blank, not_empty
from mutualaid_core.domain.values.money import Money

TRACE_FORM: Final = 1
"""Version of the trace's form; a reader keeps reading older forms."""


class Rule(enum.Enum):
    """Rule of a step (计算规则); sentences and docs are written per rule."""

    PERIOD = "period"
    ADMISSION = "admission"
    BASE = "base"
    DEDUCTIBLE = "deductible"
    BAND = "band"
    ROUNDING = "rounding"
    MINIMUM = "minimum"
    INDEMNITY = "indemnity"
    PERIOD_CAP = "period_cap"
    BENEFIT = "benefit"


@attrs.frozen(kw_only=True, field_transformer=checked)
class TraceStep:
    """One step (步骤).

    Attributes:
        rule: Which rule.
        before: Amount that came in; ``None`` where the step takes none.
        after: Amount that went out; ``None`` where the step gives none.
        amounts: Named amounts that the step used, in order.
        facts: Named facts that the step used, in order: days as ISO, ratios as percent,
            codes. Never personal data.
        parameter: Path of the scheme's parameter, for example ``benefit.steps[0].bands[1]``.
        source: Where that parameter is printed.
        clauses: Clauses that the rule carries out.
    """

    rule: Rule
    before: Money | None = None
    after: Money | None = None
    amounts: tuple[tuple[str, Money], ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    parameter: str = attrs.field(validator=not_blank)
    source: str = attrs.field(validator=not_blank)
    clauses: tuple[str, ...] = attrs.field(validator=not_empty)

    def __attrs_post_init__(self) -> None:
        """Refuse a clause that does not exist."""
        for clause in self.clauses:
            check_clause(clause)

    def amount(self, name: str) -> Money:
        """The amount of that name.

        Raises:
            KeyError: The step has none.
        """
        return dict(self.amounts)[name]

    def fact(self, name: str) -> str:
        """The fact of that name.

        Raises:
            KeyError: The step has none.
        """
        return dict(self.facts)[name]


@attrs.frozen(kw_only=True, field_transformer=checked)
class Trace:
    """Trace (计算过程): the steps in the order in which they were taken.

    Attributes:
        form: Version of this form.
        version_id: Scheme version that was applied.
        policy_id: Policy above it.
        steps: The steps.
    """

    form: int = TRACE_FORM
    version_id: str = attrs.field(validator=not_blank)
    policy_id: str = attrs.field(validator=not_blank)
    steps: tuple[TraceStep, ...] = attrs.field(validator=not_empty)
