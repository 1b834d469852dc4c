"""Secret: long enough, and never shown."""

import pytest

from mutualaid_core.domain.governance.secret import StoreSecret
from mutualaid_core.errors import InvalidValueError

MATERIAL = "0123456789abcdef" * 4


@pytest.mark.clause("ACFTU-11.2a")
def test_a_secret_is_not_shown() -> None:
    """The material must not stand in the text of a secret."""
    assert repr(StoreSecret(name="digest", material=MATERIAL)) == "StoreSecret(name='digest')"


@pytest.mark.clause("ACFTU-11.2a")
@pytest.mark.parametrize("material", ["", MATERIAL[:-2], MATERIAL + "a", MATERIAL.upper(), MATERIAL + "\n"])
def test_a_weak_secret_is_refused_unseen(material: str) -> None:
    """Less than 32 bytes, half a byte and other characters must be refused without being quoted."""
    with pytest.raises(InvalidValueError, match=r"material must be >= 32 bytes, hexadecimal, got '\*\*\*'"):
        StoreSecret(name="digest", material=material)
