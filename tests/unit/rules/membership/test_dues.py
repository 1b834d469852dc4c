"""Dues: what an enrolment costs, who may bear it, and from when on it may come in."""

import datetime

import attrs
import pytest

from mutualaid_core.domain.membership.contribution import Contribution
from mutualaid_core.domain.membership.enrolment import Enrolment
from mutualaid_core.domain.scheme.benefit.conditions import CodeIs, CountWithin
from mutualaid_core.domain.scheme.dues import Dues, DuesRate, FundingSource, PayerShare
from mutualaid_core.domain.scheme.eligibility import Employment, InsuranceType
from mutualaid_core.domain.scheme.joining import CoverStart, JoiningTerms, LateJoining, Term
from mutualaid_core.domain.scheme.parts import Part
from mutualaid_core.domain.scheme.policy import ContributionTerms
from mutualaid_core.domain.scheme.policy.membership import JoinedBy
from mutualaid_core.domain.values.money import Money
from mutualaid_core.domain.values.ratio import Ratio
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.rules.membership.dues import (
    Holding,
    applying_rate,
    check_borne,
    check_contribution,
    check_parts,
    check_received_on,
    due_of,
    dues_for,
    dues_of,
    holdings_of,
    rate_for,
    split_of,
)
from mutualaid_core.rules.membership.facts import NO_FACTS, MemberFacts
from mutualaid_core.testing.samples import (
    COLLECTED_ON,
    PERIOD,
    POLICY,
    SCHEME,
    UNIT,
    VERSION,
    YEAR,
    dues,
    rated,
    yuan,
)

TERMS = POLICY.contribution


def contribution(**split: str | int) -> Contribution:
    """A contribution of 50 yuan, borne as told."""
    line = dues(1, **split)
    return Contribution(
        scheme_id=SCHEME,
        period_id=PERIOD,
        member_id=line.member_id,
        unit_id=UNIT,
        amount=line.amount,
        split=line.split,
        received_on=COLLECTED_ON,
        entry_id="R-1",
    )


def refusal(paid: Contribution) -> InvalidValueError:
    """The error with which a contribution is refused."""
    with pytest.raises(InvalidValueError) as caught:
        check_contribution(paid, yuan(50), VERSION.dues, TERMS)
    return caught.value


def test_one_share_costs_the_dues() -> None:
    """One share must cost 50 yuan for the period."""
    assert dues_for(1, VERSION.dues) == yuan(50)


def test_several_shares_cost_as_many_times_the_dues() -> None:
    """Where a scheme allows three shares, three must cost 150."""
    assert dues_for(3, rated(shares_max=3)) == yuan(150)


@pytest.mark.parametrize("shares", [0, -1, 2])
def test_no_other_number_of_shares_is_sold(shares: int) -> None:
    """No share, less than none and more than the scheme allows must be refused."""
    with pytest.raises(InvalidValueError, match=r"shares must be 1 to 1, got .* \[HN-4.3.4c\]"):
        dues_for(shares, VERSION.dues)


def test_the_dues_in_full_are_accepted() -> None:
    """50 yuan, of which 20 by the member and 30 by the employer, must be accepted."""
    check_contribution(contribution(member=20, employer=30), yuan(50), VERSION.dues, TERMS)


def test_another_amount_is_refused() -> None:
    """49.99 instead of 50 must be refused with the clause of the dues."""
    line = dues(1, "49.99")
    short = attrs.evolve(contribution(), amount=line.amount, split=line.split)
    error = refusal(short)
    assert (error.field, error.value, error.clause) == ("contribution", "49.99", "HN-4.3.4b")


def test_a_payer_whom_the_scheme_does_not_name_is_refused() -> None:
    """A share borne by donations must be refused where the scheme does not name them."""
    error = refusal(contribution(member=20, donation=30))
    assert (error.field, error.value, error.clause) == ("split", "donation", "HN-4.3.1")


def test_money_that_came_too_early_is_refused() -> None:
    """A contribution of 14 November 2013 must be refused, a day before collection begins."""
    early = attrs.evolve(contribution(), received_on=datetime.date(2013, 11, 14))
    assert refusal(early).clause == "HN-5.2.2a"


def test_collection_begins_on_its_first_day() -> None:
    """Money of 15 November 2013 must be accepted."""
    check_received_on(datetime.date(2013, 11, 15), TERMS)


def test_no_policy_on_collection_asks_nothing() -> None:
    """Where policies are silent, money of any day must be accepted."""
    check_received_on(datetime.date(1999, 1, 1), ContributionTerms())


MEMBER, UNION, EMPLOYER = FundingSource.MEMBER, FundingSource.UNION, FundingSource.EMPLOYER
PRIVATE = MemberFacts(codes={"employer_class": "private_firm"})
PUBLIC = MemberFacts(codes={"employer_class": "public_sector"})
PARTS = (
    Part(part_id="main", name="主险", source="SN-2.2.3a"),
    Part(part_id="critical", name="重大疾病附加险", needs=("main",), source="SN-2.2.3a"),
    Part(part_id="women", name="女职工附加险", needs=("main",), excludes=("women_b",), source="SN-2.2.3a"),
    Part(part_id="women_b", name="女职工 B 款", needs=("main",), source="SN-2.2.3a"),
)


def rate(part: str | None, amount: int, shares_max: int = 1, *when: CodeIs | CountWithin) -> DuesRate:
    """A rate in yuan."""
    return DuesRate(part=part, when=when, amount=yuan(amount), shares_max=shares_max, source="HN-4.3.4b")


def dues_at(*rates: DuesRate, split: tuple[PayerShare, ...] = ()) -> Dues:
    """Dues of these rates."""
    return Dues(rates=rates, payers=(MEMBER, UNION, EMPLOYER), split=split, source="HN-4.3.1")


TAIZHOU = dues_at(
    rate("main", 60, 1, CodeIs(fact="employer_class", one_of=("public_sector",))),
    rate("main", 40),
    rate("critical", 15),
    rate("women", 15),
)
"""Fees of Taizhou (S13d): the main item by the class of the employer, riders 15 each."""

SICHUAN = dues_at(
    rate("inpatient", 110),
    rate("critical", 60, 2),
    split=(PayerShare(payer=UNION, ratio=Ratio(30, 100)), PayerShare(payer=MEMBER)),
)
"""Fees of Sichuan (S14): the union bears 30 percent, the member the rest."""


@pytest.mark.clause("HN-4.3.4b")
@pytest.mark.parametrize(("facts", "due"), [(PRIVATE, 70), (PUBLIC, 90)], ids=["private", "public"])
def test_the_fees_of_taizhou(facts: MemberFacts, due: int) -> None:
    """Main item and two riders must cost 40 + 15 + 15 in a private firm, else 60 + 15 + 15 (S13d-01)."""
    held = tuple(Holding(part=part) for part in ("main", "critical", "women"))
    assert dues_of(held, TAIZHOU, facts) == yuan(due)


@pytest.mark.clause("ACFTU-2.3a")
@pytest.mark.clause("HN-4.3.4b")
def test_a_person_whom_no_rate_takes_has_none() -> None:
    """A part whose only rate asks for a sex must have no rate for the other one."""
    women = attrs.evolve(SICHUAN.rates[0], when=(CodeIs(fact="sex", one_of=("2",)),))
    asked = attrs.evolve(SICHUAN, rates=(women,))
    of = {sex: applying_rate(women.part, asked, MemberFacts(codes={"sex": sex})) for sex in ("1", "2")}
    assert of == {"1": None, "2": women}


def test_the_fees_of_sichuan() -> None:
    """Two shares at 60 must cost 120, of which the union bears 36 and the member 84 (S14-01)."""
    due = dues_of((Holding(part="critical", shares=2),), SICHUAN)
    borne = {part.payer: part.amount for part in split_of(due, SICHUAN.split)}
    assert (due, borne) == (yuan(120), {UNION: yuan(36), MEMBER: yuan(84)})


@pytest.mark.clause("HN-4.3.4c")
def test_surplus_shares_of_a_part_are_refused() -> None:
    """A third share of a part of which two may be held must be refused."""
    with pytest.raises(InvalidValueError, match=r"shares must be 1 to 2, got 3 \[HN-4.3.4c\]"):
        dues_of((Holding(part="critical", shares=3),), SICHUAN)


def test_the_first_rate_that_applies_is_taken() -> None:
    """Of two rates whose conditions hold, the first must be taken."""
    young = rate(None, 30, 1, CountWithin(fact="age", most=40))
    assert rate_for(None, dues_at(young, rate(None, 50)), MemberFacts(counts={"age": 40})) == young


def test_a_part_without_a_rate_is_refused() -> None:
    """A part for which no rate applies must be refused with the clause of the dues."""
    with pytest.raises(InvalidValueError, match=r"dues must have a rate that applies, got 'x' \[HN-4.3.4b\]"):
        rate_for("x", TAIZHOU)


def test_a_rate_that_asks_for_what_is_not_known_is_refused() -> None:
    """Where a rate hangs on an employer's class that nobody told, it must not be guessed."""
    with pytest.raises(InvalidValueError, match="employer_class must be known"):
        rate_for("main", TAIZHOU, NO_FACTS)


@pytest.mark.clause("SN-2.2.3a")
def test_a_rider_is_held_on_top_of_its_main_item() -> None:
    """A main item with its riders must be accepted."""
    check_parts(("main", "critical", "women"), PARTS)


@pytest.mark.clause("SN-2.2.3a")
@pytest.mark.parametrize(
    ("held", "rule"),
    [
        (("critical",), "must hold main with critical, got 'critical'"),
        (("main", "women", "women_b"), "must not hold women_b with women"),
        (("main", "main"), "must name each part once"),
        (("main", "x"), "must be among main, critical, women, women_b, got 'x'"),
    ],
)
def test_parts_that_do_not_go_together_are_refused(held: tuple[str, ...], rule: str) -> None:
    """A rider alone, one beside what it excludes, a part twice and an unknown one must be refused."""
    with pytest.raises(InvalidValueError, match=f"parts {rule}.* \\[SN-2.2.3a\\]"):
        check_parts(held, PARTS)


def test_a_scheme_without_parts_has_none_to_hold() -> None:
    """A part of a scheme that has no parts must be refused, and no part be accepted."""
    check_parts((), ())
    with pytest.raises(InvalidValueError, match="parts must be among none"):
        check_parts(("main",), ())


@pytest.mark.clause("ACFTU-2.3a")
@pytest.mark.parametrize(
    ("fen", "shares", "parts"),
    [
        (
            6_000,
            ((MEMBER, Ratio(1, 3)), (UNION, Ratio(1, 3)), (EMPLOYER, Ratio(1, 3))),
            (2_000, 2_000, 2_000),
        ),
        (
            5_000,
            ((MEMBER, Ratio(1, 3)), (UNION, Ratio(1, 3)), (EMPLOYER, Ratio(1, 3))),
            (1_667, 1_667, 1_666),
        ),
        (101, ((UNION, Ratio(1, 4)), (MEMBER, Ratio(3, 4))), (25, 76)),
        (101, ((UNION, Ratio(3, 10)), (MEMBER, None)), (30, 71)),
        (1, ((UNION, Ratio(9, 10)), (MEMBER, None)), (1, 0)),
        (
            5_000,
            ((MEMBER, Ratio(1, 3)), (UNION, Ratio(1, 3)), (EMPLOYER, None)),
            (1_667, 1_667, 1_666),
        ),
        (5_000, ((UNION, Ratio(1, 1)), (MEMBER, None)), (5_000, 0)),
    ],
)
def test_a_split_is_exact_to_the_fen(
    fen: int, shares: tuple[tuple[FundingSource, Ratio | None], ...], parts: tuple[int, ...]
) -> None:
    """Fen left over must go to the largest remainders, whether a payer has a ratio or the rest."""
    split = tuple(PayerShare(payer=payer, ratio=ratio) for payer, ratio in shares)
    borne = split_of(Money(fen), split)
    assert [(part.payer, part.amount.fen) for part in borne] == list(
        zip((payer for payer, _ in shares), parts, strict=True)
    )


def test_no_split_leaves_it_to_the_units() -> None:
    """Where a scheme says nothing of shares, nothing must be told."""
    assert split_of(yuan(50), ()) == ()


HALVES = attrs.evolve(
    VERSION.dues,
    split=tuple(PayerShare(payer=payer, ratio=Ratio(1, 2)) for payer in (MEMBER, EMPLOYER)),
)


@pytest.mark.clause("ACFTU-2.3a")
def test_dues_are_borne_as_the_scheme_says() -> None:
    """Where a scheme has member and employer bear half each, 25 and 25 must be accepted in any order."""
    check_contribution(contribution(employer=25, member=25), yuan(50), HALVES, TERMS)


@pytest.mark.clause("ACFTU-2.3a")
def test_dues_that_are_borne_otherwise_are_refused() -> None:
    """20 by the member and 30 by the employer must be refused where the scheme says half each."""
    with pytest.raises(InvalidValueError) as caught:
        check_contribution(contribution(member=20, employer=30), yuan(50), HALVES, TERMS)
    error = caught.value
    assert (error.field, error.rule, error.clause) == (
        "split",
        "must be member 25.00, employer 25.00",
        "ACFTU-2.3a",
    )


def enrolled(**changes: object) -> Enrolment:
    """A worker with one share for a whole period."""
    made = Enrolment(
        scheme_id=SCHEME,
        period_id=PERIOD,
        member_id="m-1",
        unit_id=UNIT,
        insurance_type=InsuranceType.EMPLOYEE,
        employment=Employment.REGULAR,
        shares=1,
        cover=YEAR,
    )
    return attrs.evolve(made, **changes)


def joining(fee: Ratio) -> JoiningTerms:
    """One joins for a year, or for its second half at part of the fee."""
    return JoiningTerms(
        ways=(JoinedBy.UNIT,),
        late=LateJoining.ACCEPT,
        terms=(
            Term(starts_after_months=0, months=12, fee=Ratio(1, 1), source="HN-4.3.4b"),
            Term(starts_after_months=6, months=6, fee=fee, source="HN-4.3.4b"),
        ),
        cover_start=CoverStart.PAYMENT_DAY,
        source="HN-4.3.5d",
    )


@pytest.mark.clause("HN-4.3.4b", "HN-4.3.5a")
def test_a_half_term_costs_half_the_fee() -> None:
    """50 a year must be 25.00 for six months at half the fee, and 50 where no terms are told."""
    half = enrolled(term_months=6)
    assert [due_of(half, VERSION.dues, terms) for terms in (joining(Ratio(1, 2)), None)] == [
        yuan(25),
        yuan(50),
    ]


@pytest.mark.clause("HN-4.3.4b")
def test_a_fee_of_part_of_a_fen_is_refused() -> None:
    """A third of 50.00 is no whole number of fen, and must be refused, never rounded."""
    with pytest.raises(InvalidValueError, match=r"must come to whole fen.*\[HN-4.3.4b\]"):
        due_of(enrolled(term_months=6), VERSION.dues, joining(Ratio(1, 3)))


@pytest.mark.clause("HN-4.3.4b")
def test_every_part_that_is_held_is_paid() -> None:
    """A main item of 50 and a rider of 30 must cost 80 together."""
    (main,) = VERSION.dues.rates
    rates = (attrs.evolve(main, part="main"), attrs.evolve(main, part="rider", amount=yuan(30)))
    both = attrs.evolve(VERSION.dues, rates=rates)
    assert holdings_of((), 2) == (Holding(shares=2),)
    assert due_of(enrolled(parts=("main", "rider")), both) == yuan(80)


@pytest.mark.clause("ACFTU-2.3a")
def test_who_bears_what_is_asked_only_where_it_is_told() -> None:
    """Without a wanted split anybody may bear it; with one the fault must cite the clause that is given."""
    paid = contribution(member=20, employer=30)
    check_borne(paid, (), "SN-2.3.5c")
    with pytest.raises(InvalidValueError, match=r"split must be member 50.00.*\[SN-2.3.5c\]"):
        check_borne(paid, dues(1).split, "SN-2.3.5c")
