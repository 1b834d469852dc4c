# ruff: noqa: INP001 - a script, no package
"""Writes those parts of the reference pages that follow from the code.

A part stands between ``<!-- part NAME -->`` and ``<!-- end NAME -->``. Run this file after a change;
a test compares the pages with what it would write.
"""

import ast
import re
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Final

import mutualaid_core
from mutualaid_core.clauses import CLAUSES
from mutualaid_core.domain.claims.reason import Reason
from mutualaid_core.intake.problem import Trouble

ROOT: Final = Path(__file__).parents[2]
LANGUAGES: Final = ("zh", "en")
PART: Final = re.compile(r"(<!-- part ([\w-]+) -->\n).*?(<!-- end \2 -->)", re.DOTALL)
CLAUSE: Final = re.compile(r"\b(?:ACFTU|SN|GD|HN|TXT)-[A-Z0-9][A-Za-z0-9.]*\b")
TERM: Final = re.compile(r"[A-Z][A-Za-z, -]*? \((?P<zh>[\u4e00-\u9fff、]+)[^)]*\)")
Definition = ast.ClassDef | ast.FunctionDef


def table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    """A Markdown table."""
    lines = (head, tuple("---" for _ in head), *rows)
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def definitions() -> Iterator[tuple[str, Definition]]:
    """Every class and function at the top of a module of the core, with its module's name."""
    source = ROOT / "src"
    for path in sorted(source.rglob("*.py")):
        module = ".".join(path.relative_to(source).with_suffix("").parts).removesuffix(".__init__")
        if not module.startswith("mutualaid_core.testing"):
            for node in ast.parse(path.read_text(encoding="utf-8")).body:
                if isinstance(node, Definition):
                    yield module, node


def linked(module: str, name: str) -> str:
    """A name with its link into the API page; a private one stands without."""
    short = f"{module.removeprefix('mutualaid_core.')}.{name}"
    return f"`{short}`" if name.startswith("_") else f"[`{short}`][{module}.{name}]"


def clauses_of(node: Definition) -> set[str]:
    """The clauses that a definition names: by ``@implements``, or in its docstring's section."""
    found = {
        argument.value
        for each in node.decorator_list
        if isinstance(each, ast.Call) and getattr(each.func, "id", "") == "implements"
        for argument in each.args
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    }
    section = (ast.get_docstring(node) or "").partition("\nClause:\n")[2].partition("\n\n")[0]
    return found | (CLAUSES & {each.rstrip(".") for each in CLAUSE.findall(section)})


def clauses_in(node: Definition) -> set[str]:
    """The clauses that a definition names anywhere, for example in a fault."""
    constants = (each.value for each in ast.walk(node) if isinstance(each, ast.Constant))
    return set(CLAUSE.findall(" ".join(each for each in constants if isinstance(each, str)))) & CLAUSES


def clauses_in_tests() -> dict[str, set[str]]:
    """Test files by the clause that a test in them carries."""
    found: dict[str, set[str]] = defaultdict(set)
    tests = ROOT / "tests"
    for path in sorted((*tests.rglob("test_*.py"), *tests.rglob("*.toml"))):
        text = path.read_text(encoding="utf-8")
        marked = re.findall(r"mark\.clause\((.*?)\)", text, re.DOTALL) if path.suffix == ".py" else [text]
        for clause in CLAUSE.findall(" ".join(marked)):
            found[clause.rstrip(".")].add(path.relative_to(tests).as_posix())
    return found


def clause_texts() -> dict[str, dict[str, str]]:
    """What each clause asks for, by language, in the order of the documents."""
    texts: dict[str, dict[str, str]] = tomllib.loads(
        Path(__file__).with_name("clauses.toml").read_text(encoding="utf-8")
    )
    return texts


def clauses(language: str) -> str:
    """The clause map."""
    rules: dict[str, list[str]] = defaultdict(list)
    others: dict[str, list[str]] = defaultdict(list)
    for module, node in definitions():
        for clause in sorted(clauses_of(node)):
            rules[clause].append(linked(module, node.name))
    for module, node in definitions():
        for clause in clauses_in(node) - rules.keys():
            others[clause].append(linked(module, node.name))
    rules |= others
    tests, texts = clauses_in_tests(), clause_texts()
    known = [*texts, *sorted((rules.keys() | tests.keys()) - texts.keys())]
    rows = [
        (
            f'<span id="{clause.lower()}">{clause}</span>',
            texts.get(clause, {}).get(language, ""),
            "<br>".join(rules.get(clause, [])),
            "<br>".join(f"`{test}`" for test in sorted(tests.get(clause, ()))),
        )
        for clause in known
    ]
    head = {"zh": ("条款", "要求", "代码", "测试"), "en": ("Clause", "Asks for", "Code", "Tests")}
    return table(head[language], rows)


def reasons(language: str) -> str:
    """Every reason, by precedence."""
    rows = [
        (
            str(reason.number),
            f"`{reason.name}`",
            reason.outcome.value,
            f"[{reason.clause}](clauses.md#{reason.clause.lower()})",
            *((reason.zh, reason.remedy_zh) if language == "zh" else (reason.en, reason.remedy_en)),
        )
        for reason in Reason
    ]
    head = {
        "zh": ("编号", "名称", "处理结果", "条款", "告知会员的文字", "办法"),
        "en": ("Number", "Name", "Outcome", "Clause", "Text for the member", "Remedy"),
    }
    return table(head[language], rows)


def troubles(language: str) -> str:
    """Every kind of problem of a file."""
    rows = [
        (each.code, *((each.zh, each.todo_zh) if language == "zh" else (each.en, each.todo_en)))
        for each in Trouble
    ]
    head = {"zh": ("代码", "含义", "处理办法"), "en": ("Code", "Meaning", "What to do")}
    return table(head[language], rows)


def names(language: str) -> str:
    """The public names of the package, with their full names and first lines."""
    rows = []
    for name in sorted(mutualaid_core.__all__, key=str.lower):
        told = getattr(mutualaid_core, name)
        module = told.__module__.removeprefix("mutualaid_core.")
        first = (told.__doc__ or "").partition("\n")[0].replace("|", "\\|")
        rows.append((f"[`{name}`][{told.__module__}.{name}]", f"`{module}`", first))
    head = {"zh": ("名称", "模块", "说明（英文原文）"), "en": ("Name", "Module", "What it is")}
    return table(head[language], rows)


def terms(language: str) -> str:
    """The terms that a class or function of the domain carries in its docstring."""
    rows = []
    for module, node in definitions():
        first = (ast.get_docstring(node) or "").partition("\n")[0]
        match = TERM.match(first)
        if match and module.startswith("mutualaid_core.domain.") and not node.name.startswith("_"):
            name = re.sub(r"(?<!^)(?=[A-Z])", " ", node.name).lower()
            pair = (match["zh"], name)
            rows.append((*(pair if language == "zh" else pair[::-1]), linked(module, node.name)))
    head = {"zh": ("术语", "英文名", "代码位置"), "en": ("Name", "Term", "In the code")}
    return table(head[language], rows)


FORMS: Final = {
    "code": ("代码", "code"),
    "count": ("整数", "whole number"),
    "day": ("日期", "day"),
    "field": ("金额字段名", "name of an amount"),
    "flag": ("是否", "truth"),
    "flag01": ("0/1", "0 or 1"),
    "id": ("编号", "id"),
    "instant": ("时刻", "moment"),
    "personal": ("个人信息", "personal"),
    "ratio": ("比例", "ratio"),
    "source": ("出处", "source"),
    "text": ("文字", "text"),
    "yuan": ("元", "yuan"),
}
"""What a form is called; both pages of files explain each."""


def fields(language: str, file: str) -> str:
    """The fields or columns of a file."""
    text = Path(__file__).with_name("fields.txt").read_text(encoding="utf-8")
    section = text.partition(f"[{file}]\n")[2].partition("\n[")[0]
    rows = []
    for line in section.strip().splitlines():
        field, form, default, example, zh, en = line.split(" | ")
        named = FORMS[form][LANGUAGES.index(language)]
        rows.append((f"`{field}`", named, default, f"`{example}`", zh if language == "zh" else en))
    head = {
        "zh": ("字段", "形式", "默认值", "示例", "说明"),
        "en": ("Field", "Form", "Default", "Example", "Meaning"),
    }
    return table(head[language], rows)


FILES: Final = (
    "scheme.yaml",
    "year.yaml",
    "units.csv",
    "roster.csv",
    "settlements.csv",
)

PARTS: Final[dict[str, Callable[[str], str]]] = {
    "clauses": clauses,
    "names": names,
    "reasons": reasons,
    "terms": terms,
    "troubles": troubles,
    **{file.replace(".", "-"): partial(fields, file=file) for file in FILES},
}


def filled(text: str, language: str) -> str:
    """A page with its parts as the code has them."""
    return PART.sub(lambda match: f"{match[1]}\n{PARTS[match[2]](language)}\n{match[3]}", text)


def pages() -> Iterator[tuple[Path, str]]:
    """Every page with what should stand in it."""
    for language in LANGUAGES:
        for path in sorted((ROOT / "docs" / language).rglob("*.md")):
            yield path, filled(path.read_text(encoding="utf-8"), language)


if __name__ == "__main__":
    for page, text in pages():
        page.write_text(text, encoding="utf-8")
