"""Random histories of membership on three stores at once, beside a model made of plain days."""

import datetime
import tempfile
from collections import defaultdict
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import attrs
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from mutualaid_core.domain.claims.decision import Decision
from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.membership.change import ChangeKind
from mutualaid_core.domain.membership.enrolment import Enrolment, EnrolmentState
from mutualaid_core.domain.membership.transfer import Transfer, TransferState
from mutualaid_core.domain.membership.unit import Unit
from mutualaid_core.domain.scheme.options import CoverEnd
from mutualaid_core.domain.values.dates import DayRange, add_days
from mutualaid_core.domain.values.identifiers import PeriodId, PoolId, UnitId, VersionId
from mutualaid_core.ports.discovery import open_store
from mutualaid_core.ports.kinds import KINDS
from mutualaid_core.rules.membership.history import standing_of, stretches_of
from mutualaid_core.services.adjudication import use_counter
from mutualaid_core.services.founding import open_period
from mutualaid_core.services.membership.admission import AdmitUnit, UnitJudged, admit_unit
from mutualaid_core.services.membership.correction.correcting import CorrectEnrolment, correct_enrolment
from mutualaid_core.services.membership.correction.judged import Named
from mutualaid_core.services.membership.correction.taking_back import (
    VoidCause,
    VoidEnrolment,
    WithdrawEnrolment,
    void_enrolment,
    withdraw_enrolment,
)
from mutualaid_core.services.membership.enrolment import EnrolWorkers, WorkersEnrolled, enrol_workers
from mutualaid_core.services.membership.keeping import counter_of, is_counted, unit_joined
from mutualaid_core.services.membership.queries.gate import gate_status
from mutualaid_core.services.membership.queries.roster import Asked, unit_roster
from mutualaid_core.services.membership.renewal.renewing import RenewalLine, RenewWorkers, renew_workers
from mutualaid_core.services.membership.transfer import pending_counter
from mutualaid_core.services.verification import verify
from mutualaid_core.testing.acts.moves import FAR, FAR_POOL, NEXT, Moves
from mutualaid_core.testing.samples import (
    COLLECTED_ON,
    FOUNDING,
    PERIOD_RECORD,
    POLICY,
    REGION,
    SCHEME,
    UNIT,
    VERSION,
    YEAR,
    dues,
    joiner,
    member_id,
    stay,
)
from mutualaid_core.testing.storekit.base import quick_folder
from mutualaid_core.testing.world import World
from mutualaid_core.work import read_all, read_one, records_of

DAY = datetime.date
OLD, NEW = PeriodId("2014"), PeriodId("2015")
COVERS = {OLD: YEAR, NEW: DayRange(DAY(2015, 1, 1), DAY(2015, 12, 31))}
PEOPLE = st.integers(1, 3)
INSIDE = (UNIT, NEXT)
PERIODS = st.sampled_from((OLD, OLD, OLD, NEW))
OFFSETS = st.integers(0, 364)
WILD = st.integers(0, 5)
"""Whether something is tried that hardly fits: 5 for so."""

LEAVINGS = (ChangeKind.RETIRED, ChangeKind.DISMISSED, ChangeKind.DIED)
HOWS = (
    ("propose",) * 5 + ("answer",) * 3 + ("claim",) * 3 + ("wait",) * 2 + ("enter", "enter", "leave", "amend")
)
ENROLLED, ENDED = EnrolmentState.ENROLLED, EnrolmentState.ENDED


def days_of(cover: DayRange) -> list[datetime.date]:
    """Every day of a cover."""
    return [add_days(cover.first_day, number) for number in range(cover.days)]


def enrolled(world: World, number: int, unit: UnitId, on: datetime.date) -> WorkersEnrolled:
    """The answer to a list of one worker."""
    command = EnrolWorkers(
        scheme_id=SCHEME, period_id=world.period_id, unit_id=unit, joiners=(joiner(number),)
    )
    return enrol_workers(world.host, world.act(on), command).result


def admitted(world: World, period: PeriodId, unit: UnitId, pool_id: PoolId) -> UnitJudged:
    """The answer to a unit all of whose nine workers join, by a roster of the year before the period."""
    on = COLLECTED_ON if period == OLD else COVERS[OLD].first_day
    command = AdmitUnit(
        scheme_id=SCHEME,
        period_id=period,
        unit=Unit(unit_id=unit, name=f"单位{unit}", pool_id=pool_id),
        eligible=9,
        enrolled=9,
        counted_on=on,
    )
    return admit_unit(world.host, world.act(on), command).result


@attrs.define
class Place:
    """What the model holds of one person in one period: a unit for each day, and the covered days.

    Attributes:
        unit: The last unit.
        at: Unit of each day of the period; ``None`` for none.
        cover: Days of cover; ``None`` for none.
        state: Where the enrolment stands.
        latest: Latest day from which something holds.
        joined_on: Day of the act by which the person joined.
        first: First day of cover, whether or not any is left.
        number: Which place of the person in the period it is.
        gone: How the person left; ``None`` for whoever is at a unit.
        alive: Units and last day of cover as they would be without the death; ``None`` for the living.
        died: Day of the death on record, which a voiding leaves there.
        base: The same as ``latest``, but for the moves since.
        moves: First days of the moves since the person joined or left.
    """

    unit: UnitId
    at: dict[datetime.date, UnitId | None]
    cover: DayRange | None
    state: EnrolmentState
    latest: datetime.date
    joined_on: datetime.date
    first: datetime.date
    number: int = 1
    gone: ChangeKind | None = None
    alive: tuple[dict[datetime.date, UnitId | None], datetime.date] | None = None
    died: datetime.date | None = None
    base: datetime.date = DAY.min
    moves: list[datetime.date] = attrs.field(factory=list)

    @property
    def whole(self) -> DayRange | None:
        """Days of cover as they would be without the death."""
        return self.cover if self.alive is None else DayRange(self.first, self.alive[1])

    def unit_on(self, day: datetime.date) -> UnitId:
        """The unit of a day as it would be without the death; the last one where there is none."""
        at = self.at if self.alive is None else self.alive[0]
        return (None if day < min(at) else at[min(day, max(at))]) or self.unit

    def may_go(self, *, inside: bool) -> bool:
        """Whether the person is at a unit, or between two of the pool."""
        between = self.state is ENDED and self.gone in {ChangeKind.DISMISSED, ChangeKind.LEFT_POOL}
        return self.state is ENROLLED or (between and inside)

    def empties(self, state: EnrolmentState) -> None:
        """Give no place any more."""
        self.state, self.cover, self.at, self.alive = state, None, dict.fromkeys(self.at), None

    def goes(self, unit: UnitId | None, on: datetime.date) -> None:
        """Be at another unit, or at none, from a day on."""
        self.at = {day: unit if day >= on else before for day, before in self.at.items()}
        self.unit, self.latest = unit or self.unit, max(on, min(self.at))
        if unit is not None:
            self.moves.append(on)

    def may_change(self, on: datetime.date) -> bool:
        """Whether a change on that day is in the cover and in order."""
        return self.cover is not None and on in self.cover and on >= self.latest

    def may_leave(self, on: datetime.date, today: datetime.date) -> bool:
        """The same for leaving, which may come before a move that has not begun."""
        begun = [day for day in self.moves if day <= today]
        return self.cover is not None and on in self.cover and on >= max((self.base, self.first, *begun))

    def may_die(self, on: datetime.date, today: datetime.date) -> bool:
        """Whether a death on that day is after joining, within the period, and not to come."""
        return min(self.joined_on, self.first) <= on <= min(max(self.at), today)


@attrs.define
class Proposal:
    """What the model holds of a transfer."""

    period: PeriodId
    number: int
    from_unit: UnitId
    to_unit: UnitId
    moves_on: datetime.date
    expires_on: datetime.date
    place: int
    state: TransferState = TransferState.PROPOSED


@attrs.define
class Granted:
    """What the model holds of a benefit."""

    period: PeriodId
    number: int
    day: datetime.date
    fen: int


class Memberships(RuleBasedStateMachine):
    """Three stores do every act; each must answer alike and as the model foretells."""

    def __init__(self) -> None:
        """Nothing has happened yet."""
        super().__init__()
        self.stack = ExitStack()
        otherwise = Path(self.stack.enter_context(tempfile.TemporaryDirectory()))
        place = self.stack.enter_context(quick_folder(otherwise))
        urls = ("memory:", f"sqlite:///{place}/year.db", f"file:///{place}/year")
        self.stores = [open_store(url) for url in urls]
        self.today = COLLECTED_ON
        self.places: dict[tuple[PeriodId, int], Place] = {}
        self.paid: set[tuple[PeriodId, int]] = set()
        self.proposals: dict[str, Proposal] = {}
        self.granted: list[Granted] = []
        self.acts = 0

    @initialize(end=st.sampled_from(CoverEnd))
    def found(self, end: CoverEnd) -> None:
        """Found the scheme for two years, admit two units, and know one of another pool."""
        self.end = end
        after = attrs.evolve(VERSION.open_points.cover_after, retirement=end, dismissal=end, transfer_out=end)
        version = attrs.evolve(VERSION, open_points=attrs.evolve(VERSION.open_points, cover_after=after))
        policy = attrs.evolve(POLICY, benefit=attrs.evolve(POLICY.benefit, waiting_days_max=180))
        founding = attrs.evolve(FOUNDING, policy=policy, version=version)
        later = attrs.evolve(
            founding,
            version=attrs.evolve(
                version,
                version_id=VersionId("V-2015"),
                first_day=COVERS[NEW].first_day,
                last_day=COVERS[NEW].last_day,
            ),
            period=attrs.evolve(PERIOD_RECORD, period_id=NEW, cover=COVERS[NEW]),
        )
        self.worlds = [World(store, founding) for store in self.stores]
        assert self.all(lambda w: w.found()).outcome is Outcome.PASS
        assert (
            self.all(lambda w: open_period(w.host, w.act(self.today), later).result).outcome is Outcome.PASS
        )
        for period in COVERS:
            for unit in INSIDE:
                self.all(lambda w, own=(period, unit, REGION.pool_id): admitted(w, *own))
        self.all(lambda w: Moves(w).know(FAR, pool_id=FAR_POOL))
        for number in (1, 2, 3):
            self.join(number, UNIT, OLD)
        for number in (1, 2):
            self.pay(number, OLD)
        self.today = add_days(self.today, 60)

    def all(self, act: Any) -> Any:  # noqa: ANN401  # whatever an act answers
        """Do an act in every world; all must answer alike."""
        answers = [act(world) for world in self.worlds]
        assert answers[0] == answers[1] == answers[2]
        return answers[0]

    def moving(self, period: PeriodId, act: Any) -> Any:  # noqa: ANN401  # whatever an act answers
        """Do an act of ``Moves`` for a period in every world."""

        def do(world: World) -> Any:  # noqa: ANN401  # whatever an act answers
            world.period_id = period
            return act(Moves(world))

        return self.all(do)

    def place(self, period: PeriodId, number: int) -> Place | None:
        """What the model holds of a person in a period."""
        return self.places.get((period, number))

    def day(self, period: PeriodId, number: int, offset: int, wild: int) -> datetime.date:
        """A day of the period; mostly one on which the person may change something."""
        days, place = days_of(COVERS[period]), self.place(period, number)
        if wild < 5 and place is not None and place.cover is not None:
            days = [day for day in days if place.may_change(day)] or days
        return days[offset % len(days)]

    def rests(self, period: PeriodId, number: int, after: datetime.date = DAY.min) -> bool:
        """Whether a benefit was granted to a person for an event after a day."""
        return any(
            (each.period, each.number) == (period, number) and each.day > after for each in self.granted
        )

    @rule(
        how=st.sampled_from(HOWS),
        number=PEOPLE,
        period=PERIODS,
        offset=OFFSETS,
        wild=WILD,
        pick=st.integers(0, 59),
    )
    def step(  # noqa: PLR0913  # one argument per draw
        self, *, how: str, number: int, period: PeriodId, offset: int, wild: int, pick: int
    ) -> None:
        """One act of the chosen kind; one rule for all, so that no history goes without transfers."""
        if how == "wait":
            self.wait(offset % 45 + 1)
        elif how == "enter":
            self.enter(pick, number, period)
        elif how == "propose":
            self.propose(number, period, self.day(period, number, offset, wild), pick)
        elif how == "answer":
            self.answer(pick, wild)
        elif how == "leave":
            self.leave(number, period, self.day(period, number, offset, wild), pick)
        elif how == "amend":
            self.amend(pick, number, period, offset % 90)
        else:
            self.claim(number, period, offset, pick)

    def wait(self, days: int) -> None:
        """Time passes."""
        self.today = min(add_days(self.today, days), COVERS[NEW].last_day)

    def enter(self, pick: int, number: int, period: PeriodId) -> None:
        """Join, pay or renew."""
        unit = INSIDE[pick % 2]
        if pick % 3 == 0:
            self.join(number, unit, period)
        elif pick % 3 == 1:
            self.pay(number, period)
        else:
            self.renew(number, unit)

    def join(self, number: int, unit: UnitId, period: PeriodId) -> None:
        """Join through a unit: once a period, and anew after a withdrawal or an error."""

        def act(world: World) -> Any:  # noqa: ANN401  # an answer
            world.period_id = period
            return enrolled(world, number, unit, self.today)

        place = self.place(period, number)
        # Money of a void place must be given back first, and nobody joins whose death is on record.
        owed = place is not None and (period, number) in self.paid
        dead = any(
            each.died is not None for each in (self.place(OLD, number), self.place(NEW, number)) if each
        )
        free = (place is None or place.state not in {ENROLLED, ENDED}) and not owed and not dead
        done = self.all(act)
        assert (done.outcome in {Outcome.PASS, Outcome.FLAG}) == free, done.faults
        # Who left by record is taken, and looked at.
        assert done.outcome is not Outcome.FLAG or self.may_have_left(period, number)
        if free:
            cover = COVERS[period]
            at: dict[datetime.date, UnitId | None] = dict.fromkeys(days_of(cover), unit)
            self.places[period, number] = Place(
                unit=unit,
                at=at,
                cover=cover,
                state=ENROLLED,
                latest=cover.first_day,
                joined_on=self.today,
                first=cover.first_day,
                number=1 if place is None else place.number + 1,
            )

    def pay(self, number: int, period: PeriodId) -> None:
        """Pay once a period through the present unit."""
        place = self.place(period, number)
        unit = UNIT if place is None else place.unit

        def act(world: World) -> Any:  # noqa: ANN401  # an answer
            world.period_id = period
            return world.remit(dues(number), unit=unit, on=self.today)

        done = self.all(act)
        if place is None or place.state not in {ENROLLED, ENDED} or (period, number) in self.paid:
            assert done.outcome is not Outcome.PASS
        elif place.state is ENROLLED and not self.may_have_left(period, number):
            assert done.outcome is Outcome.PASS, done.faults
        if done.outcome is Outcome.PASS:
            self.paid.add((period, number))

    def may_have_left(self, period: PeriodId, number: int) -> bool:
        """Whether the member left in the first year, perhaps after the place of the second was taken."""
        old = self.place(OLD, number)
        return period == NEW and old is not None and old.state is ENDED

    def renew(self, number: int, by: UnitId) -> None:
        """Renew for the second year; only members with paid cover at that unit are carried over."""
        command = RenewWorkers(
            scheme_id=SCHEME,
            from_period=OLD,
            to_period=NEW,
            unit_id=by,
            lines=(RenewalLine(member_id=member_id(number)),),
        )
        done = self.all(lambda w: renew_workers(w.host, w.act(self.today), command).result)
        if done.outcome is not Outcome.PASS:
            return
        old, new = self.place(OLD, number), self.place(NEW, number)
        assert old is not None
        assert (old.state, old.unit, (OLD, number) in self.paid) == (ENROLLED, by, True)
        assert new is None or new.state not in {ENROLLED, ENDED}
        # Money of a void place must be given back first, as for whoever joins.
        assert (NEW, number) not in self.paid
        cover = COVERS[NEW]
        self.places[NEW, number] = Place(
            unit=by,
            at=dict.fromkeys(days_of(cover), by),
            cover=cover,
            state=ENROLLED,
            latest=cover.first_day,
            joined_on=self.today,
            first=cover.first_day,
            number=1 if new is None else new.number + 1,
        )

    def propose(self, number: int, period: PeriodId, moves_on: datetime.date, pick: int) -> None:
        """Propose a transfer to the other unit or elsewhere, by the member's unit or by another."""
        place, transfer_id = self.place(period, number), f"T-{len(self.proposals):02}"
        here = UNIT if place is None else place.unit
        other = NEXT if here == UNIT else UNIT
        to = (other, other, other, other, NEXT, FAR, FAR, UnitId("U-0"))[pick % 8]
        unit = NEXT if pick % 11 == 5 else here
        open_days = (30, 7, 60, 0, -1)[pick % 5]
        expires_on = add_days(self.today, open_days)
        waiting = self.waiting(period, number)
        fits = (
            place is not None
            and place.may_go(inside=to != FAR)
            and place.unit == unit != to
            and to != "U-0"
            and place.may_change(moves_on)
            and open_days >= 0
            and (waiting is None or waiting.expires_on < self.today or waiting.place != place.number)
        )
        judged = self.moving(
            period,
            lambda moves: moves.propose(
                number,
                to=to,
                by=unit,
                moves_on=moves_on,
                expires_on=expires_on,
                on=self.today,
                transfer_id=transfer_id,
            ),
        )
        assert (judged.outcome is not Outcome.REJECT) == fits, judged.faults
        if fits and place is not None:
            if waiting is not None:
                waiting.state = TransferState.EXPIRED
            self.proposals[transfer_id] = Proposal(
                period, number, unit, to, moves_on, expires_on, place.number
            )
            if pick % 3 != 1:
                self.accept(transfer_id, right=True)

    def waiting(self, period: PeriodId, number: int) -> Proposal | None:
        """The proposal of a person that was not answered."""
        return next(
            (
                each
                for each in self.proposals.values()
                if (each.period, each.number, each.state) == (period, number, TransferState.PROPOSED)
            ),
            None,
        )

    def answer(self, pick: int, wild: int) -> None:
        """Answer one of the last transfers, mostly by the side that may."""
        if not self.proposals:
            return
        transfer_id = list(self.proposals)[-1 - pick % min(len(self.proposals), 3)]
        if pick % 5 in {0, 1}:
            self.accept(transfer_id, right=wild < 5)
        elif pick % 5 == 2:
            self.reject(transfer_id, right=wild < 5)
        elif pick % 5 == 3:
            self.take_back(transfer_id, right=wild < 5)
        else:
            self.expire()

    def accept(self, transfer_id: str, *, right: bool) -> None:
        """Accept: the member moves, or leaves the pool."""
        proposal = self.proposals[transfer_id]
        by = proposal.to_unit if right else proposal.from_unit
        place = self.places[proposal.period, proposal.number]
        inside, on = proposal.to_unit != FAR, proposal.moves_on
        fits = (
            right
            and proposal.state is TransferState.PROPOSED
            and self.today <= proposal.expires_on
            and place.number == proposal.place
            and place.may_go(inside=inside)
            and place.unit == proposal.from_unit
            and place.may_change(on)
            and (inside or self.may_end(proposal.period, proposal.number, ChangeKind.LEFT_POOL, on))
        )
        judged = self.moving(proposal.period, lambda moves: moves.accept(transfer_id, by=by, on=self.today))
        assert (judged.outcome is not Outcome.REJECT) == fits, judged.faults
        if fits and inside:
            place.goes(proposal.to_unit, on)
            place.state, place.gone = ENROLLED, None
            self.follow(proposal)
        elif fits:
            self.ends(place, ChangeKind.LEFT_POOL, on)
        if fits:
            proposal.state = TransferState.ACCEPTED

    def follow(self, proposal: Proposal) -> None:
        """The place of the second year goes along from its first day, if it is at the same unit."""
        later = self.place(NEW, proposal.number) if proposal.period == OLD else None
        if later is None or later.cover is None or later.state is not ENROLLED:
            return
        if later.unit == proposal.from_unit and later.may_change(later.cover.first_day):
            later.goes(proposal.to_unit, later.cover.first_day)

    def left(self, cover: DayRange, kind: ChangeKind, on: datetime.date) -> DayRange | None:
        """Days of cover that are left after leaving."""
        if kind is not ChangeKind.DIED and self.end is CoverEnd.PERIOD_END:
            return cover
        last = on if kind is ChangeKind.DIED else add_days(on, -1)
        return None if last < cover.first_day else DayRange(cover.first_day, min(last, cover.last_day))

    def may_end(self, period: PeriodId, number: int, kind: ChangeKind, on: datetime.date) -> bool:
        """Whether cover may be cut as leaving would cut it; a death is as it was, whatever was granted."""
        place = self.places[period, number]
        left = None if place.cover is None else self.left(place.cover, kind, on)
        return left is not None and (left == place.cover or not self.rests(period, number, left.last_day))

    def ends(self, place: Place, kind: ChangeKind, on: datetime.date) -> None:
        """The member is at no unit any more."""
        place.unit = place.unit_on(on)
        cover = place.whole
        assert cover is not None
        if kind is ChangeKind.DIED:
            # A day of death that is told anew puts aside what the first one said.
            place.at, last = place.alive or (place.at, cover.last_day)
            place.alive, place.died = (place.at, last), on
        else:
            place.base, place.moves = on, []
        place.cover, place.state, place.gone = self.left(cover, kind, on), ENDED, kind
        place.goes(None, on)

    def reject(self, transfer_id: str, *, right: bool) -> None:
        """Reject: nothing changes but the transfer."""
        proposal = self.proposals[transfer_id]
        by = proposal.to_unit if right else proposal.from_unit
        fits = right and proposal.state is TransferState.PROPOSED and self.today <= proposal.expires_on
        judged = self.moving(proposal.period, lambda moves: moves.reject(transfer_id, by=by, on=self.today))
        assert (judged.outcome is not Outcome.REJECT) == fits, judged.faults
        if fits:
            proposal.state = TransferState.REJECTED

    def take_back(self, transfer_id: str, *, right: bool) -> None:
        """Withdraw a proposal: nothing changes but the transfer."""
        proposal = self.proposals[transfer_id]
        by = proposal.from_unit if right else proposal.to_unit
        fits = right and proposal.state is TransferState.PROPOSED
        judged = self.moving(proposal.period, lambda moves: moves.withdraw(transfer_id, by=by, on=self.today))
        assert (judged.outcome is not Outcome.REJECT) == fits, judged.faults
        if fits:
            proposal.state = TransferState.WITHDRAWN

    def expire(self) -> None:
        """Expire what nobody answered in time."""
        late = [
            transfer_id
            for transfer_id, each in self.proposals.items()
            if each.state is TransferState.PROPOSED and each.expires_on < self.today
        ]
        assert list(self.moving(OLD, lambda moves: moves.expire(self.today))) == sorted(late)
        for transfer_id in late:
            self.proposals[transfer_id].state = TransferState.EXPIRED

    def leave(self, number: int, period: PeriodId, on: datetime.date, pick: int) -> None:
        """Retire, be dismissed, or die; a death ends the place of the second year, too."""
        place, kind = self.place(period, number), LEAVINGS[pick % 3]
        unit = UNIT if place is None or pick % 7 == 5 else place.unit
        dies = kind is ChangeKind.DIED
        fits = place is not None and (
            place.state in {ENROLLED, ENDED}
            and unit in {place.unit_on(on), place.unit_on(self.today)}
            and place.may_die(on, self.today)
            if dies
            else place.state is ENROLLED
            and unit == place.unit_on(on)
            and place.may_leave(on, self.today)
            and self.may_end(period, number, kind, on)
        )
        fits = fits and not self.died_elsewhere(number, period, on, dies=dies)
        told = self.moving(
            period, lambda moves: moves.leave(number, kind, by=unit, on=on, told_on=self.today)
        )
        assert (told.outcome is not Outcome.REJECT) == fits, told.faults
        if not fits or place is None:
            return
        self.ends(place, kind, on)
        later = self.place(NEW, number)
        if dies and period == OLD and later is not None and later.state in {ENROLLED, ENDED}:
            self.ends(later, kind, on)

    def died_elsewhere(self, number: int, period: PeriodId, on: datetime.date, *, dies: bool) -> bool:
        """Whether a death on record in the other year is against leaving: but not where it follows."""
        own, other = self.place(period, number), self.place(NEW if period == OLD else OLD, number)
        if own is None or other is None or other.died is None:
            return False
        follows = period == OLD and other.died == own.died
        return not follows and (dies or on >= other.died)

    def amend(self, pick: int, number: int, period: PeriodId, offset: int) -> None:
        """Take back, void or correct."""
        if pick % 3 == 0:
            self.withdraw(number, period)
        elif pick % 3 == 1:
            self.void(number, period)
        else:
            self.correct(number, period, offset)

    def withdraw(self, number: int, period: PeriodId) -> None:
        """Take a place back that nothing was paid for."""
        place = self.place(period, number)
        command = WithdrawEnrolment(
            named=self.named(period, number),
            by_unit=UNIT if place is None else place.unit_on(self.today),
            cause="P-1",
        )
        done = self.all(lambda w: withdraw_enrolment(w.host, w.act(self.today), command).result)
        fits = place is not None and place.state is ENROLLED and (period, number) not in self.paid
        assert (done.outcome is Outcome.PASS) == fits, done.faults
        if fits and place is not None:
            place.empties(EnrolmentState.WITHDRAWN)

    def named(self, period: PeriodId, number: int) -> Named:
        """The enrolment of a person in a period."""
        return Named(scheme_id=SCHEME, period_id=period, member_id=member_id(number))

    def void(self, number: int, period: PeriodId) -> None:
        """Find an enrolment void on which nothing rests."""
        place = self.place(period, number)
        command = VoidEnrolment(named=self.named(period, number), cause=VoidCause.DUPLICATE, paper="P-1")
        done = self.all(lambda w: void_enrolment(w.host, w.act(self.today), command).result)
        fits = place is not None and place.state in {ENROLLED, ENDED} and not self.rests(period, number)
        assert (done.outcome is not Outcome.REJECT) == fits, done.faults
        if fits and place is not None:
            place.empties(EnrolmentState.VOIDED)

    def correct(self, number: int, period: PeriodId, offset: int) -> None:
        """Correct the first day of cover: units stay where they were, day by day."""
        first = add_days(COVERS[period].first_day, offset)
        command = CorrectEnrolment(named=self.named(period, number), cover_from=first, paper="P-1")
        done = self.all(lambda w: correct_enrolment(w.host, w.act(self.today), command).result)
        if done.outcome in {Outcome.PASS, Outcome.FLAG}:
            place = self.places[period, number]
            assert place.state in {ENROLLED, ENDED}
            assert place.cover is not None
            cover = DayRange(first, place.cover.last_day)
            assert cover == place.cover or not self.rests(period, number)
            place.cover, place.first = cover, first

    def claim(self, number: int, period: PeriodId, offset: int, pick: int) -> None:
        """Claim for a stay of ten days: paid if its last day is covered, up to the cap."""
        last = min(add_days(COVERS[period].first_day, offset), self.today)
        if last not in COVERS[period]:
            return
        self.acts += 1
        first = add_days(last, -9)
        base = (1_000, 8_000, 30_000, 90_000)[pick % 4]
        settlement = stay(base, number, setl_id=f"S-{self.acts}", begndate=first, enddate=last)

        def act(world: World) -> Any:  # noqa: ANN401  # an answer
            world.period_id = period
            return world.file(settlement, last)

        done = self.all(act)
        place = self.place(period, number)
        covered = (
            place is not None
            and place.state in {ENROLLED, ENDED}
            and place.cover is not None
            and last in place.cover
            and (period, number) in self.paid
        )
        assert (done.outcome is Outcome.PASS) == covered, done.reasons
        if done.benefit:
            self.granted.append(Granted(period, number, last, done.benefit.fen))

    @invariant()
    def each_day_is_at_one_unit(self) -> None:
        """State, unit and cover of each person on each day must be those of the model."""
        for (period, number), place in self.places.items():
            enrolment = self.enrolment(period, number)
            assert enrolment.state is place.state
            stretches = stretches_of(enrolment, self.today)
            told = [(day, each.unit_id) for each in stretches for day in days_of(each.days)]
            days = [] if place.cover is None else days_of(place.cover)
            assert told == [(day, place.at[day]) for day in days]
            for day in (COVERS[period].first_day, place.latest, COVERS[period].last_day):
                standing = standing_of(enrolment, on=day, known_at=self.today)
                assert standing is not None
                assert (standing.unit_id, standing.cover) == (place.at[day], place.cover)

    def enrolment(self, period: PeriodId, number: int) -> Enrolment:
        """An enrolment as the first store holds it."""
        return read_one(self.stores[0], Enrolment, f"{SCHEME}/{period}/{member_id(number)}")

    @invariant()
    def nobody_is_covered_twice(self) -> None:
        """No two covers of one person in the scheme may share a day."""
        covers: dict[str, list[DayRange]] = defaultdict(list)
        for enrolment in read_all(self.stores[0], Enrolment):
            if enrolment.is_active:
                covers[enrolment.member_id].append(enrolment.cover)
        for days in covers.values():
            assert sum(each.days for each in days) == len({day for each in days for day in days_of(each)})

    @invariant()
    def limits_travel_exactly(self) -> None:
        """What is used of the cap must be what was granted, in the model and in the decisions."""
        decided: dict[tuple[str, str], int] = defaultdict(int)
        for decision in read_all(self.stores[0], Decision):
            decided[decision.period_id, decision.member_id] += decision.benefit.fen
        for period, number in self.places:
            key = use_counter(SCHEME, period, member_id(number), "amount/inpatient/period")
            used = self.stores[0].get((), (key,)).counters[key].value
            model = sum(each.fen for each in self.granted if (each.period, each.number) == (period, number))
            assert used == decided[period, member_id(number)] == model <= 5_000_000

    @invariant()
    def one_transfer_waits_at_most(self) -> None:
        """The counter of each person must be the number of proposals that wait: 0 or 1."""
        states = {each.transfer_id: each.state for each in read_all(self.stores[0], Transfer)}
        assert states == {transfer_id: each.state for transfer_id, each in self.proposals.items()}
        for period, number in self.places:
            key = pending_counter(SCHEME, period, member_id(number))
            waiting = self.waiting(period, number)
            assert self.stores[0].get((), (key,)).counters[key].value == (waiting is not None)

    @invariant()
    def figures_equal_a_recount(self) -> None:
        """Members at a unit, and those counted against its admission, must be what a recount gives."""
        for period, cover in COVERS.items():
            on = min(max(self.today, cover.first_day), cover.last_day)
            counted: dict[str, int] = defaultdict(int)
            for enrolment in read_all(self.stores[0], Enrolment, "period_id", period):
                counted[unit_joined(enrolment)] += enrolment.state in {ENROLLED, ENDED} and is_counted(
                    enrolment
                )
            for unit in INSIDE:
                asked = Asked(scheme_id=SCHEME, period_id=period, unit_id=unit, on=on, known_at=self.today)
                present = sum(
                    place.at[on] == unit
                    for (own, _), place in self.places.items()
                    if own == period and place.state in {ENROLLED, ENDED}
                )
                assert len(unit_roster(self.stores[0], asked).rows) == present
                key = counter_of(SCHEME, period, unit)
                assert self.stores[0].get((), (key,)).counters[key].value == counted[unit]

    def gates_tell_the_same(self) -> None:
        """What screens are told of a unit must be what its roster lists."""
        for unit in INSIDE:
            asked = Asked(
                scheme_id=SCHEME, period_id=OLD, unit_id=unit, on=YEAR.last_day, known_at=self.today
            )
            rows = unit_roster(self.stores[0], asked).rows
            assert gate_status(self.stores[0], asked).present == len(rows)

    def teardown(self) -> None:
        """At the end all stores must hold the same, byte for byte, and be whole."""
        if hasattr(self, "worlds"):
            held = [
                [
                    (each.ref, each.version, each.body)
                    for kind in KINDS
                    for each in records_of(store, kind.name)
                ]
                for store in self.stores
            ]
            assert held[0] == held[1] == held[2]
            assert len({store.head(SCHEME).root for store in self.stores}) == 1
            self.gates_tell_the_same()
            assert verify(self.worlds[0].host).faults == ()
        for store in self.stores:
            store.close()
        self.stack.close()


TestMemberships = Memberships.TestCase
TestMemberships.settings = settings(
    max_examples=max(settings().max_examples // 6, 1), stateful_step_count=50, deadline=None
)
