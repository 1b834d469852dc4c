"""Conformity of joining (参加办法合规): what the policies do not allow of how one joins."""

from collections.abc import Iterator

from mutualaid_core.clauses import implements
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.scheme.joining import CoverStart, GateBand, JoiningTerms, LateJoining
from mutualaid_core.domain.scheme.policy import EffectivePolicy
from mutualaid_core.domain.scheme.version import SchemeVersion
from mutualaid_core.domain.values.ratio import Ratio
from mutualaid_core.rules.scheme.allowed import asked
from mutualaid_core.rules.scheme.joining import joining_faults

_WHOLE = Ratio(1, 1)


@implements("HN-3.1.2c", "HN-4.1.2a", "HN-4.1.2b", "HN-4.3.5d", "SN-2.1.4c", "GD-2.3.1c")
def joining_conforms(version: SchemeVersion, policy: EffectivePolicy) -> Iterator[Fault]:
    """What the policy does not allow of the joining terms; nothing where the version has none.

    A version without terms needs no window of its own where nobody waits: joining and paying are
    then bound to the first day of the period anyway.

    Clause:
        HN-3.1.2c, HN-4.1.2a, HN-4.1.2b, HN-4.3.5d, SN-2.1.4c, GD-2.3.1c
    """
    joining = version.joining
    if joining is not None:
        yield from _ways(joining, policy)
        yield from _gate(joining, policy)
        yield from _refusals(joining, policy)
        yield from _guard(joining, policy)


def _ways(joining: JoiningTerms, policy: EffectivePolicy) -> Iterator[Fault]:
    """Ways in that the mode does not have."""
    for number, way in enumerate(joining.ways):
        for fault in joining_faults(way, policy):
            place = f"joining.ways[{number}]"
            yield Fault(subject=place, rule=fault.rule, found=fault.found, clause=fault.clause)


def _gate(joining: JoiningTerms, policy: EffectivePolicy) -> Iterator[Fault]:
    """Bands that ask less than the policy does, and would be told to units in vain."""
    terms = policy.policy.participation
    least = 1
    for number, band in enumerate(joining.gate):
        place, found = f"joining.gate[{number}].ratio_min", str(band.ratio_min)
        if terms.ratio_min is not None and _is_below(band.ratio_min, terms.ratio_min):
            yield asked(
                policy.cited("participation.ratio_min"), place, f"must be >= {terms.ratio_min}", found
            )
        elif band.ratio_min != _WHOLE and _lets_off(band, least, terms.all_below or 0):
            rule = f"must be {_WHOLE} for units of fewer than {terms.all_below}"
            yield asked(policy.cited("participation.all_below"), place, rule, found)
        least = band.eligible_below or least


def _is_below(one: Ratio, other: Ratio) -> bool:
    return one.numerator * other.denominator < other.numerator * one.denominator


def _lets_off(band: GateBand, least: int, all_below: int) -> bool:
    """Whether a band asks fewer than everybody of a unit all of whose workers must join."""
    most = min(all_below, band.eligible_below or all_below)
    ratio = band.ratio_min
    return any(
        max(-(-size * ratio.numerator // ratio.denominator), band.persons_min) < size
        for size in range(least, most)
    )


def _refusals(joining: JoiningTerms, policy: EffectivePolicy) -> Iterator[Fault]:
    """A list of banned reasons that leaves out one which the policy bans."""
    own, banned = joining.refusals_banned, policy.policy.membership.refusals_banned or ()
    missing = [reason for reason in banned if reason not in own]
    if own and missing:
        rule = "must name " + ", ".join(reason.value for reason in missing)
        found = ", ".join(reason.value for reason in own)
        yield asked(policy.cited("membership.refusals_banned"), "joining.refusals_banned", rule, found)


def _guard(joining: JoiningTerms, policy: EffectivePolicy) -> Iterator[Fault]:
    """Where nobody waits, the window is the only guard against joining on the way to hospital."""
    if policy.policy.benefit.waiting_days_max != 0:
        return
    start = joining.cover_start
    wrong = (
        (joining.window is None, "window", "must be given", "none"),
        (joining.late is LateJoining.ACCEPT, "late", "must be refuse or next_period", joining.late.value),
        (joining.new_hires is not None, "new_hires", "must be left out", "given"),
        (start is not CoverStart.TERM_START, "cover_start", "must be term_start", start.value),
    )
    for is_wrong, name, rule, found in wrong:
        if is_wrong:
            citation = policy.cited("benefit.waiting_days_max")
            yield asked(citation, f"joining.{name}", f"{rule} where nobody waits", found)
