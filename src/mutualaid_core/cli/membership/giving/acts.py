"""Acts of giving (赠送办理) from the command line."""

from collections.abc import Iterator

import attrs

from mutualaid_core.cli.membership.acting.once import NOT_DONE, Once
from mutualaid_core.cli.membership.acting.rehearsal import do_or_preview
from mutualaid_core.cli.membership.acting.taken import refusing_taken
from mutualaid_core.cli.membership.acting.telling import How, plain_of, say_outcome, status_of
from mutualaid_core.cli.membership.acting.unchanged import Before
from mutualaid_core.cli.membership.doing import DONE, REFUSED, Asked, do_act
from mutualaid_core.cli.membership.faults import say_faults
from mutualaid_core.cli.membership.persons import impersonal
from mutualaid_core.cli.output import Output
from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.governance.act import Act
from mutualaid_core.domain.membership.enrolment import Enrolment
from mutualaid_core.domain.membership.gift import GiftProgramme
from mutualaid_core.domain.membership.roster import RosterPerson
from mutualaid_core.domain.scheme.dues import FundingSource
from mutualaid_core.domain.values.dates import parse_day
from mutualaid_core.domain.values.identifiers import PeriodId, SchemeId, UnitId
from mutualaid_core.errors import InvalidValueError, NotFoundError
from mutualaid_core.ports.store import Store
from mutualaid_core.serialization.records import key_of
from mutualaid_core.services.membership.gifts.founding import (
    FoundGiftProgramme,
    ProgrammeFounded,
    found_gift_programme,
)
from mutualaid_core.services.membership.gifts.giving import (
    GIFTED_MAX,
    EnrolGifted,
    GiftedPerson,
    GiftsGiven,
    enrol_gifted,
)
from mutualaid_core.services.membership.group import joiner_of
from mutualaid_core.services.membership.rosters.reading import roster_of
from mutualaid_core.work import Done, Host, read_many, read_one


@attrs.frozen(kw_only=True)
class Founding:
    """A gift programme (赠送项目), as the command line tells it.

    Attributes:
        programme: Id.
        payer: Who gives.
        groups: Groups of workers.
        quota: Most persons.
        resolution: Number of the decision; ``None`` for none.
        source: Where it is printed.
        scheme: Scheme.
        period: Period.
    """

    programme: str
    payer: str
    groups: tuple[str, ...]
    quota: int
    resolution: str | None
    source: str
    scheme: str
    period: str


@attrs.frozen(kw_only=True)
class Giving:
    """To whom places are given (赠送名单), as the command line tells it.

    Attributes:
        programme: Programme.
        unit: Unit.
        counted_on: Roster date as written.
        scheme: Scheme.
        is_preview: Whether nothing may be written.
    """

    programme: str
    unit: str
    counted_on: str
    scheme: str
    is_preview: bool


@attrs.frozen(kw_only=True)
class Given:
    """What became of it (赠送结果).

    Attributes:
        results: Of each portion of the roster.
        is_unchanged: Whether everybody who has a place had it before.
    """

    results: list[GiftsGiven]
    is_unchanged: bool


def found(asked: Asked, wanted: Founding, output: Output) -> int:
    """Found a gift programme.

    Raises:
        InvalidValueError: A group is named twice, the quota is not above zero, or something
            personal stands on the command line.
        NotFoundError: There is no such scheme or period.
    """
    texts = {
        name: impersonal(name, text)
        for name, text in (
            ("programme", wanted.programme),
            ("source", wanted.source),
            ("resolution", wanted.resolution or ""),
        )
    }

    groups = tuple(impersonal("groups", group) for group in wanted.groups)

    def call(host: Host, act: Act) -> Done[ProgrammeFounded]:
        command = FoundGiftProgramme(
            programme_id=texts["programme"],
            scheme_id=SchemeId(wanted.scheme),
            period_id=PeriodId(wanted.period),
            payer=FundingSource(wanted.payer),
            groups=groups,
            quota=wanted.quota,
            resolution=texts["resolution"] or None,
            source=texts["source"],
        )
        with refusing_taken("programme", texts["programme"]):
            return Once(key=asked.key, undone=NOT_DONE).do(found_gift_programme, host, act, command)

    def tell(_store: Store, done: Done[ProgrammeFounded]) -> int:
        output.document({**plain_of(done.result), "replayed": done.replayed})
        say_outcome(output, done.result.outcome, done.result.faults, How(replayed=done.replayed))
        return status_of(done.result.outcome)

    return do_act(asked, call, tell)


def give(asked: Asked, wanted: Giving, output: Output) -> int:
    """Give places of a programme to those of a roster who are in its groups.

    Returns:
        0 if everybody has a place, else 1.

    Raises:
        InvalidValueError: A day cannot be read, the roster is of a day to come, or something
            personal stands on the command line.
        NotFoundError: There is no such programme, or no roster of that day.
    """
    counted_on = parse_day(wanted.counted_on)
    unit = UnitId(impersonal("unit", wanted.unit))
    programme_id = impersonal("programme", wanted.programme)

    def call(host: Host, act: Act) -> Given:
        if counted_on > act.business_on:
            rule = f"must be counted on or before {act.business_on.isoformat()}"
            raise InvalidValueError("counted_on", rule, wanted.counted_on)
        programme = read_one(host.store, GiftProgramme, key_of(wanted.scheme, programme_id))
        people = list(roster_of(host.store, unit, counted_on))
        if not people:
            raise NotFoundError("roster", key_of(unit, wanted.counted_on))
        before = Before.of(host, programme.scheme_id)
        waiting, placed = _sorted(host.store, programme, people)
        given = [
            Once(key=_key(asked.key, number), undone=NOT_DONE).do(enrol_gifted, host, act, command).result
            for number, command in enumerate(_commands(programme, unit, waiting), start=1)
        ]
        has_places = placed > 0 or any(each.enrolled for each in given)
        return Given(results=given, is_unchanged=before.is_unchanged and has_places)

    def tell(_store: Store, given: Given) -> int:
        return _tell(output, given, is_preview=wanted.is_preview)

    return do_or_preview(asked, call, tell, is_preview=wanted.is_preview)


def _key(given: str | None, number: int) -> str | None:
    return None if given is None else f"{given}/{number}"


def _sorted(
    store: Store, programme: GiftProgramme, people: list[RosterPerson]
) -> tuple[list[RosterPerson], int]:
    """Those in the groups who have no place of the programme yet, and how many have one."""
    asked = [person for person in people if person.joins and person.group in programme.groups]
    keys = {key_of(programme.scheme_id, programme.period_id, person.member_id): person for person in asked}
    present = read_many(store, Enrolment, tuple(keys))
    waiting = [person for key, person in keys.items() if not _has_place(present.get(key), programme)]
    return waiting, len(keys) - len(waiting)


def _commands(programme: GiftProgramme, unit: UnitId, waiting: list[RosterPerson]) -> Iterator[EnrolGifted]:
    """A command for each portion of those who wait for a place."""
    for start in range(0, len(waiting), GIFTED_MAX):
        yield EnrolGifted(
            scheme_id=programme.scheme_id,
            programme_id=programme.programme_id,
            unit_id=unit,
            persons=tuple(
                GiftedPerson(joiner=joiner_of(person), group=person.group)
                for person in waiting[start : start + GIFTED_MAX]
            ),
        )


def _has_place(enrolment: Enrolment | None, programme: GiftProgramme) -> bool:
    return enrolment is not None and enrolment.is_active and enrolment.gift_id == programme.programme_id


def _tell(output: Output, given: Given, *, is_preview: bool) -> int:
    enrolled = [member for each in given.results for member in each.enrolled]
    held = [fault for each in given.results for fault in each.held]
    faults = [fault for each in given.results for fault in each.faults]
    output.document(
        {
            "enrolled": enrolled,
            "held": [plain_of(fault) for fault in held],
            "faults": [plain_of(fault) for fault in faults],
            "replayed": given.is_unchanged and not is_preview,
            "preview": is_preview,
        }
    )
    outcome = Outcome.PASS
    if held or faults:
        outcome = Outcome.FLAG if enrolled else Outcome.REJECT if faults else Outcome.HOLD
    say_outcome(output, outcome, faults, How(is_preview=is_preview, replayed=given.is_unchanged))
    output.say(f"赠送 {len(enrolled)} 人", f"{len(enrolled)} given a place")
    if held:
        output.say(f"名额已满，暂缓 {len(held)} 人", f"{len(held)} held, the quota is used up")
        say_faults(output, held)
    return REFUSED if held or faults else DONE
