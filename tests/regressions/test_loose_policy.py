"""A policy that extends another must not allow more than it."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

SCHEMES = Path(__file__).parent / "schemes"


class Answer(Protocol):
    """What a command answered."""

    status: int
    out: str
    err: str


Run = Callable[..., Answer]


def test_a_policy_that_loosens_its_parent_is_told(cli: Run) -> None:
    """A scheme check must tell where the given policy allows more than the one it extends."""
    scheme = SCHEMES / "under_own_policy.yaml"

    answer = cli("scheme", "check", scheme, "--policy", SCHEMES / "city_policy.yaml")

    # The parent allows a deductible of 0.00; the policy, 500.00. Nothing else is loosened.
    assert answer.status == 2
    assert "benefit.deductible_max" in answer.err
    assert "must be 0.00 (HN-2013, HN-4.4.2a) [ACFTU-18.1]" in answer.err
    assert "500.00 in made-up-city" in answer.err
    assert answer.err.count("[IN032]") == 1


def test_a_policy_as_strict_as_its_parent_is_accepted(cli: Run, tmp_path: Path) -> None:
    """A scheme check must find nothing where the given policy keeps what the one it extends says."""
    text = (SCHEMES / "city_policy.yaml").read_text("utf-8")
    policy = tmp_path / "strict.yaml"
    policy.write_text(text.replace("deductible_max: 500.00", "deductible_max: 0.00"), "utf-8")

    answer = cli("scheme", "check", SCHEMES / "under_own_policy.yaml", "--policy", policy)

    assert (answer.status, answer.err) == (0, "")
