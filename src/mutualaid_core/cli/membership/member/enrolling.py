"""Enrolling units (团体参加) from the command line: by their imported rosters, a result per person."""

import attrs

from mutualaid_core.cli.membership.doing import DONE, REFUSED, Asked, do_act
from mutualaid_core.cli.output import Output
from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.governance.act import Act
from mutualaid_core.domain.values.dates import parse_day
from mutualaid_core.domain.values.identifiers import PeriodId, SchemeId, UnitId
from mutualaid_core.ports.store import Store
from mutualaid_core.serialization.codec import to_plain
from mutualaid_core.services.membership.group import EnrolRoster, RosterEnrolled, enrol_roster
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
        InvalidValueError: A day cannot be read, or the keys are missing.
        NotFoundError: There is no such unit, period, or roster of that day.
    """
    counted_on = parse_day(wanted.counted_on)

    def do(host: Host, act: Act) -> dict[UnitId, RosterEnrolled]:
        found = {}
        for unit in dict.fromkeys(wanted.units):
            command = EnrolRoster(
                scheme_id=SchemeId(wanted.scheme),
                period_id=PeriodId(wanted.period),
                unit_id=UnitId(unit),
                counted_on=counted_on,
                confirmed=wanted.confirmed,
                consultation=wanted.consultation,
            )
            found[command.unit_id] = enrol_roster(host, lambda key: attrs.evolve(act, key=key), command)
        return found

    return do_act(wanted.asked, do, lambda _store, found: _tell(_store, found, output))


def _tell(_store: Store, found: dict[UnitId, RosterEnrolled], output: Output) -> int:
    output.document({"units": [{"unit_id": unit, **_plain(each)} for unit, each in found.items()]})
    for unit, each in found.items():
        zh, en = _WORDS.get(each.judged.outcome, ("未准入", "refused"))
        passed = sum(person.outcome is Outcome.PASS for person in each.persons)
        output.say(f"{unit} {zh}，参加 {passed} 人", f"{unit} {en}, {passed} enrolled")
        faults = (*each.judged.faults, *(fault for person in each.persons for fault in person.faults))
        for fault in dict.fromkeys(faults):
            output.say(f"- {fault}", f"- {fault}")
    return DONE if all(_is_whole(each) for each in found.values()) else REFUSED


def _is_whole(enrolled: RosterEnrolled) -> bool:
    persons = all(person.outcome is Outcome.PASS for person in enrolled.persons)
    return persons and enrolled.judged.outcome in {Outcome.PASS, Outcome.FLAG}


def _plain(enrolled: RosterEnrolled) -> dict[str, object]:
    plain: dict[str, object] = to_plain(enrolled)
    return plain
