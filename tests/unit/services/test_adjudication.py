"""Adjudication: a settlement becomes a claim once, with decision, debt and use of the cap in one commit."""

import attrs
import pytest

from mutualaid_core.domain.claims.claim import Claim, ClaimState
from mutualaid_core.domain.claims.decision import Decision
from mutualaid_core.domain.claims.reason import Outcome, Reason
from mutualaid_core.domain.claims.settlement import Settlement
from mutualaid_core.domain.claims.trace import Rule
from mutualaid_core.domain.fund.account import Title
from mutualaid_core.domain.scheme.benefit.limits import AmountLimit, Per
from mutualaid_core.domain.scheme.scheme import Scheme
from mutualaid_core.domain.values.money import ZERO, Money
from mutualaid_core.domain.values.personal import PersonName
from mutualaid_core.ports.batch import Add, Bound
from mutualaid_core.services.adjudication import FileClaim, adjudicate, decision_on, use_counter
from mutualaid_core.services.founding import Founded
from mutualaid_core.services.verification import verify
from mutualaid_core.testing.builders import batch
from mutualaid_core.testing.samples import (
    CLOSED_ON,
    FILED_ON,
    FOUNDING,
    PERIOD,
    SCHEME,
    SCHEME_RECORD,
    VERSION,
    YUEYANG_2014,
    bands,
    joiner,
    member_id,
    stay,
    version_with,
    yuan,
)
from mutualaid_core.testing.world import World, balance
from mutualaid_core.work import Purpose, Work, read_all, read_one


def used(world: World, number: int = 1) -> Money:
    """What a person has used of the period's cap."""
    key = use_counter(SCHEME, PERIOD, member_id(number), "amount/inpatient/period")
    return Money(world.store.get((), (key,)).counters[key].value)


def test_a_claim_that_passes_is_approved_and_owed(joined: World) -> None:
    """8,000 self-borne must be approved at 2,550, owed to the member, and used of the cap."""
    done = joined.file(stay(8_000))
    assert (done.outcome, done.base, done.benefit) == (Outcome.PASS, yuan(8_000), yuan(2_550))
    assert read_one(joined.store, Claim, "HN-A/S-1").state is ClaimState.APPROVED
    assert (balance(joined.store, Title.PAYABLE), used(joined)) == (yuan(2_550), yuan(2_550))


@pytest.mark.parametrize(
    ("settlement", "outcome", "state"),
    [
        (stay(8_000, med_type="11"), Outcome.REJECT, ClaimState.REFUSED),
        (stay(8_000, psn_name=PersonName("李四")), Outcome.HOLD, ClaimState.HELD),
    ],
)
def test_a_claim_that_does_not_pass_is_kept_and_owes_nothing(
    joined: World, settlement: Settlement, outcome: Outcome, state: ClaimState
) -> None:
    """A refused and a held claim must be on record, without debt and without use of the cap."""
    assert joined.file(settlement).outcome is outcome
    assert read_one(joined.store, Claim, "HN-A/S-1").state is state
    assert (balance(joined.store, Title.PAYABLE), used(joined)) == (ZERO, ZERO)


def test_the_settlement_is_kept_as_it_came(joined: World) -> None:
    """What the insurance said must be stored unchanged, contradictions too."""
    settlement = stay(8_000, medfee_sumamt=yuan(1))
    joined.file(settlement)
    assert read_one(joined.store, Settlement, "S-1") == settlement


def test_a_claim_approved_at_nothing_owes_nothing(joined: World) -> None:
    """A stay that left nothing to the member must be approved without a ledger entry."""
    done = joined.file(stay(0))
    assert (done.outcome, done.reasons, balance(joined.store, Title.PAYABLE)) == (
        Outcome.PASS,
        (Reason.NOTHING_SELF_BORNE,),
        ZERO,
    )


def test_a_settlement_that_comes_again_gives_the_same_decision(joined: World) -> None:
    """The same settlement under another key must give the same answer and change nothing."""
    first = joined.file(stay(8_000))
    assert joined.file(stay(8_000)) == first
    assert (used(joined), balance(joined.store, Title.PAYABLE)) == (yuan(2_550), yuan(2_550))


def test_a_settlement_that_comes_again_otherwise_is_held(joined: World) -> None:
    """The same id with another amount must be held, and the first decision must stand."""
    joined.file(stay(8_000))
    done = joined.file(stay(9_000))
    assert (done.outcome, done.reasons, done.benefit) == (
        Outcome.HOLD,
        (Reason.SETTLEMENT_CONTRADICTED,),
        ZERO,
    )
    assert read_one(joined.store, Decision, "HN-A/S-1").benefit == yuan(2_550)


def test_each_scheme_judges_a_settlement_for_itself(joined: World) -> None:
    """A stay that one scheme paid must be judged by another scheme's own members and terms."""
    joined.file(stay(8_000))
    founding = attrs.evolve(
        FOUNDING,
        scheme=attrs.evolve(SCHEME_RECORD, scheme_id="HN-B"),
        version=attrs.evolve(VERSION, scheme_id="HN-B"),
        period=attrs.evolve(FOUNDING.period, scheme_id="HN-B"),
    )
    other = World(joined.store, founding, name="other")
    other.found()
    command = FileClaim(scheme_id="HN-B", period_id=PERIOD, settlement=stay(8_000), filed_on=FILED_ON)
    done = adjudicate(other.host, other.act(), command).result
    assert (done.outcome, done.reasons[0], done.benefit) == (Outcome.REJECT, Reason.NOT_A_MEMBER, ZERO)
    assert decision_on(joined.store, "HN-A", "S-1").benefit == yuan(2_550)


def test_nothing_is_judged_in_a_period_that_is_closing(joined: World) -> None:
    """A claim after the period has stopped must be refused without a record."""
    joined.stop()
    done = joined.file(stay(8_000), on=CLOSED_ON)
    assert (done.outcome, done.reasons, [fault.clause for fault in done.faults]) == (
        Outcome.REJECT,
        (),
        ["ACFTU-S4.2b"],
    )
    assert list(read_all(joined.store, Claim)) == []


@pytest.mark.parametrize(
    ("person", "unit", "reason"),
    [
        (3, "U-1", Reason.NOT_A_MEMBER),
        (3, "U-2", Reason.UNIT_NOT_ADMITTED),
        (4, "U-3", Reason.NO_PAID_COVER),
    ],
)
def test_cover_is_looked_up(joined: World, person: int, unit: str, reason: Reason) -> None:
    """A stranger, a worker of a refused unit and one who has not paid must each be told so."""
    joined.admit(100, 79, unit="U-2")
    joined.admit(1, 1, unit="U-3")
    joined.enrol(joiner(4), unit="U-3")
    assert joined.file(stay(8_000, person, unit_code=unit)).reasons == (reason,)


def test_a_person_is_known_by_either_length_of_the_number(joined: World) -> None:
    """A settlement under the 15-digit number must be judged as the same person's."""
    old = type(stay().certno).parse("430502800101001")
    assert joined.file(stay(8_000, certno=old)).outcome is Outcome.PASS


def test_the_cap_holds_over_all_stays(joined: World) -> None:
    """Three stays of 100,000 must be paid 46,750, the 3,250 left of the cap, and nothing."""
    # 1,500 + 1,750 + 4,000 + 4,500 + 50 % of 70,000 = 46,750.
    paid = [joined.file(stay(100_000, setl_id=f"S-{each}")) for each in "ABC"]
    assert [done.benefit for done in paid] == [yuan(46_750), yuan(3_250), ZERO]
    assert [done.reasons[0] for done in paid] == [
        Reason.COMPUTED,
        Reason.CAP_REDUCED,
        Reason.CAP_EXHAUSTED,
    ]


def test_the_trace_shows_what_was_granted_before(joined: World) -> None:
    """The cap's step of a second stay must show what the first one took."""
    joined.file(stay(8_000, setl_id="S-A"))
    joined.file(stay(8_000, setl_id="S-B"))
    steps = read_one(joined.store, Decision, "HN-A/S-B").trace.steps
    (cap,) = (step for step in steps if step.rule is Rule.PERIOD_CAP)
    assert (cap.amount("granted"), cap.amount("left")) == (yuan(2_550), yuan(44_900))


def test_each_person_has_a_cap_of_his_own(joined: World) -> None:
    """What one member used must not count against another."""
    joined.file(stay(8_000, 1))
    joined.file(stay(120, 2))
    assert (used(joined, 1), used(joined, 2)) == (yuan(2_550), yuan(50))


def with_cap(version: object, cap: int) -> object:
    """The version with another cap."""
    limits = (AmountLimit(most=yuan(cap), per=Per.PERIOD, source="HN-4.4.3c"),)
    return attrs.evolve(version, benefits=(attrs.evolve(YUEYANG_2014, limits=limits),))


def test_a_cap_raised_within_the_period_is_used() -> None:
    """A version from July with a higher cap must pay on it, though the counter knew the lower one."""
    first = attrs.evolve(with_cap(VERSION, 2_000), last_day=VERSION.first_day.replace(month=6, day=30))
    whole = attrs.evolve(FOUNDING, version=attrs.evolve(first, last_day=None))
    world = World(founding=whole)
    world.found()
    world.join(1)
    assert world.file(stay(8_000, setl_id="S-A")).benefit == yuan(2_000)
    _publish(world, whole, cap=3_000)
    late = stay(
        8_000,
        setl_id="S-B",
        begndate=FILED_ON.replace(month=7),
        enddate=FILED_ON.replace(month=7, day=28),
    )
    assert world.file(late, on=FILED_ON.replace(month=8)).benefit == yuan(1_000)


def _publish(world: World, founding: object, cap: int) -> None:
    """End the version in June and put one with another cap into force from July, by hand."""
    old = founding.version
    new = attrs.evolve(with_cap(old, cap), version_id="V-2", first_day=old.first_day.replace(month=7))
    purpose = Purpose(name="publish", subject=SCHEME, chain=SCHEME, answer=Founded)
    with Work(world.host, world.act(), purpose) as work:
        work.get(Scheme, SCHEME)
        work.get(type(old), f"{SCHEME}/{old.version_id}")
        work.replace(attrs.evolve(old, last_day=old.first_day.replace(month=6, day=30)))
        work.add(new)
        work.commit(b"f")


def test_a_scheme_without_a_cap_still_counts_what_it_granted() -> None:
    """Where no cap is set, the counter must grow without a limit of its own."""
    policy = attrs.evolve(FOUNDING.policy, benefit=attrs.evolve(FOUNDING.policy.benefit, cap_required=False))
    version = version_with(attrs.evolve(YUEYANG_2014, limits=()))
    world = World(founding=attrs.evolve(FOUNDING, policy=policy, version=version))
    world.found()
    world.join(1)
    world.file(stay(100_000, setl_id="S-A"))
    world.file(stay(100_000, setl_id="S-B"))
    assert used(world) == yuan(93_500)


FULL = bands((None, 100))
"""Everything that was self-borne is paid."""


@pytest.mark.clause("ACFTU-3.2a")
def test_schemes_together_stay_within_the_expense(joined: World) -> None:
    """What one scheme granted for a stay must leave that much less of its cost to another."""
    full = attrs.evolve(YUEYANG_2014, steps=(FULL,), limits=())
    worlds = []
    for scheme_id in ("HN-C", "HN-D"):
        founding = attrs.evolve(
            FOUNDING,
            scheme=attrs.evolve(SCHEME_RECORD, scheme_id=scheme_id),
            version=version_with(full, scheme_id=scheme_id),
            period=attrs.evolve(FOUNDING.period, scheme_id=scheme_id),
        )
        founding = attrs.evolve(
            founding,
            policy=attrs.evolve(
                FOUNDING.policy,
                policy_id="P",
                benefit=attrs.evolve(FOUNDING.policy.benefit, cap_required=False),
            ),
            scheme=attrs.evolve(founding.scheme, policy_id="P"),
            version=attrs.evolve(founding.version, policy_id="P"),
        )
        world = World(joined.store, founding, name=scheme_id)
        assert world.found().outcome is Outcome.PASS
        world.join(1)
        worlds.append(world)
    first, second = (world.file(stay(10_000)) for world in worlds)
    # Total 21,500 less 11,000 of funds leaves 10,500: 10,000 to the first, 500 to the second.
    assert (first.benefit, second.benefit) == (yuan(10_000), yuan(500))
    assert second.reasons[0] is Reason.INDEMNITY_LIMIT


def test_a_limit_for_each_illness_tells_no_illness_to_the_store() -> None:
    """Two stays for one diagnosis must share its limit, whose counter must not name the diagnosis."""
    each = AmountLimit(most=yuan(3_000), per=Per.PERIOD, each="dise_code", source="HN-4.4.3c")
    period = YUEYANG_2014.limits[0]
    version = version_with(attrs.evolve(YUEYANG_2014, limits=(each, period)))
    world = World(founding=attrs.evolve(FOUNDING, version=version))
    world.found()
    world.join(1)
    paid = [world.file(stay(8_000, setl_id=f"S-{number}")).benefit for number in (1, 2)]
    names = [name for decision in read_all(world.store, Decision) for name, _ in decision.uses]
    assert paid == [yuan(2_550), yuan(450)]
    assert not [name for name in names if "J18" in name]
    assert verify(world.host).is_whole


def test_what_a_store_of_the_first_form_granted_counts(joined: World) -> None:
    """49,000 granted under the counter of the first form must leave 1,000 of 50,000, then nothing."""
    old = Bound(counter=f"cap/{SCHEME}/{PERIOD}/{member_id(1)}", expect=0, lo=0, hi=5_000_000)
    joined.store.commit(batch("old-form", old, Add(old.counter, 4_900_000)))
    paid = [joined.file(stay(8_000, setl_id=f"S-{number}")).benefit for number in (1, 2)]
    assert (paid, used(joined)) == ([yuan(1_000), ZERO], yuan(1_000))
