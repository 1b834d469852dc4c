"""Laws of the benefit engine, over drawn schemes and claims of every kind."""

from random import Random

import attrs
from hypothesis import assume, given
from hypothesis import strategies as st

from mutualaid_core.domain.scheme.benefit.base import AmountsBase
from mutualaid_core.domain.scheme.benefit.limits import AmountLimit, PaymentsLimit
from mutualaid_core.domain.scheme.benefit.steps import MinimumPayment
from mutualaid_core.domain.scheme.benefit.terms import Basis
from mutualaid_core.domain.scheme.version import SchemeVersion
from mutualaid_core.rules.claims.award import award
from mutualaid_core.rules.claims.counters import Counters
from mutualaid_core.rules.claims.lines import Outcome, adjudicate_lines, event_facts
from mutualaid_core.rules.claims.plan.compile import compile_version
from mutualaid_core.rules.claims.working.log import Log
from mutualaid_core.rules.scheme.soundness import unsoundnesses
from mutualaid_core.testing.claims import ClaimFile, claim_files
from mutualaid_core.testing.reference import Reference
from mutualaid_core.testing.schemes import scheme_versions


def outcomes_of(file: ClaimFile) -> dict[str, Outcome]:
    """What becomes of every line of a file, in the order of use."""
    return adjudicate_lines(compile_version(file.version), file.lines, file.covers, Counters())


def amounts_of(outcomes: dict[str, Outcome]) -> dict[str, int]:
    """What each line is paid."""
    return {claim_id: outcome.amount for claim_id, outcome in outcomes.items()}


@given(claim_files())
def test_the_engine_pays_what_a_plain_reading_pays(file: ClaimFile) -> None:
    """Compiled whole numbers must give the fen that fractions give, claim after claim."""
    readers = {person: Reference(file.version) for person in file.covers}
    for outcome in outcomes_of(file).values():
        if outcome.award is None or outcome.cover is None:
            continue
        facts = event_facts(outcome.line, outcome.cover, file.version)
        paid = readers[outcome.line.person_id].pay(facts, outcome.cover.period_id)
        assert outcome.amount == paid


@given(claim_files())
def test_a_benefit_is_never_below_nothing_nor_above_its_base(file: ClaimFile) -> None:
    """0 <= benefit, and benefit <= base where it compensates and no minimum says otherwise."""
    terms = {benefit.benefit_id: benefit for benefit in file.version.benefits}
    for outcome in outcomes_of(file).values():
        for line in () if outcome.award is None else outcome.award.lines:
            benefit = terms[line.benefit_id]
            beyond = any(
                isinstance(step, MinimumPayment) and step.may_exceed_base for step in benefit.flat_steps
            )
            bound = benefit.basis is Basis.INDEMNITY and isinstance(benefit.base, AmountsBase) and not beyond
            assert 0 <= line.amount <= (line.base if bound else line.amount)


@given(claim_files())
def test_all_payers_together_stay_within_the_expense(file: ClaimFile) -> None:
    """Funds, hospital, other schemes and what compensates here must never exceed the cost."""
    indemnity = {b.benefit_id for b in file.version.benefits if b.basis is Basis.INDEMNITY}
    for outcome in outcomes_of(file).values():
        if outcome.award is None or "medfee_sumamt" not in outcome.line.amounts:
            continue
        amounts, line = outcome.line.amounts, outcome.line
        others = amounts.get("fund_pay_sumamt", 0) + amounts.get("hosp_part_amt", 0) + line.elsewhere
        paid = sum(each.amount for each in outcome.award.lines if each.benefit_id in indemnity)
        assert paid <= max(amounts["medfee_sumamt"] - others, 0)


def bounds_of(version: SchemeVersion) -> dict[str, int]:
    """The most that each counter of money or payments may ever hold, for a hundred shares."""
    most = {}
    for benefit in version.benefits:
        for limit in benefit.limits:
            name = f"{limit.counter or benefit.benefit_id}/{limit.per.value}"
            if isinstance(limit, AmountLimit):
                most[f"amount/{name}"] = limit.most.fen * (100 if limit.times_shares else 1)
            elif isinstance(limit, PaymentsLimit):
                most[f"payments/{name}"] = limit.most
    return most


@given(claim_files(), st.randoms(use_true_random=False))
def test_limits_hold_in_every_order_of_claims(file: ClaimFile, shuffler: Random) -> None:
    """However claims are dated against each other, no amount and no number of payments is exceeded."""
    lines = list(file.lines)
    shuffler.shuffle(lines)
    renamed = tuple(attrs.evolve(line, claim_id=f"N-{at}") for at, line in enumerate(lines))
    counters = Counters()
    adjudicate_lines(compile_version(file.version), renamed, file.covers, counters)
    most = bounds_of(file.version)
    for used in counters.values.values():
        for counter, value in used.items():
            name = "/".join(counter.split("/")[:3])
            assert value <= most.get(name, value)


@given(claim_files())
def test_the_order_of_a_file_is_of_no_account(file: ClaimFile) -> None:
    """The same lines in another order must be paid the same."""
    turned = attrs.evolve(file, lines=file.lines[::-1])
    assert amounts_of(outcomes_of(file)) == amounts_of(outcomes_of(turned))


@given(claim_files())
def test_taking_note_changes_nothing(file: ClaimFile) -> None:
    """With a trace every award must be what it is without."""
    plan = compile_version(file.version)
    for outcome in outcomes_of(file).values():
        if outcome.award is not None:
            facts = event_facts(outcome.line, outcome.cover, file.version)
            assert award(plan, facts, {}, Log()) == award(plan, facts, {})


@given(scheme_versions())
def test_drawn_schemes_are_sound(version: SchemeVersion) -> None:
    """Every drawn scheme must pass the checks that a published one passes."""
    assert unsoundnesses(version) == ()


@given(claim_files(claims_max=1))
def test_a_version_of_a_later_day_changes_nothing_before_it(file: ClaimFile) -> None:
    """Ending a version early and adding another must leave claims of its own days as they were."""
    day = max(line.day(file.version.event.period_by) for line in file.lines)
    assume(day >= file.version.first_day and file.version.is_in_force(day))
    ended = attrs.evolve(file.version, last_day=day)
    paid = outcomes_of(attrs.evolve(file, version=ended))
    before = outcomes_of(file)
    assert amounts_of(paid) == amounts_of(before)
