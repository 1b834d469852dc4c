"""Policies (政策文件) that scheme files are held against: those shipped, and those given."""

from collections.abc import Iterable, Mapping, Sequence
from importlib.resources import as_file, files
from pathlib import Path

from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.scheme.policy import Policy
from mutualaid_core.domain.values.identifiers import PolicyId
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.intake.document import Document, read_document
from mutualaid_core.intake.problem import Problem, Trouble, in_file_order
from mutualaid_core.intake.scheme_file import VERSIONS, SchemeFile
from mutualaid_core.intake.structure import did_you_mean, structure, with_hint
from mutualaid_core.rules.scheme.conformity import nonconformities, pooling_nonconformities
from mutualaid_core.rules.scheme.layers import chain_faults, policy_chain

Policies = Mapping[PolicyId, Policy]


def read_policies(paths: Iterable[Path]) -> tuple[dict[PolicyId, Policy], tuple[Problem, ...]]:
    """The policies in *paths* by their ids, and everything that is wrong with those files."""
    policies: dict[PolicyId, Policy] = {}
    problems: list[Problem] = []
    for path in paths:
        document = read_document(path)
        policy = _policy_of(document)
        problems += document.problems
        if policy is not None:
            policies[policy.policy_id] = policy
    return policies, in_file_order(problems)


def _policy_of(document: Document) -> Policy | None:
    """The policy that a document describes; ``None`` with its problems noted, of a scheme this one."""
    if isinstance(document.plain, dict) and VERSIONS in document.plain:
        document.add_at((VERSIONS,), Trouble.UNKNOWN_FIELD, "", "must be a policy file, not a scheme file")
        return None
    return structure(document, Policy)


def given_policies(
    names: Sequence[str],
) -> tuple[dict[PolicyId, Policy], dict[str, tuple[Problem, ...]]]:
    """The policies that are named, beside those that are shipped.

    Args:
        names: Ids of shipped policies, or files, of which one of the same id takes the place of the
            shipped one.

    Returns:
        All policies by their ids, none where none is named, and the problems of each file.

    Raises:
        InvalidValueError: A name is neither the id of a shipped policy nor that of a file.
    """
    policies = shipped_policies() if names else {}
    shipped, problems = tuple(policies), dict[str, tuple[Problem, ...]]()
    for name in names:
        if name not in shipped:
            if not Path(name).exists():
                rule = with_hint(
                    f"must be a file, or one of {', '.join(shipped)}", did_you_mean(name, shipped)
                )
                raise InvalidValueError("policy", rule, name)
            given, problems[name] = read_policies([Path(name)])
            policies |= given
    return policies, problems


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
