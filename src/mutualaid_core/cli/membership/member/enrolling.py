"""Enrolling units (团体参加) from the command line: by their imported rosters, a result per person."""

import datetime

import attrs

from mutualaid_core.cli.membership.doing import DONE, REFUSED, Asked, do_act
from mutualaid_core.cli.membership.faults import say_faults
from mutualaid_core.cli.membership.known import known_period, known_unit
from mutualaid_core.cli.output import Output
from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.governance.act import Act
from mutualaid_core.domain.membership.unit import Admission
from mutualaid_core.domain.values.dates import parse_day
from mutualaid_core.domain.values.identifiers import UnitId
from mutualaid_core.errors import InvalidValueError, KeyReusedError
from mutualaid_core.ports.store import Store
from mutualaid_core.serialization.codec import to_plain
from mutualaid_core.serialization.records import key_of
from mutualaid_core.services.membership.group import EnrolRoster, RosterEnrolled, enrol_roster
from mutualaid_core.services.membership.rosters.reading import roster_days
from mutualaid_core.work import Host, read_one

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

    def do(host: Host, act: Act) -> dict[UnitId, RosterEnrolled]:
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
        return {command.unit_id: _enrolled(host, act, command) for command in commands}

    return do_act(wanted.asked, do, lambda _store, found: _tell(_store, found, output))


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
        InvalidValueError: This roster was enrolled on another business day.
    """
    try:
        return enrol_roster(host, lambda key: attrs.evolve(act, key=key), command)
    except KeyReusedError as error:
        key = key_of(command.scheme_id, command.period_id, command.unit_id)
        admission = read_one(host.store, Admission, key)
        judgements = (*admission.earlier, admission.judgement)
        days = tuple(each.known_on for each in judgements if each.counted_on == command.counted_on)
        rule = f"must be the day on which {command.unit_id} was judged by this roster: {_days(days)}"
        hint = "a repeated run is given the same --on"
        raise InvalidValueError("on", rule, act.business_on.isoformat(), hint=hint) from error


def _tell(_store: Store, found: dict[UnitId, RosterEnrolled], output: Output) -> int:
    output.document({"units": [{"unit_id": unit, **_plain(each)} for unit, each in found.items()]})
    for unit, each in found.items():
        zh, en = _WORDS.get(each.judged.outcome, ("未准入", "refused"))
        passed = sum(person.outcome is Outcome.PASS for person in each.persons)
        output.say(f"{unit} {zh}，参加 {passed} 人", f"{unit} {en}, {passed} enrolled")
        faults = (*each.judged.faults, *(fault for person in each.persons for fault in person.faults))
        say_faults(output, faults)
    return DONE if all(_is_whole(each) for each in found.values()) else REFUSED


def _is_whole(enrolled: RosterEnrolled) -> bool:
    persons = all(person.outcome is Outcome.PASS for person in enrolled.persons)
    return persons and enrolled.judged.outcome in {Outcome.PASS, Outcome.FLAG}


def _plain(enrolled: RosterEnrolled) -> dict[str, object]:
    plain: dict[str, object] = to_plain(enrolled)
    return plain
