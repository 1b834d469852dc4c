"""The table of the breakdown has the columns of its plan, whatever the rows, so that parts fit together."""

import datetime
from importlib import import_module
from typing import Any, Final

import attrs
import pytest
from hypothesis import given

from mutualaid_core.columnar import adjudicate_lines
from mutualaid_core.columnar.tables.rows import tables_of
from mutualaid_core.domain.scheme.benefit.steps import Share
from mutualaid_core.domain.scheme.facts import EventKind
from mutualaid_core.domain.values.ratio import Ratio
from mutualaid_core.rules.claims.plan.compile import compile_version
from mutualaid_core.rules.claims.plan.terms import Plan
from mutualaid_core.testing.claims import ClaimFile, claim_files
from mutualaid_core.testing.samples import VERSION, YUEYANG_2014

pyarrow = pytest.importorskip("pyarrow")
pytest.importorskip("narwhals")
frames = import_module("mutualaid_core.columnar.frames")

DAY: Final = datetime.date(2014, 3, 3)
SOURCE: Final = "HN-4.4.3c"
NAMES: Final = (*YUEYANG_2014.base.add, *YUEYANG_2014.base.subtract)  # type: ignore[union-attr]  # a base of amounts
AMOUNTS: Final = [100_000, 10**12, 0, 200_000]
FINE: Final = tuple(Share(ratio=Ratio(number, 999_983), source=SOURCE) for number in (600_000, 900_000))
"""Shares of nearly a million parts each, so that 64 bits do not hold what comes of the largest amounts."""


def plan_of(*more: Share) -> Plan:
    """The sample with more steps."""
    benefit = attrs.evolve(YUEYANG_2014, steps=(*YUEYANG_2014.steps[:2], *more))
    return compile_version(attrs.evolve(VERSION, benefits=(benefit,)))


def claims() -> Any:  # noqa: ANN401  # a table
    """Claims of a person with a cover, the second one of a stranger."""
    count = len(AMOUNTS)
    amounts = {name: [0] * count for name in NAMES} | {NAMES[0]: AMOUNTS}
    ids = {"claim_id": [f"C-{at}" for at in range(count)], "person_id": ["甲", "丁", "甲", "甲"]}
    return pyarrow.table({**ids, "began": [DAY] * count, "ended": [DAY] * count, **amounts})


def made(plan: Plan, rows: Any, **more: Any) -> Any:  # noqa: ANN401  # tables
    """The breakdown of stays."""
    days = {"first_day": [VERSION.first_day], "last_day": [VERSION.last_day]}
    covers = pyarrow.table({"person_id": ["甲"], "period_id": ["2014"], **days})
    return frames.adjudicate_frames(
        plan, rows, covers, event=EventKind.INPATIENT_STAY, breakdown=True, **more
    )


@pytest.mark.parametrize("more", [(), FINE])
def test_parts_of_a_file_have_one_schema(more: tuple[Share, ...]) -> None:
    """Tables of parts, of refused claims alone and of none must fit below each other, and give the whole."""
    plan, rows = plan_of(*more), claims()
    whole = made(plan, rows)
    parts = [made(plan, rows.slice(at, 1)) for at in range(len(AMOUNTS))]
    assert pyarrow.concat_tables(parts).to_pydict() == whole.to_pydict()
    assert made(plan, rows.slice(0, 0)).schema == whole.schema


@pytest.mark.parametrize("block", [1, 2, 3, 65_536])
@pytest.mark.parametrize("more", [(), FINE])
def test_the_schema_does_not_hang_on_blocks(more: tuple[Share, ...], block: int) -> None:
    """The same table must come out whatever rows are computed together."""
    plan = plan_of(*more)
    assert made(plan, claims(), block=block).equals(made(plan, claims()))


def test_a_step_beyond_64_bits_comes_in_texts_for_every_row() -> None:
    """Where the plan can give such numbers, small ones of the same step must be texts too."""
    table = made(plan_of(*FINE), claims().slice(2))
    kinds = {name: table.schema.field(name).type for name in table.column_names if "/steps" in name}
    assert [str(kind) for kind in kinds.values()] == ["int64", "int64", "int64", "string", "int64"]
    (name,) = [name for name, kind in kinds.items() if kind == pyarrow.string()]
    assert name.endswith(f"/{20 * 999_983**2}")
    assert table[name].to_pylist() == ["0", str(1_200_000 * 600_000 * 900_000)]


def test_an_amount_at_the_end_of_its_range_is_told_in_full() -> None:
    """The texts must hold numbers that 64 bits do not."""
    rows = claims().slice(1, 1)
    own = rows.set_column(rows.column_names.index("person_id"), "person_id", [["甲"]])
    table = made(plan_of(*FINE), own)
    (told,) = table[f"inpatient/steps[3]/{20 * 999_983**2}"].to_pylist()
    assert int(told) > 2**63


@given(claim_files(claims_max=6))
def test_no_file_leaves_the_schema_of_its_plan(file: ClaimFile) -> None:
    """Whatever the scheme and its claims, the table of a file must have the columns of an empty one."""
    plan = compile_version(file.version)
    claims_of_file, covers, _ = tables_of(file.lines, file.covers)
    none, _, _ = tables_of((), file.covers)
    whole, empty = (adjudicate_lines(plan, each, covers, breakdown=True) for each in (claims_of_file, none))
    ids = pyarrow.array([line.claim_id for line in file.lines], pyarrow.string())
    assert frames._table(ids, whole).schema == frames._table(ids[:0], empty).schema
