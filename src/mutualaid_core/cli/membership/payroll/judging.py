"""Judging (代扣名单核对) from whose pay a unit may deduct, before it does."""

from pathlib import Path

import attrs

from mutualaid_core.cli.membership.acting.rehearsal import do_or_preview
from mutualaid_core.cli.membership.acting.telling import How, plain_of, say_outcome
from mutualaid_core.cli.membership.doing import DONE, REFUSED, Asked
from mutualaid_core.cli.membership.known import known_scheme, known_unit, list_of_unit
from mutualaid_core.cli.membership.payroll.listed import say_left_alone
from mutualaid_core.cli.membership.persons import impersonal, member_id_by
from mutualaid_core.cli.output import Output
from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.governance.act import Act
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.values.dates import parse_day
from mutualaid_core.domain.values.identifiers import MemberId
from mutualaid_core.intake.membership.payrolls import read_payroll_list
from mutualaid_core.ports.store import Store
from mutualaid_core.rules.membership.paying.consent import listed_twice_faults
from mutualaid_core.services.membership.paying.consents import WORKERS_MAX, JudgePayroll, judge_payroll
from mutualaid_core.work import Host


@attrs.frozen(kw_only=True)
class Judging:
    """From whose pay a unit wants to deduct (代扣名单), as the command line tells it.

    Attributes:
        unit: Unit.
        file: List of the workers.
        cut_off: Day of the deduction as written.
        scheme: Scheme.
        is_preview: Whether nothing may be written.
    """

    unit: str
    file: Path
    cut_off: str
    scheme: str
    is_preview: bool


@attrs.frozen(kw_only=True)
class ListJudged:
    """Who may be deducted, and who may not (核对结果).

    Attributes:
        deducted: Workers who have authorised it.
        listed: Workers who have not.
        faults: Why they may not be.
        replayed: Whether all of it had been judged before, under the same key.
    """

    deducted: tuple[MemberId, ...]
    listed: tuple[MemberId, ...]
    faults: tuple[Fault, ...]
    replayed: bool

    @property
    def outcome(self) -> Outcome:
        """Everybody, some or nobody."""
        if not self.faults:
            return Outcome.PASS
        return Outcome.FLAG if self.deducted else Outcome.REJECT


def judge(asked: Asked, wanted: Judging, output: Output) -> int:
    """Judge a payroll list by the consents that are on record.

    Returns:
        0 if everybody may be deducted, else 1.

    Raises:
        IntakeError: With every problem of the list.
        InvalidValueError: A day cannot be read, or something personal stands on the command line.
        NotFoundError: There is no such unit or scheme.
    """
    unit, cut_off = impersonal("unit", wanted.unit), parse_day(wanted.cut_off)
    with list_of_unit(asked.store, unit):
        read = read_payroll_list(wanted.file, unit)

    def call(host: Host, act: Act) -> ListJudged:
        scheme_id = known_scheme(host.store, wanted.scheme)
        unit_id = known_unit(host.store, "unit", unit)
        members = tuple(member_id_by(person, host.keys) for person in read.persons)
        if twice := listed_twice_faults(members):
            return ListJudged(deducted=(), listed=members, faults=twice, replayed=False)
        whole = JudgePayroll(scheme_id=scheme_id, unit_id=unit_id, members=members, cut_off=cut_off)
        return _judged(host, act, whole)

    def tell(_store: Store, done: ListJudged) -> int:
        say_left_alone(read, output)
        return _tell(output, done, is_preview=wanted.is_preview)

    return do_or_preview(asked, call, tell, is_preview=wanted.is_preview)


def _judged(host: Host, act: Act, whole: JudgePayroll) -> ListJudged:
    """Judge the list in as many acts as are needed.

    Without a key of the person each run is an act of its own: what was declared since the last
    one counts.
    """
    deducted: list[MemberId] = []
    listed: list[MemberId] = []
    faults: list[Fault] = []
    replayed = True
    for start in range(0, len(whole.members), WORKERS_MAX):
        command = attrs.evolve(whole, members=whole.members[start : start + WORKERS_MAX])
        own = act if len(whole.members) <= WORKERS_MAX else attrs.evolve(act, key=f"{act.key}/{start}")
        done = judge_payroll(host, own, command)
        deducted += done.result.deducted
        listed += done.result.listed
        faults += done.result.faults
        replayed = replayed and done.replayed
    return ListJudged(deducted=tuple(deducted), listed=tuple(listed), faults=tuple(faults), replayed=replayed)


def _tell(output: Output, done: ListJudged, *, is_preview: bool) -> int:
    output.document(
        {
            "outcome": done.outcome.value,
            "deducted": list(done.deducted),
            "listed": list(done.listed),
            "faults": [plain_of(fault) for fault in done.faults],
            "replayed": done.replayed,
            "preview": is_preview,
        }
    )
    say_outcome(output, done.outcome, done.faults, How(is_preview=is_preview, replayed=done.replayed))
    may, may_not = len(done.deducted), len(done.listed)
    output.say(f"可代扣 {may} 人，不可代扣 {may_not} 人", f"may be deducted: {may}, may not: {may_not}")
    return REFUSED if done.faults else DONE
