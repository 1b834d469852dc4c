"""Domain and rules: no clock, no file, no float, no state that outlives a call."""

import ast
import re
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

import pytest

CALLS = {
    "open",
    "print",
    "input",
    "eval",
    "exec",
    "compile",
    "globals",
    "float",
    "round",
    "breakpoint",
    "__import__",
}
CLOCKS = {"now", "utcnow", "today", "utctoday", "fromtimestamp", "timestamp", "total_seconds"}
MUTABLE_NODES = ast.List | ast.Dict | ast.Set | ast.ListComp | ast.DictComp | ast.SetComp
READ_ONLY = re.compile(r"Final\[(Mapping|Sequence|Collection|Set|AbstractSet)\[")
MUTABLE_CALLS = {
    "list",
    "dict",
    "set",
    "bytearray",
    "defaultdict",
    "deque",
    "Counter",
    "OrderedDict",
    "iter",
    "count",
}


def impurities(tree: ast.AST) -> Iterator[str]:
    """Names each impure place of a module, with its line."""
    for node in ast.walk(tree):
        if word := impure_word(node):
            yield f"{node.lineno}: {word}"  # type: ignore[attr-defined]  # every node with a word has a line
        if isinstance(node, ast.Module | ast.ClassDef):
            yield from (f"{line.lineno}: state" for line in node.body if is_state(line))


def impure_word(node: ast.AST) -> str:
    """What is impure about this very node, or nothing."""
    match node:
        case ast.Name(id=name) if name in CALLS:
            return name
        case ast.Attribute(attr=name) if name in CLOCKS:
            return name
        case ast.Constant(value=float() | complex()):
            return "float literal"
        case ast.BinOp(op=ast.Div()) | ast.AugAssign(op=ast.Div()):
            return "/"
        case ast.Global() | ast.Nonlocal():
            return "global"
        case _:
            return ""


def is_state(line: ast.stmt) -> bool:
    """Whether a line of a module or class binds something that can be changed later.

    A constant that is typed read-only (``Final[Mapping[...]]``) is none: the type checker guards it.
    """
    if not isinstance(line, ast.Assign | ast.AnnAssign) or line.value is None:
        return False
    targets = line.targets if isinstance(line, ast.Assign) else [line.target]
    if any(isinstance(target, ast.Name) and target.id == "__all__" for target in targets):
        return False
    if isinstance(line, ast.AnnAssign) and READ_ONLY.match(ast.unparse(line.annotation)):
        return False
    called = line.value.func if isinstance(line.value, ast.Call) else None
    name = getattr(called, "id", getattr(called, "attr", ""))
    return isinstance(line.value, MUTABLE_NODES) or name in MUTABLE_CALLS


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("datetime.now()", "1: now"),
        ("date.today()", "1: today"),
        ("pendulum.today()", "1: today"),
        ("open('a')", "1: open"),
        ("print(1)", "1: print"),
        ("share = 0.35", "1: float literal"),
        ("float('1')", "1: float"),
        ("tool = float", "1: float"),
        ("a / b", "1: /"),
        ("a /= b", "1: /"),
        ("round(a)", "1: round"),
        ("def f():\n    global a", "2: global"),
        ("cache = {}", "1: state"),
        ("cache: Final[dict[str, int]] = dict()", "1: state"),
        ("class A:\n    seen = []", "2: state"),
        ("numbers = itertools.count()", "1: state"),
    ],
)
def test_impurity_is_seen(code: str, found: str) -> None:
    """Each kind of impurity must be seen when it is planted."""
    assert found in list(impurities(ast.parse(code)))


@pytest.mark.parametrize(
    "code",
    [
        "days = (last - first).days",
        "half = numerator // denominator",
        "KINDS: Final = ('a', 'b')",
        "__all__ = ['a']",
        "def f():\n    seen = {}\n    return tuple(seen)",
        "NAMES = MappingProxyType({'a': 1})",
        "NAMES: Final[Mapping[str, int]] = {'a': 1}",
    ],
)
def test_pure_code_is_let_through(code: str) -> None:
    """Code that only computes must not be taken for impure."""
    assert list(impurities(ast.parse(code))) == []


@pytest.mark.parametrize("layer", ["domain", "rules"])
def test_layer_is_pure(modules: tuple[Any, ...], layer: str) -> None:
    """Domain and rules must compute and do nothing else."""
    home = PurePath("src/mutualaid_core", layer)
    inside = (module for module in modules if module.path.is_relative_to(home))
    found = [f"{module.path}:{place}" for module in inside for place in impurities(module.tree)]
    assert found == []
