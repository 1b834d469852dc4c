"""Pricing: the band at its edges, whose memo it is, and what a change of contribution needs."""

import datetime
from typing import Any

import attrs
import pytest

from mutualaid_core.domain.governance.pricing import BenefitBand, Experience, PricingMemo
from mutualaid_core.domain.scheme.period import Period
from mutualaid_core.domain.values.dates import DayRange
from mutualaid_core.domain.values.ratio import Ratio
from mutualaid_core.rules.governance.pricing import (
    adjustment_faults,
    changes_contribution,
    joiners_at_most,
    pricing_faults,
    version_before,
)
from mutualaid_core.testing.samples import PERIOD_RECORD, VERSION, rated, yuan

DAY = datetime.date
MEMO = PricingMemo(
    memo_id="P-1",
    scheme_id=VERSION.scheme_id,
    version_id=VERSION.version_id,
    contribution=yuan(50),
    benefits=yuan(40_000),
    lives=1_000,
    band=BenefitBand(low=Ratio(70, 100), high=Ratio(95, 100), source="办法"),
)
LATER = attrs.evolve(
    VERSION, version_id="V-58", first_day=DAY(2015, 1, 1), last_day=None, dues=rated(amount=58)
)
CHANGE = attrs.evolve(
    MEMO,
    version_id="V-58",
    contribution=yuan(58),
    experience=(Experience(period_id="2014", contributions=yuan(50), benefits=yuan(52), lives=1),),
)


@pytest.mark.parametrize(
    ("benefits", "found"),
    [(34_999, ["70.0 %"]), (35_000, []), (47_500, []), (47_501, ["95.0 %"])],
)
def test_the_band_includes_its_edges(benefits: int, found: list[str]) -> None:
    """70 and 95 % must be inside, a yuan less or more outside, whatever the rounded figure says."""
    faults = pricing_faults(attrs.evolve(MEMO, benefits=yuan(benefits)), VERSION)
    assert [fault.found for fault in faults] == found


@pytest.mark.parametrize(
    ("changes", "subject"),
    [({"version_id": "V-OTHER"}, "of its own"), ({"contribution": yuan(49)}, "must price one of")],
)
def test_a_memo_is_for_the_version_and_its_contribution(changes: dict[str, Any], subject: str) -> None:
    """A memo of another version, or of a contribution that it does not ask, must be refused."""
    (fault,) = pricing_faults(attrs.evolve(MEMO, **changes), VERSION)
    assert subject in fault.rule


def test_without_a_survey_nobody_is_counted() -> None:
    """Where nobody was asked there must be no figure."""
    assert joiners_at_most(MEMO) is None


def test_the_same_contribution_needs_nothing() -> None:
    """A version that asks what the one before asked must need no memo."""
    assert adjustment_faults(attrs.evolve(LATER, dues=VERSION.dues), VERSION, (), None) == ()


def test_a_change_with_a_memo_is_free() -> None:
    """A new version from the next period on, with a memo and its experience, must pass."""
    periods = (PERIOD_RECORD, Period(scheme_id=VERSION.scheme_id, period_id="2015", cover=year(2015)))
    assert adjustment_faults(LATER, VERSION, periods, CHANGE) == ()


def year(number: int) -> DayRange:
    """A calendar year."""
    return DayRange(DAY(number, 1, 1), DAY(number, 12, 31))


@pytest.mark.parametrize(
    ("changes", "memo", "rules"),
    [
        ({}, None, ["must come with a pricing memo"]),
        ({}, MEMO, ["must come with a pricing memo"]),
        ({}, attrs.evolve(CHANGE, experience=()), ["must come with a pricing memo"]),
        ({"first_day": DAY(2014, 7, 1)}, CHANGE, ["must not begin inside the period 2014"]),
        ({"first_day": DAY(2014, 1, 1)}, CHANGE, ["must begin after 2014-01-01"]),
        (
            {"version_id": VERSION.version_id},
            attrs.evolve(CHANGE, version_id=VERSION.version_id),
            ["must be a new version"],
        ),
    ],
)
def test_a_change_is_refused(changes: dict[str, Any], memo: PricingMemo | None, rules: list[str]) -> None:
    """Without memo or experience, inside a period, backwards or under the old id it must be refused."""
    faults = adjustment_faults(attrs.evolve(LATER, **changes), VERSION, (PERIOD_RECORD,), memo)
    assert [fault.clause for fault in faults] == ["HN-4.3.4d"] * len(rules)
    assert all(fault.rule.startswith(rule) for fault, rule in zip(faults, rules, strict=True))


@pytest.mark.clause("HN-4.3.4d")
def test_a_contribution_changes_with_its_amount_alone() -> None:
    """58 for 50 must be a change; the same 50 printed elsewhere must be none."""
    rate = attrs.evolve(VERSION.dues.rates[0], source="HN-4.3.4d")
    elsewhere = attrs.evolve(LATER, dues=attrs.evolve(VERSION.dues, rates=(rate,)))
    assert changes_contribution(LATER, VERSION)
    assert not changes_contribution(elsewhere, VERSION)


@pytest.mark.clause("HN-4.3.4d")
def test_a_version_follows_the_last_one_before_it() -> None:
    """The latest earlier version must be the one before; what is published already follows none."""
    first = attrs.evolve(VERSION, version_id="V-2013", first_day=datetime.date(2013, 1, 1))
    assert version_before(LATER, (VERSION, first)) == VERSION
    assert version_before(LATER, (VERSION, LATER)) is None
    assert version_before(first, (VERSION,)) is None
