"""Pseudonyms (会员编号): how a person is named everywhere outside the member record."""

from collections.abc import Callable
from typing import Final

from mutualaid_core.domain.values.identifiers import MemberId
from mutualaid_core.domain.values.personal import ResidentId
from mutualaid_core.ports.keys import Keys, prepared_digest

_DIGEST_BYTES: Final = 12
_LETTERS: Final = str.maketrans("0123456789abcdef", "abcdefghijklmnop")
_PURPOSE: Final = "member"


def member_id_of(keys: Keys, id_number: ResidentId) -> MemberId:
    """Pseudonym of the person with that ID number: the same for every unit and period.

    It is a keyed digest, since a plain one could be undone by listing all ID numbers.

    Clause:
        HN-4.3.4c, ACFTU-11.2b
    """
    return MemberId(id_of_digest("M", keys.digest(_PURPOSE, id_number.reveal().encode())))


def pseudonyms(keys: Keys) -> Callable[[str], MemberId]:
    """The pseudonyms of *keys* by ID number of 18 characters, prepared for a long list of them.

    >>> from mutualaid_core.ports.keys import SecretKeys
    >>> keys, number = SecretKeys(b"0" * 32), "610103198503070014"
    >>> pseudonyms(keys)(number) == member_id_of(keys, ResidentId(number))
    True
    """
    digest = prepared_digest(keys, _PURPOSE)
    return lambda id_number: MemberId(id_of_digest("M", digest(id_number.encode())))


def id_of_digest(mark: str, digest: bytes) -> str:
    """An id that is made of a digest: a mark and 24 letters.

    Letters alone, since figures among them would now and then make up a number of a person, and
    an id that seems to hold one is refused.

    Args:
        mark: What the id begins with.
        digest: The digest; its first 12 bytes are taken.

    >>> id_of_digest("M", bytes.fromhex("43050219 8001 0100 13ab cdef"))
    'Medafacbjiaababaabdklmnop'
    """
    return mark + digest[:_DIGEST_BYTES].hex().translate(_LETTERS)
