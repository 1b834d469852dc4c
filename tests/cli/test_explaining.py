"""``explain`` beside one decision: compared, under another scheme, from a file, computed again."""

import json
from contextlib import closing
from pathlib import Path
from typing import Any

import attrs
import pytest
from cyclopts import CycloptsError

from mutualaid_core.cli.inspect import Asked, explain_asked
from mutualaid_core.cli.output import Output
from mutualaid_core.domain.claims.decision import Decision
from mutualaid_core.errors import InvalidValueError, NotFoundError
from mutualaid_core.ports.discovery import open_store
from mutualaid_core.serialization.codec import to_plain
from mutualaid_core.services.adjudication import FileClaim, adjudicate
from mutualaid_core.testing.samples import FILED_ON, FOUNDING, PERIOD, stay
from mutualaid_core.testing.world import World
from mutualaid_core.work import read_one

Capture = pytest.CaptureFixture[str]
YUEYANG = Path(__file__).parents[2] / "src" / "mutualaid_core" / "schemes" / "yueyang-2014.yaml"


@pytest.fixture
def url(tmp_path: Path) -> str:
    """A store with two claims of two persons: 8,000 and 9,000 self-borne, 2,550 and 2,900 granted."""
    place = f"sqlite:///{tmp_path}/books.db"
    with closing(open_store(place)) as books:
        world = World(books)
        world.found()
        world.join(1, 2)
        world.grant(60_000)
        world.file(stay(8_000))
        world.file(stay(9_000, 2))
    return place


@pytest.fixture
def decisions(url: str) -> tuple[Any, Any]:
    """Both decisions as plain data, as ``explain --json`` prints them."""
    with closing(open_store(url, read_only=True)) as books:
        first, second = (to_plain(read_one(books, Decision, f"HN-A/{claim}")) for claim in ("S-1", "S-2"))
    return first, second


def asked(claim: str | None, url: str, lang: str = "en", *, as_json: bool = False, **asks: Any) -> int:  # noqa: ANN401
    """The exit status of the command."""
    return explain_asked(claim, url, Asked(**asks), Output(lang=lang, as_json=as_json))


def put(path: Path, plain: object) -> Path:
    """A file of JSON."""
    path.write_text(json.dumps(plain), encoding="utf-8")
    return path


def test_a_claim_without_options_is_explained(url: str, capsys: Capture) -> None:
    """Nothing asked beside the claim must print its decision as before."""
    assert asked("S-1", url) == 0
    assert capsys.readouterr().out.startswith("1. Claim S-1 was decided on ")


@pytest.mark.parametrize(
    ("lang", "lines"),
    [
        (
            "zh",
            ["申请 S-1（项目 HN-A）与申请 S-2 比较", "补助由 2,550.00 元变为 2,900.00 元，多 350.00 元。"],
        ),
        (
            "en",
            [
                "Claim S-1 (scheme HN-A) compared with claim S-2",
                "The benefit goes from 2,550.00 yuan to 2,900.00 yuan: 350.00 yuan more.",
            ],
        ),
    ],
)
def test_two_claims_are_compared(url: str, capsys: Capture, lang: str, lines: list[str]) -> None:
    """1,000 more at 35 percent must be told as 350 more, in the language asked for."""
    assert asked("S-1", url, lang, against="S-2") == 0
    assert capsys.readouterr().out.splitlines()[:2] == lines


def test_a_comparison_is_one_document(url: str, capsys: Capture) -> None:
    """With JSON, the comparison must be one document with amounts in fen."""
    assert asked("S-1", url, as_json=True, against="S-2") == 0
    (found,) = json.loads(capsys.readouterr().out)["comparisons"]
    assert (found["before_fen"], found["after_fen"], found["effect_fen"]) == (255_000, 290_000, 35_000)


@pytest.mark.parametrize(("claim", "other"), [("S-1", "NONE"), ("NONE", "S-1")])
def test_a_claim_to_compare_must_be_there(url: str, claim: str, other: str) -> None:
    """A claim that the store does not hold must be named."""
    with pytest.raises(NotFoundError, match="claim 'NONE' does not exist"):
        asked(claim, url, against=other)


def test_claims_of_several_schemes_are_compared_by_scheme(url: str, capsys: Capture) -> None:
    """A claim that two schemes decided must be compared under the one that decided the other too."""
    second = attrs.evolve(
        FOUNDING,
        scheme=attrs.evolve(FOUNDING.scheme, scheme_id="HN-B"),
        version=attrs.evolve(FOUNDING.version, scheme_id="HN-B"),
        period=attrs.evolve(FOUNDING.period, scheme_id="HN-B"),
    )
    with closing(open_store(url)) as books:
        other = World(books, second, name="other")
        other.found()
        command = FileClaim(scheme_id="HN-B", period_id=PERIOD, settlement=stay(8_000), filed_on=FILED_ON)
        adjudicate(other.host, other.act(), command)
    assert asked("S-1", url, against="S-2") == 0
    assert [line for line in capsys.readouterr().out.splitlines() if line.startswith("Claim ")] == [
        "Claim S-1 (scheme HN-A) compared with claim S-2"
    ]


def test_another_scheme_file_is_applied(url: str, tmp_path: Path, capsys: Capture) -> None:
    """Under 50 percent in the first band, 5,000 x 50 % and 3,000 x 35 % must be 3,550 instead of 2,550."""
    text = YUEYANG.read_text("utf-8")
    changed = tmp_path / "changed.yaml"
    changed.write_text(text.replace("ratio: 30%", "ratio: 50%", 1), encoding="utf-8")
    assert asked("S-1", url, against_scheme=changed) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == [
        "Claim S-1 (scheme HN-A) compared with scheme file changed.yaml",
        "The benefit goes from 2,550.00 yuan to 3,550.00 yuan: 1,000.00 yuan more.",
    ]
    assert any("ratio goes from 30% to 50%" in line for line in lines)


def test_another_scheme_needs_a_claim_that_is_there(url: str) -> None:
    """Without a decision there must be nothing to recompute."""
    with pytest.raises(NotFoundError, match="claim 'NONE' does not exist"):
        asked("NONE", url, against_scheme=YUEYANG)


@pytest.mark.parametrize("claim", ["S-1", None])
def test_decisions_are_computed_again(url: str, capsys: Capture, claim: str | None) -> None:
    """The decisions of a store must follow from their own steps."""
    assert asked(claim, url, replay=True) == 0
    first = capsys.readouterr().out.splitlines()[0]
    assert first == "S-1 (HN-A): Computed again from its steps: 2,550.00 yuan."


def test_a_decision_to_compute_again_must_be_there(url: str) -> None:
    """An unknown claim must be named."""
    with pytest.raises(NotFoundError, match="claim 'NONE' does not exist"):
        asked("NONE", url, replay=True)


def test_a_file_is_told_and_computed_again(url: str, decisions: Any, tmp_path: Path, capsys: Capture) -> None:  # noqa: ANN401
    """A decision in a file must be told step by step and follow from its steps."""
    path = put(tmp_path / "one.json", {"claim": "S-1", "decisions": [{"decision": decisions[0]}]})
    assert asked("S-1", url, trace=path) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Claim S-1"
    assert lines[-1] == "Computed again from its steps: 2,550.00 yuan."


def test_a_changed_file_does_not_follow(decisions: Any, tmp_path: Path, capsys: Capture) -> None:  # noqa: ANN401
    """A fen more in a file must be found out, with status 1 and the step named."""
    trace = decisions[0]["trace"]
    trace["steps"][-1]["after"] += 1
    assert asked(None, "", "zh", trace=put(tmp_path / "one.json", trace)) == 1
    number = len(trace["steps"]) - 1
    last = capsys.readouterr().out.splitlines()[-1]
    assert last == f"复算不符：steps[{number}].after must be 2550.00, got '2550.01'"


def row(decision: Any, **changes: Any) -> dict[str, Any]:  # noqa: ANN401
    """A row as a calculation writes it: without the step that ends a decision."""
    trace = decision["trace"] | {"steps": decision["trace"]["steps"][:-1]}
    plain = {"claim_id": decision["claim_id"], "version": "V", "benefit_fen": decision["benefit"]}
    return {**plain, "reasons": [{"name": "COMPUTED"}], "trace": trace, **changes}


def test_files_of_calculations_are_compared_by_claim(
    decisions: Any,  # noqa: ANN401
    tmp_path: Path,
    capsys: Capture,
) -> None:
    """Claims of two calculations must be compared by their ids, whatever their order."""
    first, second = decisions
    one = put(tmp_path / "one.json", [row(first), row(second)])
    refused = {"benefit_fen": 0, "reasons": [{"name": "FILED_TOO_LATE"}], "trace": None}
    other = put(tmp_path / "other.json", [row(second), row(first, **refused)])
    assert asked(None, "", trace=one, against=str(other)) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Claim S-1: one.json compared with other.json"
    assert lines[1] == "The benefit goes from 2,550.00 yuan to 0.00 yuan: 2,550.00 yuan less."
    assert lines[-2:] == ["The benefit is the same: 2,900.00 yuan.", "No step differs."]


def test_one_claim_of_each_file_is_compared(decisions: Any, tmp_path: Path, capsys: Capture) -> None:  # noqa: ANN401
    """A file with one trace must be compared with the claim that is asked for in the other."""
    one = put(tmp_path / "one.json", [row(each) for each in decisions])
    other = put(tmp_path / "other.json", decisions[0]["trace"])
    assert asked("S-2", "", trace=one, against=str(other)) == 0
    assert "350.00 yuan less" in capsys.readouterr().out.splitlines()[1]


def test_files_without_a_claim_in_common_are_refused(decisions: Any, tmp_path: Path) -> None:  # noqa: ANN401
    """Nothing in common must be said, and not be nothing."""
    first, second = decisions
    one = put(tmp_path / "one.json", [row(first), row(first, claim_id="S-3")])
    other = put(tmp_path / "other.json", [row(second)])
    with pytest.raises(InvalidValueError, match="against must tell a claim that the other file tells too"):
        asked(None, "", trace=one, against=str(other))
    with pytest.raises(NotFoundError, match="claim 'S-2' does not exist"):
        asked("S-2", "", trace=one)


@pytest.mark.parametrize("text", ["", "{", "[]", "[1]", "{}", '{"trace": {"form": 9}}', "7"])
def test_a_file_without_traces_is_refused(tmp_path: Path, text: str) -> None:
    """A file that tells no computation must be refused, with how to write one."""
    path = tmp_path / "none.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidValueError, match=r"trace must .*none\.json"):
        asked(None, "", trace=path)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """A missing file must be named with what is wrong."""
    with pytest.raises(InvalidValueError, match=r"must be a file that can be read \(No such file"):
        asked(None, "", trace=tmp_path / "none.json")


@pytest.mark.parametrize(
    ("claim", "asks", "rule"),
    [
        ("S-1", {"against": "S-2", "against_scheme": YUEYANG}, "against must not stand beside"),
        (
            "S-1",
            {"trace": YUEYANG, "against_scheme": YUEYANG},
            "against_scheme must not stand beside --trace",
        ),
        ("S-1", {"replay": True, "against": "S-2"}, "replay must stand alone"),
    ],
)
def test_what_does_not_go_together_is_refused(claim: str | None, asks: dict[str, Any], rule: str) -> None:
    """A question that makes no sense must be refused before a store is opened."""
    with pytest.raises(InvalidValueError, match=rule):
        asked(claim, "", **asks)


def test_a_question_about_nothing_is_a_mistake_of_the_command_line() -> None:
    """Without a claim and without a file there is nothing to explain."""
    with pytest.raises(CycloptsError, match="CLAIM must be given"):
        asked(None, "")
