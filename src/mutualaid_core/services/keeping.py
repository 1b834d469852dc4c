"""Keeping (密钥保管): keys from a secret that the store itself keeps, or a check value of others.

A host with a key store of its own passes its own ``Keys`` instead. The store then keeps only a
check value, by which other keys are told from them: with others the same person would have
another pseudonym, and could join twice.
"""

import hmac
from contextlib import suppress
from itertools import chain
from typing import Final

import attrs

from mutualaid_core.domain.governance.act import Act
from mutualaid_core.domain.governance.secret import StoreSecret
from mutualaid_core.domain.membership.member import Member
from mutualaid_core.domain.membership.roster import RosterPage
from mutualaid_core.errors import AlreadyExistsError, InvalidValueError, KeyReusedError, NotFoundError
from mutualaid_core.ports.clock import Clock
from mutualaid_core.ports.keys import Keys, SecretKeys
from mutualaid_core.ports.store import Store
from mutualaid_core.services.identity import member_id_of
from mutualaid_core.services.verification import SYSTEM_CHAIN
from mutualaid_core.work import Host, Purpose, Work, perform, read_all, read_many, read_one

SECRET_NAME = "keys"  # noqa: S105  # the name of a record
CHECK_NAME: Final = "key_check"
"""Name of the record with the check value of keys that are kept elsewhere."""


@attrs.frozen(kw_only=True)
class SecretKept:
    """Result: the secret is in the store."""

    name: str


def kept_keys(store: Store) -> SecretKeys:
    """The keys that the store keeps.

    Raises:
        NotFoundError: It keeps none: nothing was ever done in it, or its host has its own keys.
    """
    return SecretKeys(bytes.fromhex(read_one(store, StoreSecret, SECRET_NAME).material))


def keep_keys(store: Store, clock: Clock, act: Act, fresh: bytes) -> SecretKeys:
    """The keys that the store keeps; *fresh* is put there if it keeps none yet.

    Args:
        store: The store.
        clock: Tells the moment of recording.
        act: Who does it, under which key.
        fresh: At least 32 random bytes from the host.
    """
    with suppress(NotFoundError):
        return kept_keys(store)
    secret = StoreSecret(name=SECRET_NAME, material=fresh.hex())

    def decide(work: Work) -> SecretKept:
        work.add(secret)
        return SecretKept(name=secret.name)

    host = Host(store=store, clock=clock, keys=SecretKeys(fresh))
    purpose = Purpose(name="keep_keys", subject=SECRET_NAME, chain=SYSTEM_CHAIN, answer=SecretKept)
    # Where somebody else was faster with another secret, theirs holds.
    with suppress(KeyReusedError, AlreadyExistsError):
        perform(host, act, purpose, SecretKept(name=SECRET_NAME), decide)
    return kept_keys(store)


def has_check(store: Store) -> bool:
    """Whether the store has a check value of keys that are kept elsewhere."""
    return CHECK_NAME in read_many(store, StoreSecret, (CHECK_NAME,))


def check_keys(store: Store, keys: Keys) -> None:
    """Refuse keys that are not those of the store.

    A store without a check value is asked for a person whom it knows: with other keys the
    pseudonym is another one. A store that knows nobody fits any keys.

    Args:
        store: The store.
        keys: Keys that were given.

    Raises:
        InvalidValueError: The store was begun with other keys.

    Clause:
        HN-4.3.4c, ACFTU-11.2b
    """
    check = read_many(store, StoreSecret, (CHECK_NAME,)).get(CHECK_NAME)
    fits = _known_fits(store, keys) if check is None else hmac.compare_digest(check.material, _value(keys))
    if not fits:
        hint = "with another file everybody would have another pseudonym"
        raise InvalidValueError("key_file", "must be the one the store was begun with", "another", hint=hint)


def keep_check(host: Host, act: Act) -> None:
    """Put the check value of the host's keys into the store, if it has none yet.

    Args:
        host: Store, clock and the keys, which were checked.
        act: Who does it, under which key.

    Raises:
        InvalidValueError: Somebody else was faster, with other keys.
    """
    if has_check(host.store):
        return
    check = StoreSecret(name=CHECK_NAME, material=_value(host.keys))

    def decide(work: Work) -> SecretKept:
        work.add(check)
        return SecretKept(name=check.name)

    purpose = Purpose(name="keep_check", subject=CHECK_NAME, chain=SYSTEM_CHAIN, answer=SecretKept)
    with suppress(KeyReusedError, AlreadyExistsError):
        perform(host, act, purpose, SecretKept(name=CHECK_NAME), decide)
    check_keys(host.store, host.keys)


def _value(keys: Keys) -> str:
    return keys.digest("check", b"mutualaid").hex()


def _known_fits(store: Store, keys: Keys) -> bool:
    """Whether somebody whom the store knows has the pseudonym that the keys give."""
    members = ((each.id_number, each.member_id) for each in read_all(store, Member))
    listed = (
        (each.id_number, each.member_id) for page in read_all(store, RosterPage) for each in page.persons
    )
    known = next(chain(members, listed), None)
    return known is None or member_id_of(keys, known[0]) == known[1]
