"""What the commands on scheme files do (项目文件命令的实现)."""

import re
import shutil
import sys
from importlib.resources import files as resources
from pathlib import Path
from typing import Final

from mutualaid_core.cli.output import Output, clean
from mutualaid_core.cli.usage.files import refuse_replacing
from mutualaid_core.errors import IntakeError, InvalidValueError
from mutualaid_core.intake.problem import Problem, in_file_order
from mutualaid_core.intake.scheme_file import SchemeFile, read_scheme_file
from mutualaid_core.intake.schemes.layout import laid_out
from mutualaid_core.publication.labels import Language
from mutualaid_core.publication.schemes.blocks import to_markdown, to_text
from mutualaid_core.publication.schemes.diff import (
    SchemeTerms,
    compared,
    difference_blocks,
    difference_plain,
    force_plain,
)
from mutualaid_core.publication.schemes.telling import Telling
from mutualaid_core.publication.schemes.template import editor_line, template
from mutualaid_core.publication.schemes.text import scheme_blocks

SAME, DIFFERENT = 0, 1

SCHEMA_FILES: Final = {
    "scheme": "scheme-1.json",
    "policy": "policy-1.json",
    "trace": "trace-1.json",
    "claim": "claim-1.json",
}
"""Names of the schemas as they are shipped."""

_EDITOR_LINE: Final = re.compile(r"\A# yaml-language-server: [^\n]*\n")
_ID_LINE: Final = re.compile(r"^(\s*(?:- )?scheme_id:)(?: +[^\s#]+)?", re.MULTILINE)
_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}", re.ASCII)


def lay_out(paths: list[Path], output: Output, *, only_check: bool) -> int:
    """Lay files out, or say which would change; where one is faulty, none is touched.

    Raises:
        IntakeError: With every problem of every file.
        InvalidValueError: The layout of a file would change its meaning.
    """
    made: dict[Path, str] = {}
    problems: list[Problem] = []
    for path in paths:
        try:
            made[path] = laid_out(path, SchemeFile)
        except IntakeError as error:
            problems += [each for each in error.problems if isinstance(each, Problem)]
    if problems:
        raise IntakeError(in_file_order(problems))
    changed = [path for path, text in made.items() if path.read_bytes() != text.encode()]
    for path in changed:
        if only_check:
            output.say(f"需要重排：{path}", f"would be laid out anew: {path}")
        else:
            _put(path, made[path])
            output.say(f"已重排：{path}", f"laid out: {path}")
    output.document({"changed": [str(path) for path in changed], "checked": len(made)})
    return DIFFERENT if changed and only_check else SAME


def told(path: Path, lang: Language, *, as_markdown: bool) -> int:
    """Print a scheme in sentences.

    Raises:
        IntakeError: With every problem of the file.
    """
    terms = _terms(path)
    blocks = scheme_blocks(terms.scheme, terms.versions, terms.region, lang)
    sys.stdout.write(clean(to_markdown(blocks) if as_markdown else to_text(blocks)))
    return SAME


def compare(old_path: Path, new_path: Path, output: Output) -> int:
    """Print the differences of two scheme files.

    Returns:
        0 if their terms are the same, 1 if not.

    Raises:
        IntakeError: With every problem of the first faulty file.
    """
    old, new = _terms(old_path), _terms(new_path)
    found = compared(old, new)
    lang: Language = "zh" if output.lang == "zh" else "en"
    text = to_text(difference_blocks(old, new, found, lang))
    output.say(text.rstrip("\n"), text.rstrip("\n"))
    telling = Telling(lang, new.versions[0])
    output.document(
        {
            "equal": not found,
            "old_versions": force_plain(old),
            "new_versions": force_plain(new),
            "differences": [difference_plain(each, telling) for each in found],
        }
    )
    return DIFFERENT if found else SAME


def give_schema(name: str, out: Path | None) -> int:
    """Print or write a JSON Schema as it is shipped; a file that is the same stays as it is.

    Raises:
        InvalidValueError: Another file is there already.
    """
    text = _shipped("schemas", SCHEMA_FILES[name])
    if out is None or not _holds(out, text):
        refuse_replacing(out)
        _give(text, out)
    return SAME


def give_new(source: str | None, scheme_id: str | None, out: Path | None, lang: Language) -> int:
    """Print or write a template, or a copy of a shipped scheme with an id of its own.

    A copy has the name of its file as its id; where that cannot be one, such as a name in Chinese, it
    has that of the shipped scheme with ``my-`` before it, and it is told how to give another.

    Raises:
        InvalidValueError: The file is there already, or no shipped scheme has that name.
    """
    refuse_replacing(out)
    schema = SCHEMA_FILES["scheme"]
    text = template(schema) if source is None else _copy(source, schema)
    named = scheme_id or (None if source is None else _id_of(source, out))
    _give(text if named is None else _renamed(text, named), out)
    if out is not None:
        hint = Output(lang=lang, as_json=False)
        if source is not None and named != (scheme_id or out.stem):
            hint.hint(f"项目编号为 {named}；另定用 --id", f"the id is {named}; give another with --id")
        hint.hint(*(f"mutualaid scheme schema --out {out.with_name(schema)}",) * 2)
    return SAME


def _id_of(source: str, out: Path | None) -> str:
    """The id of a copy of a shipped scheme."""
    return out.stem if out is not None and _ID.fullmatch(out.stem) else f"my-{source}"


def _terms(path: Path) -> SchemeTerms:
    """The terms of a scheme file."""
    file, problems = read_scheme_file(path)
    if file is None:
        raise IntakeError(problems)
    return SchemeTerms(region=file.region, scheme=file.scheme, versions=file.versions)


def _copy(source: str, schema: str) -> str:
    """The text of a shipped scheme, which finds its schema beside it."""
    known = sorted(
        each.name.removesuffix(".yaml")
        for each in (resources("mutualaid_core") / "schemes").iterdir()
        if each.name.endswith(".yaml")
    )
    if source not in known:
        raise InvalidValueError("from", f"must be one of {', '.join(known)}", source)
    return f"{editor_line(schema)}\n{_EDITOR_LINE.sub('', _shipped('schemes', f'{source}.yaml'))}"


def _renamed(text: str, scheme_id: str) -> str:
    """*text* with another id of the scheme, which stands at the scheme and at each version."""
    if not _ID.fullmatch(scheme_id):
        raise InvalidValueError("id", "must be 1 to 64 letters, digits, dots or hyphens", scheme_id)
    written = f'"{scheme_id}"' if scheme_id.isdecimal() else scheme_id
    return _ID_LINE.sub(lambda found: f"{found[1]} {written}", text)


def _shipped(folder: str, name: str) -> str:
    return (resources("mutualaid_core") / folder / name).read_text(encoding="utf-8")


def _give(text: str, out: Path | None) -> None:
    if out is None:
        sys.stdout.write(text)
    else:
        _put(out, text)


def _holds(path: Path, text: str) -> bool:
    return path.is_file() and path.read_bytes() == text.encode()


def _put(path: Path, text: str) -> None:
    """Write a file beside its place and move it there, so that no half-written file is seen."""
    place = path.resolve()
    beside = place.with_name(f".{place.name}.new")
    beside.write_text(text, encoding="utf-8", newline="\n")
    if place.exists():
        shutil.copymode(place, beside)
    beside.replace(place)
