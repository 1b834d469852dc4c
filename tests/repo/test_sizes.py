"""The size budget: a function fits on a screen, a file has one subject, nothing public goes unsaid."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

BODY_MEDIAN, BODY_P95, BODY_MAX = 8, 30, 50
MODULE_P95, MODULE_MAX = 300, 400
FOLDER_MODULES_MAX = 12
CLASS_METHODS_MAX = 12
ANY_PER_1000, IGNORES_PER_1000 = 5, 2

Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions(tree: ast.AST) -> Iterator[Function]:
    """Every function of a module, methods and inner ones too."""
    return (node for node in ast.walk(tree) if isinstance(node, Function))


def body_lines(function: Function) -> int:
    """Lines of a function after its signature and docstring."""
    body = function.body[ast.get_docstring(function) is not None :]
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def percentile(sizes: list[int], percent: int) -> int:
    """The smallest of *sizes* that *percent* of them do not exceed."""
    return sorted(sizes)[max(0, -(-len(sizes) * percent // 100) - 1)]


def public_definitions(module: Any) -> Iterator[tuple[str, ast.AST]]:  # noqa: ANN401  # the fixture's own class
    """Every public class, function and method of a module, with its place."""
    pending: list[ast.Module | ast.ClassDef] = [module.tree]
    while pending:
        for node in pending.pop().body:
            if isinstance(node, Function | ast.ClassDef) and not node.name.startswith("_"):
                yield f"{module.path}:{node.lineno} {node.name}", node
                pending += [node] if isinstance(node, ast.ClassDef) else []


def unannotated(function: Function) -> bool:
    """Whether a parameter or the result of *function* has no type."""
    words = function.args
    named = [*words.posonlyargs, *words.args, *words.kwonlyargs, words.vararg, words.kwarg]
    silent = [word for word in named if word and word.annotation is None and word.arg not in {"self", "cls"}]
    return bool(silent) or function.returns is None


@pytest.fixture(scope="module")
def bodies(modules: tuple[Any, ...]) -> dict[str, int]:
    """Lines of every function body, by place."""
    return {
        f"{module.path}:{function.lineno} {function.name}": body_lines(function)
        for module in modules
        for function in functions(module.tree)
    }


@pytest.fixture(scope="module")
def lengths(modules: tuple[Any, ...]) -> dict[str, int]:
    """Lines of every module."""
    return {str(module.path): len(module.text.splitlines()) for module in modules}


def test_no_function_is_longer_than_a_screen(bodies: dict[str, int]) -> None:
    """No function body may be over fifty lines."""
    assert {place: lines for place, lines in bodies.items() if lines > BODY_MAX} == {}


def test_functions_are_short(bodies: dict[str, int]) -> None:
    """Half of all function bodies must keep to eight lines, and all but a twentieth to thirty."""
    sizes = list(bodies.values())
    assert percentile(sizes, 50) <= BODY_MEDIAN
    assert percentile(sizes, 95) <= BODY_P95


def test_no_module_is_too_long(lengths: dict[str, int]) -> None:
    """No module may be over four hundred lines."""
    assert {path: lines for path, lines in lengths.items() if lines > MODULE_MAX} == {}


def test_modules_are_short(lengths: dict[str, int]) -> None:
    """All but a twentieth of the modules must keep to three hundred lines."""
    assert percentile(list(lengths.values()), 95) <= MODULE_P95


def test_folders_are_small(modules: tuple[Any, ...]) -> None:
    """No folder may hold more than a dozen modules."""
    folders = Counter(module.path.parent for module in modules if module.path.name != "__init__.py")
    assert {str(folder): count for folder, count in folders.items() if count > FOLDER_MODULES_MAX} == {}


def test_classes_are_small(modules: tuple[Any, ...]) -> None:
    """No class may have more than a dozen public methods."""
    methods = {
        place: len({each.name for each in node.body if isinstance(each, Function) and each.name[0] != "_"})
        for module in modules
        for place, node in public_definitions(module)
        if isinstance(node, ast.ClassDef)
    }
    assert {place: count for place, count in methods.items() if count > CLASS_METHODS_MAX} == {}


def test_everything_public_is_documented(modules: tuple[Any, ...]) -> None:
    """Every module and every public class, function and method must have a docstring."""
    silent = [str(module.path) for module in modules if ast.get_docstring(module.tree) is None]
    silent += [
        place
        for module in modules
        for place, node in public_definitions(module)
        if ast.get_docstring(node) is None and not is_overload(node)  # type: ignore[arg-type]  # has a body
    ]
    assert silent == []


def is_overload(node: ast.AST) -> bool:
    """Whether a definition only adds a type to another one."""
    return any(getattr(each, "id", "") == "overload" for each in getattr(node, "decorator_list", []))


def test_everything_public_is_annotated(modules: tuple[Any, ...]) -> None:
    """Every public function and method must say the types of its parameters and of its result."""
    silent = [
        place
        for module in modules
        for place, node in public_definitions(module)
        if isinstance(node, Function) and unannotated(node)
    ]
    assert silent == []


def test_types_have_few_holes(modules: tuple[Any, ...]) -> None:
    """``Any`` and ignored type errors must stay rare."""
    text = "".join(module.text for module in modules)
    thousands = text.count("\n") / 1000
    names = (node for module in modules for node in ast.walk(module.tree) if isinstance(node, ast.Name))
    assert sum(node.id == "Any" for node in names) <= ANY_PER_1000 * thousands
    assert text.count("# type: ignore") <= IGNORES_PER_1000 * thousands


def test_ignored_rules_have_a_reason(modules: tuple[Any, ...]) -> None:
    """Every ignored type error or lint rule must name itself and say why on the same line."""
    bare = re.compile(r"# (type: ignore(\[[^]]*\])?|noqa(: [A-Z0-9, ]+)?)\s*$")
    found = [
        f"{module.path}:{number}"
        for module in modules
        for number, line in enumerate(module.text.splitlines(), 1)
        if bare.search(line)
    ]
    assert found == []
