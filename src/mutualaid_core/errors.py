"""The exception tree, with its stable codes.

Exceptions are for callers' mistakes, missing records and broken stores. What a clause
foresees (a refused unit, a claim held for a person) is a result with an outcome and
reasons, see ``domain/claims/decision.py``. No message here ever carries personal data:
a value of a personal field arrives masked.

The reference page ``docs/en/reference/errors.md`` has a section per code.
"""

import re
from typing import ClassVar, Final

_QUOTED_MAX: Final = 200
_LONG_NUMBER: Final = re.compile(r"[0-9]{11,}")
_IDENTITY: Final = re.compile(
    r"(?<![0-9])[1-9][0-9]{5}(?:(?:18|19|20)[0-9]{2}(?:0[1-9]|1[0-2])[0-3][0-9]{4}[0-9Xx]"
    r"|[0-9]{2}(?:0[1-9]|1[0-2])[0-3][0-9]{4})(?![0-9])"
)
"""What has the form of a resident ID number, of 18 characters or of 15, whatever its check says."""


def _without_long_numbers(text: str) -> str:
    """*text* without numbers as long as those of persons: telephones, identity and bank cards."""
    return _LONG_NUMBER.sub("…", text)


def _without_identities(key: str) -> str:
    """*key* without ID numbers; serial numbers of units and entries stay, so that they are found."""
    return _IDENTITY.sub("***", key)


def _shown(value: object) -> tuple[object, str]:
    """What an error keeps of *value*, and how it quotes it: the whole, or what may be shown."""
    try:
        whole = repr(value)
    except ValueError:  # Python refuses to print a whole number of more than 4300 digits
        whole = f"{type(value).__name__} too long to show"
        return whole, whole
    text = _without_long_numbers(whole)
    text = text if len(text) <= _QUOTED_MAX else f"{text[:_QUOTED_MAX]}…"
    return (value if text == whole else text), text


def _revived(
    kind: "type[MutualAidError]", args: tuple[object, ...], parts: dict[str, object]
) -> "MutualAidError":
    """An error of *kind* as it was, without running its constructor again."""
    error = kind.__new__(kind, *args)
    super(MutualAidError, error).__init__(*args)
    error.__dict__.update(parts)
    return error


class MutualAidError(Exception):
    """Root of every error that this library raises on purpose.

    Attributes:
        code: Stable code of the class, never reused.
        clause: Clause id that was broken, or ``None`` where no clause speaks.
        hint: What to do about it; empty where the message says it already.
    """

    code: ClassVar[str] = "MA000"

    def __init__(self, message: str, *, clause: str | None = None, hint: str = "") -> None:
        """Keep the parts apart, so that callers never parse the text."""
        self.clause = clause
        self.hint = hint
        cited = f" [{clause}]" if clause else ""
        super().__init__(f"{message}{cited}" + (f"\nhint: {hint}" if hint else ""))

    def __reduce__(self) -> tuple[object, ...]:
        """How the error is copied and sent to another process: text and attributes as they are."""
        return _revived, (type(self), self.args, vars(self).copy())


class InvalidValueError(MutualAidError, ValueError):
    """A value broke the rule of its field.

    Attributes:
        field: Name of the argument.
        rule: What it must satisfy.
        value: What was found; where that is long, or holds a number as long as a person's
            (11 digits and more), only what the text shows of it.
    """

    code = "MA001"

    def __init__(
        self, field: str, rule: str, value: object, *, clause: str | None = None, hint: str = ""
    ) -> None:
        """Say which *field* broke which *rule* with which *value* (masked if personal)."""
        self.field = field
        self.rule = _without_long_numbers(rule)
        self.value, text = _shown(value)
        super().__init__(f"{field} {self.rule}, got {text}", clause=clause, hint=hint)


class RecordError(MutualAidError):
    """A record is not in the state that the caller expected.

    Attributes:
        kind: Kind of the record.
        key: Its key; an ID number that somebody gave in place of an id is starred out (ACFTU-11.2h).
    """

    code = "MA010"

    def __init__(self, kind: str, key: str, what: str, *, hint: str = "") -> None:
        """Name the record as ``kind key``."""
        self.kind = kind
        self.key = _without_identities(key)
        super().__init__(f"{kind} {self.key!r} {what}", hint=hint)


class NotFoundError(RecordError, LookupError):
    """The record does not exist."""

    code = "MA011"

    def __init__(self, kind: str, key: str) -> None:
        """Name the missing record."""
        super().__init__(kind, key, "does not exist")


class ConflictError(RecordError):
    """A record had another version than the batch expected; nothing happened.

    Attributes:
        expected: Version that the batch named; 0 means "must not exist".
        actual: Version that the store holds; 0 means "does not exist".
    """

    code = "MA012"

    def __init__(self, kind: str, key: str, *, expected: int, actual: int) -> None:
        """Build the message of whichever subclass fits."""
        self.expected = expected
        self.actual = actual
        super().__init__(kind, key, self._what(), hint="read it again and decide anew")

    def _what(self) -> str:
        return f"has version {self.actual}, expected {self.expected}"


class AlreadyExistsError(ConflictError):
    """A record that must not exist is already there."""

    code = "MA013"

    def _what(self) -> str:
        return f"already exists (version {self.actual})"


class StaleVersionError(ConflictError):
    """Somebody changed the record since it was read."""

    code = "MA014"


def conflict(kind: str, key: str, *, expected: int, actual: int) -> ConflictError:
    """The conflict error that fits: already there, or changed since it was read."""
    found = AlreadyExistsError if expected == 0 else StaleVersionError
    return found(kind, key, expected=expected, actual=actual)


class VersionGapError(MutualAidError):
    """Not exactly one scheme version is in force on a day."""

    code = "MA020"

    def __init__(self, scheme: str, day: str, found: tuple[str, ...]) -> None:
        """Name the scheme, the day (ISO) and the versions found (none, or two and more)."""
        self.scheme = scheme
        self.day = day
        self.found = found
        which = ", ".join(found) if found else "none"
        super().__init__(f"exactly one version of {scheme!r} must be in force on {day}, found {which}")


class IntakeError(MutualAidError):
    """A document or a folder of files has faults; nothing was taken over.

    Attributes:
        problems: Every fault found, in the order of file, row and field. Their text is
            ``file:row:field: what, value: what to do``.
    """

    code = "MA030"

    def __init__(self, problems: tuple[object, ...]) -> None:
        """List every problem, one on a line."""
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))


class StoreError(MutualAidError):
    """The store could not do what was asked.

    Attributes:
        operation: Name of the port method.
    """

    code = "MA040"

    def __init__(self, operation: str, what: str, *, hint: str = "") -> None:
        """Name the operation; a driver's own error is chained, never quoted."""
        self.operation = operation
        super().__init__(f"{operation}: {what}", hint=hint)


class BoundExceededError(StoreError):
    """A counter would leave its bounds; nothing happened.

    Attributes:
        counter: Key of the counter.
        value: Value that the store holds.
        delta: What was to be added.
        lo: Least value allowed.
        hi: Greatest value allowed.
    """

    code = "MA041"

    def __init__(self, counter: str, *, value: int, delta: int, lo: int, hi: int) -> None:
        """Say where the counter stands and where it would have gone."""
        self.counter, self.value, self.delta, self.lo, self.hi = counter, value, delta, lo, hi
        super().__init__(
            "commit", f"counter {counter!r} at {value} cannot take {delta:+d} within [{lo}, {hi}]"
        )


class KeyReusedError(StoreError):
    """An idempotency key came again with other content; nothing happened."""

    code = "MA042"

    def __init__(self, key: str) -> None:
        """Name the idempotency key."""
        self.key = key
        super().__init__(
            "commit",
            f"key {key!r} was used before with other content",
            hint="a correction is a further act with a key of its own",
        )


class TooLargeError(StoreError):
    """A key, a body or a batch is above the declared limit; nothing happened."""

    code = "MA043"

    def __init__(self, what: str, *, size: int, limit: int) -> None:
        """Say what is too large, its size and the limit (bytes, or operations)."""
        self.what, self.size, self.limit = what, size, limit
        super().__init__("commit", f"{what} has {size}, the limit is {limit}")


class CommitUnknownError(StoreError):
    """The commit may or may not have happened; ask ``receipt(key)``."""

    code = "MA044"

    def __init__(self, key: str) -> None:
        """Name the idempotency key that resolves the doubt."""
        self.key = key
        super().__init__("commit", f"outcome of {key!r} is unknown", hint="ask receipt(key) after reopening")


class StoreBrokenError(StoreError):
    """The store refuses work: damaged, of another format, or unsafe after an I/O error."""

    code = "MA045"


class StoreBusyError(StoreError):
    """Another writer held the store for too long; nothing happened."""

    code = "MA046"


class ReadOnlyError(StoreError):
    """The store was opened with ``read_only=True``; nothing happened."""

    code = "MA047"

    def __init__(self) -> None:
        """Say how to get a writable store."""
        super().__init__("commit", "the store is open for reading only", hint="open it without read_only")


class UnknownStoreError(StoreError, LookupError):
    """No backend answers to the scheme of a store URL.

    Attributes:
        known: The URL schemes that are installed.
    """

    code = "MA048"

    def __init__(self, url_scheme: str, known: tuple[str, ...]) -> None:
        """List the known schemes."""
        self.url_scheme, self.known = url_scheme, known
        super().__init__("open", f"unknown store {url_scheme!r}; known: {', '.join(known)}")


class SchemaVersionError(MutualAidError):
    """A stored document has a form that this version of the library does not know.

    Attributes:
        found: Version in the document.
        known: Newest version that is understood.
    """

    code = "MA050"

    def __init__(self, kind: str, *, found: int, known: int) -> None:
        """Name the kind and both versions."""
        self.kind, self.found, self.known = kind, found, known
        super().__init__(
            f"{kind} has stored form {found}, known up to {known}", hint="upgrade mutualaid-core"
        )


class MissingExtraError(MutualAidError, ImportError):
    """An optional dependency is not installed.

    Attributes:
        extra: Name of the extra that brings it.
    """

    code = "MA060"

    def __init__(self, extra: str) -> None:
        """Print the line that installs it."""
        self.extra = extra
        super().__init__(f"this needs the extra {extra!r}", hint=f"pip install 'mutualaid-core[{extra}]'")
