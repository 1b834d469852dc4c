"""The keys port: pseudonyms and commitments that only the key's holder can make.

A bare hash of an ID number is no protection, since all numbers can be listed. A keyed one
is, as long as the key is kept apart from what is published.
"""

import hashlib
import hmac
from collections.abc import Callable
from functools import partial
from typing import Final, Protocol

import attrs

from mutualaid_core.errors import InvalidValueError

SECRET_BYTES_MIN: Final = 32

_INNER, _OUTER = bytes(each ^ 0x36 for each in range(256)), bytes(each ^ 0x5C for each in range(256))
_BLOCK_BYTES: Final = 64


class Keys(Protocol):
    """Makes keyed digests; the same purpose and content give the same digest."""

    def digest(self, purpose: str, content: bytes) -> bytes:
        """32 bytes that say nothing about *content* to whoever lacks the key.

        Args:
            purpose: What the digest is for; digests of different purposes are unrelated.
            content: What is digested.
        """
        ...


@attrs.frozen(repr=False)
class SecretKeys:
    """Keys from one secret of at least 32 bytes (HMAC-SHA256, one key per purpose)."""

    _secret: bytes

    def __attrs_post_init__(self) -> None:
        """Refuse a secret that could be guessed."""
        if len(self._secret) < SECRET_BYTES_MIN:
            raise InvalidValueError(
                "secret", f"must have >= {SECRET_BYTES_MIN} bytes", f"{len(self._secret)} bytes"
            )

    def __repr__(self) -> str:
        """Never the secret."""
        return "SecretKeys(***)"

    def __reduce__(self) -> str:
        """Refuse pickling: a secret does not travel.

        Raises:
            TypeError: Always.
        """
        message = "SecretKeys cannot be pickled"
        raise TypeError(message)

    def digest(self, purpose: str, content: bytes) -> bytes:
        """HMAC-SHA256 of *content* under a key of its own for *purpose*."""
        own = hmac.digest(self._secret, purpose.encode(), "sha256")
        return hmac.new(own, content, hashlib.sha256).digest()

    def prepared(self, purpose: str) -> Callable[[bytes], bytes]:
        """What ``digest`` does for one *purpose*, with the key's own share of the work done once.

        The two blocks that HMAC makes of the key are the same for every content, and copying
        them is cheaper than making them: a roster asks for a million digests.
        """
        own = hmac.digest(self._secret, purpose.encode(), "sha256").ljust(_BLOCK_BYTES, b"\0")
        inner, outer = hashlib.sha256(own.translate(_INNER)), hashlib.sha256(own.translate(_OUTER))

        def digest(content: bytes) -> bytes:
            within = inner.copy()
            within.update(content)
            whole = outer.copy()
            whole.update(within.digest())
            return whole.digest()

        return digest


def prepared_digest(keys: Keys, purpose: str) -> Callable[[bytes], bytes]:
    """The digests of *keys* for one *purpose*, prepared where the keys are ours.

    >>> keys = SecretKeys(bytes(32))
    >>> prepared_digest(keys, "member")(b"1") == keys.digest("member", b"1")
    True
    """
    return keys.prepared(purpose) if isinstance(keys, SecretKeys) else partial(keys.digest, purpose)
