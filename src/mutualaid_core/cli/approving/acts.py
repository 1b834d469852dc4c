"""Acts on the life of a scheme (项目审批办理) from the command line."""

from collections.abc import Callable
from pathlib import Path

import attrs

from mutualaid_core.cli.membership.acting.once import NOT_DONE, Once
from mutualaid_core.cli.membership.acting.rehearsal import do_or_preview
from mutualaid_core.cli.membership.acting.telling import How, plain_of, say_outcome, status_of
from mutualaid_core.cli.membership.doing import Asked
from mutualaid_core.cli.membership.known import known_organisation, known_scheme
from mutualaid_core.cli.membership.persons import impersonal
from mutualaid_core.cli.output import Output
from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.governance.act import Act
from mutualaid_core.domain.governance.lifecycle import LifeAct
from mutualaid_core.domain.scheme.version import SchemeVersion
from mutualaid_core.domain.values.dates import add_days
from mutualaid_core.domain.values.identifiers import SchemeId, VersionId
from mutualaid_core.errors import IntakeError, InvalidValueError
from mutualaid_core.intake.problem.approval_words import STAGES
from mutualaid_core.intake.scheme_file import read_scheme_file
from mutualaid_core.intake.schemes.papers import StepPapers, read_step_papers
from mutualaid_core.ports.store import Store
from mutualaid_core.rules.governance.pricing import version_before
from mutualaid_core.services.governance.adjusting import AdjustContribution, adjust_contribution
from mutualaid_core.services.governance.approvals import MoveScheme, file_of_scheme, move_scheme
from mutualaid_core.services.governance.filing import Moved
from mutualaid_core.work import Done, Host, read_all


@attrs.frozen(kw_only=True)
class Moving:
    """A step in the life of a scheme (流转), as the command line tells it.

    Attributes:
        step: What is done.
        papers: File of what comes with it; ``None`` for none.
        union: Union at the same level.
        scheme: Scheme.
        is_preview: Whether nothing may be written.
    """

    step: str
    papers: Path | None
    union: str
    scheme: str
    is_preview: bool


@attrs.frozen(kw_only=True)
class Adjusting:
    """Another contribution (调整缴费标准), as the command line tells it.

    Attributes:
        version_id: Version that asks for it.
        file: Scheme file with that version.
        papers: File with the pricing memo.
        union: Union at the same level.
        is_preview: Whether nothing may be written.
    """

    version_id: str
    file: Path
    papers: Path
    union: str
    is_preview: bool


def move(asked: Asked, wanted: Moving, output: Output) -> int:
    """Take a scheme one step further.

    Raises:
        IntakeError: With every problem of the file of papers.
        InvalidValueError: Something personal stands on the command line, or the day lies before
            that of the step before.
        NotFoundError: There is no such union; or no such scheme, unless it is drafted.
        VersionGapError: It is to start, and not exactly one version is in force, or comes first.
    """
    scheme, union = impersonal("scheme", wanted.scheme), impersonal("union", wanted.union)
    step = LifeAct(wanted.step)
    papers = StepPapers() if wanted.papers is None else read_step_papers(wanted.papers)

    def call(host: Host, act: Act) -> Done[Moved]:
        if step is not LifeAct.DRAFT:
            _known(host.store, scheme)
        command = MoveScheme(
            scheme_id=SchemeId(scheme),
            union_id=known_organisation(host.store, "union", union),
            act=step,
            papers=papers.papers,
            memo=papers.memo,
            checklist=papers.checklist,
            basis=papers.basis,
            unreported=papers.unreported,
            disposal=papers.disposal,
        )
        return Once(key=asked.key, undone=NOT_DONE).do(move_scheme, host, act, command)

    return do_or_preview(
        asked, call, _teller(output, is_preview=wanted.is_preview), is_preview=wanted.is_preview
    )


def _known(store: Store, scheme: str) -> None:
    """Raise where a scheme is neither founded nor has a file.

    Raises:
        NotFoundError: So it is.
    """
    if file_of_scheme(store, SchemeId(scheme)) is None:
        known_scheme(store, scheme)


def adjust(asked: Asked, wanted: Adjusting, output: Output) -> int:
    """Publish a version with another contribution.

    Raises:
        IntakeError: With every problem of one of the files.
        InvalidValueError: The file has no such version, it follows none, or something personal
            stands on the command line.
        NotFoundError: There is no such scheme or union.
    """
    impersonal("union", wanted.union)
    impersonal("version_id", wanted.version_id)
    version = _version_in(wanted.file, wanted.version_id)
    memo = read_step_papers(wanted.papers).memo
    tell = _teller(output, is_preview=wanted.is_preview)

    def call(host: Host, act: Act) -> _Adjusted:
        before = _before(host.store, version)
        command = AdjustContribution(
            union_id=known_organisation(host.store, "union", wanted.union),
            before=before.version_id,
            version=version,
            memo=memo,
        )
        done = Once(key=asked.key, undone=NOT_DONE).do(adjust_contribution, host, act, command)
        is_ended = before.last_day is None and done.result.outcome is Outcome.PASS
        return _Adjusted(done=done, ended=before.version_id if is_ended else None)

    def say(store: Store, adjusted: _Adjusted) -> int:
        status = tell(store, adjusted.done)
        if adjusted.ended is not None:
            name, last = adjusted.ended, add_days(version.first_day, -1).isoformat()
            output.say(f"前一版本 {name} 至 {last} 终止", f"the version before, {name}, ends on {last}")
        return status

    return do_or_preview(asked, call, say, is_preview=wanted.is_preview)


@attrs.frozen(kw_only=True)
class _Adjusted:
    """What became of it, with the version before that had no last day until then, if it was so."""

    done: Done[Moved]
    ended: VersionId | None


def _version_in(path: Path, version_id: str) -> SchemeVersion:
    """The version of that id in a scheme file.

    Raises:
        IntakeError: With every problem of the file.
        InvalidValueError: It has no such version.
    """
    file, problems = read_scheme_file(path)
    if file is None or problems:
        raise IntakeError(problems)
    versions: dict[str, SchemeVersion] = {each.version_id: each for each in file.versions}
    if version_id not in versions:
        raise InvalidValueError("version_id", f"must be one of {', '.join(versions)}", version_id)
    return versions[version_id]


def _before(store: Store, version: SchemeVersion) -> SchemeVersion:
    """The published version that another one follows, whether that one is published already or not.

    Raises:
        InvalidValueError: It follows none.
        NotFoundError: There is no such scheme.
    """
    scheme_id = known_scheme(store, version.scheme_id)
    others = tuple(
        each
        for each in read_all(store, SchemeVersion, "scheme_id", scheme_id)
        if each.version_id != version.version_id
    )
    before = version_before(version, others)
    if before is None:
        raise InvalidValueError("version_id", "must follow a published version", version.version_id)
    return before


def _teller(output: Output, *, is_preview: bool) -> Callable[[Store, Done[Moved]], int]:
    """What tells how far a scheme has come.

    Args:
        output: Where to tell it.
        is_preview: Whether nothing was written.
    """

    def tell(_store: Store, done: Done[Moved]) -> int:
        result = done.result
        output.document({**plain_of(result), "replayed": done.replayed, "preview": is_preview})
        say_outcome(output, result.outcome, result.faults, How(is_preview=is_preview, replayed=done.replayed))
        stage = "new" if result.stage is None else result.stage.value
        output.say(f"阶段：{STAGES[stage]}", f"stage: {stage}")
        return status_of(result.outcome)

    return tell
