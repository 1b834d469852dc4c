"""Keys keep their secret, clocks tell microseconds."""

import pickle

import pytest

from mutualaid_core.errors import InvalidValueError
from mutualaid_core.ports.clock import FixedClock, SystemClock
from mutualaid_core.ports.keys import SecretKeys


def test_digest_depends_on_everything() -> None:
    """Another secret, purpose or content gives another digest; the same gives the same."""
    keys, others = SecretKeys(b"a" * 32), SecretKeys(b"b" * 32)
    digests = [
        keys.digest("member", b"1"),
        keys.digest("member", b"2"),
        keys.digest("bank", b"1"),
        others.digest("member", b"1"),
    ]
    assert (len(set(digests)), {len(digest) for digest in digests}) == (4, {32})
    assert keys.digest("member", b"1") == digests[0]


def test_short_secret_is_refused() -> None:
    """A secret that could be guessed is refused."""
    with pytest.raises(InvalidValueError):
        SecretKeys(b"a" * 31)


def test_secret_does_not_travel() -> None:
    """A secret shows in no text and cannot be pickled."""
    keys = SecretKeys(b"canary" * 6)
    assert "canary" not in f"{keys!r}{keys}"
    with pytest.raises(TypeError):
        pickle.dumps(keys)


def test_system_clock_goes_on() -> None:
    """The machine's clock is after 2020, in microseconds, and does not stand before itself."""
    first, second = SystemClock().now_us(), SystemClock().now_us()
    assert 1_577_836_800_000_000 < first <= second


def test_fixed_clock_stands_still() -> None:
    """A fixed clock tells what it was set to."""
    assert FixedClock(7).now_us() == 7
