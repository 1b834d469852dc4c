"""Doing an act (办理业务) once: decide on a snapshot, commit, decide anew when others were faster."""

import json
from collections.abc import Callable
from typing import Final, Generic, TypeVar

import attrs

from mutualaid_core.domain.governance.act import Act
from mutualaid_core.errors import (
    BoundExceededError,
    ConflictError,
    KeyReusedError,
    StoreBrokenError,
    StoreBusyError,
)
from mutualaid_core.ports.keys import Keys
from mutualaid_core.ports.store import Receipt
from mutualaid_core.serialization.codec import canonical, from_plain, to_plain
from mutualaid_core.work.unit import Host, Purpose, Work

Result = TypeVar("Result")

TRIES_MAX: Final = 20
"""How often an act is decided anew when others were faster."""


@attrs.frozen(kw_only=True)
class Done(Generic[Result]):
    """What an act answers.

    Attributes:
        result: The act's own result, the same for every repetition of its key.
        replayed: Whether the act had been done before, so that nothing happened now.
    """

    result: Result
    replayed: bool


def perform(
    host: Host, act: Act, purpose: Purpose[Result], command: object, decide: Callable[[Work], Result]
) -> Done[Result]:
    """Do an act once, whatever others do meanwhile.

    Args:
        host: Store, clock and keys.
        act: Who, when, under which idempotency key.
        purpose: Name and subject for the journal, and the class of the result.
        command: Content of the act; a repetition of the key must bring the same.
        decide: Reads and writes through the work, and answers the result. It may be called
            several times and must not change anything outside the work.

    Raises:
        KeyReusedError: The key was used with other content.
        ConflictError: *decide* writes what it did not read, and that is there already.
        BoundExceededError: An account or another counter is at its limit.
        StoreBusyError: Others were faster too often.
    """
    fingerprint = _fingerprint(host.keys, act, purpose, command)
    refused: ConflictError | BoundExceededError | None = None
    for _ in range(TRIES_MAX):
        known = host.store.receipt(act.key)
        if known is not None:
            return _answer(known, fingerprint, purpose)
        with Work(host, act, purpose) as work:
            outcome = canonical(to_plain(decide(work)))
            try:
                return _answer(work.commit(fingerprint, outcome), fingerprint, purpose)
            except ConflictError as conflict:
                if str(conflict) == str(refused):
                    # Versions only rise: this one was there before the work was decided anew.
                    raise
                refused = conflict
            except BoundExceededError as taken:
                if str(taken) == str(refused):
                    # The counter has not moved since: nobody was faster, the limit is reached.
                    raise
                refused = taken
    what = f"others were faster {TRIES_MAX} times"
    raise StoreBusyError("perform", what, hint="try again") from refused


def _fingerprint(keys: Keys, act: Act, purpose: Purpose[object], command: object) -> bytes:
    content = {"act": to_plain(act), "name": purpose.name, "command": to_plain(command)}
    return keys.digest("command", canonical(content))


def _answer(receipt: Receipt, fingerprint: bytes, purpose: Purpose[Result]) -> Done[Result]:
    if receipt.fingerprint != fingerprint:
        raise KeyReusedError(receipt.key)
    try:
        plain = json.loads(receipt.outcome)
    except ValueError as error:
        raise StoreBrokenError("receipt", f"the answer to {receipt.key!r} cannot be read") from error
    return Done(result=from_plain(plain, purpose.answer), replayed=receipt.replayed)
