"""A store that was begun with a key file takes no other one, so that nobody joins under two pseudonyms."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mutualaid_core.cli.app import run
from mutualaid_core.cli.host import host_for
from mutualaid_core.domain.governance.act import Act
from mutualaid_core.domain.governance.actor import Actor, Role
from mutualaid_core.domain.values.identifiers import ActorId
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.ports.discovery import open_store
from mutualaid_core.ports.keys import SecretKeys
from mutualaid_core.ports.store import Store
from mutualaid_core.services.keeping import CHECK_NAME, check_keys, has_check, keep_check
from mutualaid_core.testing.world import World
from mutualaid_core.work import Host, records_of

EXAMPLES = Path(__file__).parents[2] / "examples"
YEAR = EXAMPLES / "clerks_year"
ROSTER = (YEAR / "roster-2013-12-10.csv", "--counted-on", "2013-12-10")
SCHEME = ("--scheme", "hn-example-inpatient", "--period", "2014")
ENROL = ("unit", "enrol", "EX101", *SCHEME, "--counted-on", "2013-12-10", "--on", "2013-12-12")
REFUSED = "must be the one the store was begun with"

Desk = Callable[..., tuple[int, str]]


@pytest.fixture(params=["sqlite", "file"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A store that is not there yet."""
    return f"{request.param}:///{tmp_path}/books"


@pytest.fixture
def desk(url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    """Runs a command on the store with a named key file; status and what was said."""
    for name in ("own", "other"):
        (tmp_path / name).write_bytes(name.encode().ljust(32, b"."))

    def call(keys: str | None, *arguments: object) -> tuple[int, str]:
        more = () if keys is None else ("--key-file", tmp_path / keys)
        status = run([str(each) for each in (*arguments, "--store", url, *more)])
        said = capsys.readouterr()
        return status, said.out + said.err

    return call


def begun(desk: Desk) -> None:
    """Open the period of 2014 and import the roster of that December."""
    files = ("--scheme", YEAR / "scheme.yaml", "--policy", EXAMPLES / "chengbu_2014" / "policy.yaml")
    days = ("--first-day", "2014-01-01", "--on", "2013-11-20")
    assert desk("own", "period", "open", "2014", *files, *days, "--new")[0] == 0
    assert desk("own", "roster", "import", *ROSTER, "--units", YEAR / "units.csv")[0] == 0


def held(url: str) -> Any:  # noqa: ANN401  # journal heads and counts
    """What a store holds, by the heads of its journals."""
    store = open_store(url, read_only=True)
    try:
        return store.head("system"), store.head("hn-example-inpatient")
    finally:
        store.close()


@pytest.mark.clause("HN-4.3.4c", "ACFTU-11.2b")
def test_another_key_file_neither_writes_nor_reads(desk: Desk, url: str) -> None:
    """Import, enrolment, enquiry and verification are refused with status 2, and nothing is written."""
    begun(desk)
    before = held(url)
    for command in (
        ("roster", "import", *ROSTER),
        ("roster", "check", *ROSTER),
        ENROL,
        (*ENROL, "--lang", "zh"),
        ("verify",),
    ):
        status, said = desk("other", *command)
        assert (status, REFUSED in said or "应为账簿开始使用时的密钥文件" in said) == (2, True)
    assert held(url) == before
    assert desk("own", *ENROL)[0] == 0
    assert desk("own", "verify")[0] == 0


@pytest.mark.clause("ACFTU-11.2b")
def test_a_store_begun_with_a_key_file_makes_no_keys_of_its_own(desk: Desk) -> None:
    """An import without the key file is refused, also before there is any scheme."""
    assert desk("own", "roster", "import", *ROSTER, "--units", YEAR / "units.csv")[0] == 0
    status, said = desk(None, "roster", "import", *ROSTER)
    assert (status, "must be given" in said) == (2, True)


def unmarked(with_members: bool) -> World:  # noqa: FBT001  # a parameter of the test
    """A store as one made before check values were kept."""
    world = World()
    world.found()
    if with_members:
        world.join(1)
    return world


@pytest.mark.clause("HN-4.3.4c")
def test_a_store_without_a_check_value_is_asked_for_a_person_it_knows() -> None:
    """Where it knows a member, only the keys that give his pseudonym fit; where nobody, any."""
    other = SecretKeys(b"other".ljust(32, b"."))
    world = unmarked(with_members=True)
    check_keys(world.store, world.host.keys)
    with pytest.raises(InvalidValueError, match=REFUSED):
        check_keys(world.store, other)
    assert list(records_of(world.store, "secret")) == []
    assert host_for(unmarked(with_members=False).store, other, may_write=False).keys == other


def clerk(store: Store, keys: SecretKeys, key: str) -> tuple[Host, Act]:
    """A host with those keys, and an act."""
    world = World(store)
    actor = Actor(actor_id=ActorId("cli"), role=Role.SYSTEM)
    host = Host(store=store, clock=world.host.clock, keys=keys)
    return host, Act(key=key, actor=actor, business_on=world.act().business_on)


def test_the_first_check_value_stays() -> None:
    """It is put once; a second host with the same keys changes nothing, one with others is refused."""
    store = unmarked(with_members=False).store
    own, other = SecretKeys(b"1" * 32), SecretKeys(b"2" * 32)
    assert not has_check(store)
    keep_check(*clerk(store, own, "a"))
    keep_check(*clerk(store, own, "b"))
    (record,) = records_of(store, "secret")
    assert (record.ref.key, record.version) == (CHECK_NAME, 1)
    assert b"31" * 32 not in record.body
    with pytest.raises(InvalidValueError, match=REFUSED):
        check_keys(store, other)
