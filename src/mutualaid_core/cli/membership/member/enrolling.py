"""Enrolling units (团体参加) from the command line: by their imported rosters, a result per person."""

import datetime

import attrs

from mutualaid_core.cli.membership.acting.anew import judged_anew, judged_before
from mutualaid_core.cli.membership.acting.unchanged import Before, say_unchanged
from mutualaid_core.cli.membership.doing import DONE, REFUSED, Asked, do_act
from mutualaid_core.cli.membership.faults import say_faults
from mutualaid_core.cli.membership.known import known_period, known_unit
from mutualaid_core.cli.output import Output
from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.governance.act import Act
from mutualaid_core.domain.values.dates import parse_day
from mutualaid_core.domain.values.identifiers import UnitId
from mutualaid_core.errors import AlreadyExistsError, InvalidValueError
from mutualaid_core.ports.store import Store
from mutualaid_core.serialization.codec import to_plain
from mutualaid_core.services.membership.group import EnrolRoster, RosterEnrolled, enrol_roster
from mutualaid_core.services.membership.rosters.reading import roster_days
from mutualaid_core.work import Host

_WORDS = {
    Outcome.PASS: ("准入", "admitted"),
    Outcome.FLAG: ("准入，请留意", "admitted, but look at this"),
    Outcome.HOLD: ("暂缓", "held"),
}


@attrs.frozen(kw_only=True)
class Wanted:
    """Which units are to be enrolled (参加选项).

    Attributes:
        units: Units, each by its roster of the day.
        scheme: Scheme.
        period: Period.
        counted_on: Roster date as written.
        confirmed: Whether the unions of the units confirmed the rosters; ``None`` where not told.
        consultation: Record of the workers' consultation.
        asked: Where, and under which head.
    """

    units: tuple[str, ...]
    scheme: str
    period: str
    counted_on: str
    confirmed: bool | None
    consultation: str | None
    asked: Asked


def enrol_units(wanted: Wanted, output: Output) -> int:
    """Enrol the units one by one, and tell what became of each person who joins.

    Returns:
        0 if every unit was admitted and everybody enrolled, else 1.

    Raises:
        InvalidValueError: A day cannot be read, there is no roster of that day, it was enrolled on
            another business day, or the keys are missing.
        NotFoundError: There is no such unit, scheme or period.
    """
    counted_on = parse_day(wanted.counted_on)

    def do(host: Host, act: Act) -> tuple[dict[UnitId, RosterEnrolled], bool]:
        scheme_id, period_id = known_period(host.store, wanted.scheme, wanted.period)
        units = [known_unit(host.store, "unit", unit) for unit in dict.fromkeys(wanted.units)]
        for unit_id in units:
            _check_roster(host.store, unit_id, counted_on)
        commands = [
            EnrolRoster(
                scheme_id=scheme_id,
                period_id=period_id,
                unit_id=unit_id,
                counted_on=counted_on,
                confirmed=wanted.confirmed,
                consultation=wanted.consultation,
            )
            for unit_id in units
        ]
        before = Before.of(host, scheme_id)
        found = {command.unit_id: _enrolled(host, act, command) for command in commands}
        return found, before.is_unchanged

    return do_act(wanted.asked, do, lambda _, done: _tell(done[0], output, is_unchanged=done[1]))


def _check_roster(store: Store, unit_id: UnitId, counted_on: datetime.date) -> None:
    """Refuse a day of which a unit has no roster, and say which days there are.

    Raises:
        InvalidValueError: There is no whole roster of that day.
    """
    days = roster_days(store, unit_id)
    if counted_on not in days:
        rule = f"must be a day of which {unit_id} has a roster: {_days(days)}"
        raise InvalidValueError("counted_on", rule, counted_on.isoformat(), hint="mutualaid roster import")


def _days(days: tuple[datetime.date, ...]) -> str:
    return ", ".join(day.isoformat() for day in days) or "there is none"


def _enrolled(host: Host, act: Act, command: EnrolRoster) -> RosterEnrolled:
    """Enrol one unit; the same roster on another business day is another answer to a given act.

    Raises:
        InvalidValueError: This roster was enrolled on another business day, or the unit was judged
            by it with other papers.
    """
    try:
        return judged_anew(host, act, command, enrol_roster)
    except AlreadyExistsError as error:
        raise judged_before(command) from error


def _tell(found: dict[UnitId, RosterEnrolled], output: Output, *, is_unchanged: bool) -> int:
    units = [{"unit_id": unit, **_plain(each)} for unit, each in found.items()]
    output.document({"units": units, "replayed": is_unchanged})
    for unit, each in found.items():
        zh, en = _WORDS.get(each.judged.outcome, ("未准入", "refused"))
        present = sum(person.is_present for person in each.persons)
        passed = sum(person.outcome in {Outcome.PASS, Outcome.FLAG} for person in each.persons) - present
        output.say(f"{unit} {zh}，参加 {passed} 人", f"{unit} {en}, {passed} enrolled")
        if present:
            output.say(f"此前已参加 {present} 人", f"{present} enrolled already")
        faults = (*each.judged.faults, *(fault for person in each.persons for fault in person.faults))
        say_faults(output, faults)
    if is_unchanged:
        say_unchanged(output)
    return DONE if all(_is_whole(each) for each in found.values()) else REFUSED


def _is_whole(enrolled: RosterEnrolled) -> bool:
    persons = all(person.outcome is Outcome.PASS for person in enrolled.persons)
    return persons and enrolled.judged.outcome in {Outcome.PASS, Outcome.FLAG}


def _plain(enrolled: RosterEnrolled) -> dict[str, object]:
    plain: dict[str, object] = to_plain(enrolled)
    return plain
