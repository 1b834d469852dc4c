"""The hash chain of the journal and the tree head beside it.

Each event is linked to the one before, so an edit or a deletion in the middle shows. The
frontier of an RFC 9162 Merkle tree over the links stands beside the head, so that a head
printed outside the store later proves that nothing before it was rewritten or cut off.
"""

import hashlib
from collections.abc import Mapping
from typing import Final

import attrs

from mutualaid_core.ports.batch import size_only
from mutualaid_core.ports.kinds import IndexValue

_LINK_TAG: Final = b"mutualaid-event-1\x00"
_LEAF_TAG: Final = b"\x00"
_NODE_TAG: Final = b"\x01"

ORIGIN: Final = bytes(32)
"""Hash before the first event of a chain."""


@attrs.frozen(kw_only=True)
class Sealed:
    """An event with its place in the chain.

    Attributes:
        chain: Name of the chain.
        position: 1, 2, 3 … without gap.
        prev: Hash of the event before, ``ORIGIN`` for the first.
        hash: ``link_hash`` of this event.
        batch_key: Idempotency key of the batch that brought it.
        body: Canonical bytes.
        index: The declared journal fields.
    """

    chain: str
    position: int
    prev: bytes
    hash: bytes
    batch_key: str
    body: bytes = attrs.field(repr=size_only)
    index: Mapping[str, IndexValue]


def link_hash(*, chain: str, position: int, prev: bytes, body: bytes) -> bytes:
    """SHA-256 over everything that fixes an event's place; parts are length-framed."""
    digest = hashlib.sha256(_LINK_TAG)
    for part in (chain.encode(), position.to_bytes(8, "big"), prev, body):
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.digest()


@attrs.frozen(kw_only=True)
class Head:
    """Where a chain stands.

    Attributes:
        chain: Name of the chain.
        position: Number of events.
        hash: Hash of the last event, ``ORIGIN`` for an empty chain.
        frontier: Roots of the complete subtrees over all links, largest first (RFC 9162).
    """

    chain: str
    position: int = 0
    hash: bytes = ORIGIN
    frontier: tuple[bytes, ...] = ()

    @property
    def root(self) -> bytes:
        """Merkle root over all links; SHA-256 of nothing for an empty chain."""
        if not self.frontier:
            return hashlib.sha256().digest()
        root = self.frontier[-1]
        for left in reversed(self.frontier[:-1]):
            root = _node(left, root)
        return root

    def sealing(self, body: bytes) -> "Head":
        """The head after one more event with *body*."""
        position = self.position + 1
        link = link_hash(chain=self.chain, position=position, prev=self.hash, body=body)
        frontier = [*self.frontier, hashlib.sha256(_LEAF_TAG + link).digest()]
        size = position
        while size % 2 == 0:
            right, left = frontier.pop(), frontier.pop()
            frontier.append(_node(left, right))
            size //= 2
        return Head(chain=self.chain, position=position, hash=link, frontier=tuple(frontier))


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(_NODE_TAG + left + right).digest()
