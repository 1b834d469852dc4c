"""Policies (政策文件) that scheme files are held against: those shipped, and those given."""

from collections.abc import Iterable, Mapping
from importlib.resources import as_file, files
from pathlib import Path

from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.scheme.policy import Policy
from mutualaid_core.domain.values.identifiers import PolicyId
from mutualaid_core.intake.document import read_document
from mutualaid_core.intake.problem import Problem, in_file_order
from mutualaid_core.intake.scheme_file import SchemeFile
from mutualaid_core.intake.structure import structure
from mutualaid_core.rules.scheme.conformity import nonconformities, pooling_nonconformities
from mutualaid_core.rules.scheme.layers import chain_faults, policy_chain

Policies = Mapping[PolicyId, Policy]


def read_policies(paths: Iterable[Path]) -> tuple[dict[PolicyId, Policy], tuple[Problem, ...]]:
    """The policies in *paths* by their ids, and everything that is wrong with those files."""
    policies: dict[PolicyId, Policy] = {}
    problems: list[Problem] = []
    for path in paths:
        document = read_document(path)
        policy = structure(document, Policy)
        problems += document.problems
        if policy is not None:
            policies[policy.policy_id] = policy
    return policies, in_file_order(problems)


def shipped_policies() -> dict[PolicyId, Policy]:
    """The policies that come with the library, by their ids."""
    with as_file(files("mutualaid_core") / "regulations") as folder:
        policies, _ = read_policies(sorted(folder.glob("*.yaml")))
    return policies


def nonconformities_of(file: SchemeFile, policies: Policies) -> dict[int, tuple[Fault, ...]]:
    """What the policies do not allow, by the number of the version.

    A version that names a policy which is not among *policies* is not judged.
    """
    found: dict[int, tuple[Fault, ...]] = {}
    for number, version in enumerate(file.versions):
        policy = policies.get(version.policy_id)
        if policy is None:
            continue
        chain, broken = policy_chain(policy, policies.get)
        pooling = (
            () if file.region is None else pooling_nonconformities(file.region, *chain, on=version.first_day)
        )
        found[number] = (*nonconformities(version, *chain), *pooling, *broken, *chain_faults(chain))
    return found
