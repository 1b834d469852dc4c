"""Ruling (适用规定): what the policies above a scheme ask on a day, each parameter with its clause."""

import datetime

from mutualaid_core.domain.scheme.policy import EffectivePolicy
from mutualaid_core.domain.values.identifiers import SchemeId
from mutualaid_core.rules.scheme.layers import ruling_on
from mutualaid_core.services.standing import chain_of
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
    return ruling_on(chain_of(work, scheme_id), day)
