"""Unsound rows (无效明细): claims and covers given in code that no file of claims would pass.

Numbers of persons and words of illnesses may stand among them, so no text quotes a value.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final

from mutualaid_core.domain.scheme.facts import KNOWN_CODES
from mutualaid_core.domain.values.dates import DayRange
from mutualaid_core.domain.values.money import FEN_MAX
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.rules.claims.given.rows import ClaimLine, Cover
from mutualaid_core.rules.claims.plan.terms import Plan
from mutualaid_core.rules.membership.dues import check_parts

_WHOLE: Final = f"must be a whole number of 0 to {FEN_MAX:,}"


def refuse_unsound(plan: Plan, lines: Sequence[ClaimLine], covers: Mapping[str, Sequence[Cover]]) -> None:
    """Refuse claims and covers that contradict themselves, each other or the scheme.

    Args:
        plan: The scheme version, compiled.
        lines: The claims.
        covers: All covers of each person.

    Raises:
        InvalidValueError: An id stands twice; a last day lies before the first; an amount, or a
            number, is no whole number or is negative; a word is none of the scheme's list; two
            covers of a person share a day; or parts are held that may not be held so.

    Clause:
        ACFTU-2.4b, SN-2.2.3a
    """
    version = plan.version
    words = {**KNOWN_CODES, **{fact.name: fact.codes for fact in version.facts}}
    seen: set[str] = set()
    for line in lines:
        if line.claim_id in seen:
            raise InvalidValueError("claim_id", "must be given once", f"{len(line.claim_id)} characters")
        seen.add(line.claim_id)
        if line.ended < line.began:
            raise InvalidValueError("ended", "must not be before began", line.ended.isoformat())
        _refuse_numbers({**line.amounts, **line.counts, "elsewhere": line.elsewhere})
        _refuse_words(line.codes, words)
    for own in covers.values():
        for cover in own:
            _refuse_numbers(cover.counts)
            _refuse_words(cover.codes, words)
            check_parts(tuple(sorted(cover.parts)), version.parts)
        _refuse_overlap([cover.days for cover in own])


def _refuse_numbers(numbers: Mapping[str, object]) -> None:
    for name, number in numbers.items():
        if type(number) is not int:
            raise InvalidValueError(name, _WHOLE, type(number).__name__)
        if not 0 <= number <= FEN_MAX:
            raise InvalidValueError(name, _WHOLE, f"{number:,}")


def _refuse_words(codes: Mapping[str, str], words: Mapping[str, tuple[str, ...]]) -> None:
    for name, word in codes.items():
        known = words.get(name)
        if known and word not in known:
            raise InvalidValueError(name, f"must be one of {', '.join(known)}", f"{len(word)} characters")


def _refuse_overlap(days: list[DayRange]) -> None:
    ordered = sorted(days, key=lambda each: each.first_day)
    for before, after in pairwise(ordered):
        if after.first_day <= before.last_day:
            rule = "must lie after the person's other covers have ended"
            raise InvalidValueError("first_day", rule, after.first_day.isoformat())
