"""Explained (计算说明): how each claim of a calculation came about, in sentences."""

from collections.abc import Iterable, Iterator

from mutualaid_core.domain.claims.reason import Reason
from mutualaid_core.domain.claims.trace import Trace
from mutualaid_core.domain.scheme.version import SchemeVersion
from mutualaid_core.domain.values.money import Money
from mutualaid_core.publication.calculation.rows import Calculated
from mutualaid_core.publication.labels import Language
from mutualaid_core.publication.sentences import explain_trace


def explained_text(
    rows: Iterable[Calculated], lang: Language, versions: Iterable[SchemeVersion] = ()
) -> Iterator[str]:
    """A paragraph for each row, piece by piece: what is paid, its steps, and its reasons.

    Args:
        rows: The rows.
        lang: ``zh`` or ``en``; both say the same.
        versions: The versions, which have the titles of the facts that they declare.
    """
    known: dict[tuple[str, str], SchemeVersion] = {
        (version.scheme_id, version.version_id): version for version in versions
    }
    for row in rows:
        version = known.get((row.scheme_id, row.version_id))
        told = (
            _heading(row, lang),
            *_steps(row, lang, version),
            *(_reason(reason, lang) for reason in row.reasons),
        )
        yield "".join(f"{line}\n" for line in ("", *told))


def _heading(row: Calculated, lang: Language) -> str:
    paid = Money(row.amount).to_text()
    if lang == "zh":
        return f"申请 {row.claim_id}，项目 {row.scheme_id} 版本 {row.version_id}：{paid} 元"
    return f"Claim {row.claim_id}, scheme {row.scheme_id} version {row.version_id}: {paid} yuan"


def _steps(row: Calculated, lang: Language, version: SchemeVersion | None) -> tuple[str, ...]:
    """The steps in numbered sentences; none for a claim that was not computed."""
    if not row.steps:
        return ()
    trace = Trace(version_id=row.version_id, policy_id=row.policy_id, steps=row.steps)
    return explain_trace(trace, lang, version)


def _reason(reason: Reason, lang: Language) -> str:
    text, remedy = (reason.zh, reason.remedy_zh) if lang == "zh" else (reason.en, reason.remedy_en)
    return f"- {text} ({reason.name}, {reason.clause})" + (f": {remedy}" if remedy else "")
