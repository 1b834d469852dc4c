"""Ruling (适用规定): what the policies above a scheme ask on a day, each parameter with its clause."""

import datetime

from mutualaid_core.domain.scheme.policy import EffectivePolicy, Policy
from mutualaid_core.domain.scheme.scheme import Scheme
from mutualaid_core.domain.values.identifiers import SchemeId
from mutualaid_core.rules.scheme.layers import effective_policy, policy_chain
from mutualaid_core.work import Work


def ruling_of(work: Work, scheme_id: SchemeId, day: datetime.date) -> EffectivePolicy:
    """What the policies above the scheme ask together on *day*, with what they rest on.

    The nearest policy holds for acts before its own first day too: a scheme is prepared before
    it begins.

    Raises:
        NotFoundError: There is no such scheme.
        InvalidValueError: Parameters of different layers contradict each other, which
            publishing them refuses.

    Clause:
        ACFTU-18.1
    """
    nearest = work.get(Policy, work.get(Scheme, scheme_id).policy_id)
    chain, _ = policy_chain(nearest, lambda policy_id: work.find(Policy, policy_id))
    return effective_policy(chain, max(day, nearest.valid_from))
