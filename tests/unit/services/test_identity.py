"""Identity: one pseudonym per person, which says nothing about the person."""

import re

from mutualaid_core.domain.values.numbers import identity_number_in
from mutualaid_core.domain.values.personal import ResidentId
from mutualaid_core.ports.keys import SecretKeys
from mutualaid_core.services.identity import id_of_digest, member_id_of
from mutualaid_core.testing.samples import KEYS, id_number

OLD, NEW = ResidentId.parse("610103850307001"), ResidentId("610103198503070014")


def test_a_person_has_one_pseudonym() -> None:
    """The 15-digit and the 18-digit number of one person must give the same pseudonym."""
    assert member_id_of(KEYS, OLD) == member_id_of(KEYS, NEW)


def test_persons_have_different_pseudonyms() -> None:
    """No two of 999 persons may share a pseudonym."""
    assert len({member_id_of(KEYS, id_number(number)) for number in range(1, 1_000)}) == 999


def test_a_pseudonym_holds_nothing_of_the_number() -> None:
    """A pseudonym must be a mark and 24 letters, of the keyed digest alone."""
    assert re.fullmatch(r"M[a-p]{24}", member_id_of(KEYS, NEW))


def test_no_digest_makes_an_id_that_seems_to_hold_a_number() -> None:
    """A digest whose figures make up an ID number must not give an id that is refused as one."""
    digest = bytes.fromhex("610103198503070014abcdef")
    assert identity_number_in(f"M{digest.hex()}") is not None
    assert identity_number_in(id_of_digest("M", digest)) is None


def test_another_key_gives_another_pseudonym() -> None:
    """Without the key nobody must be able to make the pseudonym from the number."""
    assert member_id_of(KEYS, NEW) != member_id_of(SecretKeys(b"x" * 32), NEW)
