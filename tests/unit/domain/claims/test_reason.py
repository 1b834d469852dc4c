"""Reasons: stable numbers, precedence, texts in both languages."""

import pytest

from mutualaid_core.clauses import CLAUSES
from mutualaid_core.domain.claims.reason import Outcome, Reason, gravest, in_order
from mutualaid_core.errors import InvalidValueError

every_reason = pytest.mark.parametrize("reason", Reason, ids=lambda reason: reason.name)

NUMBERS = {
    "SETTLEMENT_REVERSED": 1,
    "NOT_A_MEMBER": 2,
    "UNIT_NOT_ADMITTED": 3,
    "NO_PAID_COVER": 4,
    "NOT_INPATIENT": 5,
    "OUTSIDE_PERIOD": 6,
    "OUTSIDE_COVER": 7,
    "IN_WAITING_PERIOD": 8,
    "INSTITUTION_NOT_DESIGNATED": 9,
    "INSURANCE_NOT_COVERED": 10,
    "FILED_TOO_LATE": 11,
    "IDENTITIES_BROKEN": 12,
    "NAME_DIFFERS": 13,
    "FUND_INSUFFICIENT": 14,
    "NOTHING_SELF_BORNE": 15,
    "CAP_EXHAUSTED": 16,
    "CAP_REDUCED": 17,
    "MINIMUM_APPLIED": 18,
    "COMPUTED": 19,
    "SETTLEMENT_CONTRADICTED": 20,
    "BASE_BELOW_ZERO": 21,
    "INDEMNITY_LIMIT": 22,
    "EVENT_NOT_COVERED": 23,
    "PART_NOT_HELD": 24,
    "NOT_ELIGIBLE": 25,
    "PAYMENTS_USED_UP": 26,
    "DAYS_USED_UP": 27,
    "DAYS_REDUCED": 28,
    "LIMIT_EXCEEDED": 29,
    "CLAIM_CAP_REDUCED": 30,
    "WAITING_GRADE": 31,
    "NOT_SETTLED_FIRST": 32,
    "SUM_PAID_BEFORE": 33,
}
"""Numbers as they are stored; a line here is never changed, only added."""


def test_numbers_never_change() -> None:
    """Stored numbers must keep their meaning for ever."""
    assert {reason.name: reason.number for reason in Reason} == NUMBERS


def test_numbers_are_used_once() -> None:
    """No two reasons may share a number."""
    assert len({reason.number for reason in Reason}) == len(Reason)


@every_reason
def test_a_reason_is_found_by_its_number(reason: Reason) -> None:
    """A stored number must lead back to its reason."""
    assert reason is Reason.numbered(reason.number)


def test_an_unknown_number_is_refused() -> None:
    """A number that no reason has must be refused."""
    with pytest.raises(InvalidValueError, match="number must be that of a reason, got 999"):
        Reason.numbered(999)


@every_reason
def test_a_reason_rests_on_a_clause(reason: Reason) -> None:
    """Every reason must cite a clause that exists."""
    assert reason.clause in CLAUSES


@pytest.mark.clause("ACFTU-14.2b")
@every_reason
def test_a_reason_speaks_both_languages(reason: Reason) -> None:
    """A member must be told the reason in Chinese and in English, and the remedy in both or none."""
    assert (True, bool(reason.remedy_zh)) == (bool(reason.zh and reason.en), bool(reason.remedy_en))


@every_reason
def test_chinese_texts_have_chinese_punctuation(reason: Reason) -> None:
    """A Chinese text must not carry half-width commas, stops or brackets."""
    assert not set(reason.zh + reason.remedy_zh) & set(",.;:()?!")


@every_reason
def test_a_reason_shows_as_code(reason: Reason) -> None:
    """The repr must be what one writes in code, not the whole text."""
    assert f"Reason.{reason.name}" == repr(reason)


def test_refusals_of_money_come_before_the_figures() -> None:
    """Every reason that stops the claim must precede every reason that passes it."""
    stops = [reason.outcome is not Outcome.PASS for reason in Reason]
    assert sorted(stops, reverse=True) == stops


def test_reasons_are_put_in_order() -> None:
    """Reasons must come once each, in the order of the list."""
    mixed = (Reason.COMPUTED, Reason.NO_PAID_COVER, Reason.COMPUTED, Reason.NOT_A_MEMBER)
    assert in_order(mixed) == (Reason.NOT_A_MEMBER, Reason.NO_PAID_COVER, Reason.COMPUTED)


@pytest.mark.parametrize(
    ("reasons", "outcome"),
    [
        ((Reason.NO_PAID_COVER, Reason.IDENTITIES_BROKEN, Reason.COMPUTED), Outcome.REJECT),
        ((Reason.IDENTITIES_BROKEN, Reason.COMPUTED), Outcome.HOLD),
        ((Reason.COMPUTED,), Outcome.PASS),
        ((), Outcome.PASS),
    ],
)
def test_the_gravest_outcome_wins(reasons: tuple[Reason, ...], outcome: Outcome) -> None:
    """Each row repairs the gravest reason of the row before and must lead to the next outcome."""
    assert outcome is gravest(reasons)


def test_outcomes_stand_from_the_gravest_to_the_lightest() -> None:
    """The order of outcomes must be that of the clause list's results."""
    assert [outcome.value for outcome in Outcome] == ["REJECT", "HOLD", "CRITICAL", "FLAG", "PASS"]
