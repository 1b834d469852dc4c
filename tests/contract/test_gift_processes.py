"""Several processes give places of one programme: the quota is never exceeded (SN-2.1.5)."""

import subprocess
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from mutualaid_core.domain.membership.enrolment import Enrolment
from mutualaid_core.domain.membership.gift import GiftProgramme
from mutualaid_core.ports.discovery import open_store
from mutualaid_core.services.membership.gifts.founding import given_counter
from mutualaid_core.services.verification import verify
from mutualaid_core.testing.acts.years import Years
from mutualaid_core.testing.samples import SCHEME
from mutualaid_core.testing.world import World
from mutualaid_core.work import read_all, read_one

WORKER = Path(__file__).with_name("gift_worker.py")
QUOTA = 3


@pytest.fixture(params=["sqlite", "file"])
def url(request: pytest.FixtureRequest, place: Path) -> str:
    """A store on disk with a programme of three places, and a unit judged by four workers."""
    made = f"{request.param}:///{place}/year"
    with closing(open_store(made)) as store:
        world = World(store)
        world.found()
        world.admit(4, 4)
        Years(world).gifts.found(QUOTA)
    return made


def test_the_quota_holds_over_processes(url: str, place: Path) -> None:
    """Of four persons given to by two processes at once, three must be enrolled and one held."""
    start = place / "start"
    workers = [
        subprocess.Popen([sys.executable, WORKER, url, persons, start], stdout=subprocess.PIPE, text=True)
        for persons in ("1,2", "3,4")
    ]
    for worker in workers:
        assert worker.stdout is not None
        assert worker.stdout.readline() == "ready\n"
    start.touch()
    told = Counter(word for worker in workers for word in worker.communicate(timeout=120)[0].split())
    assert [worker.returncode for worker in workers] == [0, 0]
    with closing(open_store(url)) as store:
        enrolled = len(list(read_all(store, Enrolment)))
        key = given_counter(read_one(store, GiftProgramme, f"{SCHEME}/GIFT"))
        given = store.get((), (key,)).counters[key].value
        assert verify(World(store).host).faults == ()
    assert (dict(told), enrolled, given) == ({"PASS": QUOTA, "HOLD": 1}, QUOTA, QUOTA)
