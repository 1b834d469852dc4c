"""Several processes answer the same transfer: one wins, and the others get the reason."""

import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from mutualaid_core.domain.membership.transfer import Transfer, TransferState
from mutualaid_core.ports.discovery import open_store
from mutualaid_core.services.membership.transfer import pending_counter
from mutualaid_core.services.verification import verify
from mutualaid_core.testing.acts.moves import NEXT, Moves
from mutualaid_core.testing.samples import PERIOD, SCHEME, UNIT, member_id
from mutualaid_core.testing.world import World
from mutualaid_core.work import read_all, read_one

WORKER = Path(__file__).with_name("transfer_worker.py")


@pytest.fixture(params=["sqlite", "file"])
def url(request: pytest.FixtureRequest, place: Path) -> str:
    """A store on disk with two members at U-1 and an admitted U-2."""
    made = f"{request.param}:///{place}/year"
    with closing(open_store(made)) as store:
        world = World(store)
        world.found()
        world.join(1, 2)
        Moves(world).know(NEXT, enrolled=1)
    return made


def raced(url: str, place: Path, *actions: str) -> list[list[str]]:
    """What processes that start together were told: action, outcome, what the faults found."""
    start = place / "start"
    start.unlink(missing_ok=True)
    workers = [
        subprocess.Popen(
            [sys.executable, WORKER, url, str(number), action, start], stdout=subprocess.PIPE, text=True
        )
        for number, action in enumerate(actions)
    ]
    for worker in workers:
        assert worker.stdout is not None
        assert worker.stdout.readline() == "ready\n"
    start.touch()
    said = [worker.communicate(timeout=120)[0] for worker in workers]
    assert [worker.returncode for worker in workers] == [0] * len(actions)
    return [text.split() for text in said]


def test_one_answer_wins(url: str, place: Path) -> None:
    """Of four answers at once exactly one must happen, and be the reason that the others are given."""
    with closing(open_store(url)) as store:
        Moves(World(store, name="before")).propose()
    told = raced(url, place, "accept", "reject", "withdraw", "accept")
    winners = [action for action, outcome, _ in told if outcome == "PASS"]
    states = {"accept": "accepted", "reject": "rejected", "withdraw": "withdrawn"}
    assert len(winners) == 1
    assert {found for _, outcome, found in told if outcome == "REJECT"} == {states[winners[0]]}
    with closing(open_store(url)) as store:
        unit = Moves(World(store)).enrolment().unit_id
        state = read_one(store, Transfer, "T-1").state
        assert verify(World(store).host).faults == ()
    assert (unit, state.value) == (NEXT if winners == ["accept"] else UNIT, states[winners[0]])


def test_one_proposal_wins(url: str, place: Path) -> None:
    """Of three proposals for one member at once exactly one must stand, and be named to the others."""
    told = raced(url, place, "propose", "propose", "propose")
    with closing(open_store(url)) as store:
        waiting = [each.transfer_id for each in read_all(store, Transfer)]
        key = pending_counter(SCHEME, PERIOD, member_id(1))
        assert store.get((), (key,)).counters[key].value == 1
        assert read_one(store, Transfer, waiting[0]).state is TransferState.PROPOSED
    assert len(waiting) == 1
    assert sorted(outcome for _, outcome, _ in told) == ["PASS", "REJECT", "REJECT"]
    assert {found for _, outcome, found in told if outcome == "REJECT"} == set(waiting)
