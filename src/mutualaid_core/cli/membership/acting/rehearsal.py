"""Rehearsal (预览): an act is decided on what a store holds, and nothing is written."""

from collections.abc import Callable, Sequence
from typing import TypeVar

import attrs

from mutualaid_core.cli.host import host_for, keys_from, opened
from mutualaid_core.cli.membership.doing import Asked, business_day, do_act
from mutualaid_core.cli.membership.persons import impersonal
from mutualaid_core.domain.governance.act import Act
from mutualaid_core.domain.governance.actor import Actor, Role
from mutualaid_core.domain.values.identifiers import ActorId
from mutualaid_core.ports.batch import Batch, Ref
from mutualaid_core.ports.chain import Head, Sealed
from mutualaid_core.ports.store import PAGE_ROWS_MAX, About, Page, Query, Receipt, Report, Snapshot, Store
from mutualaid_core.work import Host

Answer = TypeVar("Answer")


@attrs.frozen
class Rehearsal:
    """Store (预览账簿) that reads another one, and answers a commit without writing.

    An act that was done before is answered as it was. Several acts in one rehearsal do not see
    each other.
    """

    _store: Store

    def get(self, refs: Sequence[Ref], counters: Sequence[str] = ()) -> Snapshot:
        """As the store has it."""
        return self._store.get(refs, counters)

    def scan(self, query: Query) -> Page:
        """As the store has it."""
        return self._store.scan(query)

    def feed(self, chain: str, after: int = 0, limit: int = PAGE_ROWS_MAX) -> Sequence[Sealed]:
        """As the store has it."""
        return self._store.feed(chain, after, limit)

    def commit(self, batch: Batch) -> Receipt:
        """What the store would answer where nobody was faster; nothing is written."""
        return Receipt(key=batch.key, fingerprint=batch.fingerprint, outcome=batch.outcome, positions={})

    def receipt(self, key: str) -> Receipt | None:
        """As the store has it."""
        return self._store.receipt(key)

    def head(self, chain: str) -> Head:
        """As the store has it."""
        return self._store.head(chain)

    def verify(self, *, deep: bool = False) -> Report:
        """As the store has it."""
        return self._store.verify(deep=deep)

    def about(self) -> About:
        """As the store has it."""
        return self._store.about()

    def close(self) -> None:
        """Nothing: whoever opened the store closes it."""


def rehearsed(host: Host) -> Host:
    """The host with a store that is not written to."""
    return attrs.evolve(host, store=Rehearsal(host.store))


def do_or_preview(
    asked: Asked,
    call: Callable[[Host, Act], Answer],
    tell: Callable[[Store, Answer], int],
    *,
    is_preview: bool,
) -> int:
    """Do an act, or tell what would come of it.

    Args:
        asked: Where, and under which head.
        call: The act.
        tell: Prints the answer and gives the exit status.
        is_preview: Whether nothing may be written.

    Raises:
        InvalidValueError: The day cannot be read, or the keys are missing.
        StoreBrokenError: There is no such store.
    """
    if not is_preview:
        return do_act(asked, call, tell)
    on = business_day(asked.on)
    impersonal("actor", asked.actor)
    keys = keys_from(asked.key_file)
    with opened(asked.store, read_only=True) as store:
        host = rehearsed(host_for(store, keys, may_write=False))
        actor = Actor(actor_id=ActorId(asked.actor), role=Role.CLERK)
        return tell(store, call(host, Act(key="cli/preview", actor=actor, business_on=on)))
