"""The parts of a batch refuse what no store could keep."""

import datetime

import pytest

from mutualaid_core.errors import InvalidValueError, TooLargeError
from mutualaid_core.ports.batch import (
    BODY_BYTES_MAX,
    INT64_MAX,
    INT64_MIN,
    OPERATIONS_MAX,
    Add,
    Batch,
    Bound,
    Check,
    Event,
    Put,
    Ref,
)
from mutualaid_core.testing.builders import event, put


@pytest.mark.parametrize("key", ["", "\ud800", None, 7, b"k"])
def test_key_must_be_a_text(key: object) -> None:
    """A key that is empty, no text or no Unicode is refused."""
    with pytest.raises(InvalidValueError):
        Ref("claim", key)


def test_key_is_measured_in_bytes() -> None:
    """A key of 67 characters is too long when each takes three bytes."""
    assert Ref("claim", "职" * 66).key == "职" * 66
    with pytest.raises(TooLargeError) as refusal:
        Ref("claim", "职" * 67)
    assert (refusal.value.what, refusal.value.size, refusal.value.limit) == ("key", 201, 200)


def test_kind_must_be_declared() -> None:
    """A kind that is not declared is refused."""
    with pytest.raises(InvalidValueError):
        Ref("invoice", "a")


@pytest.mark.parametrize("body", ["text", bytearray(b"x"), None])
def test_body_must_be_bytes(body: object) -> None:
    """A body that is not bytes is refused."""
    with pytest.raises(InvalidValueError):
        put("a", body=body)


def test_body_has_a_limit() -> None:
    """A body of 1 MiB is taken, a byte more is not."""
    assert len(put("a", body=bytes(BODY_BYTES_MAX)).body) == BODY_BYTES_MAX
    with pytest.raises(TooLargeError):
        event(bytes(BODY_BYTES_MAX + 1))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("state", 1),
        ("state", b"open"),
        ("state", "a\nb"),
        ("state", "\ud800"),
        ("discharged_on", "2014-01-01"),
        ("discharged_on", datetime.datetime(2014, 1, 1)),  # noqa: DTZ001 - a day with a time is what is refused
        ("nothing", "x"),
    ],
)
def test_index_must_be_as_declared(field: str, value: object) -> None:
    """An index field of another type, or that is not declared, is refused."""
    with pytest.raises(InvalidValueError):
        put("a", **{field: value})


@pytest.mark.parametrize("value", [True, 1.0, "1", INT64_MAX + 1, INT64_MIN - 1])
def test_index_numbers_are_64_bit_integers(value: object) -> None:
    """A number that is no 64-bit integer is refused."""
    with pytest.raises(InvalidValueError):
        put("a", "decision", benefit_fen=value)


def test_index_must_be_complete() -> None:
    """Every declared field must be named, ``None`` included."""
    with pytest.raises(InvalidValueError):
        Put(ref=Ref("claim", "a"), expect=0, body=b"", index={"state": "open"})


def test_index_is_a_copy() -> None:
    """What the caller does to its mapping later does not reach the put."""
    index = {"owner": "a"}
    made = Put(ref=Ref("unique", "a"), expect=0, body=b"", index=index)
    index["owner"] = "b"
    assert made.index == {"owner": "a"}


@pytest.mark.parametrize("version", [-1, True, "1", INT64_MAX + 1])
def test_check_needs_a_version(version: object) -> None:
    """A check of what can be no version is refused."""
    with pytest.raises(InvalidValueError):
        Check(Ref("claim", "a"), version)


@pytest.mark.parametrize(
    ("expect", "lo", "hi"), [(-1, 0, 1), (0, 2, 1), (0, 1, 2), (0, -2, -1), (0, 0, 2**63)]
)
def test_bounds_must_make_sense(expect: int, lo: int, hi: int) -> None:
    """Bounds that allow nothing, or not the start of a new counter, are refused."""
    with pytest.raises(InvalidValueError):
        Bound(counter="n", expect=expect, lo=lo, hi=hi)


def test_later_bounds_may_exclude_0() -> None:
    """Bounds of a counter that exists may lie anywhere."""
    assert Bound(counter="n", expect=1, lo=5, hi=9).lo == 5


@pytest.mark.parametrize("delta", [True, 1.0, INT64_MAX + 1, INT64_MIN - 1])
def test_delta_is_a_64_bit_integer(delta: object) -> None:
    """An amount that is no 64-bit integer is refused."""
    with pytest.raises(InvalidValueError):
        Add("n", delta)


def test_batch_has_a_limit() -> None:
    """A thousand operations are taken, one more is not."""
    assert len(Batch(key="k", fingerprint=b"", adds=(Add("n", 1),) * OPERATIONS_MAX).adds) == OPERATIONS_MAX
    with pytest.raises(TooLargeError) as refusal:
        Batch(key="k", fingerprint=b"", adds=(Add("n", 1),) * OPERATIONS_MAX, events=(event(),))
    assert (refusal.value.what, refusal.value.size) == ("batch", 1_001)


def test_bodies_do_not_show() -> None:
    """The text of a batch tells the sizes of its bodies, never their content."""
    made = Batch(
        key="k",
        fingerprint=b"f",
        puts=(put("a", body=b"canary"),),
        events=(Event(chain="c", body=b"canary", index=event().index),),
        outcome=b"canary",
    )
    assert "canary" not in repr(made)
    assert "<6 bytes>" in repr(made)
