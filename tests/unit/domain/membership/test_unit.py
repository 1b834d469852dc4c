"""Unit and its admission."""

import datetime

import attrs
import pytest

from mutualaid_core.domain.membership.unit import Admission, Judgement, Unit
from mutualaid_core.errors import InvalidValueError


@pytest.fixture
def unit() -> Unit:
    """A unit with a credit code."""
    return Unit(unit_id="U-1", name="第一机床厂", pool_id="changsha", credit_code="81430000MC00000016")


@pytest.fixture
def judgement() -> Judgement:
    """HN-4.1.2a: 100 eligible, 80 of them join."""
    return Judgement(
        eligible=100, enrolled=80, required=80, admitted=True, counted_on=datetime.date(2013, 12, 1)
    )


def admission(judgement: Judgement) -> Admission:
    """An admission that was judged so, and not before."""
    return Admission(scheme_id="A", period_id="2014", unit_id="U-1", judgement=judgement)


def test_a_small_union_has_no_credit_code(unit: Unit) -> None:
    """A unit without a credit code must pass."""
    assert attrs.evolve(unit, credit_code=None).credit_code is None


@pytest.mark.clause("ACFTU-6.1")
@pytest.mark.parametrize("code", ["81430000MC00000017", "81430000mc00000016", "x", ""])
def test_a_wrong_credit_code_is_refused(unit: Unit, code: str) -> None:
    """A wrong check character, and another way of writing, must be refused (ACFTU-6.1)."""
    with pytest.raises(InvalidValueError, match="credit_code must"):
        attrs.evolve(unit, credit_code=code)


@pytest.mark.clause("HN-4.1.2a")
def test_too_few_are_not_admitted(judgement: Judgement) -> None:
    """An admission of 79 where 80 are required must be refused (HN-4.1.2a)."""
    with pytest.raises(
        InvalidValueError, match=r"enrolled must be >= 80 required .*, got 79 \[HN-4\.1\.2a\]"
    ):
        attrs.evolve(judgement, enrolled=79)


def test_a_unit_that_was_not_admitted_is_kept(judgement: Judgement) -> None:
    """A count below the gate must be kept as not admitted."""
    assert not attrs.evolve(judgement, enrolled=79, admitted=False).admitted


def test_no_more_join_than_may(judgement: Judgement) -> None:
    """More joiners than eligible workers must be refused."""
    with pytest.raises(InvalidValueError, match="enrolled must be <= 100 eligible, got 101"):
        attrs.evolve(judgement, enrolled=101)


@pytest.mark.clause("HN-4.1.2a")
def test_a_judgement_is_known_from_its_act_on(judgement: Judgement) -> None:
    """Refused on 3 December and admitted on the 10th: each day must tell what was known on it."""
    before = attrs.evolve(judgement, enrolled=79, admitted=False, judged_on=datetime.date(2013, 12, 3))
    later = attrs.evolve(
        judgement, counted_on=datetime.date(2013, 12, 9), judged_on=datetime.date(2013, 12, 10)
    )
    refused = admission(before)
    judged = refused.judged_anew(later)
    assert (judged.judgement, judged.earlier) == (later, (before,))
    assert judged.as_known(datetime.date(2013, 12, 2)) is None
    assert judged.as_known(datetime.date(2013, 12, 9)) == refused
    assert judged.as_known(datetime.date(2013, 12, 10)) == judged


def test_an_admission_of_the_first_form_is_known_from_its_roster_on(judgement: Judgement) -> None:
    """Where nobody noted the day of the judgement, that of the roster must be taken."""
    judged = admission(judgement)
    assert judged.as_known(datetime.date(2013, 12, 1)) == judged
    assert judged.as_known(datetime.date(2013, 11, 30)) is None
