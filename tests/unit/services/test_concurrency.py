"""Acts at the same time: limits hold, and a closing counts everything or refuses it."""

import multiprocessing
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from mutualaid_core.domain.claims.decision import Decision
from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.claims.trace import Rule
from mutualaid_core.domain.values.money import Money, total
from mutualaid_core.ports.discovery import open_store
from mutualaid_core.services.verification import verify
from mutualaid_core.testing.samples import COLLECTED_ON, dues, joiner, stay, yuan
from mutualaid_core.testing.world import World
from mutualaid_core.work import read_all

RAM = Path("/dev/shm")  # noqa: S108  # a folder in memory, where there is one
CLAIMS = 12
CAP = yuan(50_000)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[str]:
    """A database file, in memory where there is a folder for it."""
    if not RAM.is_dir():
        yield f"sqlite:///{tmp_path}/year.db"
        return
    folder = Path(tempfile.mkdtemp(dir=RAM))
    yield f"sqlite:///{folder}/year.db"
    shutil.rmtree(folder)


def at_once(*acts: Callable[[], object]) -> None:
    """Do all acts in threads that start together; an error in one of them comes out."""
    start = threading.Barrier(len(acts))
    errors: list[BaseException] = []

    def do(act: Callable[[], object]) -> None:
        start.wait()
        try:
            act()
        except Exception as error:  # noqa: BLE001  # told below
            errors.append(error)

    threads = [threading.Thread(target=do, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []


def file_claims(world: World, who: str) -> None:
    """File claims of one person, each of 20,000 self-borne: 7,250 if the cap leaves it."""
    for number in range(CLAIMS // 2):
        world.file(stay(20_000, setl_id=f"S-{who}-{number}"))


def file_in_process(url: str, who: str) -> None:
    """What another process does: file claims in its own handle."""
    store = open_store(url)
    file_claims(World(store, name=who), who)
    store.close()


def granted(world: World) -> Money:
    """All benefits of all decisions."""
    return total(decision.benefit for decision in read_all(world.store, Decision))


def test_two_threads_keep_the_cap(funded: World) -> None:
    """Two threads that judge twelve claims of one person must grant the cap, and no fen more."""
    others = [World(funded.store, name=who) for who in "AB"]
    at_once(
        *(
            lambda other=other, who=who: file_claims(other, who)
            for other, who in zip(others, "AB", strict=True)
        )
    )
    assert granted(funded) == CAP
    assert verify(funded.host).faults == ()


def test_every_trace_shows_what_was_granted_before_it(funded: World) -> None:
    """However the claims fell, the traces must tell one order: each begins where another ended."""
    others = [World(funded.store, name=who) for who in "AB"]
    at_once(
        *(
            lambda other=other, who=who: file_claims(other, who)
            for other, who in zip(others, "AB", strict=True)
        )
    )
    steps = [
        (step.amount("granted"), decision.benefit)
        for decision in read_all(funded.store, Decision)
        for step in decision.trace.steps
        if step.rule is Rule.PERIOD_CAP and decision.benefit
    ]
    reached = Money(0)
    for before, benefit in sorted(steps):
        assert before == reached
        reached += benefit
    assert reached == CAP


def test_two_processes_keep_the_cap(database: str) -> None:
    """Two processes on one database that judge claims of one person must grant the cap, and no fen more."""
    world = World(open_store(database))
    world.found()
    world.join(1)
    spawn = multiprocessing.get_context("spawn")
    processes = [spawn.Process(target=file_in_process, args=(database, who)) for who in "AB"]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0]
    assert (granted(world), verify(world.host).faults) == (CAP, ())
    world.store.close()


def test_a_claim_is_paid_once_by_two_threads(funded: World) -> None:
    """Two cashiers who pay the same claim at once must pay it once."""
    funded.file(stay(8_000))
    outcomes: list[Outcome] = []
    others = [World(funded.store, name=who) for who in "AB"]
    at_once(*(lambda other=other: outcomes.append(other.pay("S-1").outcome) for other in others))
    assert sorted(outcome.value for outcome in outcomes) == ["PASS", "REJECT"]
    assert verify(funded.host).faults == ()


@pytest.mark.parametrize("attempt", range(10))
def test_a_remittance_is_in_the_closing_or_refused(world: World, attempt: int) -> None:
    """Money that comes in while the period is stopped and closed must be in its figures or be refused."""
    world.admit(1, 1)
    world.enrol(joiner(1))
    outcomes: list[Outcome] = []
    clerk, accountant = World(world.store, name="clerk"), World(world.store, name="accountant")

    def close() -> None:
        accountant.stop()
        outcomes.append(accountant.close().outcome)

    at_once(lambda: outcomes.append(clerk.remit(dues(1), on=COLLECTED_ON).outcome), close)
    disclosed = accountant.disclose().disclosure
    assert disclosed is not None
    booked = outcomes.count(Outcome.PASS) == 2
    assert (attempt, disclosed.income_total) == (attempt, yuan(50 if booked else 0))


@pytest.mark.parametrize("attempt", range(10))
def test_a_benefit_is_in_the_closing_or_refused(funded: World, attempt: int) -> None:
    """A claim that is judged while the period is stopped must be in its figures or be refused."""
    judged: list[Money] = []
    reviewer, accountant = World(funded.store, name="reviewer"), World(funded.store, name="accountant")
    at_once(lambda: judged.append(reviewer.file(stay(8_000)).benefit), accountant.stop)
    if judged[0]:
        # It came first: stopping was refused, or it is paid while the period closes.
        accountant.pay("S-1")
        accountant.stop()
    closing = accountant.close().closing
    assert closing is not None
    assert (attempt, closing.benefits) == (attempt, judged[0])


def test_one_secret_is_kept_by_two_threads() -> None:
    """Two acts that found the same scheme under one key at once must found it once."""
    store = open_store("memory:")
    worlds = [World(store), World(store)]
    at_once(*(world.found for world in worlds))
    assert verify(worlds[0].host).faults == ()
