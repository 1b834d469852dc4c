"""JSON Schemas: they follow from the classes, accept what is shipped, and refuse planted mistakes."""

import copy
import datetime
import importlib.util
import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from mutualaid_core.domain.claims.trace import Rule, Trace, TraceStep
from mutualaid_core.domain.values.money import Money
from mutualaid_core.serialization.codec import canonical, to_plain
from mutualaid_core.serialization.json_schema.generate import schema_of
from mutualaid_core.serialization.json_schema.leaves import Form
from mutualaid_core.serialization.records import FORMS
from mutualaid_core.testing.entities import entity

ROOT = Path(__file__).parents[3]
CORE = ROOT / "src" / "mutualaid_core"
EVERY_KIND = ROOT / "tests" / "cli" / "schemes" / "every_kind.yaml"
SCHEMES = sorted((CORE / "schemes").glob("*.yaml"))
POLICIES = sorted((CORE / "regulations").glob("*.yaml"))
NAMES = ["claim", "policy", "scheme", "trace"]
Plain = Any


@pytest.fixture(scope="module")
def script() -> ModuleType:
    """The script that writes the shipped schemas."""
    spec = importlib.util.spec_from_file_location("schemas", ROOT / "docs" / "_scripts" / "schemas.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def shipped(name: str) -> Plain:
    """A schema as it is shipped."""
    return json.loads((CORE / "schemas" / f"{name}-1.json").read_text("utf-8"))


def as_other_tools_read(path: Path) -> Plain:
    """A YAML file as a tool reads it that does not know the schema: figures become numbers."""
    return with_texts_for_days(YAML(typ="safe", pure=True).load(path.read_text("utf-8")))


def with_texts_for_days(plain: Plain) -> Plain:
    """*plain* with days as texts, which they are in YAML 1.2."""
    if isinstance(plain, dict):
        return {name: with_texts_for_days(part) for name, part in plain.items()}
    if isinstance(plain, list):
        return [with_texts_for_days(part) for part in plain]
    return plain.isoformat() if isinstance(plain, datetime.date) else plain


def faults(name: str, plain: Plain) -> list[str]:
    """What a schema has to say against a document."""
    validator = jsonschema.Draft202012Validator(shipped(name))
    return [f"{each.json_path}: {each.message[:200]}" for each in validator.iter_errors(plain)]


def parts(schema: Plain, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every object within a schema with its path."""
    if isinstance(schema, dict):
        yield path, schema
        for name, part in schema.items():
            yield from parts(part, f"{path}/{name}")
    elif isinstance(schema, list):
        for number, part in enumerate(schema):
            yield from parts(part, f"{path}/{number}")


def test_shipped_schemas_are_up_to_date(script: ModuleType) -> None:
    """Every shipped schema must be what its class says; ``docs/_scripts/schemas.py`` writes them."""
    files = dict(script.files())
    assert sorted(path.name for path in files) == sorted(
        path.name for path in (CORE / "schemas").glob("*.json")
    )
    assert [path.name for path, text in files.items() if path.read_text("utf-8") != text] == []


@pytest.mark.parametrize("name", NAMES)
def test_schema_is_one(name: str) -> None:
    """A shipped schema must itself be right, name its edition, and lead nowhere outside."""
    schema = shipped(name)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == f"urn:mutualaid-core:schema:{name}:1"
    references = {part["$ref"] for _, part in parts(schema) if "$ref" in part}
    assert references == {f"#/$defs/{each}" for each in schema["$defs"]}


@pytest.mark.parametrize("name", NAMES)
def test_everything_has_a_chinese_name(name: str) -> None:
    """Every class and field of a schema must carry its Chinese term."""
    nameless = [
        path
        for path, part in parts(shipped(name))
        if isinstance(part.get("title"), str) and not re.search(r"\([\u4e00-\u9fff]", part["title"])
    ]
    assert nameless == []


@pytest.mark.parametrize("name", NAMES)
def test_objects_are_closed(name: str) -> None:
    """No object with named fields may take others."""
    open_ones = [
        path
        for path, part in parts(shipped(name))
        if part.get("type") == "object" and "properties" in part and part["additionalProperties"] is not False
    ]
    assert open_ones == []


@pytest.mark.parametrize("path", [*SCHEMES, EVERY_KIND], ids=lambda path: path.stem)
def test_shipped_schemes_are_accepted(path: Path) -> None:
    """The schema must accept every scheme that is shipped, and every kind of term."""
    assert faults("scheme", as_other_tools_read(path)) == []


@pytest.mark.parametrize("path", POLICIES, ids=lambda path: path.stem)
def test_shipped_policies_are_accepted(path: Path) -> None:
    """The schema must accept every policy that is shipped."""
    assert faults("policy", as_other_tools_read(path)) == []


@pytest.mark.parametrize("path", [*SCHEMES, *POLICIES], ids=lambda path: path.stem)
def test_editors_find_the_schema(path: Path) -> None:
    """The first line of a shipped file must lead to the schema of its kind."""
    first = path.read_text("utf-8").partition("\n")[0]
    assert first.startswith("# yaml-language-server: $schema=")
    schema = (path.parent / first.partition("=")[2]).resolve()
    assert schema == CORE / "schemas" / ("scheme-1.json" if path in SCHEMES else "policy-1.json")


@pytest.fixture
def scheme() -> Plain:
    """A scheme with every kind of term, as another tool reads it."""
    return copy.deepcopy(as_other_tools_read(EVERY_KIND))


def at(plain: Plain, path: str) -> tuple[Plain, Plain]:
    """What is around the last part of a path, and that part."""
    *around, last = [int(part) if part.isdecimal() else part for part in path.split(".")]
    for part in around:
        plain = plain[part]
    return plain, last


V = "versions.0"
STEP = f"{V}.benefits.0.steps"


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (f"{V}.dues.rates.1.amount", 80),
        (f"{V}.dues.rates.1.amount", 80.5),
        (f"{V}.dues.rates.1.amount", "80.50"),
        (f"{V}.dues.rates.1.shares_max", "3"),
        (f"{V}.dues.split.0.ratio", "33.3333%"),
        (f"{STEP}.0.amount", 0),
        (f"{STEP}.0.amount", "0.00"),
        (f"{STEP}.3.may_exceed_base", "no"),
        (f"{STEP}.3.base_up_to", None),
        (f"{V}.last_day", None),
        (f"{V}.eligibility.insurance_types", [310]),
        (f"{V}.benefits.0.base.add", ["a_declared_amount"]),
        ("scheme.pool_id", 430500),
    ],
)
def test_other_ways_to_write_a_value(scheme: Plain, path: str, value: Plain) -> None:
    """The schema must accept whatever the reader takes for the same value."""
    around, last = at(scheme, path)
    around[last] = value
    assert faults("scheme", scheme) == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("scheme.scheme_id", "two words"),
        ("scheme.kind", "savings"),
        ("scheme.name", ""),
        ("versions", []),
        (f"{V}.first_day", "2014/01/01"),
        (f"{V}.first_day", None),
        (f"{V}.documents.0.grade", "F5"),
        (f"{V}.dues.payers", ["members"]),
        (f"{V}.dues.payers", []),
        (f"{V}.dues.rates.0.amount", 0),
        (f"{V}.dues.rates.0.amount", "0.00"),
        (f"{V}.dues.rates.0.amount", "1,000.00"),
        (f"{V}.dues.rates.0.amount", "10.005"),
        (f"{V}.dues.rates.0.amount", 10_000_000_001),
        (f"{V}.dues.rates.0.shares_max", 0),
        (f"{V}.dues.rates.0.shares_max", 1.5),
        (f"{V}.dues.split.0.ratio", 0.35),
        (f"{V}.dues.split.0.ratio", "101%"),
        (f"{V}.event.institutions", ["H1"]),
        (f"{V}.benefits.0.waiting", None),
        (f"{V}.benefits.0.base.kind", "amount"),
        (f"{V}.benefits.0.steps", []),
        (f"{STEP}.0.amount", -1),
        (f"{STEP}.0.kind", "deductable"),
        (f"{STEP}.1.bands.0.ratio", 30),
        (f"{STEP}.1.bands.0.above", "-1.00"),
        (f"{STEP}.3.may_exceed_base", 1),
        (f"{V}.benefits.0.limits.0.per", "year"),
        (f"{V}.open_points.use_order", "name"),
    ],
)
def test_planted_mistake_is_refused(scheme: Plain, path: str, value: Plain) -> None:
    """A wrong value must be refused, wherever it stands."""
    around, last = at(scheme, path)
    around[last] = value
    assert faults("scheme", scheme) != []


@pytest.mark.parametrize(
    "path",
    [
        "scheme.sponsor",
        f"{V}.dues",
        f"{V}.benefits.0.waiting",
        f"{STEP}.0.kind",
        f"{V}.open_points.heir_papers",
    ],
)
def test_missing_field_is_refused(scheme: Plain, path: str) -> None:
    """A required field that is missing must be refused."""
    around, last = at(scheme, path)
    del around[last]
    assert faults("scheme", scheme) != []


@pytest.mark.parametrize("path", ["scheme", V, f"{V}.benefits.0.base", f"{STEP}.0", f"{STEP}.1.bands.0"])
def test_unknown_field_is_refused(scheme: Plain, path: str) -> None:
    """A field that nothing knows must be refused."""
    around, last = at(scheme, path)
    around[last]["wating"] = 1
    assert faults("scheme", scheme) != []


def test_required_fields_and_defaults() -> None:
    """A field without a default must be required, one with a default tell it."""
    band = shipped("scheme")["$defs"]["Band"]
    assert band["required"] == ["above", "up_to", "ratio"]
    assert band["properties"]["most"]["default"] is None
    assert shipped("scheme")["$defs"]["RoundingRule"]["properties"]["unit"]["default"] == "0.01"


def test_texts_come_from_the_docstrings() -> None:
    """A field must be described as its class describes it."""
    grades = shipped("scheme")["$defs"]["Waiting"]["properties"]["grades"]
    assert grades["title"] == "grades (免责期分级)"
    assert grades["description"] == "In ascending order of days; empty for no waiting."
    assert "discharge less admission" in shipped("scheme")["$defs"]["DayCount"]["description"].lower()


def test_editors_are_offered_the_known_names() -> None:
    """An editor must be offered the known amounts, and leave room for declared ones."""
    offered = shipped("scheme")["$defs"]["AmountsBase"]["properties"]["add"]["items"]["anyOf"]
    assert "inscp_scp_amt" in offered[0]["enum"]
    assert "enum" not in offered[1]


@pytest.fixture
def trace() -> Plain:
    """A trace as it is stored."""
    step = TraceStep(
        rule=Rule.DEDUCTIBLE,
        before=Money(500_000),
        after=Money(420_000),
        amounts=(("deductible", Money(80_000)),),
        facts=(("day", "2014-01-26"),),
        parameter="benefits[0].steps[0]",
        source="HN-4.4.2a",
        clauses=("HN-4.4.2a",),
    )
    return json.loads(canonical(to_plain(Trace(version_id="v", policy_id="p", steps=(step,)))))


def test_trace_is_accepted(trace: Plain) -> None:
    """The schema must accept a trace as this library writes it."""
    assert faults("trace", trace) == []


@pytest.mark.parametrize(
    "spoil",
    [
        lambda step: step.update(before="5000.00"),
        lambda step: step.update(rule="guess"),
        lambda step: step.update(amounts=[["deductible"]]),
        lambda step: step.pop("source"),
    ],
)
def test_spoilt_trace_is_refused(trace: Plain, spoil: Callable[[Plain], object]) -> None:
    """A trace of another form must be refused: an amount in yuan, an unknown rule, half a pair."""
    spoil(trace["steps"][0])
    assert faults("trace", trace) != []


@pytest.mark.parametrize("cls", FORMS, ids=lambda cls: cls.__name__)
@settings(max_examples=10)
@given(data=st.data())
def test_every_record_fits_the_schema_of_its_class(cls: type, data: st.DataObject) -> None:
    """Whatever is stored, its wire form must be accepted by the schema that its class makes."""
    schema = schema_of(cls, name="record", edition=1, form=Form.WIRE)
    plain = json.loads(canonical(to_plain(data.draw(entity(cls)))))
    assert [each.message for each in jsonschema.Draft202012Validator(schema).iter_errors(plain)] == []


def test_claim_line() -> None:
    """The schema of a claim must take fen and ISO days, and refuse yuan."""
    line: Plain = {
        "claim_id": "C1",
        "person_id": "P1",
        "event": "inpatient_stay",
        "began": "2014-01-20",
        "ended": "2014-01-26",
        "amounts": {"inscp_scp_amt": 1_200_000},
        "flags": {"first_time": True},
    }
    assert faults("claim", line) == []
    assert faults("claim", line | {"amounts": {"inscp_scp_amt": "12000.00"}}) != []
    assert faults("claim", line | {"event": "stay"}) != []
