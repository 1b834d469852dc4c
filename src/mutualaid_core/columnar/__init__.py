"""Claims in columns (批量理赔): the rules of ``rules.claims`` for whole files of claims at once.

The same terms, the same names and the same clauses as for single claims, and the same figures to
the fen; the evaluator of single claims is the yardstick. Not here: settlements as documents,
decisions with their texts, and whatever a store keeps.

Needs the extra ``columnar``.
"""

from importlib import import_module

from mutualaid_core.errors import MissingExtraError

try:
    import_module("numpy")
except ModuleNotFoundError as error:
    raise MissingExtraError("columnar") from error

from mutualaid_core.columnar.result import (
    BenefitColumns,
    CounterColumn,
    CutColumn,
    Result,
    StepColumn,
    reasons_of,
)
from mutualaid_core.columnar.run import BLOCK, adjudicate_lines
from mutualaid_core.columnar.tables.columns import EVENTS, Claims, Codes, Covers, Prior

__all__ = [
    "BLOCK",
    "EVENTS",
    "BenefitColumns",
    "Claims",
    "Codes",
    "CounterColumn",
    "Covers",
    "CutColumn",
    "Prior",
    "Result",
    "StepColumn",
    "adjudicate_lines",
    "reasons_of",
]
