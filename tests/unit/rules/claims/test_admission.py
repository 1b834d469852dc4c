"""Admission: one check per reason, all of them run, told by precedence."""

import datetime
from collections.abc import Callable
from itertools import pairwise

import attrs
import pytest

from mutualaid_core.domain.claims.reason import Outcome, Reason
from mutualaid_core.domain.claims.settlement import AMOUNT_FIELDS, FUND_FIELDS
from mutualaid_core.domain.membership.member import Member
from mutualaid_core.domain.scheme.benefit.conditions import CountWithin
from mutualaid_core.domain.scheme.eligibility import InsuranceType
from mutualaid_core.domain.scheme.facts import EventKind, event_of_care
from mutualaid_core.domain.scheme.version import EventDate, SchemeVersion
from mutualaid_core.domain.values.dates import DayRange, age_on
from mutualaid_core.domain.values.money import Money
from mutualaid_core.domain.values.personal import PersonName, ResidentId, id_check_character
from mutualaid_core.errors import VersionGapError
from mutualaid_core.rules.claims.admission import (
    CHECKS,
    ClaimFacts,
    admission_reasons,
    event_day,
    facts_of,
    holds_in,
    version_for_claim,
)
from mutualaid_core.rules.claims.facts import EventFacts
from mutualaid_core.testing.samples import PERIOD_RECORD, VERSION, YEAR, id_number, name_of, stay, yuan

DAY = datetime.date
Repair = Callable[[ClaimFacts, ClaimFacts], ClaimFacts]

NAME = name_of(1)
STRICT = attrs.evolve(
    VERSION,
    event=attrs.evolve(VERSION.event, institutions=("H43050000001",)),
    eligibility=attrs.evolve(VERSION.eligibility, when=(CountWithin(fact="age", most=20),)),
)
"""The sample version with a list of hospitals, for members of at most 20 years."""


def settled(facts: ClaimFacts, **changes: object) -> ClaimFacts:
    """The facts with another settlement."""
    return attrs.evolve(facts, settlement=attrs.evolve(facts.settlement, **changes))


def worst(good: ClaimFacts) -> ClaimFacts:
    """Facts against which everything speaks that can at once, of a unit that was refused."""
    bad = settled(
        good,
        refd_setl_flag=True,
        med_type="11",
        begndate=DAY(2015, 1, 3),
        enddate=DAY(2015, 1, 9),
        fixmedins_code="H43050000002",
        insutype=InsuranceType.RESIDENT,
        medfee_sumamt=Money(1),
        inscp_scp_amt=Money(0),
        psn_name=PersonName("李四"),
    )
    return attrs.evolve(bad, filed_on=DAY(2016, 1, 1), unit_admitted=None, enrolment=None, contribution=None)


def in_2014(facts: ClaimFacts, first: int, last: int) -> ClaimFacts:
    """The facts with a stay in January 2014."""
    return settled(facts, begndate=DAY(2014, 1, first), enddate=DAY(2014, 1, last))


def young(good: ClaimFacts) -> Member:
    """The member, born in the year of the stay's twentieth birthday."""
    assert good.member is not None
    number = ResidentId.parse("430502199501010012"[:17] + id_check_character("430502199501010012"[:17]))
    return attrs.evolve(good.member, id_number=number, birth_date=number.birth_date)


def out_of_scope(bad: ClaimFacts, good: ClaimFacts) -> ClaimFacts:
    """Figures that add up, with all of the cost out of scope though insurance paid."""
    return attrs.evolve(
        bad,
        settlement=attrs.evolve(
            good.settlement,
            psn_name=bad.settlement.psn_name,
            inscp_scp_amt=Money(0),
            fulamt_ownpay_amt=good.settlement.inscp_scp_amt + good.settlement.fulamt_ownpay_amt,
        ),
    )


def unsettled(bad: ClaimFacts, good: ClaimFacts) -> ClaimFacts:
    """Figures that add up, of a stay for which no insurance has paid anything."""
    cost = good.settlement.medfee_sumamt
    none = dict.fromkeys((*FUND_FIELDS, "fund_pay_sumamt"), Money(0))
    settlement = attrs.evolve(
        good.settlement, psn_name=bad.settlement.psn_name, psn_part_amt=cost, psn_cash_pay=cost, **none
    )
    return attrs.evolve(bad, settlement=settlement)


# Each row repairs one more thing than the row before, so that the reason below it leads.
REPAIRS: tuple[tuple[Reason, Repair], ...] = (
    (Reason.SETTLEMENT_REVERSED, lambda bad, _good: bad),
    (Reason.NOT_A_MEMBER, lambda bad, _good: settled(bad, refd_setl_flag=False)),
    (Reason.UNIT_NOT_ADMITTED, lambda bad, _good: attrs.evolve(bad, unit_admitted=False)),
    (
        Reason.NO_PAID_COVER,
        lambda bad, good: attrs.evolve(
            bad,
            unit_admitted=True,
            enrolment=attrs.evolve(good.enrolment, cover=DayRange(DAY(2014, 1, 10), YEAR.last_day)),
        ),
    ),
    (Reason.NOT_INPATIENT, lambda bad, good: attrs.evolve(bad, contribution=good.contribution)),
    (Reason.OUTSIDE_PERIOD, lambda bad, _good: settled(bad, med_type="21")),
    (Reason.OUTSIDE_COVER, lambda bad, _good: in_2014(bad, 3, 9)),
    (
        Reason.INSTITUTION_NOT_DESIGNATED,
        lambda bad, good: settled(bad, begndate=good.settlement.begndate, enddate=good.settlement.enddate),
    ),
    (Reason.INSURANCE_NOT_COVERED, lambda bad, _good: settled(bad, fixmedins_code="H43050000001")),
    (Reason.FILED_TOO_LATE, lambda bad, _good: settled(bad, insutype=InsuranceType.EMPLOYEE)),
    (Reason.NOT_ELIGIBLE, lambda bad, good: attrs.evolve(bad, filed_on=good.filed_on)),
    (Reason.IDENTITIES_BROKEN, lambda bad, good: attrs.evolve(bad, member=young(good))),
    (Reason.BASE_BELOW_ZERO, out_of_scope),
    (Reason.NOT_SETTLED_FIRST, unsettled),
    (
        Reason.NAME_DIFFERS,
        lambda bad, good: attrs.evolve(
            bad, settlement=attrs.evolve(good.settlement, psn_name=bad.settlement.psn_name)
        ),
    ),
)


def repaired(good: ClaimFacts, rows: int) -> ClaimFacts:
    """The worst facts after the repairs of the first *rows* rows."""
    facts = worst(good)
    for _, repair in REPAIRS[:rows]:
        facts = repair(facts, good)
    return facts


@pytest.mark.parametrize("row", range(len(REPAIRS)), ids=[reason.name for reason, _ in REPAIRS])
def test_reasons_by_descending_precedence(facts: ClaimFacts, row: int) -> None:
    """Facts repaired as far as the row must be refused for the reason of the row first."""
    assert admission_reasons(repaired(facts, row + 1), STRICT)[0] is REPAIRS[row][0]


def test_facts_that_are_all_repaired_have_no_reason(facts: ClaimFacts) -> None:
    """Where the last fault is repaired too, nothing must speak against the claim."""
    assert admission_reasons(settled(repaired(facts, len(REPAIRS)), psn_name=NAME), STRICT) == ()


def test_the_table_has_a_row_per_check() -> None:
    """The rows of the table must be the checks, in their order."""
    assert [reason for reason, _ in REPAIRS] == [reason for reason, _ in CHECKS]


def test_checks_stand_in_the_order_of_their_reasons() -> None:
    """Checks must stand in the order in which the reasons lead."""
    order = list(Reason)
    assert all(order.index(before[0]) < order.index(after[0]) for before, after in pairwise(CHECKS))


def test_all_reasons_are_told_at_once(facts: ClaimFacts) -> None:
    """A claim with several faults must be told every one of them, by precedence."""
    bad = attrs.evolve(settled(facts, med_type="11"), filed_on=DAY(2016, 1, 1))
    assert admission_reasons(bad, VERSION) == (Reason.NOT_INPATIENT, Reason.FILED_TOO_LATE)


def test_a_base_below_zero_counts_for_benefits_that_fit_alone(facts: ClaimFacts) -> None:
    """A base below zero of a benefit for other members must not refuse the claim."""
    good = attrs.evolve(facts, unit_admitted=True)
    wrong = out_of_scope(good, good)
    benefit = VERSION.benefits[0]
    for_children = CountWithin(fact="age", most=17)
    others = attrs.evolve(VERSION, benefits=(attrs.evolve(benefit, when=(for_children,)),))
    assert admission_reasons(wrong, VERSION) == (Reason.BASE_BELOW_ZERO,)
    assert admission_reasons(wrong, others) == ()
    assert admission_reasons(attrs.evolve(wrong, enrolment=None), VERSION) == (Reason.NOT_A_MEMBER,)


def test_refusals_stand_before_holds() -> None:
    """No reason that holds a claim may lead before one that refuses it, save one on figures that add up."""
    outcomes = [reason.outcome for reason, _ in CHECKS if reason is not Reason.BASE_BELOW_ZERO]
    assert outcomes == sorted(outcomes, key=list(Outcome).index)


@pytest.mark.parametrize(
    ("period_by", "day"),
    [
        (EventDate.ADMISSION, DAY(2014, 3, 1)),
        (EventDate.DISCHARGE, DAY(2014, 3, 10)),
        (EventDate.SETTLEMENT, DAY(2014, 3, 12)),
    ],
)
def test_the_version_names_the_day_of_the_event(period_by: EventDate, day: datetime.date) -> None:
    """Admission, discharge and settlement must each give their own day."""
    settlement = stay()
    later = attrs.evolve(settlement, setl_time=settlement.setl_time.replace(day=12))
    assert event_day(later, period_by) == day


@pytest.mark.parametrize(("day", "reasons"), [(6, ()), (7, (Reason.FILED_TOO_LATE,))])
def test_filing_ends_with_the_last_day(facts: ClaimFacts, day: int, reasons: tuple[Reason, ...]) -> None:
    """180 days after discharge on 10 March end on 6 September: that day is in time, the 7th is not."""
    assert admission_reasons(attrs.evolve(facts, filed_on=DAY(2014, 9, day)), VERSION) == reasons


def test_without_a_list_every_hospital_is_designated(facts: ClaimFacts) -> None:
    """Where the version lists no hospitals, the settlement itself must stand for the designation."""
    assert admission_reasons(settled(facts, fixmedins_code="P43050000009"), VERSION) == ()


def test_an_unknown_member_has_no_name_to_differ(facts: ClaimFacts) -> None:
    """A stranger must be told that he is no member, not that his name differs."""
    stranger = attrs.evolve(facts, member=None, enrolment=None, contribution=None, unit_admitted=None)
    assert admission_reasons(stranger, VERSION) == (Reason.NOT_A_MEMBER,)


def halves() -> tuple[SchemeVersion, SchemeVersion]:
    """A version for each half of 2014."""
    first = attrs.evolve(VERSION, version_id="V-1", last_day=DAY(2014, 6, 30))
    return first, attrs.evolve(VERSION, version_id="V-2", first_day=DAY(2014, 7, 1))


def test_a_claim_gets_the_version_of_its_day() -> None:
    """A discharge on 1 July must be judged by the version in force from that day."""
    settlement = stay(begndate=DAY(2014, 6, 28), enddate=DAY(2014, 7, 1))
    assert version_for_claim(halves(), settlement, PERIOD_RECORD).version_id == "V-2"


def test_a_stay_outside_the_period_is_judged_by_the_first_version() -> None:
    """A stay of 2015, when no version holds, must be judged by that with which the period began."""
    settlement = stay(begndate=DAY(2015, 1, 3), enddate=DAY(2015, 1, 9))
    assert version_for_claim(halves(), settlement, PERIOD_RECORD).version_id == "V-1"


def test_two_versions_on_one_day_are_refused() -> None:
    """Where two versions hold on the day, none may be chosen."""
    twins = (VERSION, attrs.evolve(VERSION, version_id="V-2"))
    with pytest.raises(VersionGapError) as caught:
        version_for_claim(twins, stay(), PERIOD_RECORD)
    assert (caught.value.day, caught.value.found) == ("2014-03-10", ("V-2014", "V-2"))


def test_a_day_of_the_period_without_a_version_is_refused() -> None:
    """A day of the period on which no version holds must not be judged by another one."""
    first, second = halves()
    late = attrs.evolve(second, first_day=DAY(2014, 7, 2))
    settlement = stay(begndate=DAY(2014, 6, 28), enddate=DAY(2014, 7, 1))
    with pytest.raises(VersionGapError) as caught:
        version_for_claim((first, late), settlement, PERIOD_RECORD)
    assert (caught.value.day, caught.value.found) == ("2014-07-01", ())


def test_a_broken_sum_holds_the_claim(facts: ClaimFacts) -> None:
    """A total that its parts do not add up to must hold the claim for the insurance to check."""
    broken = settled(facts, medfee_sumamt=facts.settlement.medfee_sumamt + yuan("0.01"))
    assert admission_reasons(broken, VERSION) == (Reason.IDENTITIES_BROKEN,)


@pytest.mark.clause("HN-4.2.1f", "GD-1.2d")
def test_figures_that_contradict_each_other_say_nothing_of_the_base(facts: ClaimFacts) -> None:
    """A record whose layers exceed its total must be held, not refused for its base."""
    contradictory = settled(facts, hifp_pay=Money(10**9))
    assert admission_reasons(contradictory, VERSION) == (Reason.IDENTITIES_BROKEN,)


@pytest.mark.parametrize(
    ("care", "event"),
    [
        ("11", EventKind.OUTPATIENT_VISIT),
        ("14", EventKind.OUTPATIENT_VISIT),
        ("41", EventKind.OUTPATIENT_VISIT),
        ("21", EventKind.INPATIENT_STAY),
        ("52", EventKind.INPATIENT_STAY),
    ],
)
def test_the_kind_of_care_tells_the_event(care: str, event: EventKind) -> None:
    """Visits and pharmacies must be visits, every other kind of care a stay."""
    assert event_of_care(care) is event


def test_facts_tell_the_member_and_the_stay(facts: ClaimFacts) -> None:
    """Shares and age of the member, day of cover and codes of the stay must be known."""
    found = facts_of(facts, VERSION)
    assert (found.count("shares"), found.count("cover_day"), found.code("hosp_lv")) == (1, 60, "3")


def test_facts_of_a_stranger_tell_the_stay_alone(facts: ClaimFacts) -> None:
    """Of somebody who is no member nothing but the stay must be known."""
    found = facts_of(attrs.evolve(facts, enrolment=None, member=None), VERSION)
    assert ("cover_day" in found.counts, found.amount("hifp_pay")) == (False, 1_000_000)


def test_an_enrolment_without_a_person_has_no_age(facts: ClaimFacts) -> None:
    """Where the person's record is not there, age and sex must not be known."""
    found = facts_of(attrs.evolve(facts, member=None), VERSION)
    assert ("age" in found.counts, "sex" in found.codes) == (False, False)


def test_facts_of_a_claim_are_told_whole(facts: ClaimFacts) -> None:
    """Every fact of a stay and its member must be told under its own name, and no other."""
    settlement = facts.settlement
    found = facts_of(attrs.evolve(facts, elsewhere=yuan(7)), VERSION)
    assert found == EventFacts(
        event=EventKind.INPATIENT_STAY,
        began=DAY(2014, 3, 1),
        ended=DAY(2014, 3, 10),
        amounts={name: settlement.amount(name).fen for name in AMOUNT_FIELDS},
        counts={"shares": 1, "cover_day": 60, "age": age_on(id_number(1).birth_date, DAY(2014, 3, 1))},
        codes={
            "sex": "0",
            "hosp_lv": "3",
            "insutype": "310",
            "med_type": "21",
            "fixmedins_code": "H43050000001",
            "dise_code": "J18.900",
        },
        flags={"designated_hospital": True},
        elsewhere=700,
    )


def test_a_reversed_settlement_filed_elsewhere_keeps_its_days(facts: ClaimFacts) -> None:
    """A version that goes by the settlement must find its day, and a stay that is reversed its flag."""
    late = settled(facts, refd_setl_flag=True)
    assert admission_reasons(late, VERSION) == (Reason.SETTLEMENT_REVERSED,)


def test_versions_that_end_with_the_period_hold_in_it() -> None:
    """A version that holds on the first or the last day alone must hold in the period, its neighbours not."""
    first, last = YEAR.first_day, YEAR.last_day
    day = datetime.timedelta(days=1)
    spans = [
        (first - day, first, True),
        (last, last + day, True),
        (first - day, first - day, False),
        (last + day, last + day, False),
        (last + day, None, False),
        (first - day, None, True),
    ]
    held = [
        holds_in(attrs.evolve(VERSION, first_day=begins, last_day=ends), PERIOD_RECORD)
        for begins, ends, _ in spans
    ]
    assert held == [expected for _, _, expected in spans]
