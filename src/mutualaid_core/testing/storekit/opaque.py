"""C8: bytes come back as they went in, keys are compared as bytes, limits are exact."""

import datetime

import pytest

from mutualaid_core.errors import InvalidValueError, TooLargeError
from mutualaid_core.ports.batch import (
    BODY_BYTES_MAX,
    INT64_MAX,
    INT64_MIN,
    KEY_BYTES_MAX,
    OPERATIONS_MAX,
    Add,
    Batch,
)
from mutualaid_core.ports.kinds import KINDS, IndexType, IndexValue
from mutualaid_core.ports.store import Store
from mutualaid_core.testing.builders import CHAIN, Part, batch, bound, event, filled, held, put, ref, value_of
from mutualaid_core.testing.storekit.base import Workbench

BODIES: dict[str, bytes] = {
    "nothing": b"",
    "a zero byte": b"\x00",
    "zero bytes inside": b"a\x00b\x00\x00",
    "all bytes": bytes(range(256)),
    "no UTF-8": b"\xff\xfe\xed\xa0\x80",
    "half a character": "职工".encode()[:-1],
    "a byte order mark": b"\xef\xbb\xbf{}",
    "line breaks": b"\r\n\n\r\x0b\x0c\xc2\x85\xe2\x80\xa8",
    "text that looks like JSON": b'{"h":"0","batch":[null,"\\u0000"]}\n',
    "text that looks like SQL": b"'); DROP TABLE claim; --",
    "spaces": b" \t ",
    "1 MiB": b"\x00\xff" * (BODY_BYTES_MAX // 2),
}
"""Bodies by what is special about them."""

TWINS: dict[str, tuple[str, str]] = {
    "case": ("abc", "ABC"),
    "accent": ("e", "é"),
    "composed or not": ("é", "e\u0301"),
    "full width": ("\uff11\uff12\uff13", "123"),
    "trailing space": ("abc", "abc "),
    "leading space": ("abc", " abc"),
    "trailing zero": ("abc", "abc\x00"),
    "zero inside": ("a\x00b", "a\x00c"),
    "sharp s": ("ß", "ss"),
    "dotless i": ("\u0131", "i"),
    "right-to-left mark": ("abc", "abc\u200f"),
    "zero width": ("abc", "a\u200bbc"),
    "soft hyphen": ("abc", "a\u00adbc"),
    "traditional": ("會", "会"),
    "compatibility": ("\uf900", "豈"),
    "tab or space": ("a b", "a\tb"),
    "line break": ("a\nb", "a\r\nb"),
    "percent": ("a%b", "a_b"),
    "quote": ("a'b", 'a"b'),
    "number": ("1", "01"),
}
"""Two keys that something might take for one."""

CONTROLS = ["\x00", "\n", "\x1f"]


def _index(kind_name: str) -> dict[str, IndexValue]:
    (kind,) = (known for known in KINDS if known.name == kind_name)
    values: dict[IndexType, IndexValue] = {
        IndexType.INT: INT64_MIN,
        IndexType.TEXT: "职工 é ",
        IndexType.DAY: datetime.date(2014, 2, 28),
    }
    return {name: values[index_type] for name, index_type in kind.index}


class Opaque(Workbench):
    """C8 one by one."""

    @pytest.mark.parametrize("body", BODIES)
    def test_bodies_come_back_byte_for_byte(self, store: Store, body: str) -> None:
        """C8: The bodies of records and events, outcomes and fingerprints are opaque."""
        content = BODIES[body]
        made = batch("k", put("a", body=content), event(content), fingerprint=content, outcome=content)
        store.commit(made)
        found, receipt = held(store, "a"), store.receipt("k")
        assert found is not None
        assert receipt is not None
        (sealed,) = store.feed(CHAIN)
        assert {found.body, sealed.body, receipt.outcome, receipt.fingerprint} == {content}

    @pytest.mark.parametrize("twins", TWINS)
    def test_record_keys_are_not_folded(self, store: Store, twins: str) -> None:
        """C8: Records whose keys merely look alike are two records."""
        one, two = TWINS[twins]
        store.commit(batch("k", put(one, body=b"1"), put(two, body=b"2")))
        found = store.get([ref(one), ref(two)]).records
        assert (found[ref(one)].body, found[ref(two)].body) == (b"1", b"2")

    @pytest.mark.parametrize("twins", TWINS)
    def test_counter_and_chain_names_are_not_folded(self, store: Store, twins: str) -> None:
        """C8: Counters and chains whose names merely look alike are two."""
        one, two = TWINS[twins]
        store.commit(batch("k", bound(one, 0, 9), bound(two, 0, 9), Add(one, 1), event(chain=one)))
        assert (value_of(store, one), value_of(store, two)) == (1, 0)
        assert (store.head(one).position, store.head(two).position) == (1, 0)

    @pytest.mark.parametrize("twins", TWINS)
    def test_index_texts_are_not_folded(self, store: Store, twins: str) -> None:
        """C8: An index text comes back as it went in."""
        texts = [text for text in TWINS[twins] if not any(ord(char) < ord(" ") for char in text)]
        store.commit(batch("k", *(put(str(at), state=text) for at, text in enumerate(texts))))
        records = [held(store, str(at)) for at in range(len(texts))]
        assert [record and record.index["state"] for record in records] == texts

    @pytest.mark.parametrize("kind", [kind.name for kind in KINDS])
    def test_index_comes_back_with_its_types(self, store: Store, kind: str) -> None:
        """C8: Every index field of every kind comes back equal, types included."""
        given = filled("a", kind, _index(kind))
        store.commit(batch("k", given))
        found = held(store, "a", kind)
        assert found is not None
        assert found.index == given.index
        assert [type(found.index[name]) for name in given.index] == [type(v) for v in given.index.values()]

    @pytest.mark.parametrize("kind", [kind.name for kind in KINDS])
    def test_empty_index_comes_back_empty(self, store: Store, kind: str) -> None:
        """C8: Index fields without a value come back as ``None``."""
        store.commit(batch("k", put("a", kind)))
        found = held(store, "a", kind)
        assert found is not None
        assert set(found.index.values()) <= {None}

    @pytest.mark.parametrize("value", [INT64_MIN, -(2**53) - 1, -1, 0, 2**53 + 1, INT64_MAX])
    def test_numbers_are_exact(self, store: Store, value: int) -> None:
        """C8: Index numbers are exact over all 64 bits."""
        store.commit(batch("k", put("a", "decision", benefit_fen=value)))
        found = held(store, "a", "decision")
        assert found is not None
        assert found.index["benefit_fen"] == value


class Limits(Workbench):
    """C8, the limits."""

    @pytest.mark.parametrize("char", ["k", "é", "职", "😀"])
    def test_longest_key_is_kept(self, store: Store, char: str) -> None:
        """C8: A key of exactly 200 bytes is kept everywhere a key can stand."""
        width = len(char.encode())
        key = char * (KEY_BYTES_MAX // width) + "." * (KEY_BYTES_MAX % width)
        store.commit(batch(key, put(key, state=key), bound(key, 0, 1), event(chain=key)))
        found = held(store, key)
        assert found is not None
        assert (found.index["state"], store.head(key).position) == (key, 1)
        assert store.receipt(key) is not None

    @pytest.mark.parametrize("char", ["k", "é", "职", "😀"])
    def test_longer_key_is_refused(self, store: Store, char: str) -> None:
        """C8: A key above 200 bytes is refused, with its size and the limit."""
        key = char * (KEY_BYTES_MAX // len(char.encode()) + 1)
        for use in (ref, store.receipt, store.head, store.feed, lambda text: store.get([], [text])):
            with pytest.raises(TooLargeError) as refusal:
                use(key)
            assert (refusal.value.size, refusal.value.limit) == (len(key.encode()), KEY_BYTES_MAX)

    @pytest.mark.parametrize("key", ["", "\ud800", "a\udfff"])
    def test_senseless_key_is_refused(self, store: Store, key: str) -> None:
        """C8: An empty key, or one that is no Unicode, is refused."""
        for use in (ref, store.receipt, store.head, store.feed, lambda text: store.get([], [text])):
            with pytest.raises(InvalidValueError):
                use(key)

    @pytest.mark.parametrize("control", CONTROLS)
    def test_index_text_with_controls_is_refused(self, control: str) -> None:
        """C8: An index text with a control character cannot be built."""
        with pytest.raises(InvalidValueError):
            put("a", state=f"a{control}b")

    def test_body_above_the_limit_is_refused(self) -> None:
        """C8: A body of 1 MiB and a byte cannot be built."""
        with pytest.raises(TooLargeError):
            put("a", body=bytes(BODY_BYTES_MAX + 1))

    def test_largest_batch_is_committed(self, store: Store) -> None:
        """C8: A batch of exactly 1,000 operations is committed whole."""
        made: list[Part] = [bound("n", 0, OPERATIONS_MAX), *(put(str(at)) for at in range(700))]
        store.commit(batch("k", *made, *(Add("n", 1) for _ in range(200)), *(event(b"e") for _ in range(99))))
        assert (value_of(store, "n"), store.head(CHAIN).position) == (200, 99)
        assert store.verify(deep=True).checked["records"] == 700

    def test_larger_batch_is_refused(self) -> None:
        """C8: A batch of 1,001 operations cannot be built."""
        with pytest.raises(TooLargeError):
            Batch(key="k", fingerprint=b"", adds=(Add("n", 1),) * (OPERATIONS_MAX + 1))
