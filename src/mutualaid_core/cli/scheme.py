"""``mutualaid scheme`` (互助项目文件): commands on scheme files.

Further commands stand in ``scheme_*.py``; ``app.py`` hangs each of them on ``group``.
"""

import sys
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Annotated, Any, Final, Literal

import attrs
from cyclopts import App, Parameter

from mutualaid_core.cli.output import Output
from mutualaid_core.intake.problem import Problem

SOUND, FAULTY = 0, 2

group: Final = App(
    name="scheme",
    help="Scheme files (互助项目文件): check them before anything is computed by them.",
)


@group.command
def check(
    files: Annotated[list[Path], Parameter(negative=(), help="Scheme files (项目文件) in YAML.")],
    *,
    policy: Annotated[
        list[str] | None,
        Parameter(
            negative=(),
            consume_multiple=True,
            help="Hold the versions against their policies (政策): ids of shipped ones, such as HN-2013, or"
            " files; a file of the same id takes the place of a shipped one.",
        ),
    ] = None,
    lang: Annotated[Literal["zh", "en"], Parameter(help="Language (语言) of what is printed.")] = "en",
    form: Annotated[
        Literal["text", "json"],
        Parameter(name="--format", help="Lines (逐行) for people, or one JSON document for programs."),
    ] = "text",
) -> int:
    """Check scheme files (核对项目文件): every fault of every file, with its line and what to do.

    Nothing is computed and nothing is written. A file is checked by itself; whether its region allows
    what it says is asked with ``--policy``, since published schemes do not always keep to the
    guidance above them.
    """
    from mutualaid_core.intake.scheme_file import read_scheme_file
    from mutualaid_core.intake.schemes.policies import given_policies, nonconformities_of

    output = Output(lang=lang, as_json=form == "json")
    policies, of_policies = given_policies(policy or ())
    found: list[tuple[str, tuple[Problem, ...]]] = [*of_policies.items()]
    judge = partial(nonconformities_of, policies=policies)
    unknown: dict[str, list[str]] = {}
    for path in files:
        file, problems = read_scheme_file(path, judge)
        found.append((str(path), problems))
        named = [version.policy_id for version in file.versions] if file and policy else []
        unknown[str(path)] = [name for name in dict.fromkeys(named) if name not in policies]
    return _answer(found, unknown, output)


def _answer(
    found: Sequence[tuple[str, tuple[Problem, ...]]], unknown: Mapping[str, list[str]], output: Output
) -> int:
    """Print what was found of each file; problems of people's files go to standard error.

    Args:
        found: Problems of every file.
        unknown: Of the scheme files without problems, the policies against which they were not held.
        output: Where the command speaks.
    """
    is_sound = not any(problems for _, problems in found)
    output.document(
        {
            "sound": is_sound,
            "files": [
                {
                    "file": path,
                    "sound": not problems,
                    "problems": [_plain(path, problem, output.lang) for problem in problems],
                    "policies_not_asked": unknown.get(path, []),
                }
                for path, problems in found
            ],
        }
    )
    for path, problems in found:
        if not output.as_json:
            lines = [attrs.evolve(problem, file=path).to_text(output.lang) for problem in problems]
            sys.stderr.write("".join(f"{line}\n" for line in lines))
        if not problems:
            output.say(
                f"{path}：无问题{_aside(unknown, path, '；未对照政策 ')}",
                f"{path}: sound{_aside(unknown, path, '; not held against policy ')}",
            )
    return SOUND if is_sound else FAULTY


def _aside(unknown: Mapping[str, list[str]], path: str, words: str) -> str:
    """That a file was not held against its policy, or nothing."""
    names = ", ".join(unknown.get(path, ()))
    return f"{words}{names}" if names else ""


def _plain(path: str, problem: Problem, lang: str) -> dict[str, Any]:
    return {
        "file": path,
        "row": problem.row,
        "column": problem.column,
        "field": problem.field,
        "code": problem.trouble.code,
        "value": problem.value,
        "text": attrs.evolve(problem, file=path).to_text(lang),
    }
