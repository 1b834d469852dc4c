"""Conditions that can never hold (矛盾条件), and what is left of a fact where others hold."""

from collections.abc import Iterator, Sequence
from typing import Final

from mutualaid_core.domain.scheme.benefit.conditions import (
    AmountWithin,
    CodeIs,
    Condition,
    CountWithin,
    FlagIs,
    Match,
)
from mutualaid_core.domain.scheme.benefit.terms import Benefit
from mutualaid_core.domain.scheme.facts import EventKind, can_be, is_kind_of_care
from mutualaid_core.domain.scheme.version import EventTerms
from mutualaid_core.rules.scheme.soundness.finding import Finding, Flaw
from mutualaid_core.rules.scheme.soundness.terms import Terms

LEAST_COUNT: Final = (("shares", 1), ("cover_day", 1), ("stay_ordinal", 1))
"""The known counts that are never zero, with the least that they can be."""

_WITH_SETTLEMENT: Final = frozenset({EventKind.INPATIENT_STAY, EventKind.OUTPATIENT_VISIT})


def condition_findings(terms: Terms) -> Iterator[Finding]:
    """The first condition of each list that contradicts those before it, or who may claim at all."""
    for path, conditions in terms.conditions.items():
        before = around(terms, path)
        if not can_hold(before):
            before = []
        for place, condition in conditions:
            before.append(condition)
            if not can_hold(before):
                rule = "must be able to hold beside the other conditions"
                yield Finding(flaw=Flaw.NEVER_HOLDS, path=place, rule=rule, found=_told(condition))
                break


def care_findings(terms: Terms) -> Iterator[Finding]:
    """Benefits for stays, or for visits, where no covered kind of care can be one."""
    event = terms.one(EventTerms)
    if event is None or not all(map(is_kind_of_care, event.kinds_of_care)):
        return
    for path, benefit in terms.benefits:
        if benefit.event in _WITH_SETTLEMENT:
            left = words_left("med_type", event.kinds_of_care, benefit.when) or ()
            # Where conditions leave no kind at all, that is told of the conditions.
            if left and not any(can_be(benefit.event, code) for code in left):
                rule = f"must be an event of which {', '.join(left)} can be the kind of care"
                found = benefit.event.value
                yield Finding(flaw=Flaw.NEVER_HOLDS, path=f"{path}.event", rule=rule, found=found)


def _told(condition: Condition) -> str:
    """What a condition is about; never its words, which may be those of an illness."""
    names = (
        " + ".join(condition.add + condition.subtract)
        if isinstance(condition, AmountWithin)
        else condition.fact
    )
    return f"a condition on {names}"


def around(terms: Terms, path: str) -> list[Condition]:
    """What holds for everybody of whom the list of conditions at *path* is asked.

    Whoever claims may join, so the conditions of joining hold; a stay is of a kind that is
    covered; and what waives a waiting period is asked of those whom the benefit is for.
    """
    eligibility, event = terms.eligibility, terms.one(EventTerms)
    found: list[Condition] = []
    if eligibility is not None:
        types = tuple(each.value for each in eligibility.insurance_types)
        found.append(CodeIs(fact="insutype", one_of=types))
        if path != "eligibility.when":
            found.extend(eligibility.when)
    owner = path.partition(".")[0]
    benefit = terms.entities.get(owner)
    if isinstance(benefit, Benefit):
        if event is not None and benefit.event in _WITH_SETTLEMENT:
            found.append(CodeIs(fact="med_type", one_of=event.kinds_of_care))
        if path != f"{owner}.when":
            found.extend(benefit.when)
    return found


def can_hold(conditions: Sequence[Condition]) -> bool:
    """Whether something can meet all of *conditions*, as far as they are about the same facts.

    Where they cannot, nothing does; where they can by this, something still need not.
    """
    facts = {each.fact for each in conditions if isinstance(each, CodeIs)}
    if any(not _codes_meet(fact, conditions) for fact in facts):
        return False
    flags = {(each.fact, each.holds) for each in conditions if isinstance(each, FlagIs)}
    if len({fact for fact, _ in flags}) < len(flags):
        return False
    counts = {each.fact for each in conditions if isinstance(each, CountWithin)}
    ranges = [count_range(fact, conditions) for fact in counts]
    return all(most is None or least <= most for least, most in ranges) and _amounts_meet(conditions)


def _codes_meet(fact: str, conditions: Sequence[Condition]) -> bool:
    words = words_left(fact, None, conditions)
    if words is not None:
        return bool(words)
    groups = [each.one_of for each in conditions if isinstance(each, CodeIs) and each.fact == fact]
    return all(
        any(one.startswith(other) or other.startswith(one) for one in group for other in groups[0])
        for group in groups
    )


def words_left(
    fact: str, words: tuple[str, ...] | None, conditions: Sequence[Condition]
) -> tuple[str, ...] | None:
    """The words that a code can have where *conditions* hold; ``None`` for words without end.

    Args:
        fact: Name of the code.
        words: The words that it has by itself; ``None`` where it takes any.
        conditions: What holds.
    """
    own = [each for each in conditions if isinstance(each, CodeIs) and each.fact == fact]
    for each in own:
        if each.match is Match.EXACT:
            words = each.one_of if words is None else tuple(word for word in words if word in each.one_of)
    for each in own:
        if each.match is Match.PREFIX and words is not None:
            words = tuple(word for word in words if word.startswith(each.one_of))
    return words


def count_range(fact: str, conditions: Sequence[Condition]) -> tuple[int, int | None]:
    """The least and the most that a count can be where *conditions* hold; ``None`` for no end."""
    own = [each for each in conditions if isinstance(each, CountWithin) and each.fact == fact]
    leasts = [each.least for each in own if each.least is not None]
    mosts = [each.most for each in own if each.most is not None]
    return max([dict(LEAST_COUNT).get(fact, 0), *leasts]), min(mosts, default=None)


def _amounts_meet(conditions: Sequence[Condition]) -> bool:
    """Whether an amount can lie within all ranges that are about the same sum."""
    own = [each for each in conditions if isinstance(each, AmountWithin)]
    sums = {(frozenset(each.add), frozenset(each.subtract)) for each in own}
    for added, taken in sums:
        same = [each for each in own if (frozenset(each.add), frozenset(each.subtract)) == (added, taken)]
        leasts = [each.least_fen for each in same if each.least_fen is not None]
        mosts = [each.most_fen for each in same if each.most_fen is not None]
        if mosts and max([0, *leasts]) > min(mosts):
            return False
    return True
