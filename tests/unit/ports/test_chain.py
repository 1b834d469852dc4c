"""The chain and the tree beside it are those of RFC 9162."""

import hashlib

import pytest

from mutualaid_core.ports.chain import ORIGIN, Head, link_hash


def root(leaves: list[bytes]) -> bytes:
    """Merkle tree hash as RFC 9162, section 2.1.1, defines it."""
    if not leaves:
        return hashlib.sha256().digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return hashlib.sha256(b"\x01" + root(leaves[:split]) + root(leaves[split:])).digest()


@pytest.mark.parametrize("count", [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 31, 32, 33])
def test_root_is_that_of_the_standard(count: int) -> None:
    """The root over any number of links is the one that the standard defines."""
    head, links = Head(chain="HN"), []
    for number in range(count):
        head = head.sealing(b"%d" % number)
        links.append(head.hash)
    assert (head.position, head.root) == (count, root(links))


def test_frontier_stays_small() -> None:
    """The state beside the head is one hash per bit of the position that is set."""
    head = Head(chain="HN")
    for number in range(1, 100):
        head = head.sealing(b"e")
        assert len(head.frontier) == number.bit_count()


def test_link_covers_everything() -> None:
    """A link differs as soon as chain, position, predecessor or body differ."""
    given = {"chain": "a", "position": 1, "prev": ORIGIN, "body": b"e"}
    others = [
        {"chain": "b"},
        {"position": 2},
        {"prev": bytes(31) + b"\x01"},
        {"body": b"f"},
        {"chain": "ae", "body": b""},
    ]
    links = {link_hash(**given | other) for other in ({}, *others)}
    assert len(links) == 6


def test_link_is_pinned() -> None:
    """The form of a link never changes, or old journals would no longer verify."""
    tag = b"mutualaid-event-1\x00"
    parts = (b"HN", (1).to_bytes(8, "big"), ORIGIN, b"{}")
    framed = b"".join(len(part).to_bytes(8, "big") + part for part in parts)
    expected = hashlib.sha256(tag + framed).digest()
    assert link_hash(chain="HN", position=1, prev=ORIGIN, body=b"{}") == expected
