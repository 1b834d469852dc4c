"""Judgement (综合判断): what the measures say together."""

import attrs

from mutualaid_core.clauses import implements
from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.scheme.parts import Part
from mutualaid_core.rules.membership.selection.ages import age_mix, mean_age, take_up
from mutualaid_core.rules.membership.selection.claims import claim_lift
from mutualaid_core.rules.membership.selection.measure import Level, Measure, SelectionTerms
from mutualaid_core.rules.membership.selection.persons import Group
from mutualaid_core.rules.membership.selection.riders import riders_alone

_RED_MEASURES = 2


@attrs.frozen(kw_only=True)
class SelectionFinding:
    """Finding (逆选择提示): a matter for talk with the unit, never a refusal (ACFTU-1.1c).

    Attributes:
        name: Unit or industry.
        unit_ids: Units that it is about.
        level: Level of all measures together.
        measures: SEL-1 to SEL-5.
        why: Why nothing was judged; empty where something was.
        authority: Who set the thresholds.
    """

    name: str
    unit_ids: tuple[str, ...]
    level: Level
    measures: tuple[Measure, ...]
    why: str = ""
    authority: str

    @property
    def outcome(self) -> Outcome:
        """``FLAG`` where there is something to talk about, else ``PASS``; nothing else ever."""
        return Outcome.FLAG if self.level in {Level.YELLOW, Level.RED} else Outcome.PASS


@implements("SN-2.2.2b")
def selection_finding(group: Group, parts: tuple[Part, ...], terms: SelectionTerms) -> SelectionFinding:
    """The measures of a group and what they say together.

    A group that is too small also after pooling is not judged.

    Args:
        group: A unit, or small units pooled by industry.
        parts: Parts of the scheme.
        terms: Thresholds and bands.

    Clause:
        SN-2.2.2b, ACFTU-1.1c
    """
    measures = (
        claim_lift(group, terms),
        mean_age(group, terms),
        age_mix(group, terms),
        take_up(group, terms),
        riders_alone(group, parts, terms),
    )
    is_small = len(group.workers) < terms.persons_min
    return SelectionFinding(
        name=group.name,
        unit_ids=group.unit_ids,
        level=Level.UNKNOWN if is_small else level_together(measures, terms),
        measures=() if is_small else measures,
        why=f"fewer than {terms.persons_min} persons" if is_small else "",
        authority=terms.authority,
    )


@implements("SN-2.2.2b")
def level_together(measures: tuple[Measure, ...], terms: SelectionTerms) -> Level:
    """Red with two red measures, or with one whose chance is small enough; else yellow, or green.

    Args:
        measures: Measures of one group.
        terms: The chance below which one red measure is enough.

    Clause:
        SN-2.2.2b
    """
    levels = {measure.level for measure in measures}
    red = [measure for measure in measures if measure.level is Level.RED]
    is_sure = any(measure.p is not None and measure.p < terms.single_red_p_max for measure in red)
    if len(red) >= _RED_MEASURES or is_sure:
        return Level.RED
    if red or Level.YELLOW in levels:
        return Level.YELLOW
    return Level.GREEN if Level.GREEN in levels else Level.UNKNOWN
