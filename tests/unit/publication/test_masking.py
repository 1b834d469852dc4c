"""No person in anything that is published: planted values must not come out."""

import datetime
from collections.abc import Callable

import attrs
from hypothesis import given
from hypothesis import strategies as st

from mutualaid_core.domain.claims.claim import Claim
from mutualaid_core.domain.claims.decision import Decision
from mutualaid_core.domain.claims.settlement import Settlement
from mutualaid_core.domain.fund.payment import Payment
from mutualaid_core.domain.membership.member import Member
from mutualaid_core.domain.oversight.disclosure import Dimension, Disclosure
from mutualaid_core.domain.scheme.benefit.steps import AtMost, ByClass, Choice
from mutualaid_core.domain.scheme.benefit.terms import Benefit
from mutualaid_core.domain.scheme.policy import DisclosureTerms
from mutualaid_core.domain.values.money import Money
from mutualaid_core.domain.values.personal import Diagnosis, PersonName, ResidentId, Sex
from mutualaid_core.domain.values.ratio import Ratio
from mutualaid_core.publication.beancount import beancount_text
from mutualaid_core.publication.decisions import decisions_csv
from mutualaid_core.publication.disclosure_page import disclosure_page
from mutualaid_core.publication.explanation.comparison import tell_difference
from mutualaid_core.publication.explanation.difference import difference
from mutualaid_core.publication.sentences import explain
from mutualaid_core.publication.summary import YearFigures, summary_json
from mutualaid_core.rules.fund.postings import payment_entry
from mutualaid_core.rules.oversight.disclosure import PaidClaim, breakdown

# Rare characters, so that a name cannot stand in a text by chance.
names = st.text(st.sampled_from("龘靐齉爩麤鱻犇骉"), min_size=2, max_size=4)
pseudonyms = st.from_regex(r"p[0-9a-f]{20}", fullmatch=True)
diagnoses = st.from_regex(r"[A-Z][0-9]{2}\.[0-9]{3}X[0-9]{3}", fullmatch=True)
IDS = ("11010519491231002X", "430529198405206215")


@given(name=names, other=names, pseudonym=pseudonyms, diagnosis=diagnoses, number=st.sampled_from(IDS))
def test_no_person_is_published(  # noqa: PLR0913, PLR0917  # the world's parts and the planted values
    decided: Callable[..., Decision],
    stay: Callable[..., Settlement],
    claim: Claim,
    name: str,
    other: str,
    pseudonym: str,
    diagnosis: str,
    number: str,
) -> None:
    """Neither name, number, diagnosis nor pseudonym of a claimant may stand in any text that is published."""
    certno = ResidentId(number)
    member = Member(
        member_id=pseudonym,
        name=PersonName(other),
        id_number=certno,
        sex=Sex.UNKNOWN,
        birth_date=certno.birth_date,
    )
    settlement = stay(certno=certno, psn_name=PersonName(name), dise_code=Diagnosis(diagnosis))
    decision = decided(settlement=settlement, member=member, member_id=pseudonym)
    owned = attrs.evolve(claim, member_id=pseudonym, filed_on=datetime.date(2014, 3, 20))
    figures = YearFigures(
        units=1,
        members=1,
        contributions=decision.benefit,
        decisions=(decision,),
        paid=decision.benefit,
        opening=decision.base,
        closing=decision.base,
    )
    texts = (
        *explain(decision, "zh"),
        *explain(decision, "en"),
        decisions_csv([(owned, decision)]),
        summary_json(figures),
    )
    assert [value for value in (name, other, pseudonym, diagnosis, number) if value in "".join(texts)] == []


def test_no_person_is_on_the_page(disclosure: Disclosure) -> None:
    """What was counted from persons must not name them on the page."""
    group = ((Dimension.HOSPITAL_LEVEL, "3"),)
    claims = tuple(
        PaidClaim(member_id=f"planted-{number}", amount=Money(1_000), groups=group) for number in range(9)
    )
    terms = DisclosureTerms(persons_min=5, largest_share_max=Ratio(7, 10), source="ACFTU-11.3b")
    counted = breakdown(Dimension.HOSPITAL_LEVEL, ("3",), claims, terms)
    assert "planted" not in disclosure_page(attrs.evolve(disclosure, breakdowns=(counted,)))


def test_no_person_is_in_the_book() -> None:
    """A payment must be in the book by its claim and not by its member."""
    payment = Payment(
        scheme_id="chengbu",
        period_id="2014",
        claim_id="C-1",
        member_id="planted",
        instalment=1,
        amount=Money(4_050),
        paid_on=datetime.date(2014, 4, 2),
        entry_id="E-4",
    )
    text = beancount_text((payment_entry(payment),))
    assert "C-1" in text
    assert "planted" not in text


def test_a_class_of_diagnoses_is_not_told(decided: Callable[..., Decision], terms: Benefit) -> None:
    """Where a diagnosis chose the terms, no text may name it, the fact, or which choice it took."""
    bound = AtMost(amount=Money(100_000), source="HN-4.4.3c")
    choices = (Choice(one_of=("Z99.999",), step=bound), Choice(step=bound))
    by_diagnosis = ByClass(fact="dise_code", choices=choices, source="HN-4.4.3c")
    decision = decided(benefit=attrs.evolve(terms, steps=(*terms.steps, by_diagnosis)))
    texts = [sentence for lang in ("zh", "en") for sentence in explain(decision, lang)]
    texts += tell_difference(difference(decided(), decision), "en")
    assert any("upper bound of 1,000.00 yuan" in text for text in texts)
    assert [word for word in ("Z99", "dise_code", "choices") if word in "".join(texts)] == []
