"""湖南省总工会 指导意见 2013, 四（四） 补助标准."""

import datetime

import attrs
import pytest

from mutualaid_core.domain.claims.reason import Outcome, Reason
from mutualaid_core.domain.scheme.benefit.bands import Band
from mutualaid_core.domain.scheme.benefit.steps import Deductible, MarginalBands
from mutualaid_core.domain.scheme.benefit.waiting import WaitingGrade
from mutualaid_core.domain.values.money import ZERO
from mutualaid_core.domain.values.ratio import Ratio
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.testing.samples import (
    EXAMPLE_TERMS,
    FOUNDING,
    YUEYANG_2014,
    bands,
    line_for,
    stay,
    version_with,
    yuan,
)
from mutualaid_core.testing.world import World


@pytest.mark.clause("HN-4.4.2a")
def test_a_deductible_is_refused() -> None:
    """A version with a deductible of 300 must be refused."""
    deductible = Deductible(amount=yuan(300), source="HN-4.4.2a")
    version = version_with(attrs.evolve(YUEYANG_2014, steps=(deductible, *YUEYANG_2014.steps[1:])))
    done = World(founding=attrs.evolve(FOUNDING, version=version)).found()
    assert (done.outcome, [fault.clause for fault in done.faults]) == (Outcome.REJECT, ["HN-4.4.2a"])


@pytest.mark.clause("HN-4.4.2a")
def test_the_first_yuan_is_paid_back_in_part() -> None:
    """1.00 self-borne at 50 % must be paid 0.50."""
    terms = attrs.evolve(EXAMPLE_TERMS, steps=(bands((None, 50)),))
    assert line_for(stay("1.00"), terms).amount == yuan("0.50").fen


@pytest.mark.clause("HN-4.4.2b")
def test_a_waiting_period_is_refused() -> None:
    """A version with 30 days of waiting must be refused."""
    waiting = attrs.evolve(YUEYANG_2014.waiting, grades=(WaitingGrade(through_day=30, pays=ZERO),))
    version = version_with(attrs.evolve(YUEYANG_2014, waiting=waiting))
    done = World(founding=attrs.evolve(FOUNDING, version=version)).found()
    assert (done.outcome, [fault.clause for fault in done.faults]) == (Outcome.REJECT, ["HN-4.4.2b"])


@pytest.mark.clause("HN-4.4.2b")
def test_cover_begins_with_the_period(joined: World) -> None:
    """Paid on 20 December 2013 and admitted on 1 January 2014 must be covered in full."""
    first = datetime.date(2014, 1, 1)
    done = joined.file(stay(8_000, begndate=first, enddate=first))
    assert (done.outcome, done.benefit) == (Outcome.PASS, yuan(2_550))


@pytest.mark.clause("HN-4.4.2c")
def test_bands_are_the_citys_own(example: World) -> None:
    """12,000 at 40 % to 5,000, 50 % to 20,000 and 60 % above must be 2,000 + 3,500 = 5,500."""
    assert example.file(stay(12_000)).benefit == yuan(5_500)


@pytest.mark.clause("HN-4.4.2c")
@pytest.mark.parametrize("edge", [4_999, 5_001])
def test_bands_with_overlap_or_gap_are_refused(edge: int) -> None:
    """A second band that begins below or above the end of the first must be refused."""
    half = Ratio(1, 2)
    with pytest.raises(InvalidValueError, match=r"must follow without gap or overlap.*\[HN-4.4.2c\]"):
        MarginalBands(
            bands=(
                Band(above=ZERO, up_to=yuan(5_000), ratio=half),
                Band(above=yuan(edge), up_to=None, ratio=half),
            ),
            source="HN-4.4.2c",
        )


@pytest.mark.clause("HN-4.4.3a")
def test_a_seventh_stay_is_judged_like_the_first(joined: World) -> None:
    """Seven stays of 1,000 must each be paid 300."""
    paid = [joined.file(stay(1_000, setl_id=f"S-{number}")).benefit for number in range(7)]
    assert paid == [yuan(300)] * 7


@pytest.mark.clause("HN-4.4.3b")
def test_bands_start_afresh_with_each_stay(example: World) -> None:
    """Two stays of 12,000 must be paid 5,500 each; cumulated to 24,000 they would be paid 11,900."""
    paid = [example.file(stay(12_000, setl_id=f"S-{number}")).benefit for number in (1, 2)]
    assert paid == [yuan(5_500), yuan(5_500)]


@pytest.mark.clause("HN-4.4.3c")
def test_the_cap_holds_over_the_period(example: World) -> None:
    """5,500, then 14,500 of 15,500 for the cap, then nothing with notice."""
    decided = [
        example.file(stay(base, setl_id=f"S-{number}")) for number, base in enumerate((12_000, 30_000, 1_000))
    ]
    assert [(done.benefit, done.reasons[0]) for done in decided] == [
        (yuan(5_500), Reason.COMPUTED),
        (yuan(14_500), Reason.CAP_REDUCED),
        (ZERO, Reason.CAP_EXHAUSTED),
    ]
