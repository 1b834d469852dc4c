"""Runs every case of ``cases/*.toml``: a situation, the clauses, and what is decided in it."""

import tomllib
from pathlib import Path
from typing import Any

import attrs
import pytest

from mutualaid_core.clauses import CLAUSES
from mutualaid_core.domain.claims.settlement import AMOUNT_FIELDS, Settlement
from mutualaid_core.domain.scheme.eligibility import InsuranceType
from mutualaid_core.testing import samples
from mutualaid_core.testing.samples import FILED_ON, FOUNDING, VERSION, stay, yuan
from mutualaid_core.testing.world import World

FOLDER = Path(__file__).parent / "cases"


def cases() -> list[Any]:
    """Every case with the terms of its file; its name is that of the test."""
    found = []
    for path in sorted(FOLDER.glob("*.toml")):
        document = tomllib.loads(path.read_text("utf-8"))
        found += [
            pytest.param(document["terms"], case, id=f"{path.stem}: {case['name']}")
            for case in document["case"]
        ]
    return found


def value_of(field: str, written: object) -> object:
    """A field of a settlement from how it is written in a case."""
    if field in AMOUNT_FIELDS:
        return yuan(str(written))
    return InsuranceType(written) if field == "insutype" else written


def settlements(case: dict[str, Any]) -> list[Settlement]:
    """The stays of a case, settled on the day of discharge unless the case says otherwise."""
    changes = {field: value_of(field, written) for field, written in case.get("settlement", {}).items()}
    return [
        stay(amount, setl_id=f"S-{number}", **changes) for number, amount in enumerate(case["self_borne"], 1)
    ]


@pytest.mark.parametrize(("terms", "case"), cases())
def test_case(terms: str, case: dict[str, Any]) -> None:
    """Each stay must be paid what the case says, and the last decision lead with its reason."""
    version = attrs.evolve(VERSION, benefits=(getattr(samples, terms),))
    world = World(founding=attrs.evolve(FOUNDING, version=version))
    world.found()
    world.join(1)
    filed_on = case.get("filed_on", FILED_ON)
    decided = [world.file(settlement, on=filed_on) for settlement in settlements(case)]
    bases = case.get("base", case["self_borne"])
    assert [str(done.base) for done in decided] == [str(yuan(amount)) for amount in bases]
    assert [str(done.benefit) for done in decided] == [str(yuan(amount)) for amount in case["paid"]]
    assert decided[-1].reasons[0].name == case["reason"]


@pytest.mark.parametrize(("_terms", "case"), cases())
def test_a_case_cites_its_clauses_and_source(_terms: str, case: dict[str, Any]) -> None:
    """Each case must cite clauses that exist and say where its figures come from."""
    assert case["source"]
    assert set(case["clauses"]) <= CLAUSES
