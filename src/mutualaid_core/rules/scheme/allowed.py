"""Faults against a policy (违反政策项): what every check of conformity says in the same way."""

from collections.abc import Iterator

from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.scheme.policy import Citation, EffectivePolicy
from mutualaid_core.rules.scheme.directions import value_text


def asked(citation: Citation, subject: str, rule: str, found: str) -> Fault:
    """A fault that cites where a parameter is printed, and names the layer where it is one above.

    Args:
        citation: Where the policy's parameter comes from.
        subject: Path of what is faulty.
        rule: What is asked.
        found: What was found.
    """
    return Fault(subject=subject, rule=rule + citation.setter, found=found, clause=citation.clause)


def strangers(
    policy: EffectivePolicy,
    parameter: str,
    subject: str,
    own: tuple[object, ...],
    allowed: tuple[object, ...] | None,
) -> Iterator[Fault]:
    """The fault of a list that names what the policy does not allow; none where it says nothing.

    Args:
        policy: What holds.
        parameter: Path of the policy's list.
        subject: Path of the list that is checked.
        own: The list that is checked.
        allowed: The policy's list; ``None`` where no layer has one.
    """
    outside = tuple(part for part in own if allowed is not None and part not in allowed)
    if outside:
        rule = f"must be among {value_text(allowed)}"
        yield asked(policy.cited(parameter), subject, rule, value_text(outside))
