"""Advice on scheme files that goes in no circle: what one check asks for, no other refuses."""

from importlib.resources import files
from pathlib import Path

import pytest

from mutualaid_core.domain.values.identifiers import PolicyId
from mutualaid_core.intake.problem import Trouble
from mutualaid_core.intake.scheme_file import SchemeFile, read_scheme_file
from mutualaid_core.intake.schemes.policies import nonconformities_of, shipped_policies

ONCE = "          - {kind: payments, most: 1, per: period, source: women-terms}\n"
CAP = "must hold a period cap [HN-4.4.3c]"


def told(tmp_path: Path, limits: str, policy: str) -> list[tuple[str, str, str]]:
    """What is told of the limits of a scheme that pays 15,000 a share once, four shares at most."""
    text = (files("mutualaid_core") / "schemes" / "beijing-women-2023.yaml").read_text("utf-8")
    assert ONCE in text
    (tmp_path / "scheme.yaml").write_text(text.replace(ONCE, ONCE + limits), "utf-8")
    layer = shipped_policies()[PolicyId(policy)]

    def judge(file: SchemeFile) -> dict[int, tuple[object, ...]]:
        own = {version.policy_id: layer for version in file.versions}
        return nonconformities_of(file, own)

    _, problems = read_scheme_file(tmp_path / "scheme.yaml", judge)
    asked = {Trouble.NO_EFFECT, Trouble.NOT_ALLOWED}
    found = [(each.trouble.code, each.field, each.detail) for each in problems if each.trouble in asked]
    return [each for each in found if "limits" in each[1]]


def test_a_cap_of_all_that_is_paid_breaks_the_circle(tmp_path: Path) -> None:
    """A policy that asks for a cap must be met by the sum that is paid at most, which is no idle limit."""
    assert told(tmp_path, "", "HN-2013") == [("IN032", "versions[0].benefits[0].limits", CAP)]
    cap = "          - {kind: amount, most: 60000.00, per: period, source: women-terms}\n"
    assert told(tmp_path, cap, "HN-2013") == []


@pytest.mark.parametrize(
    ("most", "per", "rule"),
    [
        ("60000.01", "period", "must be <= 60000.00, which is all that can be paid"),
        ("60000.00", "claim", "must be < 60000.00, which is all that can be paid"),
    ],
)
def test_a_limit_above_all_that_is_paid_is_idle(tmp_path: Path, most: str, per: str, rule: str) -> None:
    """A limit above all that can be paid must be told with what all four shares are paid."""
    limit = f"          - {{kind: amount, most: {most}, per: {per}, source: women-terms}}\n"
    assert ("IN055", "versions[0].benefits[0].limits[1].most", rule) in told(tmp_path, limit, "HN-2013")


def test_a_period_cap_may_be_that_of_a_lifetime(tmp_path: Path) -> None:
    """Beside a limit over a lifetime the cap over a period must be possible, up to the same sum."""
    row = "          - {{kind: amount, most: {}, per: {}, source: women-terms}}\n"
    lifetime = row.format("20000.00", "lifetime")
    assert told(tmp_path, lifetime, "HN-2013") == [("IN032", "versions[0].benefits[0].limits", CAP)]
    assert told(tmp_path, row.format("20000.00", "period") + lifetime, "HN-2013") == []
    (idle,) = told(tmp_path, row.format("20000.01", "period") + lifetime, "HN-2013")
    assert idle[2] == "must be <= 20000.00, which is the limit over a lifetime"
