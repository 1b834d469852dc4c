"""The table of decisions: plain numbers, no formula, no person."""

import csv
import io
import unicodedata
from collections.abc import Callable

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mutualaid_core.domain.claims.claim import Claim, ClaimState
from mutualaid_core.domain.claims.decision import Decision
from mutualaid_core.domain.values.money import Money
from mutualaid_core.publication.decisions import COLUMNS, decisions_csv, neutral_cell

HEAD = (
    "settlement_id,claim_id,outcome,benefit_fen,benefit_yuan,base_fen,"
    "reasons,lead_clause,version_id,decided_on,state"
)


def test_a_paid_claim(claim: Claim, decided: Callable[..., Decision]) -> None:
    """A paid claim must be one line with its figures in fen and in yuan."""
    # The benefit of 4,050.00 yuan is worked out in the test of the sentences.
    row = "ST-1,C-1,PASS,405000,4050.00,1200001,COMPUTED,HN-4.4.1,V-2014,2014-04-01,approved"
    assert decisions_csv([(claim, decided())]) == f"{HEAD}\n{row}\n"


@pytest.mark.parametrize("state", ClaimState)
def test_state_of_the_claim_is_the_last_column(
    claim: Claim, decided: Callable[..., Decision], state: ClaimState
) -> None:
    """Whether a granted benefit was paid must be seen from the state of the claim."""
    row = decisions_csv([(attrs.evolve(claim, state=state), decided())]).splitlines()[1]
    assert row.rpartition(",")[2] == state.value


def test_all_reasons_are_listed(claim: Claim, decided: Callable[..., Decision]) -> None:
    """All reasons must stand in one cell, the clause of the first in its own."""
    decision = decided(enrolled=False, settlement=None, granted=Money(5_000_000))
    found = attrs.evolve(decided(granted=Money(4_800_000)), claim_id="C-2")
    rows = list(csv.DictReader(io.StringIO(decisions_csv([(claim, decision), (claim, found)]))))
    assert [(row["reasons"], row["lead_clause"]) for row in rows] == [
        ("NOT_A_MEMBER", "ACFTU-2.1a"),
        ("CAP_REDUCED;COMPUTED", "HN-4.4.3c"),
    ]


def test_no_decisions() -> None:
    """Without decisions the headings must stand alone."""
    assert decisions_csv([]) == HEAD + "\n"


def test_headings_are_fixed() -> None:
    """The headings must be those that readers were promised, in order."""
    assert ",".join(COLUMNS) == HEAD


def test_bytes_have_no_mark(claim: Claim, decided: Callable[..., Decision]) -> None:
    """The text must be without byte order mark and carriage return: the same bytes on any machine."""
    data = decisions_csv([(claim, decided())]).encode()
    assert data.startswith(b"settlement_id,")
    assert b"\r" not in data


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\rx",
        "\nx",
        "\0x",
        "  =1",
        "\u3000＝1",
        "＝1",
        "＋1",
        "－1",
        "\uff20x",
        "﹣1",
        "\N{MINUS SIGN}1",
        "\ufeff=1",
        "\u200b =1",
    ],
)
def test_formulas_are_neutralised(text: str) -> None:
    """A cell that a spreadsheet might take for a formula must begin with an apostrophe."""
    assert neutral_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "   ", "ST201400076", "1-2", "城步", "'=1", "0012"])
def test_plain_cells_stay(text: str) -> None:
    """A cell that is no formula must stay as it is."""
    assert neutral_cell(text) == text


@given(text=st.text(st.sampled_from("=+-@＝＋－\uff20\t\r\n\0 \u3000\ufeffab'"), max_size=6))
def test_no_cell_begins_a_formula(text: str) -> None:
    """Whatever is put in, no cell may come out that begins a formula, and nothing may be lost."""
    out = neutral_cell(text)
    begins = unicodedata.normalize("NFKC", out.lstrip(" \t\r\n\0\u3000\ufeff")[:1])
    assert begins not in {"=", "+", "-", "@"}
    assert out in {text, f"'{text}"}


@given(start=st.sampled_from("=+-@＝＋－\uff20"), rest=st.from_regex(r"[A-Z0-9!|]{0,20}", fullmatch=True))
def test_ids_are_neutralised_in_the_table(
    claim: Claim, decided: Callable[..., Decision], start: str, rest: str
) -> None:
    """An id that looks like a formula must come out as text in every column of ids."""
    evil = start + rest
    plain = decided()
    decision = attrs.evolve(plain, version_id=evil, trace=attrs.evolve(plain.trace, version_id=evil))
    text = decisions_csv([(attrs.evolve(claim, claim_id=evil, settlement_id=evil), decision)])
    row = next(csv.DictReader(io.StringIO(text)))
    assert {row[name] for name in ("settlement_id", "claim_id", "version_id")} == {f"'{evil}"}
