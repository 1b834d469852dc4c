"""Anew (重新判定): a judgement of a unit that left no record does not use up its key."""

from collections.abc import Callable
from typing import Final, TypeVar

import attrs

from mutualaid_core.domain.governance.act import Act
from mutualaid_core.domain.membership.unit import Admission, Judgement
from mutualaid_core.errors import InvalidValueError, KeyReusedError
from mutualaid_core.serialization.records import key_of
from mutualaid_core.services.membership.group import ActMaker, EnrolRoster
from mutualaid_core.work import Host, read_many

Answer = TypeVar("Answer")

_INSTEAD: Final = (
    "see unit show; a worker who was added joins by member enrol, and one who was struck off is taken back"
    " by member withdraw, or by member void once it is paid"
)
HINT: Final = "a repeated run is given the same --on"


def judged_anew(
    host: Host, act: Act, command: EnrolRoster, service: Callable[[Host, ActMaker, EnrolRoster], Answer]
) -> Answer:
    """Judge a unit by its roster; what was refused or held without a record is judged anew.

    Args:
        host: Store, clock and keys.
        act: Who, when; its key is replaced.
        command: Which roster.
        service: The act, whose first step is the judgement.

    Raises:
        InvalidValueError: The unit was judged by this roster on another business day, which is told.
    """
    attempt = 1
    while True:
        keys = _Keys(host, act, attempt)
        try:
            answer = service(host, keys.make, command)
        except KeyReusedError as error:
            _refuse_other_day(host, act, command, error)
        else:
            if not keys.was_used or _is_recorded(host, act, command):
                return answer
        attempt += 1


def judged_before(command: EnrolRoster) -> InvalidValueError:
    """The error of a unit that has a judgement which this roster cannot replace."""
    rule = "must not have been judged for this period by such a roster"
    return InvalidValueError("unit", rule, command.unit_id, hint=_INSTEAD)


@attrs.define
class _Keys:
    """Makes the acts of one attempt, and notes whether its first key was used before."""

    host: Host
    act: Act
    attempt: int
    was_used: bool | None = None

    def make(self, key: str) -> Act:
        own = key if self.attempt == 1 else f"{key}/{self.attempt}"
        if self.was_used is None:
            self.was_used = self.host.store.receipt(own) is not None
        return attrs.evolve(self.act, key=own)


def _judgements(host: Host, command: EnrolRoster) -> tuple[Judgement, ...]:
    """What is on record of the unit by this roster."""
    key = key_of(command.scheme_id, command.period_id, command.unit_id)
    admission = read_many(host.store, Admission, (key,)).get(key)
    found = () if admission is None else (*admission.earlier, admission.judgement)
    return tuple(each for each in found if each.counted_on == command.counted_on)


def _is_recorded(host: Host, act: Act, command: EnrolRoster) -> bool:
    return any(each.known_on == act.business_on for each in _judgements(host, command))


def _refuse_other_day(host: Host, act: Act, command: EnrolRoster, error: KeyReusedError) -> None:
    """Raise where the unit was judged by this roster, but not today.

    Raises:
        InvalidValueError: So it is; the day is told.
    """
    days = [each.known_on.isoformat() for each in _judgements(host, command)]
    if days and act.business_on.isoformat() not in days:
        rule = f"must be the day on which {command.unit_id} was judged by this roster: {', '.join(days)}"
        raise InvalidValueError("on", rule, act.business_on.isoformat(), hint=HINT) from error
