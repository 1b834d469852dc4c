"""The keys port: pseudonyms and commitments that only the key's holder can make.

A bare hash of an ID number is no protection, since all numbers can be listed. A keyed one
is, as long as the key is kept apart from what is published.
"""

import hashlib
import hmac
from typing import Final, Protocol

import attrs

from mutualaid_core.errors import InvalidValueError

SECRET_BYTES_MIN: Final = 32


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
