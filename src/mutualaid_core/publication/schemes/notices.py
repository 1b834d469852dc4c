"""Notices (会员须知): which differences a member notices, and whether they are in the member's favour."""

import enum
from fractions import Fraction
from typing import Final

from mutualaid_core.domain.scheme.benefit.bands import Band, DayBand, SumBand
from mutualaid_core.domain.scheme.benefit.base import DaysBase
from mutualaid_core.domain.scheme.benefit.limits import AmountLimit, DaysLimit, PaymentsLimit
from mutualaid_core.domain.scheme.benefit.steps import (
    AtMost,
    Deductible,
    FixedSum,
    MinimumPayment,
    PerDay,
    Share,
    TimesShares,
)
from mutualaid_core.domain.scheme.benefit.terms import Benefit
from mutualaid_core.domain.scheme.benefit.waiting import WaitingGrade
from mutualaid_core.domain.scheme.dues import DuesRate
from mutualaid_core.domain.scheme.joining import NewHires, RenewalTerms, Term, Window
from mutualaid_core.domain.scheme.options import CoverAfter
from mutualaid_core.domain.scheme.parts import Part
from mutualaid_core.domain.scheme.version import EventTerms, SchemeVersion
from mutualaid_core.domain.values.money import Money
from mutualaid_core.domain.values.ratio import Ratio
from mutualaid_core.publication.schemes.compare import Difference, Kind

_MORE_IS_GOOD: Final = frozenset(
    {
        *((Band, "ratio"), (Band, "most"), (SumBand, "pays"), (DayBand, "pays"), (DayBand, "most")),
        *((Share, "ratio"), (AtMost, "amount"), (MinimumPayment, "amount"), (PerDay, "amount")),
        *((FixedSum, "amount"), (TimesShares, "most"), (WaitingGrade, "pays")),
        *((AmountLimit, "most"), (PaymentsLimit, "most"), (DaysLimit, "most")),
        *((DuesRate, "shares_max"), (EventTerms, "filing_days_max")),
        *((Window, "closes"), (NewHires, "days_max"), (RenewalTerms, "gap_days_max")),
    }
)
_MORE_IS_BAD: Final = frozenset(
    {
        *((DuesRate, "amount"), (Deductible, "amount")),
        *((WaitingGrade, "through_day"), (DaysBase, "first_payable_day")),
        *((Term, "fee"), (Window, "opens")),
    }
)
_GOOD_PARTS: Final = (Benefit, Part)
_BAD_PARTS: Final = (AmountLimit, PaymentsLimit, DaysLimit, WaitingGrade, Deductible)
_SILENT: Final = frozenset(
    {"source", "name", "title", "version_id", "policy_id", "documents", "facts", "scheme_id", "last_day"}
)
"""Fields that change nothing for a member."""
_SUBJECTS: Final = frozenset({"parts", "dues", "eligibility", "joining", "event", "benefits"})
"""Fields of a version that concern a member."""


class Effect(enum.Enum):
    """What a difference means for a member (对会员的影响)."""

    BETTER = "better"
    WORSE = "worse"
    OTHER = "other"


def effect_of(difference: Difference) -> Effect | None:
    """What a difference means for a member; ``None`` where nobody outside the office notices it."""
    last = difference.last
    if not _concerns_members(difference) or last.field in _SILENT:
        return None
    if difference.kind in {Kind.ADDED, Kind.REMOVED}:
        return _effect_of_part(difference)
    upwards = rises(difference)
    if upwards is None:
        return Effect.OTHER
    if (last.owner, last.field) in _MORE_IS_GOOD:
        return Effect.BETTER if upwards else Effect.WORSE
    if (last.owner, last.field) in _MORE_IS_BAD:
        return Effect.WORSE if upwards else Effect.BETTER
    return Effect.OTHER


def _concerns_members(difference: Difference) -> bool:
    for place in difference.places:
        if place.owner is SchemeVersion:
            return place.field in _SUBJECTS or difference.last.owner is CoverAfter
    return False


def _effect_of_part(difference: Difference) -> Effect:
    part, added = difference.last.part, difference.kind is Kind.ADDED
    if isinstance(part, _GOOD_PARTS):
        return Effect.BETTER if added else Effect.WORSE
    if isinstance(part, _BAD_PARTS):
        return Effect.WORSE if added else Effect.BETTER
    return Effect.OTHER


def rises(difference: Difference) -> bool | None:
    """Whether a value goes up; ``None`` where there is no up and down."""
    old, new = _size(difference.old), _size(difference.new)
    if old is not None and new is not None:
        return new > old
    if difference.last.field == "most" and (old is None) != (new is None):
        # No bound at all is more than any bound.
        return new is None
    return None


def _size(value: object) -> Fraction | None:
    if isinstance(value, Money):
        return Fraction(value.fen)
    if isinstance(value, Ratio):
        return Fraction(value.numerator, value.denominator)
    return Fraction(value) if isinstance(value, int) and not isinstance(value, bool) else None
