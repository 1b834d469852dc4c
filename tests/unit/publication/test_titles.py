"""Titles of the scheme file: what it declares is told by its title, with its name behind it."""

from importlib.resources import files
from pathlib import Path

import attrs
import pytest

from mutualaid_core.domain.claims.trace import Rule, Trace, TraceStep
from mutualaid_core.domain.scheme.facts import FactKind, FactTerm
from mutualaid_core.domain.scheme.version import SchemeVersion
from mutualaid_core.domain.values.money import Money
from mutualaid_core.intake.scheme_file import read_scheme_file
from mutualaid_core.publication.labels import Language
from mutualaid_core.publication.schemes.blocks import to_text
from mutualaid_core.publication.schemes.text import scheme_blocks
from mutualaid_core.publication.sentences import explain_trace
from mutualaid_core.publication.wording import MINUS

CHONGQING = Path(str(files("mutualaid_core") / "schemes" / "chongqing-2015.yaml"))
PLACE = {"parameter": "benefits[1].base", "source": "made-up", "clauses": ("HN-4.2.1e",)}


@pytest.fixture
def version() -> SchemeVersion:
    """A version that declares an amount beside its other facts."""
    file, _ = read_scheme_file(CHONGQING)
    assert file is not None
    (own,) = file.versions
    loss = FactTerm(name="loss_amt", kind=FactKind.AMOUNT, title="财产损失", source="project-default")
    return attrs.evolve(own, facts=(*own.facts, loss))


def trace() -> Trace:
    """A second benefit that takes off what the first one paid."""
    told = {"benefit": "first", "name": "慰问", "event": "accident", "basis": "fixed"}
    amounts = (("loss_amt", Money(90_000)), ("-benefit:first", Money(20_000)))
    steps = (
        TraceStep(rule=Rule.APPLIES, facts=tuple(told.items()), **PLACE),
        TraceStep(rule=Rule.BASE, after=Money(70_000), amounts=amounts, **PLACE),
    )
    return Trace(version_id="2015", policy_id="ACFTU-2018", steps=steps)


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("zh", f"财产损失（loss_amt）900.00 元 {MINUS} 补助项目 慰问（first） 已付200.00 元 = 700.00 元"),
        (
            "en",
            f"财产损失 (loss_amt) 900.00 yuan {MINUS} paid by benefit 慰问 (first) 200.00 yuan = 700.00 yuan",
        ),
    ],
)
def test_a_decision_names_what_the_file_names(lang: Language, told: str, version: SchemeVersion) -> None:
    """A declared fact and another benefit must be told by their titles, with the codes in brackets."""
    assert told in explain_trace(trace(), lang, version)[2]


def test_a_trace_alone_names_its_benefits() -> None:
    """Without the version the benefits must be told as the trace calls them, and facts by their names."""
    told = explain_trace(trace(), "zh")[2]
    assert f"“loss_amt”900.00 元 {MINUS} 补助项目 慰问（first） 已付200.00 元" in told


def test_a_counter_names_the_benefits_that_share_it() -> None:
    """A counter must be told by the names of the benefits that use it."""
    file, _ = read_scheme_file(CHONGQING)
    assert file is not None
    zh, en = (to_text(scheme_blocks(file.scheme, file.versions, file.region, lang)) for lang in ("zh", "en"))
    assert "重大疾病给付、重大疾病大额自负加付合并计算（critical）" in zh
    assert "counted together for 重大疾病给付, 重大疾病大额自负加付 (critical)" in en
    assert "- 适用条件：自意外发生之日起的天数（days_since_accident）不多于 180" in zh
