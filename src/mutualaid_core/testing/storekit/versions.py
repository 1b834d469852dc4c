"""C4: puts and checks name the version that they rest on."""

import pytest

from mutualaid_core.errors import AlreadyExistsError, ConflictError, InvalidValueError, StaleVersionError
from mutualaid_core.ports.batch import INT64_MAX, Check, Put, Ref
from mutualaid_core.ports.kinds import KINDS
from mutualaid_core.ports.store import Store
from mutualaid_core.testing.builders import Part, batch, bound, held, put, ref
from mutualaid_core.testing.storekit.base import Workbench

NAMES = [kind.name for kind in KINDS]
FREE = [kind.name for kind in KINDS if not kind.append_only]
FIXED = [kind.name for kind in KINDS if kind.append_only]


class Versions(Workbench):
    """C4 one by one."""

    @pytest.mark.parametrize("kind", NAMES)
    def test_first_put_has_version_1(self, store: Store, kind: str) -> None:
        """C4: A record that did not exist has version 1."""
        store.commit(batch("k", put("a", kind)))
        found = held(store, "a", kind)
        assert found is not None
        assert found.version == 1

    @pytest.mark.parametrize("kind", NAMES)
    def test_second_put_at_version_0_is_refused(self, store: Store, kind: str) -> None:
        """C4: A put at version 0 of a record that exists is refused; this is uniqueness."""
        store.commit(batch("j", put("a", kind, body=b"first")))
        with pytest.raises(AlreadyExistsError) as refusal:
            store.commit(batch("k", put("a", kind, body=b"second")))
        error = refusal.value
        assert (error.kind, error.key, error.expected, error.actual) == (kind, "a", 0, 1)

    @pytest.mark.parametrize("kind", FREE)
    def test_versions_count_up(self, store: Store, kind: str) -> None:
        """C4: Each put raises the version by one and replaces body and index."""
        for version in range(4):
            store.commit(batch(f"k{version}", put("a", kind, expect=version, body=b"%d" % version)))
        found = held(store, "a", kind)
        assert found is not None
        assert (found.version, found.body) == (4, b"3")

    @pytest.mark.parametrize("kind", FIXED)
    def test_append_only_kinds_are_never_replaced(self, store: Store, kind: str) -> None:
        """C4: A put that would replace a record of an append-only kind cannot be built."""
        store.commit(batch("k", put("a", kind)))
        with pytest.raises(InvalidValueError):
            put("a", kind, expect=1)

    @pytest.mark.parametrize("expect", [1, 2, 4, 5, INT64_MAX - 1])
    def test_put_with_another_version_is_refused(self, store: Store, expect: int) -> None:
        """C4: A put that names an older or a later version is refused with both versions."""
        for version in range(3):
            store.commit(batch(f"k{version}", put("a", expect=version)))
        with pytest.raises(StaleVersionError) as refusal:
            store.commit(batch("k", put("a", expect=expect)))
        assert (refusal.value.expected, refusal.value.actual) == (expect, 3)

    @pytest.mark.parametrize("expect", [1, 2, INT64_MAX - 1])
    def test_put_of_a_missing_record_is_refused(self, store: Store, expect: int) -> None:
        """C4: A put that names a version of a record that does not exist is refused."""
        with pytest.raises(StaleVersionError) as refusal:
            store.commit(batch("k", put("a", expect=expect)))
        assert (refusal.value.expected, refusal.value.actual) == (expect, 0)


class Checks(Workbench):
    """C4, the checks, and what is wrong with a batch."""

    @pytest.mark.parametrize("version", [0, 1, 2, 4, INT64_MAX])
    def test_check_of_another_version_is_refused(self, store: Store, version: int) -> None:
        """C4: A check that names another version is refused though the record is not written."""
        for before in range(3):
            store.commit(batch(f"k{before}", put("a", expect=before)))
        with pytest.raises(ConflictError) as refusal:
            store.commit(batch("k", Check(ref("a"), version), put("b")))
        assert (refusal.value.expected, refusal.value.actual, held(store, "b")) == (version, 3, None)

    @pytest.mark.parametrize("kind", NAMES)
    def test_check_that_holds_changes_nothing(self, store: Store, kind: str) -> None:
        """C4: A check that holds lets the batch through and leaves its record alone."""
        store.commit(batch("j", put("a", kind, body=b"kept")))
        before = held(store, "a", kind)
        store.commit(batch("k", Check(ref("a", kind), 1), put("b")))
        assert before == held(store, "a", kind)

    @pytest.mark.parametrize("kind", NAMES)
    def test_check_of_absence_holds(self, store: Store, kind: str) -> None:
        """C4: A check at version 0 holds while the record does not exist, and no longer."""
        store.commit(batch("j", Check(ref("a", kind), 0), put("b", kind)))
        with pytest.raises(AlreadyExistsError):
            store.commit(batch("k", Check(ref("b", kind), 0)))

    def test_same_key_in_two_kinds_is_two_records(self, store: Store) -> None:
        """C4: Kinds do not share keys."""
        store.commit(batch("k", *(put("a", kind, body=kind.encode()) for kind in NAMES)))
        found = store.get([Ref(kind, "a") for kind in NAMES]).records
        assert {kind: kind.encode() for kind in NAMES} == {ref.kind: found[ref].body for ref in found}

    def test_first_fault_in_the_stated_order_is_raised(self, store: Store) -> None:
        """C4: Of several faults the first is raised: checks, puts, bounds, each in the order given."""
        store.commit(batch("j", put("a"), put("b"), put("c"), bound("n", 0, 1)))
        parts: list[Part] = [bound("n", 0, 2), put("b"), put("a"), Check(ref("c"), 7)]
        told = []
        for drop in range(len(parts)):
            with pytest.raises(ConflictError) as refusal:
                store.commit(batch("k", *parts[: len(parts) - drop]))
            told.append((refusal.value.kind, refusal.value.key))
        assert told == [("claim", "c"), ("claim", "b"), ("claim", "b"), ("counter", "n")]

    @pytest.mark.parametrize("expect", [-1, INT64_MAX, INT64_MAX + 1, True, "1"])
    def test_senseless_version_is_refused(self, expect: int) -> None:
        """C4: A version that no record can have, or that has none after it, cannot be put."""
        with pytest.raises(InvalidValueError):
            put("a", expect=expect)

    def test_record_is_named_once_in_a_batch(self) -> None:
        """C4: A batch that puts or checks a record twice cannot be built."""
        doubled: list[tuple[Put | Check, Put | Check]] = [
            (put("a"), put("a")),
            (put("a"), Check(ref("a"), 0)),
            (Check(ref("a"), 0), Check(ref("a"), 0)),
        ]
        for one, two in doubled:
            with pytest.raises(InvalidValueError):
                batch("k", one, two)
