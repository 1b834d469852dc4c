"""Upcasters: what an older form meant is kept, and what it did not say is marked as made up."""

import json
from pathlib import Path
from typing import Any

import attrs
import pytest

from mutualaid_core.domain.claims.decision import Decision
from mutualaid_core.domain.membership.contribution import Contribution
from mutualaid_core.domain.scheme.benefit.terms import Over
from mutualaid_core.domain.scheme.benefit.waiting import Waiting, WaitingGrade
from mutualaid_core.domain.scheme.dues import Dues, DuesRate
from mutualaid_core.domain.scheme.options import CoverAfter, CoverEnd, LargePayment, LaterPayment
from mutualaid_core.domain.scheme.policy import Policy
from mutualaid_core.domain.scheme.region import PoolLevel
from mutualaid_core.domain.scheme.source import Grade, SourceDocument
from mutualaid_core.domain.scheme.version import SchemeVersion
from mutualaid_core.domain.values.money import FEN_MAX, ZERO, Money
from mutualaid_core.serialization.codec import canonical, decode
from mutualaid_core.serialization.upcasters import UNTOLD
from mutualaid_core.testing.samples import VERSION, yuan

GOLDEN = Path(__file__).parent / "golden"


def lifted(kind: str, cls: type, *path: str, **changes: Any) -> Any:  # noqa: ANN401  # an entity of that class
    """The document of form 1, with changes at a path of its value, as it is read today."""
    document = json.loads((GOLDEN / f"{kind}.form1.json").read_bytes())
    part = document["value"]
    for name in path:
        part = part[name]
    part.update(changes)
    return decode(canonical(document), cls)


def version(*path: str, **changes: Any) -> SchemeVersion:  # noqa: ANN401  # any stored value
    """The scheme version of form 1."""
    found: SchemeVersion = lifted("scheme_version", SchemeVersion, *path, **changes)
    return found


def test_a_version_keeps_what_it_said() -> None:
    """The benefit of form 1 must be the sample benefit, with each stay on its own from its source."""
    (benefit,) = version().benefits
    (sample,) = VERSION.benefits
    waiting = Waiting(grades=(), source="HN-4.2.1b")
    alone = attrs.evolve(sample.accumulate, source=UNTOLD)
    assert benefit == attrs.evolve(sample, waiting=waiting, accumulate=alone)
    assert (version().event, version().eligibility) == (VERSION.event, VERSION.eligibility)


def test_a_version_keeps_its_dues() -> None:
    """The one amount of form 1 must be the one rate, for everybody and without parts."""
    rate = DuesRate(amount=yuan(50), shares_max=1, source="yueyang-2014")
    assert version().dues == Dues(rates=(rate,), payers=VERSION.dues.payers, source="yueyang-2014")


def test_what_was_not_said_is_marked_as_made_up() -> None:
    """Open points of form 1 must cite a document of their own, after those of the version."""
    lifted_version = version()
    listed, added = lifted_version.documents
    assert (listed.id, added.id, added.grade) == ("yueyang-2014", UNTOLD, Grade.MADE_UP)
    assert isinstance(added, SourceDocument)
    assert lifted_version.open_points.source == UNTOLD


def test_what_was_not_said_is_what_was_done() -> None:
    """Cover to the end of the period, later payments left alone, and no payment a large one."""
    points = version().open_points
    ends = dict.fromkeys(("retirement", "dismissal", "transfer_out"), CoverEnd.PERIOD_END)
    assert points.cover_after == CoverAfter(**ends, source=UNTOLD)
    assert points.large_payment == LargePayment(amount=Money(FEN_MAX), window_days=0, source=UNTOLD)
    assert points.later_payment is LaterPayment.LEAVE


@pytest.mark.parametrize(
    ("add", "subtract", "told"),
    [
        (["inscp_scp_amt"], [], (False, False, True)),
        (["inscp_scp_amt", "preselfpay_amt"], [], (True, False, True)),
        (["inscp_scp_amt", "overlmt_selfpay"], ["acct_pay"], (False, True, False)),
    ],
)
def test_what_the_base_says_is_asked_of_it(
    add: list[str], subtract: list[str], told: tuple[bool, ...]
) -> None:
    """Whether an amount belongs to the base must be read from the base itself."""
    points = version("benefit", "base", add=add, subtract=subtract).open_points
    assert (points.preselfpay_in_base, points.overlimit_in_base, points.account_is_self_borne) == told


def test_waiting_days_become_a_grade_that_pays_nothing() -> None:
    """Thirty days without cover must be one grade through day 30, counted from the first day of cover."""
    (benefit,) = version("event", waiting_days=30).benefits
    grade = WaitingGrade(through_day=30, pays=ZERO)
    assert benefit.waiting == Waiting(grades=(grade,), first_day_counts=True, source="HN-4.2.1b")


def test_a_deductible_becomes_the_first_step() -> None:
    """The deductible of form 1 must be taken off before the tiers, with its own source."""
    (benefit,) = version("benefit", deductible=30_000, deductible_source="HN-4.4.2d").benefits
    first = benefit.steps[0]
    assert (first.amount, first.source, benefit.accumulate.over) == (yuan(300), "HN-4.4.2d", Over.CLAIM)


def test_a_version_without_a_cap_has_none() -> None:
    """No limit must become no limit."""
    assert version("benefit", limits=[]).benefits[0].limits == ()


def test_a_policy_keeps_its_level() -> None:
    """The one level of pooling of form 1 must be the one level that is allowed."""
    policy: Policy = lifted("policy", Policy)
    assert (policy.pooling.levels, policy.pooling.source) == ((PoolLevel.CITY,), "HN-3.2.1b")


def test_a_decision_tells_no_use() -> None:
    """A decision of form 1 must tell nothing of limits, whose use its own counter holds."""
    decision: Decision = lifted("decision", Decision)
    assert decision.uses == ()


def test_no_contribution_of_form_1_went_back() -> None:
    """A contribution of form 1 must be settled, with everything that it said."""
    paid = lifted("contribution", Contribution)
    assert (paid.is_settled, paid.amount, len(paid.split)) == (True, yuan(50), 2)
