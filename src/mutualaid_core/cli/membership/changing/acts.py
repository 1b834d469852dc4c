"""Acts on one enrolment (参加变动办理) from the command line."""

from collections.abc import Callable
from typing import Protocol, TypeVar

import attrs
from cyclopts import CycloptsError

from mutualaid_core.cli.membership.acting.once import NOT_DONE, REFUSED, Once
from mutualaid_core.cli.membership.acting.telling import How, plain_of, say_outcome, status_of
from mutualaid_core.cli.membership.acting.unchanged import say_as_it_stands
from mutualaid_core.cli.membership.changing.member import Whose, member_of
from mutualaid_core.cli.membership.doing import DONE, Asked, do_act
from mutualaid_core.cli.membership.faults import say_faults
from mutualaid_core.cli.membership.known import known_unit
from mutualaid_core.cli.membership.persons import Person, impersonal
from mutualaid_core.cli.output import Output
from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.governance.act import Act
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.membership.change import ChangeKind
from mutualaid_core.domain.membership.enrolment import Enrolment
from mutualaid_core.domain.scheme.eligibility import Employment, InsuranceType
from mutualaid_core.domain.values.dates import DayRange, parse_day
from mutualaid_core.ports.store import Store
from mutualaid_core.rules.membership.transfer import is_left_on, left_as
from mutualaid_core.services.membership import leaving
from mutualaid_core.services.membership.correction.correcting import (
    CorrectEnrolment,
    correct_enrolment,
    stands_so,
)
from mutualaid_core.services.membership.correction.judged import EnrolmentJudged, Named
from mutualaid_core.services.membership.correction.restoring import RestoreMember, restore_member
from mutualaid_core.services.membership.correction.taking_back import (
    VoidCause,
    VoidEnrolment,
    WithdrawEnrolment,
    void_enrolment,
    withdraw_enrolment,
)
from mutualaid_core.work import Done, Host, read_many


@attrs.frozen(kw_only=True)
class Leaving:
    """How a member left (离开), as the command line tells it.

    Attributes:
        whose: Whose enrolment.
        how: How, by the word of the change.
        since: First day without work, or the day of death.
        unit: Unit that reports it.
        paper: Paper on which it rests.
    """

    whose: Whose
    how: str
    since: str
    unit: str
    paper: str


@attrs.frozen(kw_only=True)
class Correcting:
    """What was typed wrongly (更正内容), as the command line tells it; ``None`` for what was right.

    Attributes:
        whose: Whose enrolment.
        insurance_type: Basic insurance.
        employment: Form of employment.
        shares: Shares.
        parts: Parts of the scheme.
        cover_from: First day of cover.
        paper: Paper on which it rests.
    """

    whose: Whose
    insurance_type: InsuranceType | None
    employment: Employment | None
    shares: int | None
    parts: list[str] | None
    cover_from: str | None
    paper: str


def leave_work(asked: Asked, wanted: Leaving, output: Output) -> int:
    """Report that a member retired, was dismissed, or died.

    Raises:
        InvalidValueError: A day cannot be read, or something personal stands on the command line.
        NotFoundError: There is no such member, unit or period.
    """
    since, person = parse_day(wanted.since), wanted.whose.person()
    paper, unit = impersonal("paper", wanted.paper), impersonal("unit", wanted.unit)

    def call(host: Host, act: Act) -> tuple[Done[leaving.WorkLeft], bool]:
        named = _named(wanted.whose, host, person)
        command = leaving.LeaveWork(
            scheme_id=named.scheme_id,
            period_id=named.period_id,
            member_id=named.member_id,
            by_unit=known_unit(host.store, "unit", unit),
            kind=ChangeKind(wanted.how),
            on=since,
            paper=paper,
        )
        before = _place(host, named)
        once = Once(key=asked.key, stands=lambda: is_left_on(_place(host, named), command.kind, since))
        done = once.do(leaving.leave_work, host, act, command)
        return done, before != _place(host, named)

    def tell(_store: Store, answer: tuple[Done[leaving.WorkLeft], bool]) -> int:
        done, is_changed = answer
        status = _tell(output, done, done.result.outcome, is_changed=is_changed)
        if status == DONE:
            _tell_cover(output, done.result.cover)
        return status

    return do_act(asked, call, tell)


def _tell_cover(output: Output, cover: DayRange | None) -> None:
    """Say with which day the cover of a member who left ends."""
    if cover is None:
        output.say("没有保障日", "there is no day of cover")
        return
    last = cover.last_day.isoformat()
    output.say(f"保障至 {last}（含当日）", f"cover ends with {last}")


def withdraw_member(asked: Asked, whose: Whose, unit: str, paper: str, output: Output) -> int:
    """Take an enrolment back.

    Raises:
        InvalidValueError: Something personal stands on the command line.
        NotFoundError: There is no such member, unit or period.
    """
    named, cause = impersonal("unit", unit), impersonal("paper", paper)

    def call(host: Host, act: Act, person: Person) -> Done[EnrolmentJudged]:
        by_unit = known_unit(host.store, "unit", named)
        command = WithdrawEnrolment(named=_named(whose, host, person), by_unit=by_unit, cause=cause)
        return Once(key=asked.key).do(withdraw_enrolment, host, act, command)

    return _do(asked, whose, call, output)


def void_member(asked: Asked, whose: Whose, cause: str, paper: str, output: Output) -> int:
    """Void an enrolment; what is to be returned is told, and is an act of its own.

    Raises:
        InvalidValueError: Something personal stands on the command line.
        NotFoundError: There is no such member, unit or period.
    """
    given = impersonal("paper", paper)

    def call(host: Host, act: Act, person: Person) -> Done[EnrolmentJudged]:
        command = VoidEnrolment(named=_named(whose, host, person), cause=VoidCause(cause), paper=given)
        return Once(key=asked.key, undone=REFUSED).do(void_enrolment, host, act, command)

    return _do(asked, whose, call, output)


def correct_member(asked: Asked, wanted: Correcting, output: Output) -> int:
    """Correct what was typed wrongly.

    Raises:
        CycloptsError: Nothing is told that is to be corrected.
        InvalidValueError: A day cannot be read, or something personal stands on the command line.
        NotFoundError: There is no such member, unit or period.
    """
    paper = impersonal("paper", wanted.paper)
    parts = None if wanted.parts is None else tuple(impersonal("parts", part) for part in wanted.parts)
    cover_from = None if wanted.cover_from is None else parse_day(wanted.cover_from)
    told = (wanted.insurance_type, wanted.employment, wanted.shares, wanted.parts, cover_from)
    if all(each is None for each in told):
        options = "--insurance-type, --employment, --shares, --parts and --cover-from"
        raise CycloptsError(msg=f"one of {options} must be given")

    person = wanted.whose.person()

    def call(host: Host, act: Act) -> tuple[Done[EnrolmentJudged], bool]:
        named = _named(wanted.whose, host, person)
        command = CorrectEnrolment(
            named=named,
            insurance_type=wanted.insurance_type,
            employment=wanted.employment,
            shares=wanted.shares,
            parts=parts,
            cover_from=cover_from,
            paper=paper,
        )
        before = _place(host, named)
        once = Once(key=asked.key, undone=NOT_DONE, stands=lambda: _stands_so(host, command))
        done = once.do(correct_enrolment, host, act, command)
        return done, before != _place(host, named)

    def tell(_store: Store, answer: tuple[Done[EnrolmentJudged], bool]) -> int:
        done, is_changed = answer
        return _tell(output, done, done.result.outcome, is_changed=is_changed)

    return do_act(asked, call, tell)


def restore(asked: Asked, whose: Whose, how: str, paper: str, output: Output) -> int:
    """Take a leaving back that was reported in error.

    Raises:
        InvalidValueError: Something personal stands on the command line.
        NotFoundError: There is no such member, unit or period.
    """
    given = impersonal("paper", paper)

    def call(host: Host, act: Act, person: Person) -> Done[EnrolmentJudged]:
        command = RestoreMember(named=_named(whose, host, person), kind=ChangeKind(how), paper=given)
        once = Once(
            key=asked.key,
            undone=REFUSED,
            stands=lambda: left_as(_place(host, command.named), command.kind) is None,
        )
        return once.do(restore_member, host, act, command)

    return _do(asked, whose, call, output)


def _stands_so(host: Host, command: CorrectEnrolment) -> bool:
    """Whether what a correction tells is so still, and no later one tells otherwise."""
    place = _place(host, command.named)
    return place is not None and stands_so(command, place)


def _named(whose: Whose, host: Host, person: Person) -> Named:
    return Named(scheme_id=whose.scheme_id, period_id=whose.period_id, member_id=member_of(host, person))


def _place(host: Host, named: Named) -> Enrolment | None:
    """The enrolment as it stands now."""
    return read_many(host.store, Enrolment, (named.key,)).get(named.key)


def _do(
    asked: Asked,
    whose: Whose,
    call: Callable[[Host, Act, Person], Done[EnrolmentJudged]],
    output: Output,
) -> int:
    person = whose.person()

    def tell(_store: Store, done: Done[EnrolmentJudged]) -> int:
        due = done.result.to_return
        if due is None:
            return _tell(output, done, done.result.outcome)
        _tell(output, done, Outcome.FLAG)
        output.say(
            f"应退 {due.amount} 元，来自汇缴 {due.entry_id}",
            f"to be returned: {due.amount} yuan of remittance {due.entry_id}",
        )
        return DONE

    return do_act(asked, lambda host, act: call(host, act, person), tell)


class _Answer(Protocol):
    """What both kinds of answer have."""

    @property
    def faults(self) -> tuple[Fault, ...]: ...


Answer = TypeVar("Answer", bound=_Answer)


def _tell(output: Output, done: Done[Answer], outcome: Outcome, *, is_changed: bool | None = None) -> int:
    """Tell an answer; where nothing changed without a repeat, that it stood so before.

    Args:
        output: Where to tell it.
        done: The answer.
        outcome: What became of the act.
        is_changed: Whether anything changed; ``None`` where an act that is done always changes something.
    """
    judged = done.result
    told = {} if is_changed is None else {"changed": is_changed}
    output.document({**plain_of(judged), **told, "replayed": done.replayed})
    if is_changed is False and status_of(outcome) == DONE and not done.replayed:
        say_as_it_stands(output)
        say_faults(output, judged.faults)
        return DONE
    say_outcome(output, outcome, judged.faults, How(replayed=done.replayed))
    return status_of(outcome)
