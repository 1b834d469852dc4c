"""Correction of enrolments: taken back before payment, found void, or set right; by entries alone."""

import datetime
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.membership.change import ChangeKind
from mutualaid_core.domain.membership.contribution import Contribution
from mutualaid_core.domain.membership.enrolment import Enrolment, EnrolmentState, JoinedAs
from mutualaid_core.domain.membership.paying.remittance import RefundGround
from mutualaid_core.domain.scheme.eligibility import Employment, InsuranceType
from mutualaid_core.domain.scheme.parts import Part
from mutualaid_core.domain.scheme.policy.membership import JoinedBy
from mutualaid_core.domain.scheme.policy.product import ProductTerms
from mutualaid_core.domain.values.identifiers import EntryId, UnitId
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.rules.membership.history import joined, stretches_of
from mutualaid_core.services.membership.correction.judged import EnrolmentJudged
from mutualaid_core.services.membership.keeping import is_counted, unit_joined
from mutualaid_core.services.membership.paying.corrections import CorrectContribution, correct_contribution
from mutualaid_core.testing.acts.moves import MOVES_ON, NEXT, Moves
from mutualaid_core.testing.acts.planting import cover_planted
from mutualaid_core.testing.acts.years import WITH_WAITING, Years
from mutualaid_core.testing.samples import (
    COLLECTED_ON,
    FILED_ON,
    FOUNDING,
    POLICY,
    UNIT,
    VERSION,
    YEAR,
    dues,
    id_number,
    joiner,
    member_id,
    rated,
    stay,
    yuan,
)
from mutualaid_core.testing.world import World
from mutualaid_core.work import read_all

DAY = datetime.date
PARTS = (
    Part(part_id="main", name="主险", source="SN-2.2.3a"),
    Part(part_id="rider", name="副险", needs=("main",), source="SN-2.2.3a"),
)
RIDERS = attrs.evolve(
    POLICY,
    contribution=attrs.evolve(POLICY.contribution, amount_min=None, cites=()),
    product=ProductTerms(rider_requires_main=True, source="SN-2.2.3a"),
)


def years_of(*numbers: int, **founding: Any) -> Years:  # noqa: ANN401  # any field of the founding
    """A world in which these persons are enrolled and have not paid."""
    world = World(founding=attrs.evolve(FOUNDING, **founding))
    world.found()
    world.admit(len(numbers), len(numbers))
    world.enrol(*(joiner(number) for number in numbers))
    return Years(world)


@pytest.fixture
def unpaid() -> Years:
    """Two persons who are enrolled and have not paid."""
    return years_of(1, 2)


@pytest.fixture
def paid(joined: World) -> Years:
    """Two members with paid cover."""
    return Years(joined)


def told(done: EnrolmentJudged) -> list[tuple[str, str]]:
    """What was found, and the clause, of each fault."""
    return [(fault.found, fault.clause) for fault in done.faults]


def with_parts(*parts: str) -> Years:
    """A world with a main item and a rider, and one person who holds these."""
    rate = VERSION.dues.rates[0]
    rates = tuple(attrs.evolve(rate, part=part.part_id) for part in PARTS)
    version = attrs.evolve(VERSION, parts=PARTS, dues=attrs.evolve(VERSION.dues, rates=rates), joining=None)
    world = World(founding=attrs.evolve(FOUNDING, policy=RIDERS, version=version))
    world.found()
    world.admit(1, 1)
    assert world.enrol(joiner(1, parts=parts)).outcome is Outcome.PASS
    return Years(world)


def test_a_place_is_taken_back_before_it_is_paid(unpaid: Years) -> None:
    """State, history and the unit's count must show it, and the person may join anew."""
    done = unpaid.mend.withdraw(1)
    assert (done.outcome, done.state, done.faults) == (Outcome.PASS, EnrolmentState.WITHDRAWN, ())
    enrolment = unpaid.enrolment(1)
    assert [change.kind for change in enrolment.history] == [ChangeKind.JOINED, ChangeKind.WITHDRAWN]
    assert (enrolment.is_active, unpaid.joined()) == (False, 1)
    assert unpaid.world.enrol(joiner(1)).outcome is Outcome.PASS
    assert (unpaid.enrolment(1).is_active, unpaid.joined()) == (True, 2)


def test_a_paid_place_is_not_taken_back(paid: Years) -> None:
    """After the payment nothing must change, and the clause be told."""
    done = paid.mend.withdraw(1)
    assert (done.outcome, done.state) == (Outcome.REJECT, EnrolmentState.ENROLLED)
    assert told(done) == [("paid 2013-12-20", "HN-4.3.5b")]
    assert paid.joined() == 2


def test_only_the_own_unit_takes_back(unpaid: Years) -> None:
    """Another unit must be refused."""
    assert told(unpaid.mend.withdraw(1, UnitId("U-2"))) == [("another unit", "HN-3.1.2a")]


def test_who_is_not_enrolled_has_nothing_to_take_back(unpaid: Years) -> None:
    """All three acts on a stranger must be refused by the table."""
    for done in (unpaid.mend.withdraw(9), unpaid.mend.void(9), unpaid.mend.correct(9, shares=2)):
        assert (done.outcome, done.state, [found for found, _ in told(done)]) == (
            Outcome.REJECT,
            None,
            ["none"],
        )


def test_nothing_is_taken_back_before_it_became_known(unpaid: Years) -> None:
    """An act on an earlier day than the last entry must be refused."""
    earlier = DAY(2013, 12, 1)
    for done in (unpaid.mend.withdraw(1, on=earlier), unpaid.mend.void(1, on=earlier)):
        assert told(done) == [("2013-12-01", "ACFTU-11.1b")]


def test_a_period_that_takes_nothing_more_is_left_alone(unpaid: Years) -> None:
    """After the stop of postings, nothing must be taken back."""
    unpaid.world.stop()
    assert [clause for _, clause in told(unpaid.mend.withdraw(1, on=DAY(2015, 2, 1)))] == ["ACFTU-S4.2b"]


def test_an_error_without_money_is_void_at_once(unpaid: Years) -> None:
    """Where nothing was paid nothing must be left to be done."""
    done = unpaid.mend.void(1)
    assert (done.outcome, done.state, done.to_return) == (Outcome.PASS, EnrolmentState.VOIDED, None)
    assert unpaid.enrolment(1).history[-1].cause == "duplicate: P-2"
    assert unpaid.joined() == 1


def test_the_money_of_an_error_goes_back_as_a_correction(paid: Years) -> None:
    """What must go back must be told, be returned by its own act, and then be gone."""
    done = paid.mend.void(1)
    assert (done.outcome, done.state) == (Outcome.HOLD, EnrolmentState.VOIDED)
    assert told(done) == [("50.00 not returned", "HN-4.3.5b")]
    assert done.to_return is not None
    command = CorrectContribution(
        scheme_id=paid.world.scheme_id,
        remittance_id=done.to_return.entry_id,
        entry_id=EntryId("C-1"),
        ground=RefundGround.VOIDED_ENROLMENT,
        amount=done.to_return.amount,
        member_id=member_id(1),
        cause="P-2",
    )
    returned = correct_contribution(paid.world.host, paid.world.act(), command).result
    assert (returned.outcome, returned.returned) == (Outcome.PASS, yuan(50))
    settled = {each.member_id: each.is_settled for each in read_all(paid.world.store, Contribution)}
    assert settled == {member_id(1): False, member_id(2): True}


def test_claims_stand_in_the_way_of_voiding(paid: Years) -> None:
    """An enrolment on which a benefit was granted must stay, and the claim be named."""
    paid.world.grant(60_000)
    paid.world.file(stay(1_000))
    assert told(paid.mend.void(1, on=FILED_ON)) == [("S-1", "HN-4.3.5b")]
    assert paid.enrolment(1).is_active


def test_a_refused_claim_stands_in_nobodys_way(paid: Years) -> None:
    """A claim that was refused rests on nothing, so that the error can be voided."""
    assert paid.world.file(stay(1_000, med_type="11")).outcome is Outcome.REJECT
    assert paid.mend.void(1, on=FILED_ON).outcome is Outcome.HOLD


def test_voided_once_is_voided_for_ever(paid: Years) -> None:
    """A second voiding must be refused by the table, and the count go down once."""
    paid.mend.void(1)
    assert [found for found, _ in told(paid.mend.void(1))] == ["voided"]
    assert paid.joined() == 1


def test_a_person_who_moved_frees_the_place_of_the_first_unit(unpaid: Years) -> None:
    """The counter of the unit through which the person joined must go down, not the other one."""
    moves = Moves(unpaid.world)
    moves.know(NEXT)
    moves.move(1)
    assert unpaid.enrolment(1).unit_id == NEXT
    assert unpaid.mend.withdraw(1, NEXT, on=MOVES_ON).outcome is Outcome.PASS
    assert (unpaid.joined(UNIT), unpaid.joined(NEXT)) == (1, 0)


def test_what_was_typed_wrongly_is_set_right_by_a_further_entry() -> None:
    """Insurance and employment must change, and the history keep what stood before."""
    version = attrs.evolve(
        VERSION,
        eligibility=attrs.evolve(
            VERSION.eligibility, employments=(Employment.REGULAR, Employment.DISPATCHED)
        ),
    )
    years = years_of(1, version=version)
    done = years.mend.correct(1, employment=Employment.DISPATCHED)
    assert (done.outcome, done.state) == (Outcome.PASS, EnrolmentState.ENROLLED)
    enrolment = years.enrolment(1)
    assert enrolment.employment is Employment.DISPATCHED
    assert enrolment.history[-1].kind is ChangeKind.CORRECTED
    assert enrolment.history[-1].cause == "P-3: employment regular -> dispatched"


def test_what_stands_so_already_is_no_correction(paid: Years) -> None:
    """Where nothing was wrong nothing may be noted, whether the command names it or not."""
    before = paid.enrolment(1)
    assert paid.mend.correct(1).outcome is Outcome.PASS
    assert paid.mend.correct(1, shares=before.shares, cover_from=before.cover.first_day).faults == ()
    assert paid.enrolment(1) == before


def test_a_correction_must_meet_the_terms(paid: Years) -> None:
    """Residents' insurance must be refused here as at joining."""
    done = paid.mend.correct(1, insurance_type=InsuranceType.RESIDENT)
    assert (done.outcome, told(done)) == (Outcome.REJECT, [("390", "HN-4.1.1b")])


def test_facts_that_cost_something_else_are_no_correction_once_paid() -> None:
    """Two shares instead of one must be set right before the payment, and refused after it."""
    policy = attrs.evolve(POLICY, contribution=attrs.evolve(POLICY.contribution, shares_max=None, cites=()))
    version = attrs.evolve(VERSION, dues=rated(amount=50, shares_max=2))
    years = years_of(1, 2, policy=policy, version=version)
    assert years.mend.correct(1, shares=2).outcome is Outcome.PASS
    assert years.enrolment(1).shares == 2
    years.world.remit(dues(1, 100), dues(2))
    assert told(years.mend.correct(2, shares=2, on=FILED_ON)) == [("100.00", "HN-4.3.5b")]
    assert years.enrolment(2).shares == 1


def test_cover_that_claims_rest_on_is_not_corrected() -> None:
    """Where a benefit was granted, the first day of cover must stay; other facts may change."""
    world = World(founding=attrs.evolve(FOUNDING, policy=WITH_WAITING))
    world.found()
    world.join(1)
    world.grant(60_000)
    world.file(stay(1_000))
    years = Years(world)
    cover_planted(world, years.enrolment(1), DAY(2014, 1, 3))
    assert told(years.mend.correct(1, cover_from=YEAR.first_day, on=FILED_ON)) == [("S-1", "HN-4.3.5b")]
    assert years.mend.correct(1, employment=Employment.REGULAR, on=FILED_ON).outcome is Outcome.PASS


def test_the_first_day_of_cover_is_corrected_within_the_period() -> None:
    """A day by which the dues pay for the whole term must be taken, one outside the period refused."""
    years = years_of(1, policy=WITH_WAITING)
    cover_planted(years.world, years.enrolment(1), DAY(2014, 3, 1))
    assert told(years.mend.correct(1, cover_from=DAY(2013, 12, 31))) == [("2013-12-31", "HN-4.3.5d")]
    assert told(years.mend.correct(1, cover_from=DAY(2014, 3, 2))) == [("2014-03-02", "ACFTU-2.3b")]
    assert years.mend.correct(1, cover_from=DAY(2014, 2, 1)).outcome is Outcome.PASS
    assert years.enrolment(1).cover.first_day == DAY(2014, 2, 1)


def test_where_nobody_waits_cover_begins_with_the_period(unpaid: Years) -> None:
    """A late first day must be refused where there is no waiting period to guard it."""
    late = told(unpaid.mend.correct(1, cover_from=DAY(2014, 2, 1)))
    assert late == [("2014-02-01", "HN-4.3.5d"), ("2014-02-01", "ACFTU-2.3b")]
    assert unpaid.mend.correct(1, cover_from=YEAR.first_day).outcome is Outcome.PASS


def test_a_main_item_cancelled_beside_its_rider_is_held() -> None:
    """The rider must stand until a person decides, and both may go."""
    years = with_parts("main", "rider")
    done = years.mend.correct(1, parts=("rider",))
    assert (done.outcome, [clause for _, clause in told(done)]) == (Outcome.HOLD, ["SN-2.2.3a"])
    assert years.enrolment(1).parts == ("main", "rider")
    assert years.mend.correct(1, parts=("main",)).outcome is Outcome.PASS
    assert years.enrolment(1).history[-1].cause == "P-3: parts main,rider -> main"


def test_a_correction_leaves_the_units_of_before_alone(paid: Years) -> None:
    """After a move and a correction, both units must still stand in the history."""
    moves = Moves(paid.world)
    moves.know(NEXT)
    moves.move(1)
    before = stretches_of(paid.enrolment(1), DAY(2014, 12, 31))
    assert paid.mend.correct(1, employment=Employment.REGULAR, on=DAY(2014, 9, 1)).outcome is Outcome.PASS
    assert stretches_of(paid.enrolment(1), DAY(2014, 12, 31)) == before
    assert [stretch.unit_id for stretch in before] == [UNIT, NEXT]


def test_who_left_stays_gone_after_a_correction(paid: Years) -> None:
    """A correction of somebody who retired must not bring the unit back."""
    Moves(paid.world).leave(1)
    assert paid.mend.correct(1, employment=Employment.REGULAR, on=DAY(2014, 9, 1)).outcome is Outcome.PASS
    enrolment = paid.enrolment(1)
    assert enrolment.state is EnrolmentState.ENDED
    assert stretches_of(enrolment, DAY(2014, 12, 31))[-1].unit_id is None


def test_waiting_never_starts_after_the_cover() -> None:
    """An earlier first day of cover must take the day from which waiting counts along."""
    years = years_of(1, policy=WITH_WAITING)
    cover_planted(years.world, years.enrolment(1), DAY(2014, 3, 1))
    assert years.mend.correct(1, cover_from=DAY(2014, 2, 1)).outcome is Outcome.PASS
    assert years.enrolment(1).cover.first_day == DAY(2014, 2, 1)


@pytest.mark.parametrize("number", [id_number(1).reveal(), "a b"])
def test_a_paper_is_no_personal_text(number: str, unpaid: Years) -> None:
    """An ID number, or free text, must not get into the history."""
    with pytest.raises(InvalidValueError, match="cause"):
        attrs.evolve(unpaid.mend.withdrawal(1), cause=number)


@pytest.mark.parametrize(
    "changes",
    [
        {"joined_as": JoinedAs.LATE},
        {"joined_as": JoinedAs.NEW_HIRE},
        {"joined_by": JoinedBy.PERSON},
    ],
)
def test_whoever_was_not_on_the_judged_roster_is_not_counted(changes: dict[str, Any], unpaid: Years) -> None:
    """Late joiners, new hires and persons alone must not be counted out."""
    assert is_counted(unpaid.enrolment(1))
    assert not is_counted(attrs.evolve(unpaid.enrolment(1), **{"history": ()} | changes))


def test_later_periods_of_a_term_are_not_counted(unpaid: Years) -> None:
    """A place whose first entry names the first period of its term must not be counted out."""
    enrolment = attrs.evolve(unpaid.enrolment(1), history=())
    assert is_counted(joined(enrolment, YEAR.first_day))
    assert not is_counted(joined(enrolment, YEAR.first_day, cause="2013"))


def test_a_record_without_history_was_joined_through_its_unit(unpaid: Years) -> None:
    """Records of the first form must name their only unit."""
    assert unit_joined(attrs.evolve(unpaid.enrolment(1), history=())) == UNIT


@given(acts=st.lists(st.tuples(st.sampled_from("ewvc"), st.integers(1, 3)), max_size=12))
def test_the_count_of_a_unit_equals_a_recount(acts: list[tuple[str, int]]) -> None:
    """After any joining, withdrawing, voiding and correcting the counter must equal the active ones."""
    world = World()
    world.found()
    world.admit(3, 3)
    years = Years(world)
    for act, number in acts:
        if act == "e":
            world.enrol(joiner(number))
        elif act == "w":
            years.mend.withdraw(number)
        elif act == "v":
            years.mend.void(number)
        else:
            years.mend.correct(number, employment=Employment.REGULAR)
    active = [each for each in read_all(world.store, Enrolment) if each.is_active]
    assert years.joined() == len(active)
    assert COLLECTED_ON == max((each.joined_on for each in active), default=COLLECTED_ON)
