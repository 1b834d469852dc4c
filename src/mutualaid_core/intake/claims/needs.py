"""Needs (所需事实): what a scheme version asks of a claim, event by event, and of a member.

All of it follows from the terms: conditions, bases, classes, limits and causes name their facts. So
a file of claims holds what the scheme asks for, and nothing is collected that it does not (ACFTU-11.2c).
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

import attrs

from mutualaid_core.domain.scheme.benefit.base import AmountsBase, DaysBase
from mutualaid_core.domain.scheme.benefit.conditions import AmountWithin, Condition
from mutualaid_core.domain.scheme.benefit.limits import AmountLimit
from mutualaid_core.domain.scheme.benefit.steps import ByClass, TimesShares
from mutualaid_core.domain.scheme.benefit.terms import Basis, Benefit
from mutualaid_core.domain.scheme.facts import KNOWN_CODES, KNOWN_FACTS, EventKind, FactKind
from mutualaid_core.domain.scheme.options import UseOrder
from mutualaid_core.domain.scheme.version import EventDate, SchemeVersion

CARE: Final = frozenset({EventKind.INPATIENT_STAY, EventKind.OUTPATIENT_VISIT})
"""Events of which the insurance writes a settlement."""

DERIVED: Final = frozenset({"designated_hospital"})
"""Facts that the scheme's own list answers where the claim does not."""

_ASSUMED: Final = DERIVED | {"shares"}
"""Facts that are never required: without a word on it, a member holds one share."""

COST, FUNDS, _HOSPITAL = "medfee_sumamt", "fund_pay_sumamt", "hosp_part_amt"
"""What an indemnity looks at to stay within the cost (ACFTU-3.2a)."""

GO_WITH: Final = {COST: FUNDS}
"""Facts that must be told where another is: a cost without what the funds paid would pass for one that
nobody bore a part of."""


@attrs.frozen(kw_only=True)
class Needs:
    """What one scheme version asks for.

    Attributes:
        kinds: Every fact that it may be told, known or declared, with its kind.
        words: The words of each code; an empty list takes any word.
        titles: What each declared fact means, as printed.
        required: What must be told of an event before it can be computed: facts, and the days
            ``ended``, ``settled`` and ``filed``.
        asked: What is looked at where it is told, besides what is required.
        eligibility: Facts by which the version asks who may join; asked for with every event.
        dues: Facts by which it asks what joining costs.
    """

    kinds: Mapping[str, FactKind]
    words: Mapping[str, tuple[str, ...]]
    titles: Mapping[str, str]
    required: Mapping[EventKind, frozenset[str]]
    asked: Mapping[EventKind, frozenset[str]]
    eligibility: frozenset[str]
    dues: frozenset[str]
    _of_benefits: Mapping[EventKind, tuple["_Asks", ...]]

    def required_of(self, event: EventKind, held: frozenset[str]) -> frozenset[str]:
        """What must be told of an event, be it one for which something is paid or not.

        Args:
            event: The event.
            held: Parts that the person holds; what only other parts ask for is not required.
        """
        if event not in self.required:
            return self.eligibility
        asks = self._of_benefits[event]
        kept = self.eligibility.union(*(each.facts for each in asks if each.is_held(held)))
        spared = frozenset[str]().union(*(each.facts for each in asks if not each.is_held(held)))
        return self.required[event] - (spared - kept)

    def looked_at(self, event: EventKind) -> frozenset[str]:
        """What is looked at of an event where it is told, required or not."""
        return self.required.get(event, frozenset()) | self.asked.get(event, frozenset())

    def besides(self, event: EventKind, told: Iterable[str]) -> frozenset[str]:
        """What must be told of an event because something else is.

        Args:
            event: The event.
            told: Facts that are told of it.
        """
        return frozenset(GO_WITH[name] for name in self.looked_at(event).intersection(told, GO_WITH))

    @property
    def events(self) -> tuple[EventKind, ...]:
        """Kinds of events for which something is paid."""
        return tuple(self.required)


def needs_of(version: SchemeVersion) -> Needs:
    """What *version* asks for."""
    events = tuple(kind for kind in EventKind if any(each.event is kind for each in version.benefits))
    eligibility = frozenset(_of_conditions(version.eligibility.when)) - _ASSUMED
    dues = frozenset(name for rate in version.dues.rates for name in _of_conditions(rate.when))
    declared = {fact.name: fact for fact in version.facts}
    return Needs(
        kinds={**KNOWN_FACTS, **{name: fact.kind for name, fact in declared.items()}},
        words={**KNOWN_CODES, **{name: fact.codes for name, fact in declared.items()}},
        titles={name: fact.title for name, fact in declared.items()},
        required={event: _required(event, version) | eligibility for event in events},
        asked={event: _asked(event, version) for event in events},
        eligibility=eligibility,
        dues=dues,
        of_benefits={event: tuple(map(_asks, _of_event(event, version))) for event in events},
    )


@attrs.frozen
class _Asks:
    """What one benefit asks for.

    Attributes:
        part: Part that must be held; ``None`` for none.
        facts: Its facts.
    """

    part: str | None
    facts: frozenset[str]

    def is_held(self, held: frozenset[str]) -> bool:
        """Whether somebody who holds these parts holds its part."""
        return self.part is None or self.part in held


def _asks(benefit: Benefit) -> _Asks:
    return _Asks(benefit.part, frozenset(facts_of(benefit)))


def _required(event: EventKind, version: SchemeVersion) -> frozenset[str]:
    found = {name for each in _of_event(event, version) for name in facts_of(each)} - _ASSUMED
    if any(benefit.part is not None for benefit in _of_event(event, version)):
        found.add("parts")
    if event is EventKind.INPATIENT_STAY:
        found.add("ended")
    if event in CARE and version.event.institutions:
        found.add("fixmedins_code")
    if event in CARE and _goes_by_settlement(version):
        found.add("settled")
    if version.open_points.use_order is UseOrder.FILING:
        found.add("filed")
    return frozenset(found)


def _goes_by_settlement(version: SchemeVersion) -> bool:
    by_use = version.open_points.use_order is UseOrder.SETTLEMENT
    return by_use or version.event.period_by is EventDate.SETTLEMENT


def _asked(event: EventKind, version: SchemeVersion) -> frozenset[str]:
    """What is looked at where it is told, besides what is required."""
    found = {"ended", "filed", "insutype"}
    if event in CARE:
        found |= {"med_type", "refd_setl_flag"}
    for benefit in _of_event(event, version):
        base = benefit.base
        if isinstance(base, DaysBase):
            found.add("days")
        if benefit.basis is Basis.INDEMNITY:
            found |= {COST, FUNDS, _HOSPITAL, "elsewhere"}
        if isinstance(base, AmountsBase) and base.less_elsewhere:
            found.add("elsewhere")
        if _multiplies(benefit):
            found.add("shares")
    return frozenset(found) - _required(event, version)


def _multiplies(benefit: Benefit) -> bool:
    """Whether shares multiply what the benefit pays."""
    limits = (limit for limit in benefit.limits if isinstance(limit, AmountLimit))
    return (
        any(isinstance(step, TimesShares) for step in benefit.flat_steps)
        or any(limit.times_shares for limit in limits)
        or any(grade.times_shares for grade in benefit.waiting.grades)
    )


def _of_event(event: EventKind, version: SchemeVersion) -> Iterator[Benefit]:
    return (benefit for benefit in version.benefits if benefit.event is event)


def facts_of(benefit: Benefit) -> Iterator[str]:
    """Names of the facts without which *benefit* cannot be computed, some of them more than once."""
    yield from _of_conditions(benefit.when)
    if benefit.waiting.grades:
        yield "cover_day"
        yield from _of_conditions(benefit.waiting.waived_when)
    if isinstance(benefit.base, AmountsBase):
        yield from (*benefit.base.add, *benefit.base.subtract)
    elif benefit.basis is Basis.INDEMNITY:
        yield COST  # days tell nothing of the cost that is compensated
    yield from (step.fact for step in benefit.steps if isinstance(step, ByClass))
    yield from (limit.each for limit in benefit.limits if limit.each is not None)
    if benefit.accumulate.cause is not None:
        yield benefit.accumulate.cause


def _of_conditions(conditions: Iterable[Condition]) -> Iterator[str]:
    for condition in conditions:
        if isinstance(condition, AmountWithin):
            yield from (*condition.add, *condition.subtract)
        else:
            yield condition.fact


@attrs.frozen(kw_only=True)
class Together:
    """What several versions ask for in one file.

    Attributes:
        of_versions: Needs of each version, in the order of the schemes and their versions.
    """

    of_versions: tuple[Needs, ...]

    @property
    def kinds(self) -> dict[str, FactKind]:
        """Every fact that a version may be told, with its kind."""
        return {name: kind for each in self.of_versions for name, kind in each.kinds.items()}

    @property
    def titles(self) -> dict[str, str]:
        """What each declared fact means, as printed."""
        return {name: title for each in self.of_versions for name, title in each.titles.items()}

    @property
    def events(self) -> tuple[EventKind, ...]:
        """Kinds of events for which any version pays something."""
        found = {event for each in self.of_versions for event in each.events}
        return tuple(event for event in EventKind if event in found)

    def words(self, name: str) -> tuple[str, ...]:
        """Words that a code may take in any version; empty where one of them takes any word."""
        lists = [each.words[name] for each in self.of_versions if name in each.words]
        return tuple(dict.fromkeys(word for words in lists for word in words)) if all(lists) else ()

    def required(self, event: EventKind) -> frozenset[str]:
        """What any version must be told of an event."""
        return frozenset[str]().union(*(each.required.get(event, ()) for each in self.of_versions))

    def asked(self, event: EventKind) -> frozenset[str]:
        """What any version looks at where it is told, besides what is required."""
        found = frozenset[str]().union(*(each.asked.get(event, ()) for each in self.of_versions))
        return found - self.required(event)

    @property
    def of_member(self) -> frozenset[str]:
        """Facts by which any version asks who may join, and what it costs."""
        return frozenset[str]().union(*(each.eligibility | each.dues for each in self.of_versions))
