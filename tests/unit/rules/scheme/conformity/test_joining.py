"""Conformity of joining: ways, gates, refusals and the guard of the window, against policies."""

from collections.abc import Callable
from typing import Any

import attrs
import pytest

from mutualaid_core.domain.scheme.joining import (
    CoverStart,
    GateBand,
    JoiningTerms,
    LateJoining,
    NewHires,
)
from mutualaid_core.domain.scheme.policy import Policy
from mutualaid_core.domain.scheme.policy.membership import JoinedBy, RefusalReason
from mutualaid_core.domain.scheme.version import SchemeVersion
from mutualaid_core.domain.values.ratio import Ratio
from mutualaid_core.rules.scheme.conformity import nonconformities
from mutualaid_core.rules.scheme.conformity.joining import joining_conforms
from mutualaid_core.rules.scheme.layers import effective_policy
from mutualaid_core.testing.joining import JOINING

Named = Callable[[str], Policy]


def told(version: SchemeVersion, policy: Policy, joining: JoiningTerms | None) -> list[tuple[str, str]]:
    """Subject and clause of what a policy does not allow of joining terms."""
    own = attrs.evolve(version, joining=joining)
    effective = effective_policy((policy,), policy.valid_from)
    return [(fault.subject, fault.clause) for fault in joining_conforms(own, effective)]


def gate(*bands: tuple[int | None, int]) -> tuple[GateBand, ...]:
    """Bands by their upper edge and percentage."""
    return tuple(
        GateBand(eligible_below=below, ratio_min=Ratio(percent, 100), source="HN-4.1.2a")
        for below, percent in bands
    )


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"late": LateJoining.NEXT_PERIOD},
        {"gate": gate((30, 100), (None, 85))},
        {"gate": gate((50, 100), (None, 80))},
        {"gate": gate((2, 90), (None, 100))},  # one worker of one is everybody
        {"refusals_banned": (RefusalReason.ILLNESS,)},
    ],
)
def test_what_the_guidance_allows(version: SchemeVersion, hunan: Policy, changes: dict[str, Any]) -> None:
    """Stricter gates, further banned reasons and the next period must conform in Hunan."""
    assert told(version, hunan, attrs.evolve(JOINING, **changes)) == []


def test_a_version_without_joining_terms_conforms(version: SchemeVersion, hunan: Policy) -> None:
    """Where a version says nothing of joining there must be nothing to find."""
    assert told(version, hunan, None) == []


@pytest.mark.parametrize(
    ("changes", "subject", "clause"),
    [
        ({"ways": (JoinedBy.UNIT, JoinedBy.PLATFORM)}, "ways[1]", "HN-3.1.2c"),
        ({"gate": gate((None, 79))}, "gate[0].ratio_min", "HN-4.1.2a"),
        ({"gate": gate((None, 80))}, "gate[0].ratio_min", "HN-4.1.2b"),
        ({"gate": gate((10, 100), (40, 95), (None, 80))}, "gate[1].ratio_min", "HN-4.1.2b"),
        ({"window": None}, "window", "HN-4.4.2b"),
        ({"late": LateJoining.ACCEPT}, "late", "HN-4.4.2b"),
        ({"new_hires": NewHires(days_max=30, source="HN-4.3.5d")}, "new_hires", "HN-4.4.2b"),
        ({"cover_start": CoverStart.PAYMENT_DAY}, "cover_start", "HN-4.4.2b"),
    ],
)
def test_what_the_guidance_does_not_allow(
    version: SchemeVersion, hunan: Policy, changes: dict[str, Any], subject: str, clause: str
) -> None:
    """Each looser term must be named at its path with the clause of the policy."""
    joining = attrs.evolve(JOINING, **changes)
    assert told(version, hunan, joining) == [(f"joining.{subject}", clause)]
    faults = nonconformities(attrs.evolve(version, joining=joining), hunan)
    assert f"joining.{subject}" in {fault.subject for fault in faults}


def test_a_list_of_banned_reasons_is_whole(version: SchemeVersion, regulation: Named) -> None:
    """A list that leaves out what Shaanxi bans must be named; none at all leaves it to the policy."""
    shaanxi = regulation("SN-2021")
    part = attrs.evolve(JOINING, refusals_banned=(RefusalReason.SIMILAR_FUND, RefusalReason.ILLNESS))
    assert told(version, shaanxi, part) == [("joining.refusals_banned", "SN-2.1.4c")]
    whole = attrs.evolve(JOINING, refusals_banned=tuple(RefusalReason))
    assert told(version, shaanxi, whole) == told(version, shaanxi, JOINING) == []


def test_where_people_may_wait_late_joiners_may_be_taken(version: SchemeVersion, regulation: Named) -> None:
    """Guangdong, which says nothing of waiting, must leave late joining and platforms to the scheme."""
    free = attrs.evolve(
        JOINING,
        ways=(JoinedBy.UNIT, JoinedBy.PLATFORM),
        window=None,
        late=LateJoining.ACCEPT,
        cover_start=CoverStart.DAY_AFTER_PAYMENT,
        gate=gate((None, 10)),
    )
    assert told(version, regulation("GD-2022"), free) == []
