"""Keeping (密钥保管): keys from a secret that the store itself keeps.

A host with a key store of its own passes its own ``Keys`` instead and never calls this.
"""

from contextlib import suppress

import attrs

from mutualaid_core.domain.governance.act import Act
from mutualaid_core.domain.governance.secret import StoreSecret
from mutualaid_core.errors import AlreadyExistsError, KeyReusedError, NotFoundError
from mutualaid_core.ports.clock import Clock
from mutualaid_core.ports.keys import SecretKeys
from mutualaid_core.ports.store import Store
from mutualaid_core.services.verification import SYSTEM_CHAIN
from mutualaid_core.work import Host, Purpose, Work, perform, read_one

SECRET_NAME = "keys"  # noqa: S105  # the name of a record


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
