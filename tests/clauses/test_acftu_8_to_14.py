"""总工发〔2018〕28号, 八 to 十四: books, personal data, closing, disclosure."""

import attrs
import pytest

from mutualaid_core.domain.claims.claim import TRANSITIONS, ClaimState
from mutualaid_core.domain.claims.decision import Decision
from mutualaid_core.domain.claims.reason import Outcome, Reason
from mutualaid_core.domain.fund.account import Side, Title
from mutualaid_core.domain.fund.closing import Closing
from mutualaid_core.domain.fund.ledger import EntryKind, LedgerEntry, LedgerLine, Posting
from mutualaid_core.domain.membership.member import Member
from mutualaid_core.domain.oversight.disclosure import Dimension
from mutualaid_core.domain.values.money import ZERO
from mutualaid_core.domain.values.personal import PersonName, ResidentId
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.rules.fund.closing import closing_figures
from mutualaid_core.rules.oversight.disclosure import PaidClaim, breakdown
from mutualaid_core.services.closing import ledger_faults
from mutualaid_core.services.identity import id_of_digest, member_id_of
from mutualaid_core.testing.samples import (
    CLOSED_ON,
    COLLECTED_ON,
    KEYS,
    PERIOD,
    POLICY,
    SCHEME,
    dues,
    id_number,
    joiner,
    name_of,
    stay,
    yuan,
)
from mutualaid_core.testing.world import World, balance
from mutualaid_core.work import read_all, read_one

PERSON = ResidentId("61010319850307001" + "4")


@pytest.mark.clause("ACFTU-8.1d")
def test_a_claim_does_not_jump_to_paid(joined: World) -> None:
    """A claim that is held must not be paid."""
    joined.file(stay(8_000, psn_name=PersonName("李四")))
    assert ClaimState.PAID not in TRANSITIONS[ClaimState.HELD]
    assert [fault.clause for fault in joined.pay("S-1").faults] == ["ACFTU-8.1d"]


@pytest.mark.clause("ACFTU-8.1e")
def test_an_entry_balances_to_the_fen() -> None:
    """A debit of 1,000.00 against a credit of 999.99 must be refused."""
    with pytest.raises(InvalidValueError, match=r"must balance.*999.99.*\[ACFTU-8.1e\]"):
        LedgerEntry(
            entry_id="E-1",
            scheme_id=SCHEME,
            period_id=PERIOD,
            booked_on=COLLECTED_ON,
            kind=EntryKind.GRANT,
            subject="市财政局",
            postings=(
                Posting(title=Title.BANK, side=Side.DEBIT, amount=yuan("1000.00")),
                Posting(title=Title.GRANT, side=Side.CREDIT, amount=yuan("999.99")),
            ),
        )


@pytest.mark.clause("ACFTU-8.1e")
def test_every_business_event_has_an_entry(joined: World) -> None:
    """Dues, grant, approval and payment must each stand in the ledger."""
    joined.file(stay(8_000))
    joined.pay("S-1")
    assert {line.kind for line in read_all(joined.store, LedgerLine)} == {
        EntryKind.CONTRIBUTION,
        EntryKind.GRANT,
        EntryKind.APPROVAL,
        EntryKind.PAYMENT,
    }


@pytest.mark.clause("ACFTU-8.1e")
def test_a_period_with_something_owed_is_not_closed(joined: World) -> None:
    """An approved benefit that is unpaid must keep the period open, and be listed."""
    joined.file(stay(8_000))
    done = joined.stop()
    assert (done.outcome, done.faults[0].found) == (Outcome.REJECT, "S-1")


@pytest.mark.clause("ACFTU-11.2b")
def test_names_and_numbers_are_masked(world: World) -> None:
    """What is shown of a member must be 王** and 430***********0013, and no day of birth."""
    world.join(1)
    (member,) = read_all(world.store, Member)
    shown = repr(member)
    assert "王**" in shown
    assert f"430***********{id_number(1).reveal()[-4:]}" in shown
    assert "1980" not in shown


@pytest.mark.clause("ACFTU-11.2b", "ACFTU-11.3b")
def test_a_pseudonym_is_a_keyed_digest() -> None:
    """Persons must be told apart by a keyed digest of which the number cannot be made."""
    assert PERSON.reveal() not in member_id_of(KEYS, PERSON)
    keyed = KEYS.digest("member", PERSON.reveal().encode())
    assert member_id_of(KEYS, PERSON) == id_of_digest("M", keyed)


@pytest.mark.clause("ACFTU-11.2h")
def test_an_error_shows_a_number_masked() -> None:
    """A number with a wrong check character must be told as 610***********0018 at most."""
    with pytest.raises(InvalidValueError) as caught:
        ResidentId("610103198503070018")
    assert "610***********0018" in str(caught.value)
    assert "610103198503070018" not in repr(vars(caught.value))


@pytest.mark.clause("ACFTU-11.2h")
def test_journal_and_answers_hold_no_personal_data(joined: World) -> None:
    """Neither name nor number nor diagnosis may stand in the journal or in what an act answers."""
    answers = [joined.file(stay(8_000)), joined.pay("S-1")]
    events = b"".join(event.body for event in joined.store.feed(SCHEME)).decode()
    settlement = stay(8_000)
    secrets = (settlement.psn_name, settlement.certno, settlement.dise_code)
    assert [each for each in secrets if each.reveal() in events + repr(answers)] == []


@pytest.mark.clause("ACFTU-11.3b")
def test_a_group_of_three_is_hidden_with_its_complement() -> None:
    """A group of 3 beside one of 30 must be hidden, and the other with it."""
    claims = tuple(
        PaidClaim(
            member_id=f"m-{number}",
            amount=yuan(100),
            groups=((Dimension.HOSPITAL_LEVEL, "1" if number < 3 else "2"),),
        )
        for number in range(33)
    )
    found = breakdown(Dimension.HOSPITAL_LEVEL, ("1", "2"), claims, POLICY.disclosure)
    assert [cell.is_hidden for cell in found.cells] == [True, True]


@pytest.mark.clause("ACFTU-S4.2b")
def test_nothing_is_posted_to_a_closed_period(joined: World) -> None:
    """Dues dated within a period that is closed must be refused, and change no balance."""
    joined.stop()
    joined.close()
    before = balance(joined.store, Title.BANK)
    done = joined.remit(dues(3), on=COLLECTED_ON)
    assert (done.outcome, [fault.clause for fault in done.faults]) == (Outcome.REJECT, ["ACFTU-S4.2b"])
    assert balance(joined.store, Title.BANK) == before


@pytest.mark.clause("ACFTU-14.2a")
def test_what_differs_from_the_ledger_is_not_published(joined: World) -> None:
    """Benefits of 2,551 stated against a ledger of 2,550 must be refused by name."""
    joined.file(stay(8_000))
    joined.pay("S-1")
    joined.stop()
    joined.close()
    closing = read_one(joined.store, Closing, f"{SCHEME}/{PERIOD}")
    stated = closing_figures(
        scheme_id=SCHEME,
        period_id=PERIOD,
        closed_on=CLOSED_ON,
        reserve=ZERO,
        grant=closing.grant_before,
        granted=closing.granted,
        income=closing.income,
        benefits=closing.benefits + yuan(1),
    )
    assert ledger_faults(joined.store, closing) == ()
    assert {fault.clause for fault in ledger_faults(joined.store, stated)} == {"ACFTU-14.2a"}


@pytest.mark.clause("ACFTU-14.2b")
def test_a_refusal_has_a_reason(joined: World) -> None:
    """A decision without a reason must be refused; each reason must name its clause."""
    joined.file(stay(8_000, med_type="11"))
    decision = read_one(joined.store, Decision, "HN-A/S-1")
    with pytest.raises(InvalidValueError, match="reasons must not be empty"):
        attrs.evolve(decision, reasons=())
    assert all(reason.clause for reason in Reason)


@pytest.mark.clause("ACFTU-14.2c")
def test_the_public_sees_counts_and_sums_only(world: World) -> None:
    """What is disclosed must hold no name, no number, no diagnosis and no pseudonym."""
    numbers = range(1, 13)
    world.admit(12, 12)
    enrolled = world.enrol(*(joiner(number) for number in numbers)).enrolled
    world.remit(*(dues(number) for number in numbers))
    world.grant(60_000)
    for number in numbers:
        world.file(stay(8_000, number))
        world.pay(f"S-{number}")
    world.stop()
    world.close()
    text = repr(world.disclose())
    plain = [each.reveal() for number in numbers for each in (name_of(number), id_number(number))]
    assert [each for each in (*plain, *enrolled, "J18.900") if each in text] == []
