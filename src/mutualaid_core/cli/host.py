"""The command line as a host (宿主): store, clock and keys from what was given."""

import datetime
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mutualaid_core.domain.governance.act import Act
from mutualaid_core.domain.governance.actor import Actor, Role
from mutualaid_core.domain.values.identifiers import ActorId
from mutualaid_core.ports.clock import SystemClock
from mutualaid_core.ports.discovery import open_store
from mutualaid_core.ports.keys import SECRET_BYTES_MIN, Keys, SecretKeys
from mutualaid_core.ports.store import Store
from mutualaid_core.services.keeping import keep_keys, kept_keys
from mutualaid_core.work import Host


@contextmanager
def opened(url: str, *, read_only: bool) -> Iterator[Store]:
    """The store at *url*, closed at the end.

    Raises:
        UnknownStoreError: No backend answers to the URL.
        StoreBrokenError: The store cannot be opened.
    """
    store = open_store(url, read_only=read_only)
    try:
        yield store
    finally:
        store.close()


def host_for(store: Store, key_file: Path | None, *, may_write: bool) -> Host:
    """Store, the machine's clock, and keys from the file or from the store itself.

    Raises:
        NotFoundError: No file was given and the store keeps no keys.
        InvalidValueError: The file is too short to be a secret.
    """
    return Host(store=store, clock=SystemClock(), keys=_keys(store, key_file, may_write=may_write))


def _keys(store: Store, key_file: Path | None, *, may_write: bool) -> Keys:
    if key_file is not None:
        return SecretKeys(key_file.read_bytes())
    if not may_write:
        return kept_keys(store)
    today = datetime.datetime.now(datetime.UTC).date()
    act = Act(key="system/keep_keys", actor=Actor(actor_id=ActorId("cli"), role=Role.SYSTEM), business_on=today)
    return keep_keys(store, SystemClock(), act, secrets.token_bytes(SECRET_BYTES_MIN))
