"""Counters (限额计数): which limits a claim may use up, how far, and what persons used of them."""

from collections.abc import Mapping
from typing import Final

import attrs

from mutualaid_core.clauses import implements
from mutualaid_core.domain.scheme.benefit.limits import AmountLimit
from mutualaid_core.domain.scheme.benefit.terms import Over
from mutualaid_core.domain.values.money import FEN_MAX
from mutualaid_core.rules.claims.accumulation import earlier_of
from mutualaid_core.rules.claims.award import fitting
from mutualaid_core.rules.claims.facts import EventFacts
from mutualaid_core.rules.claims.limits import shares_of
from mutualaid_core.rules.claims.plan.terms import LimitPlan, Plan

_GROUPS: Final = (("base", "result"), ("cause-base", "cause-result", "cause-ended"))
"""Kinds of counters that earlier claims leave behind together."""


@implements("HN-4.4.3c")
def counters_of(plan: Plan, facts: EventFacts) -> dict[str, int]:
    """Each counter that an event may use, with the most that it may ever hold.

    Raises:
        InvalidValueError: The facts do not say what the scheme asks for.

    Clause:
        HN-4.4.3c
    """
    found: dict[str, int] = {}
    for benefit in fitting(plan, facts):
        shares = shares_of(benefit, facts)
        for limit in (*benefit.days_limits, *benefit.limits):
            key = limit.key(facts)
            if key is not None:
                found[key] = _most(limit, shares)
        if benefit.terms.accumulate.over is not Over.CLAIM:
            found.update(dict.fromkeys(earlier_of(benefit, facts, {}).keys, FEN_MAX))
    return found


def counters_named(plan: Plan) -> frozenset[str]:
    """Every counter of a limit that does not run for each word of a code by itself."""
    return frozenset(
        limit.counter
        for benefit in plan.benefits
        for limit in (*benefit.days_limits, *benefit.limits)
        if limit.counter is not None and limit.limit.each is None
    )


@implements("HN-4.4.3b")
def counters_beside(counter: str) -> tuple[str, ...]:
    """The counters without which one says nothing: of claims that add up, the base needs its result.

    Args:
        counter: Key of a counter.

    Clause:
        HN-4.4.3b

    >>> counters_beside("base/stay/period"), counters_beside("amount/stay/period")
    (('result/stay/period',), ())
    """
    kind, slash, rest = counter.partition("/")
    group = next((each for each in _GROUPS if kind in each), ())
    return tuple(f"{other}{slash}{rest}" for other in group if other != kind)


def _most(plan: LimitPlan, shares: int) -> int:
    limit = plan.limit
    if isinstance(limit, AmountLimit):
        return limit.most.fen * (shares if limit.times_shares else 1)
    return limit.most


@attrs.define
class Counters:
    """What persons used of the limits of one scheme (限额使用).

    Attributes:
        values: Fen, days or payments by person, period (empty for a lifetime) and counter.
    """

    values: dict[tuple[str, str], dict[str, int]] = attrs.field(factory=dict)

    def of(self, person_id: str, period_id: str) -> dict[str, int]:
        """What one person used that counts in one period: of the period, and of the lifetime."""
        of_period = self.values.get((person_id, period_id), {})
        return {**self.values.get((person_id, ""), {}), **of_period}

    def add(self, person_id: str, period_id: str, uses: Mapping[str, int]) -> None:
        """Add what a claim used."""
        for counter, added in uses.items():
            place = self.values.setdefault((person_id, "" if lasts(counter) else period_id), {})
            place[counter] = place.get(counter, 0) + added


def lasts(counter: str) -> bool:
    """Whether a counter runs over a lifetime, and not over a period."""
    return counter.split("/", 3)[2] == "lifetime"
