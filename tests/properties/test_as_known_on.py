"""Answers by the knowledge of a day: whatever is done later, each must be given again as it was."""

import datetime
from collections.abc import Callable
from typing import Any

import attrs
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.membership.change import ChangeKind
from mutualaid_core.domain.membership.contribution import Contribution
from mutualaid_core.domain.membership.enrolment import Enrolment
from mutualaid_core.domain.membership.paying.remittance import RefundGround, Remittance, RemittanceState
from mutualaid_core.domain.membership.unit import Unit
from mutualaid_core.domain.scheme.joining import CoverStart, LateJoining
from mutualaid_core.domain.values.dates import add_days
from mutualaid_core.domain.values.identifiers import EntryId, UnitId
from mutualaid_core.domain.values.money import ZERO
from mutualaid_core.errors import AlreadyExistsError
from mutualaid_core.rules.membership.history import last_standing
from mutualaid_core.services.membership.admission import AdmitUnit, admit_unit
from mutualaid_core.services.membership.enrolment import EnrolWorkers, enrol_workers
from mutualaid_core.services.membership.paying.corrections import CorrectContribution, correct_contribution
from mutualaid_core.services.membership.paying.remittances import SettleRemittance, settle_remittance
from mutualaid_core.services.membership.queries.gate import gate_status, unit_differences
from mutualaid_core.services.membership.queries.member import member_cover, member_history
from mutualaid_core.services.membership.queries.roster import Asked, whole_roster
from mutualaid_core.services.verification import verify
from mutualaid_core.testing.acts.mending import Mending
from mutualaid_core.testing.acts.moves import NEXT, Moves
from mutualaid_core.testing.joining import OPEN_JOINING, open_policy
from mutualaid_core.testing.samples import (
    COLLECTED_ON,
    FOUNDING,
    POLICY,
    REGION,
    SCHEME,
    UNIT,
    VERSION,
    YEAR,
    dues,
    joiner,
    member_id,
    rated,
    stay,
    yuan,
)
from mutualaid_core.testing.world import World
from mutualaid_core.work import read_all

DAY = datetime.date
THIRD = UnitId("U-3")
SMALL = UnitId("U-4")
"""A unit that is refused first, and judged anew by later rosters."""

UNITS = (UNIT, NEXT, THIRD)
PEOPLE = (1, 2, 3)
LEAVINGS = (ChangeKind.RETIRED, ChangeKind.DISMISSED, ChangeKind.DIED)
ASKED_ABOUT = (YEAR.first_day, DAY(2014, 3, 15), YEAR.last_day)
ACTS = ("join", "join", "pay", "pay", "void", "void", "back", "back", "correct", "withdraw", "move", "leave")
HOWS = (*ACTS, "hold", "settle", "judge", "claim", "wait", "wait", "wait", "wait")

Answer = Callable[[], object]


class Knowledge(RuleBasedStateMachine):
    """Acts of every kind; after the last act of a day its answers are written down."""

    def __init__(self) -> None:
        """Nothing has happened yet."""
        super().__init__()
        self.today = COLLECTED_ON
        self.told: list[tuple[Answer, object]] = []
        self.number = 0

    @initialize(start=st.sampled_from(CoverStart))
    def found(self, start: CoverStart) -> None:
        """Found a scheme that one may join late, with three units and three members."""
        joining = attrs.evolve(OPEN_JOINING, late=LateJoining.ACCEPT, cover_start=start)
        dues_of_five = rated(shares_max=5)
        version = attrs.evolve(VERSION, joining=joining, dues=dues_of_five)
        contribution = attrs.evolve(POLICY.contribution, shares_max=5)
        policy = open_policy(contribution=contribution)
        self.world = World(founding=attrs.evolve(FOUNDING, policy=policy, version=version))
        assert self.world.found().faults == ()
        for unit in UNITS:
            assert self.world.admit(9, 9, unit).outcome is Outcome.PASS
        for person in PEOPLE:
            assert self.join(person, UNIT).outcome is Outcome.PASS

    @rule(
        how=st.sampled_from(HOWS),
        person=st.sampled_from(PEOPLE),
        unit=st.sampled_from(UNITS),
        pick=st.integers(0, 59),
    )
    def step(self, how: str, person: int, unit: UnitId, pick: int) -> None:
        """One act of the chosen kind; whether it is refused or done is asked elsewhere."""
        acts: dict[str, Callable[[], object]] = {
            "join": lambda: self.join(person, unit),
            "pay": lambda: self.pay(person),
            "void": lambda: Mending(self.world).void(person, self.today),
            "back": lambda: self.give_back(person),
            "correct": lambda: self.correct(person, pick),
            "withdraw": lambda: Mending(self.world).withdraw(person, self.unit_of(person), self.today),
            "move": lambda: self.move(person, unit, pick),
            "leave": lambda: self.leave(person, pick),
            "hold": lambda: self.hold(person),
            "settle": self.settle,
            "judge": lambda: self.judge(pick),
            "claim": lambda: self.claim(person, pick),
            "wait": lambda: self.wait(pick),
        }
        acts[how]()

    def name(self, kind: str) -> str:
        """A fresh id."""
        self.number += 1
        return f"{kind}-{self.number}"

    def enrolment(self, person: int) -> Enrolment:
        """The enrolment of a person as it stands."""
        return Moves(self.world).enrolment(person)

    def unit_of(self, person: int) -> UnitId:
        """The last unit of a person."""
        return self.enrolment(person).unit_id

    def join(self, person: int, unit: UnitId) -> Any:  # noqa: ANN401  # an answer
        """Join, or join anew."""
        own = joiner(person, shares=1 + self.number % 2)
        command = EnrolWorkers(
            scheme_id=SCHEME, period_id=self.world.period_id, unit_id=unit, joiners=(own,), confirmed=True
        )
        return enrol_workers(self.world.host, self.world.act(self.today), command).result

    def pay(self, person: int) -> None:
        """Pay what the shares cost, through the unit of the person."""
        line = dues(person, 50 * self.enrolment(person).shares)
        self.world.remit(line, unit=self.unit_of(person), on=self.today, entry=self.name("R"))

    def hold(self, person: int) -> None:
        """Pay one yuan too little, so that the money is held."""
        line = dues(person, 50 * self.enrolment(person).shares)
        received = line.amount - yuan(1)
        self.world.remit(
            line, received=received, unit=self.unit_of(person), on=self.today, entry=self.name("R")
        )

    def settle(self) -> None:
        """Supply the yuan that is missing of the money that is held first."""
        held = list(read_all(self.world.store, Remittance, "state", RemittanceState.HELD.value))
        if held:
            missing = max(ZERO, held[0].listed - held[0].received)
            command = SettleRemittance(
                scheme_id=SCHEME,
                remittance_id=held[0].remittance_id,
                entry_id=EntryId(self.name("S")),
                supplement=missing,
            )
            settle_remittance(self.world.host, self.world.act(self.today), command)

    def give_back(self, person: int) -> None:
        """Give back the money of a void place."""
        paid = list(read_all(self.world.store, Contribution, "member_id", member_id(person)))
        for each in paid:
            command = CorrectContribution(
                scheme_id=SCHEME,
                remittance_id=each.entry_id,
                entry_id=EntryId(self.name("C")),
                ground=RefundGround.VOIDED_ENROLMENT,
                amount=each.amount,
                member_id=member_id(person),
                cause="P-1",
            )
            correct_contribution(self.world.host, self.world.act(self.today), command)

    def correct(self, person: int, pick: int) -> None:
        """Correct the shares or the first day of cover."""
        changes: tuple[dict[str, Any], ...] = (
            {"shares": 1 + pick % 3},
            {"cover_from": add_days(YEAR.first_day, pick)},
        )
        Mending(self.world).correct(person, self.today, **changes[pick % 2])

    def move(self, person: int, unit: UnitId, pick: int) -> None:
        """Move to another unit."""
        moves, name, here = Moves(self.world), self.name("T"), self.unit_of(person)
        if unit != here:
            moves_on = add_days(max(self.today, YEAR.first_day), pick - 20)
            until = add_days(self.today, 30)
            proposed = moves.propose(
                person, to=unit, by=here, moves_on=moves_on, expires_on=until, on=self.today, transfer_id=name
            )
            if proposed.outcome is not Outcome.REJECT:
                moves.accept(name, by=unit, on=self.today)

    def leave(self, person: int, pick: int) -> None:
        """Retire, be dismissed, or die."""
        if pick % 3 == 0:
            on = add_days(max(self.today, YEAR.first_day), -(pick % 10))
            kind = LEAVINGS[pick % len(LEAVINGS)]
            Moves(self.world).leave(person, kind, by=self.unit_of(person), on=on, told_on=self.today)

    def judge(self, pick: int) -> None:
        """Judge a small unit by a roster of today."""
        command = AdmitUnit(
            scheme_id=SCHEME,
            period_id=self.world.period_id,
            unit=Unit(unit_id=SMALL, name="单位", pool_id=REGION.pool_id),
            eligible=33,
            enrolled=27 if pick == 0 else pick % 26,
            counted_on=self.today,
            confirmed=True,
        )
        try:
            admit_unit(self.world.host, self.world.act(self.today), command)
        except AlreadyExistsError:
            return

    def claim(self, person: int, pick: int) -> None:
        """File a claim for a stay that ended today."""
        if self.today > YEAR.first_day and pick % 6 == 0:
            settlement = stay(
                8_000, person, setl_id=self.name("S"), begndate=add_days(self.today, -9), enddate=self.today
            )
            self.world.file(settlement, self.today)

    def wait(self, pick: int) -> None:
        """Write down the answers of the day that ends, and go on to a later one."""
        self.told += [(ask, ask()) for ask in self.questions(self.today)]
        self.today = min(add_days(self.today, 1 + pick % 25), YEAR.last_day)

    def questions(self, known_at: DAY) -> list[Answer]:
        """A handful of questions by the knowledge of a day."""
        store = self.world.store
        asked: list[Answer] = []
        for person in PEOPLE:
            who = member_id(person)
            asked += [
                lambda who=who, on=on: member_cover(store, SCHEME, who, on=on, known_at=known_at)
                for on in ASKED_ABOUT
            ]
            asked.append(lambda who=who: member_history(store, SCHEME, who, known_at=known_at))
        for unit in (*UNITS, SMALL):
            for on in ASKED_ABOUT[:2]:
                about = Asked(
                    scheme_id=SCHEME,
                    period_id=self.world.period_id,
                    unit_id=unit,
                    on=on,
                    known_at=known_at,
                )
                asked.append(lambda about=about: tuple(whole_roster(store, about)))
                asked.append(lambda about=about: gate_status(store, about))
            asked.append(lambda about=about: unit_differences(store, about))
        return asked

    def teardown(self) -> None:
        """Each answer must be given again as it was; what is known now is what the record says."""
        for ask, answer in self.told:
            assert ask() == answer
        if hasattr(self, "world"):
            assert verify(self.world.host).faults == ()
            for person in PEOPLE:
                enrolment = self.enrolment(person)
                standing = last_standing(enrolment, self.today)
                assert standing is not None
                assert (standing.state, standing.held) == (enrolment.state, enrolment.held)
            self.world.store.close()


TestKnowledge = Knowledge.TestCase
TestKnowledge.settings = settings(
    max_examples=max(settings().max_examples // 2, 1), stateful_step_count=40, deadline=None
)
