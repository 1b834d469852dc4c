"""The rules on columns are the rules of single claims: the same names, the same clauses."""

import importlib
from types import ModuleType

SINGLE = (
    "rules.scheme.fit",
    *(f"rules.claims.{name}" for name in ("accumulation", "award", "base", "benefit", "limits", "lines")),
)
COLUMNS = tuple(
    f"columnar.{name}"
    for name in ("award", "base", "benefit", "facts", "fit", "limits", "lines", "run", "tables.index")
)


def module(name: str) -> ModuleType:
    """A module of the core."""
    return importlib.import_module(f"mutualaid_core.{name}")


def clauses(names: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """The functions that carry out clauses, with these."""
    return {
        name: found.__clauses__
        for each in names
        for name, found in vars(module(each)).items()
        if hasattr(found, "__clauses__") and found.__module__ == f"mutualaid_core.{each}"
    }


def public(name: str) -> set[str]:
    """Public functions that a module defines."""
    found = vars(module(name)).items()
    return {
        each
        for each, value in found
        if each[0] != "_" and callable(value) and value.__module__ == f"mutualaid_core.{name}"
    }


def test_both_evaluators_carry_out_the_same_clauses_under_the_same_names() -> None:
    """Every rule on a single claim must have its twin on columns, and the other way round."""
    assert clauses(SINGLE) == clauses(COLUMNS)


def test_functions_of_a_module_have_their_twins() -> None:
    """What a module of single claims offers must be there on columns, but for its own result types."""
    twins = {name for each in COLUMNS for name in public(each)}
    for name in ("award", "base", "benefit", "limits"):
        own = {each for each in public(f"rules.claims.{name}") if each[0].islower()}
        assert own - twins == set(), name
