"""The import contracts: each must fail on a breach, and none may be left without one."""

import ast
import shutil
import subprocess
import sys
import sysconfig
import tomllib
from pathlib import Path
from typing import Any

import pytest

# contract, file that is written or added to, what it then holds, what the report must name
BREACHES = [
    (
        "layers",
        "src/mutualaid_core/errors.py",
        "import mutualaid_core.clauses",
        "errors -> mutualaid_core.clauses",
    ),
    (
        "layers",
        "src/mutualaid_core/rules/breach.py",
        "import mutualaid_core.ports",
        "rules.breach -> mutualaid_core.ports",
    ),
    (
        "layers",
        "src/mutualaid_core/ports/breach.py",
        "import mutualaid_core.serialization",
        "ports.breach -> ",
    ),
    ("layers", "src/mutualaid_core/breach/__init__.py", "", "breach"),
    (
        "domain-subjects",
        "src/mutualaid_core/domain/values/breach.py",
        "import mutualaid_core.domain.claims",
        "values.breach",
    ),
    ("domain-subjects", "src/mutualaid_core/domain/breach/__init__.py", "", "breach"),
    (
        "rules-subjects",
        "src/mutualaid_core/rules/membership/breach.py",
        "import mutualaid_core.rules.fund",
        "membership.breach",
    ),
    ("rules-subjects", "src/mutualaid_core/rules/breach/__init__.py", "", "breach"),
    (
        "no-backend-in-core",
        "src/mutualaid_core/ports/breach.py",
        "import mutualaid_backends",
        "ports.breach -> ",
    ),
    (
        "libraries",
        "src/mutualaid_core/services/breach.py",
        "import sqlalchemy",
        "services.breach -> sqlalchemy",
    ),
    ("libraries", "src/mutualaid_core/services/breach.py", "import ruamel.yaml", "services.breach -> ruamel"),
    ("libraries", "src/mutualaid_core/services/breach.py", "import cyclopts", "services.breach -> cyclopts"),
    ("libraries", "src/mutualaid_core/rules/breach.py", "import pendulum", "rules.breach -> pendulum"),
    ("libraries", "src/mutualaid_core/domain/breach.py", "import numpy", "domain.breach -> numpy"),
    ("pure", "src/mutualaid_core/rules/breach.py", "import time", "rules.breach -> time"),
    ("pure", "src/mutualaid_core/domain/breach.py", "from pathlib import Path", "domain.breach -> pathlib"),
    ("pure", "src/mutualaid_core/errors.py", "import os", "mutualaid_core.errors -> os"),
    ("backends-independent", "backends/mutualaid_backends/breach.py", "", "breach"),
    (
        "backends-independent",
        "backends/mutualaid_backends/file/breach.py",
        "import mutualaid_backends.sql",
        "file.breach -> ",
    ),
    (
        "backends-see-ports",
        "backends/mutualaid_backends/sql/breach.py",
        "import mutualaid_core.services",
        "sql.breach -> ",
    ),
    (
        "backends-see-ports",
        "backends/mutualaid_backends/sql/breach.py",
        "import mutualaid_core",
        "sql.breach -> ",
    ),
    (
        "acyclic",
        "src/mutualaid_core/services/breach.py",
        "import mutualaid_core.services.breach_too",
        "breach_too",
    ),
]

ONLY_IN_PACKAGES = {"mutualaid_backends", "mutualaid_core", "attrs", "attr"}


@pytest.fixture(scope="session")
def project(root: Path) -> dict[str, Any]:
    """What ``pyproject.toml`` says."""
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.fixture
def tree(root: Path, tmp_path: Path) -> Path:
    """A copy of the two packages and their contracts that a test may spoil."""
    for name in ("src", "backends"):
        shutil.copytree(root / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(root / "pyproject.toml", tmp_path)
    other = tmp_path / "src/mutualaid_core/services/breach_too.py"
    other.write_text("import mutualaid_core.services.breach\n", encoding="utf-8")
    (other.parent / "breach.py").touch()
    return tmp_path


def report(tree: Path, contract: str) -> subprocess.CompletedProcess[str]:
    """What the import contracts say about the packages in *tree*."""
    tool = Path(sysconfig.get_path("scripts")) / "lint-imports"
    paths = f"{tree / 'src'}:{tree / 'backends'}"
    command = [sys.executable, tool, "--no-logo", "--no-cache", "--contract", contract]
    environment = {"PYTHONPATH": paths, "COLUMNS": "200"}
    return subprocess.run(command, cwd=tree, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(("contract", "path", "line", "named"), BREACHES)
def test_contract_fails_on_a_breach(tree: Path, contract: str, path: str, line: str, named: str) -> None:
    """An import contract must fail on a deliberate breach and name it."""
    spoilt = tree / path
    spoilt.parent.mkdir(exist_ok=True)
    (spoilt.parent / "__init__.py").touch()
    with spoilt.open("a", encoding="utf-8") as file:
        file.write(f"\n{line}\n")
    result = report(tree, contract)
    assert result.returncode == 1, result.stdout + result.stderr
    assert "BROKEN" in result.stdout
    assert named in result.stdout


def test_every_contract_has_been_seen_to_fail(project: dict[str, Any]) -> None:
    """No import contract may stand without a breach that it was seen to catch."""
    contracts = {contract["id"] for contract in project["tool"]["importlinter"]["contracts"]}
    assert contracts == {contract for contract, *_ in BREACHES}


def test_every_outside_library_has_its_place(project: dict[str, Any], modules: tuple[Any, ...]) -> None:
    """A library that the core imports must be listed in the contract that gives it one place."""
    contracts = project["tool"]["importlinter"]["contracts"]
    listed = {name for each in contracts if each["id"] == "libraries" for name in each["forbidden_modules"]}
    core = (module for module in modules if module.path.parts[0] == "src")
    imported = {name for module in core for name in imported_tops(module.tree)}
    assert imported - set(sys.stdlib_module_names) - ONLY_IN_PACKAGES <= listed


def imported_tops(tree: ast.Module) -> set[str]:
    """The first part of every absolute import, wherever it stands in the file."""
    plain = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    sources = (node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.level == 0)
    return {name.partition(".")[0] for name in plain | {node.module or "" for node in sources}}


def test_imports_are_absolute(modules: tuple[Any, ...]) -> None:
    """Every import must say the full name, so that a move is seen."""
    relative = [
        str(module.path)
        for module in modules
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ImportFrom) and node.level
    ]
    assert relative == []
