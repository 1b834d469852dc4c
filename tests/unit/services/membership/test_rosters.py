"""Rosters in a store: pages byte for byte, imports that go on, and what queries give."""

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Final

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mutualaid_core.domain.governance.act import Act
from mutualaid_core.domain.governance.actor import Actor, Role
from mutualaid_core.domain.membership.roster import ImportState, RosterImport, RosterPage, RosterPerson
from mutualaid_core.domain.membership.unit import Unit
from mutualaid_core.domain.scheme.eligibility import Employment, InsuranceType
from mutualaid_core.domain.scheme.policy.membership import MemberClass
from mutualaid_core.domain.values.identifiers import ActorId, PoolId, UnitId
from mutualaid_core.domain.values.personal import PersonName, ResidentId, Sex, id_check_character
from mutualaid_core.errors import AlreadyExistsError, ConflictError, InvalidValueError
from mutualaid_core.ports.clock import FixedClock
from mutualaid_core.ports.discovery import open_store
from mutualaid_core.ports.keys import SecretKeys, prepared_digest
from mutualaid_core.serialization.codec import encode
from mutualaid_core.serialization.records import form_of
from mutualaid_core.services.identity import member_id_of
from mutualaid_core.services.membership.rosters import (
    ImportRosters,
    RosterCounts,
    RosterImported,
    import_rosters,
    latest_roster_day,
    line_of,
    roster_counts,
    roster_of,
)
from mutualaid_core.services.membership.rosters.pages import PAGE_PERSONS_MAX, Page, PageMaker
from mutualaid_core.services.verification import verify
from mutualaid_core.work import Host, Purpose, Work, read_all, read_one

KEYS: Final = SecretKeys(b"a secret of thirty-two bytes ...")
DAY: Final = datetime.date(2014, 1, 1)
LATER: Final = datetime.date(2015, 1, 1)
CLERK: Final = Actor(actor_id=ActorId("clerk"), role=Role.CLERK)
Placed = tuple[str, RosterPerson]


def person(number: int, **changes: object) -> RosterPerson:
    """A made-up worker; different numbers below 1,000,000 are different people."""
    body = f"4305291980{number % 12 + 1:02}{number // 12 % 28 + 1:02}{number // 336:03}"
    own = ResidentId(body + id_check_character(body))
    made = RosterPerson(
        member_id=member_id_of(KEYS, own),
        name=PersonName("张三"),
        id_number=own,
        sex=own.sex,
        birth_date=own.birth_date,
        insurance_type=InsuranceType.EMPLOYEE,
        employment=Employment.REGULAR,
        joins=True,
        row=number + 2,
    )
    return attrs.evolve(made, **changes)


NAMES: Final = st.sampled_from(
    ("张三", "阿不都·买买提", "O’Neill", "John-Paul (J.)", "𠮷田", "\ue000李", "é")
)
WORDS: Final = st.sampled_from(("a", "附加险", 'quo"te', "back\\slash", "é", "\U00020000"))


@st.composite
def people(draw: st.DrawFn) -> Placed:
    """Any worker of a few units, with every field in use."""
    changes: dict[str, object] = {
        "name": PersonName(draw(NAMES)),
        "sex": draw(st.sampled_from(Sex)),
        "insurance_type": draw(st.sampled_from(InsuranceType)),
        "employment": draw(st.sampled_from(Employment)),
        "joins": draw(st.booleans()),
        "shares": draw(st.integers(1, 9)),
        "parts": tuple(draw(st.lists(WORDS, max_size=3))),
        "classes": tuple(draw(st.lists(st.sampled_from(MemberClass), max_size=2))),
        "group": draw(st.one_of(st.just(""), WORDS)),
        "hired_on": draw(st.one_of(st.none(), st.dates())),
        "row": draw(st.integers(0, 2_000_000)),
    }
    unit = draw(st.sampled_from(("U1", "单位二", 'U"3')))
    return unit, person(draw(st.integers(0, 300_000)), **changes)


def by_pages(placed: Iterable[Placed]) -> list[RosterPage]:
    """The pages of whole rosters that come unit by unit, built as entities."""
    units: dict[str, list[RosterPerson]] = {}
    for unit_id, each in placed:
        units.setdefault(unit_id, []).append(each)
    return [
        RosterPage(
            unit_id=UnitId(unit_id),
            counted_on=DAY,
            import_id="R1",
            page=start // PAGE_PERSONS_MAX + 1,
            persons=tuple(persons[start : start + PAGE_PERSONS_MAX]),
        )
        for unit_id, persons in units.items()
        for start in range(0, len(persons), PAGE_PERSONS_MAX)
    ]


def pages_of(placed: Iterable[Placed]) -> list[Page]:
    """The pages as an import makes them."""
    placed = tuple(placed)
    expected = Counter(unit_id for unit_id, _ in placed)
    maker = PageMaker(keys=KEYS, import_id="R1", counted_on=DAY, expected=expected)
    return list(maker.pages(line_of(unit_id, each) for unit_id, each in placed))


@given(st.lists(people(), max_size=20))
def test_pages_are_byte_for_byte_what_encode_writes(placed: list[Placed]) -> None:
    """Whoever stands on a page, its bytes, key and index must be those of the entity."""
    made = {page.ref.key: (page.body, dict(page.index)) for page in pages_of(placed)}
    form = form_of(RosterPage)
    expected = {form.key(page): (encode(page), dict(form.index(page))) for page in by_pages(placed)}
    assert expected == made


@pytest.mark.parametrize("count", [1, 250, 251, 600])
def test_large_units_have_several_pages(count: int) -> None:
    """A unit of more than 250 workers must come on several pages, in the order of its rows."""
    placed = [("U1", person(number)) for number in range(count)]
    assert [page.body for page in pages_of(placed)] == [encode(page) for page in by_pages(placed)]


def test_units_need_not_come_together() -> None:
    """Rows in any order must give each unit's pages in the order of its own rows."""
    placed = [(f"U{number % 3}", person(number)) for number in range(900)]
    made = sorted(page.ref.key for page in pages_of(placed))
    assert made == sorted(form_of(RosterPage).key(page) for page in by_pages(placed))


def command(placed: list[Placed], *, import_id: str = "R1", day: datetime.date = DAY) -> ImportRosters:
    """The import of these workers, with their units."""
    persons = Counter(unit_id for unit_id, _ in placed)
    units = tuple(Unit(unit_id=UnitId(each), name=each, pool_id=PoolId("430529")) for each in persons)
    joining = sum(each.joins for _, each in placed)
    return ImportRosters(
        import_id=import_id, counted_on=day, file="r.csv", units=units, persons=persons, joining=joining
    )


Import = Callable[..., RosterImported]


@pytest.fixture
def host() -> Host:
    """A host on an empty memory store."""
    return Host(store=open_store("memory:"), clock=FixedClock(1), keys=KEYS)


@pytest.fixture
def bring(host: Host) -> Import:
    """Imports these workers."""

    def run(placed: list[Placed], **others: object) -> RosterImported:
        made = command(placed, **others)  # type: ignore[arg-type]  # import_id and day alone
        lines = (line_of(unit_id, each) for unit_id, each in placed)
        return import_rosters(host, CLERK, made, lines, lambda _step, _done, _whole: None)

    return run


@pytest.mark.clause("HN-4.1.2a", "HN-3.1.2a")
def test_a_roster_is_read_as_it_was_imported(host: Host, bring: Import) -> None:
    """Workers of each unit, who join and who do not, must come back in order, and be counted."""
    placed = [(f"U{number % 2}", person(number, joins=number % 3 > 0)) for number in range(700)]
    bring(placed)
    own = [each for unit_id, each in placed if unit_id == "U1"]
    assert own == list(roster_of(host.store, UnitId("U1"), DAY))
    expected = RosterCounts(persons=350, joining=sum(each.joins for each in own))
    assert expected == roster_counts(host.store, UnitId("U1"), DAY)


def test_an_import_tells_its_figures(host: Host, bring: Import) -> None:
    """The record of an import must hold its rows, units and joiners, and that it is done."""
    done = bring([("U1", person(1)), ("U2", person(2, joins=False))])
    record = read_one(host.store, RosterImport, "R1")
    assert (record, done.pages, done.changed_nothing) == (done.record, 2, False)
    assert (record.rows, record.units, record.joining, record.state) == (2, 2, 1, ImportState.DONE)


def test_a_second_import_changes_nothing(host: Host, bring: Import) -> None:
    """The same content must be written once, whoever sends it again."""
    placed = [("U1", person(number)) for number in range(300)]
    bring(placed)
    before = host.store.head("system")
    assert bring(placed).changed_nothing
    assert before == host.store.head("system")


def test_another_roster_of_the_day_is_refused(host: Host, bring: Import) -> None:
    """Two rosters of one unit and day must not mix; the first one stays."""
    bring([("U1", person(1))])
    with pytest.raises(ConflictError):
        bring([("U1", person(2))], import_id="R2")
    assert [person(1)] == list(roster_of(host.store, UnitId("U1"), DAY))


@pytest.mark.clause("HN-4.1.2a")
def test_the_latest_roster_is_found_by_its_day(host: Host, bring: Import) -> None:
    """A unit's roster on a day must be the latest one that is not after it."""
    bring([("U1", person(1)), ("U10", person(2))])
    bring([("U1", person(1))], import_id="R2", day=LATER)
    days = [DAY - datetime.timedelta(1), DAY, LATER - datetime.timedelta(1), LATER]
    found = [latest_roster_day(host.store, UnitId("U1"), day) for day in days]
    assert found == [None, DAY, DAY, LATER]


def cut_off(placed: list[Placed]) -> Iterator[object]:
    """The lines of half of the workers, then an interruption."""
    for unit_id, each in placed[: len(placed) // 2]:
        yield line_of(unit_id, each)
    raise KeyboardInterrupt


def test_an_unfinished_import_is_no_roster_and_goes_on(host: Host, bring: Import) -> None:
    """What was cut off must be no roster yet, and end like an undisturbed import when it goes on."""
    placed = [(f"U{number // 100}", person(number)) for number in range(12_000)]
    with pytest.raises(KeyboardInterrupt):
        import_rosters(host, CLERK, command(placed), cut_off(placed), lambda *_: None)  # type: ignore[arg-type]  # lines
    assert list(roster_of(host.store, UnitId("U0"), DAY)) == []
    assert latest_roster_day(host.store, UnitId("U0"), DAY) is None
    assert bring(placed).replayed > 0
    assert len(list(roster_of(host.store, UnitId("U0"), DAY))) == 100


def test_other_lines_than_were_counted_do_not_end_an_import(host: Host) -> None:
    """An import whose lines are fewer, or of other units, must not be told as done."""
    made = command([("U1", person(1)), ("U1", person(2))])
    for lines in ([line_of("U1", person(1))], [line_of("U2", person(1))]):
        with pytest.raises(InvalidValueError, match="counted"):
            import_rosters(host, CLERK, made, lines, lambda *_: None)
    assert [each.state for each in read_all(host.store, RosterImport)] == [ImportState.RUNNING]


def test_units_are_added_and_brought_up_to_date(host: Host, bring: Import) -> None:
    """A unit that is told anew must be as it was told last."""
    bring([("U1", person(1))])
    made = attrs.evolve(
        command([("U1", person(1))], import_id="R2", day=LATER),
        units=(Unit(unit_id=UnitId("U1"), name="新名", pool_id=PoolId("430529")),),
    )
    import_rosters(host, CLERK, made, [line_of("U1", person(1))], lambda *_: None)
    assert read_one(host.store, Unit, "U1").name == "新名"


def test_the_journal_holds_what_was_imported(host: Host, bring: Import) -> None:
    """Verification must find every page in the journal, and no personal data in any event."""
    bring([("U1", person(number)) for number in range(10)])
    assert verify(host).is_whole
    events = b"".join(event.body for event in host.store.feed("system"))
    assert [each for each in ("张三", person(1).id_number.reveal()) if each.encode() in events] == []


def test_a_body_is_added_once(host: Host) -> None:
    """A record whose bytes were made elsewhere must be refused the second time, like any other."""
    page = pages_of([("U1", person(1))])[0]
    act = Act(key="a", actor=CLERK, business_on=DAY)
    purpose = Purpose(name="test", subject="U1", chain="system", answer=RosterPage)
    with Work(host, act, purpose) as work:
        work.add_body(page.ref, page.body, page.index)
        with pytest.raises(AlreadyExistsError):
            work.add_body(page.ref, page.body, page.index)


def test_foreign_keys_make_the_same_digests() -> None:
    """Prepared digests must be those of the keys, ours or those of a host."""

    class Foreign:
        """Keys of a host that has its own."""

        def digest(self, purpose: str, content: bytes) -> bytes:
            """Ours, in another class."""
            return KEYS.digest(purpose, content)

    digests = [prepared_digest(keys, "member")(b"1") for keys in (KEYS, Foreign())]
    assert digests == [KEYS.digest("member", b"1")] * 2
