"""Samples of joining terms (参加办法样例), and worlds whose scheme has them."""

import datetime
from typing import Any, Final

import attrs

from mutualaid_core.domain.scheme.benefit.conditions import Condition
from mutualaid_core.domain.scheme.joining import (
    CoverStart,
    JoiningTerms,
    LateJoining,
    NewHires,
    PeriodDay,
    Term,
    Window,
)
from mutualaid_core.domain.scheme.policy import Policy
from mutualaid_core.domain.scheme.policy.membership import JoinedBy, MembershipMode, MembershipTerms
from mutualaid_core.domain.scheme.version import SchemeVersion
from mutualaid_core.domain.values.ratio import Ratio
from mutualaid_core.testing.samples import FOUNDING, POLICY, VERSION, cited
from mutualaid_core.testing.world import World

WHOLE: Final = Term(starts_after_months=0, months=12, fee=Ratio(1, 1), source="HN-4.3.4a")
"""The whole period at the whole dues."""

SECOND_HALF: Final = Term(starts_after_months=6, months=6, fee=Ratio(1, 2), source="HN-4.3.4a")
"""The second half at half the dues."""

WINDOW: Final = Window(opens=PeriodDay(-47), closes=PeriodDay(-1), source="HN-4.3.5d")
"""Of a period that begins on 1 January: from 15 November until 31 December, 24:00."""

JOINING: Final = JoiningTerms(
    ways=(JoinedBy.UNIT,),
    window=WINDOW,
    late=LateJoining.REFUSE,
    terms=(WHOLE,),
    cover_start=CoverStart.TERM_START,
    source="HN-4.3.5d",
)
"""Through the unit, before the period begins, for the whole of it."""

OPEN_JOINING: Final = attrs.evolve(
    JOINING,
    ways=tuple(JoinedBy),
    terms=(WHOLE, SECOND_HALF),
    new_hires=NewHires(days_max=30, source="HN-4.3.5d"),
)
"""The same for everybody, with new hires after the window and half a term for them."""

IN_TIME: Final = datetime.date(2013, 12, 20)
LAST_DAY: Final = datetime.date(2013, 12, 31)
TOO_LATE: Final = datetime.date(2014, 1, 5)


def open_policy(**changes: Any) -> Policy:  # noqa: ANN401  # any subject of a policy
    """The sample policy where schemes may let people wait, and everybody may join alone."""
    membership = MembershipTerms(mode=MembershipMode.INDIVIDUAL, source="HN-3.1.2c")
    benefit = attrs.evolve(
        POLICY.benefit,
        waiting_days_max=None,
        cites=cited(deductible_max="HN-4.4.2a", earlier_payers="HN-4.2.1e", pay_from="HN-5.2.2b"),
    )
    return attrs.evolve(POLICY, membership=membership, benefit=benefit, **changes)


def joining_world(
    joining: JoiningTerms | None,
    policy: Policy = POLICY,
    **changes: Any,  # noqa: ANN401  # any field of a version
) -> World:
    """A founded world whose version has these joining terms, and other changes."""
    version = attrs.evolve(VERSION, joining=joining, **changes)
    world = World(founding=attrs.evolve(FOUNDING, policy=policy, version=version))
    assert world.found().faults == ()
    return world


def version_for(*when: Condition, joining: JoiningTerms | None = JOINING) -> SchemeVersion:
    """The sample version for members who meet these conditions."""
    eligibility = attrs.evolve(VERSION.eligibility, when=when)
    return attrs.evolve(VERSION, eligibility=eligibility, joining=joining)
