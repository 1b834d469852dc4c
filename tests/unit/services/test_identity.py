"""Identity: one pseudonym per person, which says nothing about the person."""

import re

from mutualaid_core.domain.values.personal import ResidentId
from mutualaid_core.ports.keys import SecretKeys
from mutualaid_core.services.identity import member_id_of
from mutualaid_core.testing.samples import KEYS, id_number

OLD, NEW = ResidentId.parse("610103850307001"), ResidentId("610103198503070014")


def test_a_person_has_one_pseudonym() -> None:
    """The 15-digit and the 18-digit number of one person must give the same pseudonym."""
    assert member_id_of(KEYS, OLD) == member_id_of(KEYS, NEW)


def test_persons_have_different_pseudonyms() -> None:
    """No two of 999 persons may share a pseudonym."""
    assert len({member_id_of(KEYS, id_number(number)) for number in range(1, 1_000)}) == 999


def test_a_pseudonym_holds_nothing_of_the_number() -> None:
    """A pseudonym must be a mark and 24 hexadecimal digits, of the keyed digest alone."""
    assert re.fullmatch(r"M[0-9a-f]{24}", member_id_of(KEYS, NEW))


def test_another_key_gives_another_pseudonym() -> None:
    """Without the key nobody must be able to make the pseudonym from the number."""
    assert member_id_of(KEYS, NEW) != member_id_of(SecretKeys(b"x" * 32), NEW)
