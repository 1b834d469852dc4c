"""Lines: claims as rows, admitted, computed, and using up limits in the order of the scheme."""

import datetime

import attrs
import pytest

from mutualaid_core.domain.claims.reason import Reason
from mutualaid_core.domain.claims.trace import Rule
from mutualaid_core.domain.scheme.benefit.conditions import CountWithin
from mutualaid_core.domain.scheme.facts import EventKind
from mutualaid_core.domain.scheme.options import UseOrder
from mutualaid_core.domain.scheme.version import EventDate, SchemeVersion
from mutualaid_core.domain.values.dates import DayRange
from mutualaid_core.rules.claims.counters import Counters
from mutualaid_core.rules.claims.given.rows import ClaimLine, Cover
from mutualaid_core.rules.claims.lines import (
    Outcome,
    adjudicate_line,
    adjudicate_lines,
    cover_on,
    event_facts,
)
from mutualaid_core.rules.claims.plan.compile import compile_version
from mutualaid_core.rules.claims.working.log import Log
from mutualaid_core.testing.samples import EXAMPLE_TERMS, VERSION, YEAR, stay, version_with

DAY = datetime.date
COVER = Cover(
    person_id="p",
    period_id="2014",
    days=YEAR,
    born=DAY(1984, 3, 2),
    counts={"shares": 2},
    codes={"sex": "2"},
    flags={"first_time": True},
)
STRICT = attrs.evolve(
    VERSION,
    event=attrs.evolve(VERSION.event, institutions=("H43050000001",)),
    eligibility=attrs.evolve(VERSION.eligibility, when=(CountWithin(fact="age", most=29),)),
)


def claim(base: int | str = 8_000, **changes: object) -> ClaimLine:
    """A stay of March 2014 that leaves *base* yuan."""
    settlement = stay(base)
    names = ("medfee_sumamt", "inscp_scp_amt", "fund_pay_sumamt", "hosp_part_amt", "psn_part_amt")
    told = {
        "claim_id": "S-1",
        "person_id": "p",
        "event": EventKind.INPATIENT_STAY,
        "began": DAY(2014, 3, 1),
        "ended": DAY(2014, 3, 10),
        "amounts": {
            **{name: settlement.amount(name).fen for name in names},
            **{name: settlement.amount(name).fen for name in VERSION.benefits[0].base.subtract},
        },
        "codes": {"insutype": "310", "med_type": "21", "hosp_lv": "3", "fixmedins_code": "H43050000001"},
    }
    return ClaimLine(**(told | changes))


def judged(
    line: ClaimLine, version: SchemeVersion = VERSION, covers: tuple[Cover, ...] = (COVER,)
) -> Outcome:
    """What becomes of a line."""
    return adjudicate_line(compile_version(version), line, covers, {})


def test_a_line_with_nothing_against_it_is_computed() -> None:
    """8,000 self-borne must be paid 2,550."""
    outcome = judged(claim())
    assert (outcome.amount, outcome.reasons, outcome.cover) == (255_000, (Reason.COMPUTED,), COVER)


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(claim(), id="paid"),
        pytest.param(claim(is_reversed=True), id="refused"),
        pytest.param(claim(-1), id="below zero"),
    ],
)
def test_an_outcome_names_its_line_and_cover(line: ClaimLine) -> None:
    """Whatever becomes of a line, its outcome must carry the line and the cover that was looked at."""
    outcome = judged(line)
    assert (outcome.line, outcome.cover) == (line, COVER)


def test_a_line_notes_its_steps() -> None:
    """A log that is given must take the steps of the line."""
    log = Log()
    adjudicate_line(compile_version(VERSION), claim(), (COVER,), {}, log)
    assert Rule.ROUNDING in {step.rule for step in log.steps}


def test_the_day_that_decides_is_the_version_s() -> None:
    """A stay from December 2013 to January 2014 counts by its discharge, and not by its admission."""
    line = claim(began=DAY(2013, 12, 30), ended=DAY(2014, 1, 5))
    by_admission = attrs.evolve(VERSION, event=attrs.evolve(VERSION.event, period_by=EventDate.ADMISSION))
    assert judged(line).amount == 255_000
    assert Reason.OUTSIDE_COVER in judged(line, by_admission).reasons


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"is_reversed": True}, Reason.SETTLEMENT_REVERSED),
        ({"codes": {"med_type": "11", "insutype": "310"}}, Reason.NOT_INPATIENT),
        ({"codes": {"insutype": "390"}}, Reason.INSURANCE_NOT_COVERED),
        ({"filed": DAY(2014, 9, 7)}, Reason.FILED_TOO_LATE),
        ({"event": EventKind.DEATH}, Reason.EVENT_NOT_COVERED),
    ],
)
def test_each_reason_against_a_line(changes: dict[str, object], reason: Reason) -> None:
    """What speaks against a line must be told, and nothing paid."""
    outcome = judged(claim(**changes))
    assert (outcome.reasons, outcome.amount) == ((reason,), 0)


def test_a_line_filed_on_the_last_day_is_in_time() -> None:
    """180 days after discharge on 10 March end on 6 September."""
    assert judged(claim(filed=DAY(2014, 9, 6))).amount == 255_000


def test_codes_that_are_not_told_speak_against_nothing() -> None:
    """A file without kinds of care and insurances must be taken as one that names the right ones."""
    assert judged(claim(codes={})).amount == 255_000


def test_a_stranger_is_no_member() -> None:
    """Somebody without any cover must be told so."""
    assert judged(claim(), covers=()).reasons == (Reason.NOT_A_MEMBER,)


def test_a_day_outside_the_cover_is_told() -> None:
    """A member whose cover began after the discharge must be told so."""
    late = attrs.evolve(COVER, days=DayRange(DAY(2014, 3, 11), YEAR.last_day))
    assert judged(claim(), covers=(late,)).reasons == (Reason.OUTSIDE_COVER,)


def test_all_reasons_are_told_at_once() -> None:
    """A stranger of another insurance and of another year must be told all three."""
    outcome = judged(claim(ended=DAY(2015, 1, 2), codes={"insutype": "390"}), covers=())
    assert outcome.reasons == (Reason.NOT_A_MEMBER, Reason.OUTSIDE_PERIOD, Reason.INSURANCE_NOT_COVERED)


def test_a_hospital_that_is_not_of_the_list_is_not_designated() -> None:
    """Where the version lists hospitals, another one must be refused."""
    codes = {"fixmedins_code": "H43050000002"}
    assert Reason.INSTITUTION_NOT_DESIGNATED in judged(claim(codes=codes), STRICT).reasons


def test_an_event_without_a_hospital_needs_no_designation() -> None:
    """A diagnosis must not be refused for want of a designated hospital."""
    line = claim(event=EventKind.DIAGNOSIS, codes={})
    assert judged(line, attrs.evolve(STRICT, eligibility=VERSION.eligibility)).reasons == (
        Reason.EVENT_NOT_COVERED,
    )


@pytest.mark.parametrize(("born", "refused"), [(DAY(1984, 3, 2), False), (DAY(1984, 3, 1), True)])
def test_conditions_on_members_are_looked_at(
    born: datetime.date,
    refused: bool,  # noqa: FBT001  # the expected answer
) -> None:
    """At most 29 years on 1 March 2014: born on 2 March 1984 is in, a day earlier is out."""
    outcome = judged(claim(), STRICT, (attrs.evolve(COVER, born=born),))
    assert (outcome.reasons == (Reason.NOT_ELIGIBLE,)) is refused


def test_sums_that_contradict_each_other_are_held() -> None:
    """Payers who together are not the cost must hold the claim."""
    line = claim()
    wrong = attrs.evolve(line, amounts={**line.amounts, "psn_part_amt": 1})
    assert judged(wrong).reasons == (Reason.IDENTITIES_BROKEN,)


def test_insurance_that_paid_more_than_counts_is_refused() -> None:
    """A base below zero must be refused with its own reason."""
    line = claim()
    amounts = {k: v for k, v in line.amounts.items() if k != "psn_part_amt"}
    wrong = attrs.evolve(line, amounts={**amounts, "inscp_scp_amt": 1})
    assert judged(wrong).reasons == (Reason.BASE_BELOW_ZERO,)


def test_facts_join_claim_and_cover() -> None:
    """Shares, sex, age on the first day and day of cover must come from the cover."""
    facts = event_facts(claim(), COVER, VERSION)
    assert (facts.count("shares"), facts.code("sex"), facts.count("age"), facts.count("cover_day")) == (
        2,
        "2",
        29,
        60,
    )
    assert facts.flag("first_time")


def test_what_the_claim_tells_goes_before_the_cover() -> None:
    """A claim that tells its shares, sex or day of cover must be believed."""
    line = claim(counts={"shares": 1, "cover_day": 5}, codes={"sex": "1"}, flags={"first_time": False})
    facts = event_facts(line, COVER, VERSION)
    assert (facts.count("shares"), facts.count("cover_day"), facts.code("sex")) == (1, 5, "1")
    assert not facts.flag("first_time")


def test_a_cover_without_a_birth_tells_no_age() -> None:
    """Where no day of birth is known, no age must be."""
    facts = event_facts(claim(), attrs.evolve(COVER, born=None, codes={}), VERSION)
    assert "age" not in facts.counts


def test_the_cover_is_the_one_of_the_day() -> None:
    """Of two years the one in which the day lies must be found, and none for another year."""
    later = attrs.evolve(COVER, period_id="2015", days=DayRange(DAY(2015, 1, 1), DAY(2015, 12, 31)))
    found = [cover_on((COVER, later), day) for day in (YEAR.last_day, DAY(2015, 1, 1), DAY(2016, 1, 1))]
    assert found == [COVER, later, None]


@pytest.mark.parametrize(
    ("by", "day"),
    [
        (EventDate.ADMISSION, DAY(2014, 3, 1)),
        (EventDate.DISCHARGE, DAY(2014, 3, 10)),
        (EventDate.SETTLEMENT, DAY(2014, 3, 12)),
    ],
)
def test_a_line_knows_the_day_that_decides(by: EventDate, day: datetime.date) -> None:
    """Admission, discharge and settlement must each give their own day."""
    assert claim(settled=DAY(2014, 3, 12)).day(by) == day


def test_without_a_settlement_the_last_day_decides() -> None:
    """An event that was never settled must go by its last day."""
    assert claim().day(EventDate.SETTLEMENT) == DAY(2014, 3, 10)


@pytest.mark.parametrize(
    ("by", "day"),
    [
        (UseOrder.ADMISSION, DAY(2014, 3, 1)),
        (UseOrder.DISCHARGE, DAY(2014, 3, 10)),
        (UseOrder.SETTLEMENT, DAY(2014, 3, 12)),
        (UseOrder.FILING, DAY(2014, 3, 20)),
        (UseOrder.APPROVAL, DAY(2014, 3, 10)),
    ],
)
def test_a_line_knows_the_day_of_its_turn(by: UseOrder, day: datetime.date) -> None:
    """Each order must have its own day; of the approval a file knows nothing but the last day."""
    assert claim(settled=DAY(2014, 3, 12), filed=DAY(2014, 3, 20)).order_day(by) == day


def all_of(*lines: ClaimLine, version: SchemeVersion) -> dict[str, int]:
    """What each line is paid."""
    found = adjudicate_lines(compile_version(version), lines, {"p": (COVER,)}, Counters())
    return {claim_id: outcome.amount for claim_id, outcome in found.items()}


def test_lines_use_up_a_cap_in_the_order_of_their_days() -> None:
    """Of 20,000 a stay in April that needs 15,500 must be left what one in March leaves (HN-4.4.3c)."""
    # 30,000: 2,000 + 7,500 + 6,000 = 15,500 each.
    march = claim(30_000, claim_id="S-9")
    april = claim(30_000, claim_id="S-1", began=DAY(2014, 4, 1), ended=DAY(2014, 4, 2))
    assert all_of(april, march, version=version_with(EXAMPLE_TERMS)) == {"S-9": 1_550_000, "S-1": 450_000}


def test_lines_of_one_day_go_by_their_ids() -> None:
    """Two claims of one day must use up the cap in the order of their ids, whatever the file's."""
    lines = (claim(30_000, claim_id=name) for name in ("S-2", "S-1"))
    assert all_of(*lines, version=version_with(EXAMPLE_TERMS)) == {"S-1": 1_550_000, "S-2": 450_000}


def test_what_was_used_before_counts() -> None:
    """A person who used 19,999 of 20,000 before must be left one yuan, and it is used then."""
    counters = Counters({("p", "2014"): {"amount/inpatient/period": 1_999_900}})
    plan = compile_version(version_with(EXAMPLE_TERMS))
    found = adjudicate_lines(plan, [claim(30_000)], {"p": (COVER,)}, counters)
    assert (found["S-1"].amount, counters.of("p", "2014")) == (100, {"amount/inpatient/period": 2_000_000})


def test_a_line_without_cover_uses_nothing() -> None:
    """A stranger's claim must leave every counter as it was."""
    counters = Counters()
    adjudicate_lines(compile_version(VERSION), [claim()], {}, counters)
    assert counters.values == {}


def test_reasons_against_a_line_stand_by_precedence() -> None:
    """With everything against it that can be at once, a line's reasons must stand by their ranks."""
    worst = claim(
        is_reversed=True,
        ended=DAY(2015, 1, 2),
        filed=DAY(2016, 1, 1),
        codes={"insutype": "390", "med_type": "11", "fixmedins_code": "H43050000002"},
        amounts={"medfee_sumamt": 1, "fund_pay_sumamt": 2, "psn_part_amt": 3, "hosp_part_amt": 4},
    )
    reasons = judged(worst, STRICT, ()).reasons
    assert (len(reasons), list(reasons)) == (8, sorted(reasons, key=lambda reason: reason.rank))


def test_the_scheme_says_whose_turn_it_is() -> None:
    """Where claims use up limits by settlement, the one settled first must come first."""
    first = claim(30_000, claim_id="S-9", settled=DAY(2014, 4, 1))
    second = claim(30_000, claim_id="S-1", settled=DAY(2014, 5, 1))
    points = attrs.evolve(VERSION.open_points, use_order=UseOrder.SETTLEMENT)
    version = version_with(EXAMPLE_TERMS, open_points=points)
    assert all_of(second, first, version=version) == {"S-9": 1_550_000, "S-1": 450_000}


def test_a_claim_counts_in_the_period_of_the_day_that_decides() -> None:
    """A stay over New Year must count in the year of its admission where the scheme goes by that."""
    over = claim(30_000, began=DAY(2014, 12, 28), ended=DAY(2015, 1, 6))
    later = attrs.evolve(COVER, period_id="2015", days=DayRange(DAY(2015, 1, 1), DAY(2015, 12, 31)))
    event = attrs.evolve(VERSION.event, period_by=EventDate.ADMISSION)
    counters = Counters()
    version = version_with(EXAMPLE_TERMS, event=event, last_day=DAY(2015, 12, 31))
    adjudicate_lines(compile_version(version), [over], {"p": (later, COVER)}, counters)
    assert set(counters.values) == {("p", "2014")}


def test_an_event_without_cover_keeps_all_that_the_claim_tells() -> None:
    """Without a cover the facts of the event must be those of the claim, flags and other schemes too."""
    line = claim(flags={"first_time": True}, elsewhere=5_000, counts={"days": 9})
    facts = event_facts(line, None, VERSION)
    assert (facts.event, facts.began, facts.ended) == (line.event, line.began, line.ended)
    assert (facts.count("days"), facts.elsewhere) == (9, 5_000)
    assert (facts.flag("first_time"), facts.flag("designated_hospital")) == (True, True)


def test_a_person_holds_the_parts_of_the_cover() -> None:
    """Parts that the cover tells must be those of the event, and a first day of cover is day 1."""
    facts = event_facts(claim(began=YEAR.first_day), attrs.evolve(COVER, parts=frozenset({"main"})), VERSION)
    assert (facts.parts, facts.count("cover_day")) == (frozenset({"main"}), 1)
