"""Admitting units (准入判定) by their imported rosters, without enrolling anybody."""

import attrs

from mutualaid_core.cli.membership.acting.anew import judged_anew, judged_before
from mutualaid_core.cli.membership.acting.telling import plain_of
from mutualaid_core.cli.membership.acting.unchanged import Before, say_unchanged
from mutualaid_core.cli.membership.doing import DONE, REFUSED, Asked, do_act
from mutualaid_core.cli.membership.faults import say_faults
from mutualaid_core.cli.membership.known import known_period
from mutualaid_core.cli.membership.persons import impersonal
from mutualaid_core.cli.output import Output
from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.governance.act import Act
from mutualaid_core.domain.values.dates import parse_day
from mutualaid_core.domain.values.identifiers import UnitId
from mutualaid_core.errors import AlreadyExistsError
from mutualaid_core.ports.store import Store
from mutualaid_core.services.membership.admission import UnitJudged
from mutualaid_core.services.membership.group import EnrolRoster, admit_roster
from mutualaid_core.work import Host

_WORDS = {
    Outcome.PASS: ("准入", "admitted"),
    Outcome.HOLD: ("暂缓", "held"),
}


@attrs.frozen(kw_only=True)
class Wanted:
    """Which units are to be judged (判定选项).

    Attributes:
        units: Units, each by its roster of the day.
        scheme: Scheme.
        period: Period.
        counted_on: Roster date as written.
        confirmed: Whether the unions of the units confirmed the rosters; ``None`` where not told.
        consultation: Record of the workers' consultation.
    """

    units: tuple[str, ...]
    scheme: str
    period: str
    counted_on: str
    confirmed: bool | None
    consultation: str | None


def admit_units(asked: Asked, wanted: Wanted, output: Output) -> int:
    """Judge the units one by one.

    Returns:
        0 if every unit was admitted, else 1.

    Raises:
        InvalidValueError: A day cannot be read, or something personal stands on the command line.
        NotFoundError: There is no such unit, period, or roster of that day.
    """
    counted_on = parse_day(wanted.counted_on)
    units = [UnitId(impersonal("unit", unit)) for unit in dict.fromkeys(wanted.units)]
    consultation = wanted.consultation and impersonal("consultation", wanted.consultation)

    def call(host: Host, act: Act) -> tuple[dict[UnitId, UnitJudged], bool]:
        found = {}
        scheme_id, period_id = known_period(host.store, wanted.scheme, wanted.period)
        before = Before.of(host, scheme_id)
        for unit in units:
            command = EnrolRoster(
                scheme_id=scheme_id,
                period_id=period_id,
                unit_id=unit,
                counted_on=counted_on,
                confirmed=wanted.confirmed,
                consultation=consultation,
            )
            found[unit] = _admitted(host, act, command)
        return found, before.is_unchanged

    def tell(_store: Store, done: tuple[dict[UnitId, UnitJudged], bool]) -> int:
        found, is_unchanged = done
        units = [{"unit_id": unit, **plain_of(each)} for unit, each in found.items()]
        output.document({"units": units, "replayed": is_unchanged})
        for unit, judged in found.items():
            zh, en = _WORDS.get(judged.outcome, ("未准入", "refused"))
            output.say(f"{unit} {zh}，至少 {judged.required} 人", f"{unit} {en}, at least {judged.required}")
            say_faults(output, judged.faults)
        if is_unchanged:
            say_unchanged(output)
        return DONE if all(each.outcome is Outcome.PASS for each in found.values()) else REFUSED

    return do_act(asked, call, tell)


def _admitted(host: Host, act: Act, command: EnrolRoster) -> UnitJudged:
    """How the unit was judged.

    Raises:
        InvalidValueError: It was admitted before, or refused by a roster of this or a later day;
            or it was judged so on another business day.
    """
    try:
        return judged_anew(host, act, command, admit_roster)
    except AlreadyExistsError as error:
        raise judged_before(command) from error
