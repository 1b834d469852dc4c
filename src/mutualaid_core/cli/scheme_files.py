"""``mutualaid scheme fmt``, ``explain``, ``diff``, ``schema``, ``new`` (项目文件的排版、说明、比较、新建)."""

from pathlib import Path
from typing import Annotated, Final, Literal

from cyclopts import Parameter

from mutualaid_core.cli.output import Output

Lang = Annotated[Literal["zh", "en"], Parameter(help="Language (语言) of what is printed.")]
AsJson = Annotated[
    Literal["text", "json"], Parameter(name="--format", help="Lines for people, or one JSON document.")
]
SchemeName = Literal["scheme", "policy", "trace", "claim"]


def fmt(
    files: Annotated[list[Path], Parameter(negative=(), help="Scheme files (项目文件) in YAML.")],
    *,
    check: Annotated[
        bool, Parameter(negative="", help="Change nothing; end with status 1 if a file would change.")
    ] = False,
    lang: Lang = "en",
    form: AsJson = "text",
) -> int:
    """Lay scheme files out (排版): order of fields, indentation, decimals; comments and meaning stay."""
    from mutualaid_core.cli.scheme_work import lay_out

    return lay_out(files, Output(lang=lang, as_json=form == "json"), only_check=check)


def explain(
    file: Annotated[Path, Parameter(help="Scheme file (项目文件) in YAML.")],
    *,
    lang: Annotated[Literal["zh", "en"], Parameter(help="Language (语言) of the text.")] = "en",
    form: Annotated[
        Literal["text", "markdown"], Parameter(name="--format", help="Plain text, or Markdown.")
    ] = "text",
) -> int:
    """Tell a scheme in sentences (项目说明): who, when, from which base, how much; each with its source."""
    from mutualaid_core.cli.scheme_work import told

    return told(file, lang, as_markdown=form == "markdown")


def diff(
    old: Annotated[Path, Parameter(help="Scheme file (项目文件) as it was.")],
    new: Annotated[Path, Parameter(help="Scheme file (项目文件) as it will be.")],
    *,
    lang: Lang = "en",
    form: AsJson = "text",
) -> int:
    """Compare two scheme files (比较): every parameter, old and new, and what members will notice.

    Ends with status 0 if their terms are the same, 1 if not.
    """
    from mutualaid_core.cli.scheme_work import compare

    return compare(old, new, Output(lang=lang, as_json=form == "json"))


def schema(
    name: Annotated[SchemeName, Parameter(help="Of which form: a file, or a line of a file.")] = "scheme",
    *,
    out: Annotated[Path | None, Parameter(help="File to write it to, instead of printing it.")] = None,
) -> int:
    """Print a JSON Schema (数据结构定义), by which an editor completes and checks a file."""
    from mutualaid_core.cli.scheme_work import give_schema

    return give_schema(name, out)


def new(
    *,
    source: Annotated[
        str | None,
        Parameter(name="--from", help="Shipped scheme (已收录项目) to start from, such as hn-2017."),
    ] = None,
    scheme_id: Annotated[
        str | None, Parameter(name="--id", help="Id of the new scheme (项目编号); else the name of the file.")
    ] = None,
    out: Annotated[Path | None, Parameter(help="File to write it to, instead of printing it.")] = None,
    lang: Annotated[Literal["zh", "en"], Parameter(help="Language (语言) of the hints.")] = "en",
) -> int:
    """Start a scheme file (新建): a template that explains every field, or a copy of a shipped scheme."""
    from mutualaid_core.cli.scheme_work import give_new

    return give_new(source, scheme_id, out, lang)


COMMANDS: Final = (fmt, explain, diff, schema, new)
"""What ``app.py`` hangs on the group ``mutualaid scheme``."""
