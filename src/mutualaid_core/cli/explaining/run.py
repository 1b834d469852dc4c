"""Comparisons and replays (比较与复算) as the command prints them."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from mutualaid_core.cli.explaining.files import Told, of_claim, read_traces
from mutualaid_core.cli.explaining.recompute import recomputed, versions_in
from mutualaid_core.cli.host import opened
from mutualaid_core.cli.output import Output
from mutualaid_core.domain.claims.decision import Decision
from mutualaid_core.domain.claims.trace import Trace
from mutualaid_core.errors import InvalidValueError, NotFoundError
from mutualaid_core.publication.explanation.comparison import plain_difference, tell_difference
from mutualaid_core.publication.explanation.difference import Difference, difference
from mutualaid_core.publication.labels import Language
from mutualaid_core.publication.sentences import explain_trace
from mutualaid_core.rules.claims.working.replay import replay
from mutualaid_core.work import read_all

FOLLOWS, BROKEN = 0, 1

_Compared = tuple[str, str, Difference]
"""What is compared, in Chinese and in English, and how it differs."""


def against_claim(claim: str, other: str, store_url: str, output: Output) -> int:
    """Compare two claims of a store, scheme by scheme.

    Raises:
        NotFoundError: The store has no decision on one of them.
        InvalidValueError: No scheme decided both, and more than one decided either.
    """
    with opened(store_url, read_only=True) as store:
        first, second = (tuple(read_all(store, Decision, "claim_id", each)) for each in (claim, other))
    for name, found in ((claim, first), (other, second)):
        if not found:
            raise NotFoundError("claim", name)
    if len(first) == len(second) == 1:
        pairs = [(first[0], second[0])]
    else:
        by_scheme = {each.scheme_id: each for each in second}
        pairs = [(each, by_scheme[each.scheme_id]) for each in first if each.scheme_id in by_scheme]
    if not pairs:
        raise InvalidValueError("against", "must be a claim that the same scheme decided", other)
    compared = [_named(pair[0], f"申请 {other} ", f"claim {other}", difference(*pair)) for pair in pairs]
    return _tell(claim, compared, output)


def against_scheme(claim: str, path: Path, store_url: str, output: Output) -> int:
    """Compare a decision with what another scheme file would give for the same settlement.

    Raises:
        NotFoundError: The store has no decision on the claim.
        IntakeError: The scheme file has faults.
        InvalidValueError: The store does not say what the other scheme asks for.
    """
    versions = versions_in(path)
    with opened(store_url, read_only=True) as store:
        decisions = tuple(read_all(store, Decision, "claim_id", claim))
        made = [(each, recomputed(store, each, versions)) for each in decisions]
    if not made:
        raise NotFoundError("claim", claim)
    name = path.name
    compared = [
        _named(pair[0], f"项目文件 {name} ", f"scheme file {name}", difference(*pair)) for pair in made
    ]
    return _tell(claim, compared, output)


def _named(decision: Decision, zh: str, en: str, found: Difference) -> _Compared:
    claim, scheme = decision.claim_id, decision.scheme_id
    return (
        f"申请 {claim}（项目 {scheme}）与{zh}比较",
        f"Claim {claim} (scheme {scheme}) compared with {en}",
        found,
    )


def against_file(path: Path, other: Path, claim: str | None, output: Output) -> int:
    """Compare the computations of two files, claim by claim, as far as both have them.

    Raises:
        NotFoundError: A file does not tell the claim that is asked for.
        InvalidValueError: A file cannot be read, or the two have no claim in common.
    """
    first, second = (of_claim(read_traces(each), claim) for each in (path, other))
    pairs = _pairs(first, second)
    if not pairs:
        raise InvalidValueError("against", "must tell a claim that the other file tells too", str(other))
    compared = [
        (
            f"申请 {one.claim_id or '（未命名）'}：{path.name} 与 {other.name} 比较",
            f"Claim {one.claim_id or '(no id)'}: {path.name} compared with {other.name}",
            difference(one.trace, another.trace),
        )
        for one, another in pairs
    ]
    return _tell(claim or "", compared, output)


def _pairs(first: tuple[Told, ...], second: tuple[Told, ...]) -> list[tuple[Told, Told]]:
    """Computations of the same claim, in the order in which each file has them."""
    if len(first) == len(second) == 1:
        return [(first[0], second[0])]
    waiting: dict[str, list[Told]] = {}
    for each in second:
        waiting.setdefault(each.claim_id, []).append(each)
    return [(each, waiting[each.claim_id].pop(0)) for each in first if waiting.get(each.claim_id)]


def _tell(claim: str, compared: Sequence[_Compared], output: Output) -> int:
    lang: Language = "zh" if output.lang == "zh" else "en"
    comparisons = [
        {"heading": zh if lang == "zh" else en, **plain_difference(found, lang)} for zh, en, found in compared
    ]
    output.document({"claim": claim, "comparisons": comparisons})
    for zh, en, found in compared:
        output.say(zh, en)
        for sentence in tell_difference(found, lang):
            output.say(sentence, sentence)
    return FOLLOWS


def told_file(path: Path, claim: str | None, output: Output) -> int:
    """Tell the computations of a file, and whether each follows from its own steps.

    Returns:
        0 if each does, 1 if one does not.

    Raises:
        NotFoundError: The file does not tell the claim that is asked for.
        InvalidValueError: The file cannot be read, or tells no computation.
    """
    lang: Language = "zh" if output.lang == "zh" else "en"
    answers: list[dict[str, Any]] = []
    for each in of_claim(read_traces(path), claim):
        sentences, answer = explain_trace(each.trace, lang), _replayed(each.trace, output)
        answers.append({"claim": each.claim_id, "sentences": list(sentences), **answer})
        output.say(f"申请 {each.claim_id}", f"Claim {each.claim_id}")
        for sentence in (*sentences, answer["text"]):
            output.say(sentence, sentence)
    output.document({"computations": answers})
    return _status(answers)


def replayed(claim: str | None, store_url: str, output: Output) -> int:
    """Compute the decisions on a claim, or all of a store, again from their own steps.

    Returns:
        0 if each follows, 1 if one does not.

    Raises:
        NotFoundError: The store has no decision on that claim.
    """
    with opened(store_url, read_only=True) as store:
        found = read_all(store, Decision, *(() if claim is None else ("claim_id", claim)))
        answers = [
            {"claim": each.claim_id, "scheme": each.scheme_id, **_replayed(each.trace, output)}
            for each in found
        ]
    if not answers and claim is not None:
        raise NotFoundError("claim", claim)
    output.document({"computations": answers})
    for answer in answers:
        text = f"{answer['claim']} ({answer['scheme']}): {answer['text']}"
        output.say(text, text)
    return _status(answers)


def _replayed(trace: Trace, output: Output) -> dict[str, Any]:
    """What a trace comes to when it is computed again, or which step does not follow."""
    try:
        paid = replay(trace)
    except InvalidValueError as error:
        text = f"复算不符：{error}" if output.lang == "zh" else f"Does not follow: {error}"
        return {"follows": False, "fault": str(error), "text": text}
    zh, en = f"复算相符，{paid.to_text()} 元。", f"Computed again from its steps: {paid.to_text()} yuan."
    return {"follows": True, "paid_fen": paid.fen, "text": zh if output.lang == "zh" else en}


def _status(answers: Sequence[dict[str, Any]]) -> int:
    return FOLLOWS if all(answer["follows"] for answer in answers) else BROKEN
