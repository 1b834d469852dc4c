"""Problems (问题): what a file has wrong, where, and what to do about it, in two languages."""

from mutualaid_core.intake.problem.listing import (
    PROBLEMS_MAX,
    TEXT_MAX,
    Problem,
    Problems,
    in_file_order,
    printable,
)
from mutualaid_core.intake.problem.trouble import Trouble

__all__ = ["PROBLEMS_MAX", "TEXT_MAX", "Problem", "Problems", "Trouble", "in_file_order", "printable"]
