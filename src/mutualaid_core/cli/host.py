"""The command line as a host (宿主): store, clock and keys from what was given."""

import datetime
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from mutualaid_core.domain.governance.act import Act
from mutualaid_core.domain.governance.actor import Actor, Role
from mutualaid_core.domain.scheme.scheme import Scheme
from mutualaid_core.domain.values.identifiers import ActorId
from mutualaid_core.domain.values.numbers import file_shown
from mutualaid_core.errors import InvalidValueError, NotFoundError
from mutualaid_core.ports.clock import Clock, SystemClock
from mutualaid_core.ports.discovery import open_store
from mutualaid_core.ports.keys import SECRET_BYTES_MIN, Keys, SecretKeys
from mutualaid_core.ports.store import Store
from mutualaid_core.services.keeping import check_keys, has_check, keep_check, keep_keys, kept_keys
from mutualaid_core.work import Host, read_all

KEY_BYTES_MAX: Final = 4096

_CHINA: Final = datetime.timezone(datetime.timedelta(hours=8))


def today(clock: Clock) -> datetime.date:
    """The day of now in China Standard Time, which is the business day where none is given."""
    return datetime.datetime.fromtimestamp(clock.now_us() // 1_000_000, _CHINA).date()


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


def keys_from(key_file: Path | None) -> SecretKeys | None:
    """Keys from a file, read before any store is touched; ``None`` where no file was given.

    Raises:
        InvalidValueError: The file cannot be read, or is too short or too long to be a secret.
    """
    if key_file is None:
        return None
    try:
        with key_file.open("rb") as file:
            secret = file.read(KEY_BYTES_MAX + 1)
    except (OSError, ValueError) as error:
        what = getattr(error, "strerror", None) or "not a path"
        raise InvalidValueError(
            "key_file", f"must be a file that can be read ({what})", file_shown(key_file.name)
        ) from error
    if not SECRET_BYTES_MIN <= len(secret) <= KEY_BYTES_MAX:
        rule = f"must hold {SECRET_BYTES_MIN} to {KEY_BYTES_MAX} bytes"
        hint = "make one with: head -c 32 /dev/urandom > FILE"
        raise InvalidValueError("key_file", rule, file_shown(key_file.name), hint=hint)
    return SecretKeys(secret)


def host_for(store: Store, keys: SecretKeys | None, *, may_write: bool) -> Host:
    """Store, the machine's clock, and the keys given or those that the store itself keeps.

    Args:
        store: The store, open.
        keys: Keys from a file; ``None`` where none was given.
        may_write: Whether a store without keys may be given some, or a check value of *keys*.

    Raises:
        InvalidValueError: The store's keys are elsewhere, or other keys were given than it has.
    """
    host = Host(store=store, clock=SystemClock(), keys=_keys(store, keys, may_write=may_write))
    if keys is not None and may_write:
        mark_keys(host)
    return host


def mark_keys(host: Host) -> None:
    """Put a check value of keys that are kept elsewhere into the store, so that others are refused.

    Args:
        host: Store and keys, as ``host_for`` answered them; nothing is done where the store keeps
            its own keys.

    Raises:
        InvalidValueError: Somebody else was faster, with other keys.
    """
    try:
        kept_keys(host.store)
    except NotFoundError:
        keep_check(host, _act("system/keep_check"))


def _keys(store: Store, given: SecretKeys | None, *, may_write: bool) -> Keys:
    try:
        kept = kept_keys(store)
    except NotFoundError as error:
        if given is not None:
            check_keys(store, given)
            return given
        if not may_write or has_check(store) or any(True for _ in read_all(store, Scheme)):
            rule = "must be given: the store keeps no keys of its own"
            raise InvalidValueError("key_file", rule, "none") from error
        return _made(store)
    if given is not None:
        rule = "must not be given: the store keeps its own keys"
        raise InvalidValueError("key_file", rule, "a file")
    return kept


def _made(store: Store) -> Keys:
    """Fresh keys, put into the store."""
    return keep_keys(store, SystemClock(), _act("system/keep_keys"), secrets.token_bytes(SECRET_BYTES_MIN))


def _act(key: str) -> Act:
    actor = Actor(actor_id=ActorId("cli"), role=Role.SYSTEM)
    return Act(key=key, actor=actor, business_on=today(SystemClock()))
