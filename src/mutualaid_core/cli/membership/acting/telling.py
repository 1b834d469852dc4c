"""Telling (告知) what became of an act, in words and as plain data."""

from collections.abc import Iterable
from typing import Any, Final

import attrs

from mutualaid_core.cli.membership.doing import DONE, REFUSED, UNCHANGED
from mutualaid_core.cli.membership.faults import say_faults
from mutualaid_core.cli.output import Output
from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.serialization.codec import to_plain

_WORDS: Final = {
    Outcome.PASS: ("已办理", "done"),
    Outcome.FLAG: ("已办理，请留意", "done, but look at this"),
    Outcome.HOLD: ("暂缓", "held"),
    Outcome.REJECT: ("未办理", "refused"),
    Outcome.CRITICAL: ("已办理，必须核查", "done, and this must be looked into"),
}
_PREVIEW: Final = {
    Outcome.PASS: ("预览：可办理，未写入", "preview: it can be done; nothing was written"),
    Outcome.FLAG: (
        "预览：可办理，请留意，未写入",
        "preview: it can be done, but look at this; nothing was written",
    ),
    Outcome.HOLD: ("预览：将暂缓，未写入", "preview: it would be held; nothing was written"),
    Outcome.REJECT: ("预览：不予办理，未写入", "preview: it would be refused; nothing was written"),
    Outcome.CRITICAL: (
        "预览：可办理，必须核查，未写入",
        "preview: it can be done, and must be looked into; nothing was written",
    ),
}


@attrs.frozen(kw_only=True)
class How:
    """How an act was done (办理方式).

    Attributes:
        is_preview: Whether nothing was written.
        replayed: Whether it had been done before, so that nothing happened now.
    """

    is_preview: bool = False
    replayed: bool = False


def say_outcome(output: Output, outcome: Outcome, faults: Iterable[Fault], how: How) -> None:
    """Say what became of an act, and every fault once.

    Args:
        output: Where to say it.
        outcome: What became of it.
        faults: Why, or what to look at.
        how: How it was done.
    """
    zh, en = (_PREVIEW if how.is_preview else _WORDS)[outcome]
    if how.replayed and not how.is_preview:
        zh, en = zh + UNCHANGED[0], en + UNCHANGED[1]
    output.say(zh, en)
    say_faults(output, faults)


def plain_of(result: object) -> dict[str, Any]:
    """A result as plain data."""
    plain: dict[str, Any] = to_plain(result)
    return plain


def status_of(outcome: Outcome) -> int:
    """Exit status: 1 where nothing was done, or not yet."""
    return REFUSED if outcome in {Outcome.REJECT, Outcome.HOLD} else DONE
