"""``mutualaid explain``, ``info`` and ``verify`` (查看与核验).

What ``explain`` compares and computes again is in ``explaining``.
"""

import platform
from importlib.metadata import entry_points, version
from pathlib import Path
from typing import Any, Final

import attrs
from cyclopts import CycloptsError

from mutualaid_core.cli.host import host_for, keys_from, opened
from mutualaid_core.cli.output import Output
from mutualaid_core.domain.claims.decision import Decision
from mutualaid_core.domain.fund.payment import Payment
from mutualaid_core.errors import InvalidValueError, NotFoundError
from mutualaid_core.ports.discovery import GROUP
from mutualaid_core.ports.kinds import KINDS
from mutualaid_core.ports.store import Store
from mutualaid_core.publication.labels import Language
from mutualaid_core.publication.sentences import explain as sentences
from mutualaid_core.publication.sentences import explain_payments
from mutualaid_core.serialization.codec import to_plain
from mutualaid_core.services.membership.queries.scheme import versions_read
from mutualaid_core.services.verification import verify as verify_store
from mutualaid_core.work import read_all, records_of

WHOLE, FAULTY = 0, 1

_NAMES: Final = {
    "version": ("版本", "version"),
    "python": ("Python 版本", "Python"),
    "backends": ("存储后端", "backends"),
    "backend": ("后端", "backend"),
    "durability": ("持久性", "durability"),
    "settings": ("设置", "settings"),
    "records": ("记录数", "records"),
    "events": ("日志条数", "events"),
    "counters": ("计数器", "counters"),
    "journal events": ("已复核日志", "journal events read again"),
    "ledger lines": ("分录行", "ledger lines"),
    "disclosures": ("公示", "disclosures"),
}


def explain(claim: str, store_url: str, output: Output) -> int:
    """Print a claim's decision as sentences, and what was paid on it.

    The decision grants; whether the money went out stands in a line of its own. Where several
    schemes of the store decided a claim of that id, each has a heading.

    Raises:
        NotFoundError: The store has no decision on that claim.
    """
    with opened(store_url, read_only=True) as store:
        decisions = tuple(read_all(store, Decision, "claim_id", claim))
        payments = tuple(read_all(store, Payment, "claim_id", claim))
        versions = {
            (version.scheme_id, version.version_id): version
            for scheme_id in dict.fromkeys(decision.scheme_id for decision in decisions)
            for version in versions_read(store, scheme_id)
        }
    if not decisions:
        raise NotFoundError("claim", claim)
    lang: Language = "zh" if output.lang == "zh" else "en"
    paid = {
        each.scheme_id: tuple(payment for payment in payments if payment.scheme_id == each.scheme_id)
        for each in decisions
    }
    told = [
        (each, sentences(each, lang, versions.get((each.scheme_id, each.version_id)))) for each in decisions
    ]
    output.document(
        {
            "claim": claim,
            "decisions": [
                {
                    "scheme": decision.scheme_id,
                    "sentences": list(lines),
                    "decision": to_plain(decision),
                    "payments": [to_plain(payment) for payment in paid[decision.scheme_id]],
                }
                for decision, lines in told
            ],
        }
    )
    for decision, lines in told:
        if len(told) > 1:
            output.say(f"项目 {decision.scheme_id}", f"Scheme {decision.scheme_id}")
        for sentence in (*lines, *explain_payments(decision, paid[decision.scheme_id], lang)):
            output.say(sentence, sentence)
    return WHOLE


@attrs.frozen(kw_only=True)
class Asked:
    """What ``explain`` is asked beside a claim (比较与复算的选项).

    Attributes:
        against: Another claim, or with *trace* another file.
        against_scheme: Scheme file under which the claim is computed anew.
        trace: File with traces, instead of a store.
        replay: Whether to compute decisions again from their own steps.
    """

    against: str | None = None
    against_scheme: Path | None = None
    trace: Path | None = None
    replay: bool = False


def explain_asked(claim: str | None, store_url: str, asked: Asked, output: Output) -> int:
    """Tell a decision, compare it, or compute it again, as *asked*.

    Raises:
        InvalidValueError: What is asked does not go together.
        NotFoundError: There is no such claim.
    """
    from mutualaid_core.cli.explaining import run

    _refuse_mixed(claim, asked)
    if asked.trace is not None:
        if asked.against is None:
            return run.told_file(asked.trace, claim, output)
        return run.against_file(asked.trace, Path(asked.against), claim, output)
    if asked.replay:
        return run.replayed(claim, store_url, output)
    if claim is None:
        raise CycloptsError(msg="CLAIM must be given, or a file with --trace")
    if asked.against is not None:
        return run.against_claim(claim, asked.against, store_url, output)
    if asked.against_scheme is not None:
        return run.against_scheme(claim, asked.against_scheme, store_url, output)
    return explain(claim, store_url, output)


def _refuse_mixed(claim: str | None, asked: Asked) -> None:
    """Refuse questions that do not go together."""
    if asked.against is not None and asked.against_scheme is not None:
        raise InvalidValueError("against", "must not stand beside --against-scheme", asked.against)
    if asked.trace is not None and asked.against_scheme is not None:
        raise InvalidValueError("against_scheme", "must not stand beside --trace", str(asked.trace))
    if asked.replay and (asked.trace or asked.against or asked.against_scheme):
        raise InvalidValueError("replay", "must stand alone, with a claim or without", claim)


def info(store_url: str | None, output: Output) -> int:
    """Print versions, backends, and what a store holds."""
    plain: dict[str, Any] = {
        "version": version("mutualaid-core"),
        "python": platform.python_version(),
        "backends": sorted(point.name for point in entry_points(group=GROUP)),
    }
    about: dict[str, Any] = {}
    if store_url is not None:
        with opened(store_url, read_only=True) as store:
            about = _about(store)
    output.document({**plain, "store": about} if about else plain)
    output.table("", [(_name(name, output), _text(value)) for name, value in (plain | about).items()])
    return WHOLE


def _about(store: Store) -> dict[str, Any]:
    about = store.about()
    counts = {kind.name: sum(1 for _ in records_of(store, kind.name)) for kind in KINDS}
    return {
        "backend": about.backend,
        "durability": about.durability.value,
        "settings": dict(about.settings),
        "records": {name: count for name, count in counts.items() if count},
    }


def _name(name: str, output: Output) -> str:
    zh, en = _NAMES.get(name, (name, name))
    return zh if output.lang == "zh" else en


def _text(value: object) -> str:
    if isinstance(value, dict):
        return "\n".join(f"{name} {count}" for name, count in value.items())
    return ", ".join(value) if isinstance(value, list) else str(value)


def verify(store_url: str, output: Output, *, key_file: Path | None) -> int:
    """Look a store over.

    Returns:
        0 if nothing was found, 1 if faults were.
    """
    keys = keys_from(key_file)
    with opened(store_url, read_only=True) as store:
        found = verify_store(host_for(store, keys, may_write=False))
    heads = {chain: {"position": position, "root": root} for chain, position, root in found.heads}
    output.document(
        {
            "whole": found.is_whole,
            "checked": dict(found.checked),
            "faults": list(found.faults),
            "heads": heads,
        }
    )
    output.table("", [(_name(name, output), f"{count:,}") for name, count in found.checked])
    for chain, position, root in found.heads:
        zh, en = f"日志链 {chain}: {position} 条, 根 {root}", f"chain {chain}: {position} events, root {root}"
        output.say(zh, en)
    for fault in found.faults:
        output.say(f"问题: {fault}", f"fault: {fault}")
    if found.is_whole:
        output.say("完好", "whole")
    return WHOLE if found.is_whole else FAULTY
