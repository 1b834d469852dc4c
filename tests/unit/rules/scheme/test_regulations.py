"""The shipped regulations: all four are read, chain, and keep to the layer above them."""

import datetime
from pathlib import Path

import pytest

from mutualaid_core.clauses import CLAUSES
from mutualaid_core.domain.scheme.policy import DATED, SUBJECTS, Policy, rulings_of
from mutualaid_core.intake.document import read_document
from mutualaid_core.intake.structure import structure
from mutualaid_core.rules.scheme.layers import chain_faults, effective_policy, policy_chain

FOLDER = Path(__file__).parents[4] / "src" / "mutualaid_core" / "regulations"
NAMES = ["ACFTU-2018", "GD-2022", "HN-2013", "SN-2021"]

READ = {name: structure(read_document(FOLDER / f"{name}.yaml"), Policy) for name in NAMES}
PUBLISHED = {name: policy for name, policy in READ.items() if policy is not None}


def test_all_four_are_read() -> None:
    """The folder must hold the four documents, each under its own id and without a problem."""
    assert sorted(path.stem for path in FOLDER.iterdir()) == NAMES
    assert [policy.policy_id for policy in PUBLISHED.values()] == NAMES


@pytest.mark.clause("ACFTU-18.1")
@pytest.mark.parametrize("name", NAMES)
def test_each_keeps_to_the_floor(name: str) -> None:
    """Each document must find the opinions above it and loosen nothing of them."""
    chain, missing = policy_chain(PUBLISHED[name], PUBLISHED.get)
    assert (missing, chain_faults(chain)) == ((), ())
    assert chain[-1].policy_id == "ACFTU-2018"


@pytest.mark.clause("ACFTU-15.3")
@pytest.mark.parametrize("name", NAMES)
def test_each_value_cites_its_own_document(name: str) -> None:
    """Every parameter must cite a clause, and one of the document that the file is."""
    policy = PUBLISHED[name]
    assert set(policy.sources) <= CLAUSES
    assert {source.partition("-")[0] for source in policy.sources} == {policy.document}


def test_every_field_of_the_table_is_told_by_some_document() -> None:
    """A parameter that no document sets must be one whose figure the documents leave to the region."""
    told = {
        f"{subject}.{name}"
        for policy in PUBLISHED.values()
        for subject, terms in policy.subjects.items()
        for name in terms.told
    }
    every = {f"{subject}.{name}" for subject, cls in SUBJECTS.items() for name in rulings_of(cls)}
    assert every - told == {
        *("account.large_amount", "account.large_window_days", "assessment.pass_mark"),
        *(
            "disclosure.largest_share_max",
            "fund.fee_base",
            "fund.surplus_ratio_max",
            "fund.surplus_ratio_min",
        ),
        *("governance.majority_min", "governance.quorum_min", "terms.banned"),
    }
    assert [any(getattr(policy, name) for policy in PUBLISHED.values()) for name in DATED] == [True] * 3


@pytest.mark.clause("HN-3.2.1b")
def test_hunan_has_fifteen_pools() -> None:
    """14 prefectures and the provincial organs must be 15 pools."""
    assert PUBLISHED["HN-2013"].pooling.count == 15


def test_shaanxi_keeps_what_the_floor_asks() -> None:
    """What Shaanxi leaves out must hold as the opinions have it."""
    chain, _ = policy_chain(PUBLISHED["SN-2021"], PUBLISHED.get)
    effective = effective_policy(chain, datetime.date(2022, 1, 1))
    assert effective.cited("placement.allow").setter == " by ACFTU-2018"
    assert effective.cited("product.rider_requires_main").clause == "SN-2.2.3a"
