"""Postings: each business event with its double entry."""

import attrs
import pytest

from mutualaid_core.domain.fund.account import Side, Title
from mutualaid_core.domain.fund.ledger import EntryKind, LedgerEntry
from mutualaid_core.domain.fund.payment import Payment
from mutualaid_core.domain.membership.contribution import Contribution, PayerShare
from mutualaid_core.domain.membership.paying.remittance import (
    Correction,
    CorrectionKind,
    Remittance,
    RemittanceState,
)
from mutualaid_core.domain.scheme.dues import FundingSource
from mutualaid_core.domain.values.money import Money, total
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.rules.fund.closing import closing_figures
from mutualaid_core.rules.fund.postings import (
    approval_entry,
    closing_entry,
    contribution_by_source,
    grant_entry,
    holding_entry,
    payment_entry,
    remittance_entry,
    return_entry,
    reversal_entry,
)
from mutualaid_core.testing.samples import (
    CLOSED_ON,
    COLLECTED_ON,
    FILED_ON,
    PERIOD,
    SCHEME,
    UNIT,
    dues,
    member_id,
    yuan,
)

Line = tuple[Title, Side, Money, FundingSource | None]


def lines(entry: LedgerEntry | None) -> list[Line]:
    """The lines of an entry."""
    postings = entry.postings if entry else ()
    return [(line.title, line.side, line.amount, line.source) for line in postings]


def contribution(number: int, **split: str | int) -> Contribution:
    """50 yuan for person *number*, borne as told."""
    line = dues(number, **split)
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


def closing_lines(*, reserve: int, grant: int, income: int, benefits: int) -> list[Line]:
    """The closing entry of a period with these balances, its income all from members."""
    figures = closing_figures(
        scheme_id=SCHEME,
        period_id=PERIOD,
        closed_on=CLOSED_ON,
        reserve=yuan(reserve),
        grant=yuan(grant),
        granted=yuan(0),
        income=yuan(income),
        benefits=yuan(benefits),
    )
    sources = (PayerShare(payer=FundingSource.MEMBER, amount=yuan(income)),) if income else ()
    return lines(closing_entry("C-1", figures, sources))


def test_a_grant_goes_to_its_own_title() -> None:
    """A grant must come into the bank and be kept apart from contributions."""
    entry = grant_entry(
        entry_id="G-1",
        scheme_id=SCHEME,
        period_id=PERIOD,
        booked_on=COLLECTED_ON,
        amount=yuan(60_000),
        giver="市财政局",
    )
    assert lines(entry) == [
        (Title.BANK, Side.DEBIT, yuan(60_000), None),
        (Title.GRANT, Side.CREDIT, yuan(60_000), None),
    ]


def test_a_remittance_has_a_credit_per_source() -> None:
    """Two persons at 20 by themselves and 30 by the employer must be one debit and two credits."""
    paid = tuple(contribution(number, member=20, employer=30) for number in (1, 2))
    assert lines(remittance_entry("R-1", paid)) == [
        (Title.BANK, Side.DEBIT, yuan(100), None),
        (Title.CONTRIBUTION, Side.CREDIT, yuan(40), FundingSource.MEMBER),
        (Title.CONTRIBUTION, Side.CREDIT, yuan(60), FundingSource.EMPLOYER),
    ]


def test_a_source_that_bears_nothing_is_left_out() -> None:
    """A share of nothing must bring no line."""
    assert contribution_by_source((contribution(1, member=50, union=0),)) == (
        PayerShare(payer=FundingSource.MEMBER, amount=yuan(50)),
    )


def test_a_remittance_of_nobody_is_refused() -> None:
    """A remittance without a contribution must be refused."""
    with pytest.raises(InvalidValueError, match="remittance must be of one unit, period and day"):
        remittance_entry("R-1", ())


def test_a_remittance_is_of_one_unit() -> None:
    """Contributions of two units must not be booked as one remittance."""
    other = attrs.evolve(contribution(2), unit_id="U-2")
    with pytest.raises(InvalidValueError, match=r"got '2 of them' \[HN-3.1.2b\]"):
        remittance_entry("R-1", (contribution(1), other))


def test_an_approval_is_cost_and_debt() -> None:
    """An approved benefit must be cost of the period and owed to the member."""
    entry = approval_entry(
        entry_id="A-1",
        scheme_id=SCHEME,
        period_id=PERIOD,
        booked_on=FILED_ON,
        amount=yuan(2_550),
        subject="S-1",
    )
    assert lines(entry) == [
        (Title.BENEFIT, Side.DEBIT, yuan(2_550), None),
        (Title.PAYABLE, Side.CREDIT, yuan(2_550), None),
    ]


def test_a_payment_takes_the_debt_off_the_bank() -> None:
    """A payment must settle what was owed, on the day and for the claim that it names."""
    payment = Payment(
        scheme_id=SCHEME,
        period_id=PERIOD,
        claim_id="S-1",
        member_id=member_id(1),
        instalment=1,
        amount=yuan(2_550),
        paid_on=FILED_ON,
        entry_id="P-1",
    )
    entry = payment_entry(payment)
    assert (entry.kind, entry.booked_on, entry.subject) == (EntryKind.PAYMENT, FILED_ON, "S-1")
    assert lines(entry) == [
        (Title.PAYABLE, Side.DEBIT, yuan(2_550), None),
        (Title.BANK, Side.CREDIT, yuan(2_550), None),
    ]


def test_a_surplus_is_booked_into_the_reserve() -> None:
    """Income of 50,000 and benefits of 45,000 must bring 5,000 into the reserve."""
    assert closing_lines(reserve=4_000, grant=0, income=50_000, benefits=45_000) == [
        (Title.CONTRIBUTION, Side.DEBIT, yuan(50_000), FundingSource.MEMBER),
        (Title.BENEFIT, Side.CREDIT, yuan(45_000), None),
        (Title.RESERVE, Side.CREDIT, yuan(5_000), None),
    ]


def test_a_deficit_is_booked_off_reserve_and_grant() -> None:
    """A deficit of 5,000 must take 4,000 off the reserve and 1,000 off the grant."""
    assert closing_lines(reserve=4_000, grant=2_000, income=50_000, benefits=55_000)[2:] == [
        (Title.RESERVE, Side.DEBIT, yuan(4_000), None),
        (Title.GRANT, Side.DEBIT, yuan(1_000), None),
    ]


def test_a_period_that_comes_out_even_leaves_the_reserve_alone() -> None:
    """Where benefits equal income, neither reserve nor grant may have a line."""
    found = closing_lines(reserve=4_000, grant=2_000, income=50_000, benefits=50_000)
    assert [line[0] for line in found] == [Title.CONTRIBUTION, Title.BENEFIT]


def test_a_period_without_benefits_has_no_line_for_them() -> None:
    """Income of 50 and no benefit must be one debit and one credit."""
    found = closing_lines(reserve=0, grant=0, income=50, benefits=0)
    assert [line[0] for line in found] == [Title.CONTRIBUTION, Title.RESERVE]


def test_an_empty_period_has_no_closing_entry() -> None:
    """A period without income and benefits must bring no entry, since an entry has lines."""
    assert closing_lines(reserve=4_000, grant=0, income=0, benefits=0) == []


def test_sources_add_up_to_what_was_paid() -> None:
    """What the sources bore must add up to the contributions."""
    paid = tuple(contribution(number, member=16, union=17, employer=17) for number in (1, 2, 3))
    assert total(part.amount for part in contribution_by_source(paid)) == yuan(150)


HELD = Remittance(
    remittance_id="R-1",
    scheme_id=SCHEME,
    period_id=PERIOD,
    unit_id=UNIT,
    received=yuan(99),
    listed=yuan(100),
    persons=2,
    received_on=COLLECTED_ON,
    state=RemittanceState.HELD,
    lines=(dues(1), dues(2)),
)


@pytest.mark.clause("HN-3.1.2b")
def test_held_money_stands_on_accounts_of_its_own() -> None:
    """99 that do not agree with the list must be at the held bank and owed, and be no income."""
    entry = holding_entry("R-1", HELD, yuan(99), COLLECTED_ON)
    assert (entry.kind, entry.subject) == (EntryKind.HOLDING, UNIT)
    assert lines(entry) == [
        (Title.HELD_BANK, Side.DEBIT, yuan(99), None),
        (Title.HELD, Side.CREDIT, yuan(99), None),
    ]


@pytest.mark.clause("HN-3.1.2b")
def test_what_was_held_is_released_when_it_is_booked() -> None:
    """100 booked of which 99 were held must leave the held accounts, on the day of booking."""
    paid = (contribution(1), contribution(2))
    entry = remittance_entry("R-2", paid, booked_on=FILED_ON, released=yuan(99))
    assert (entry.booked_on, entry.kind) == (FILED_ON, EntryKind.CONTRIBUTION)
    assert lines(entry) == [
        (Title.BANK, Side.DEBIT, yuan(100), None),
        (Title.CONTRIBUTION, Side.CREDIT, yuan(100), FundingSource.MEMBER),
        (Title.HELD_BANK, Side.CREDIT, yuan(99), None),
        (Title.HELD, Side.DEBIT, yuan(99), None),
    ]


@pytest.mark.clause("HN-4.3.5b")
def test_an_error_goes_back_out_of_the_held_money() -> None:
    """50 of the held money that go back must be a correction, and touch neither bank nor income."""
    correction = Correction(
        entry_id="C-1",
        kind=CorrectionKind.DUPLICATE,
        amount=yuan(50),
        corrected_on=FILED_ON,
        member_id=member_id(1),
        cause="退款单1号",
    )
    entry = return_entry("C-1", HELD, correction)
    assert (entry.kind, entry.booked_on, entry.subject) == (EntryKind.CORRECTION, FILED_ON, UNIT)
    assert lines(entry) == [
        (Title.HELD_BANK, Side.CREDIT, yuan(50), None),
        (Title.HELD, Side.DEBIT, yuan(50), None),
    ]


@pytest.mark.clause("HN-4.3.5b")
def test_the_contribution_of_a_void_enrolment_is_taken_back_by_source() -> None:
    """20 by the member and 30 by the employer must be taken back from both, out of the bank."""
    entry = reversal_entry("C-1", contribution(1, member=20, employer=30), FILED_ON)
    assert (entry.kind, entry.booked_on) == (EntryKind.CORRECTION, FILED_ON)
    assert lines(entry) == [
        (Title.CONTRIBUTION, Side.DEBIT, yuan(20), FundingSource.MEMBER),
        (Title.CONTRIBUTION, Side.DEBIT, yuan(30), FundingSource.EMPLOYER),
        (Title.BANK, Side.CREDIT, yuan(50), None),
    ]


@pytest.mark.clause("HN-4.3.5b")
@pytest.mark.parametrize(
    ("by_agency", "given"),
    [
        (30, [(Title.AGENCY, Side.CREDIT, yuan(30), None), (Title.BANK, Side.CREDIT, yuan(20), None)]),
        (50, [(Title.AGENCY, Side.CREDIT, yuan(50), None)]),
    ],
    ids=str,
)
def test_an_agency_gives_back_what_it_still_has(by_agency: int, given: list[object]) -> None:
    """Of 50 the agency must give its part, and the bank the rest, in no line of zero."""
    entry = reversal_entry("C-1", contribution(1), FILED_ON, by_agency=yuan(by_agency))
    assert lines(entry)[1:] == given
