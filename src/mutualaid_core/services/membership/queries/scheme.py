"""What the queries read of a scheme: periods, versions, policies."""

import datetime

from mutualaid_core.domain.scheme.period import Period
from mutualaid_core.domain.scheme.policy import EffectivePolicy, Policy
from mutualaid_core.domain.scheme.scheme import Scheme
from mutualaid_core.domain.scheme.version import SchemeVersion
from mutualaid_core.domain.values.identifiers import SchemeId
from mutualaid_core.ports.store import Store
from mutualaid_core.rules.scheme.layers import policy_chain, ruling_on
from mutualaid_core.work import read_all, read_many, read_one


def periods_read(store: Store, scheme_id: SchemeId) -> tuple[Period, ...]:
    """Every period of a scheme, the earliest first."""
    periods = read_all(store, Period, "scheme_id", scheme_id)
    return tuple(sorted(periods, key=lambda period: period.cover.first_day))


def versions_read(store: Store, scheme_id: SchemeId) -> tuple[SchemeVersion, ...]:
    """Every version of a scheme."""
    return tuple(read_all(store, SchemeVersion, "scheme_id", scheme_id))


def version_at(versions: tuple[SchemeVersion, ...], day: datetime.date) -> SchemeVersion | None:
    """The version in force on a day; ``None`` where not exactly one is, which a query tells as unknown."""
    holding = [version for version in versions if version.is_in_force(day)]
    return holding[0] if len(holding) == 1 else None


def policy_read(store: Store, scheme_id: SchemeId, day: datetime.date) -> EffectivePolicy:
    """What the policies above a scheme ask together on a day.

    Raises:
        NotFoundError: There is no such scheme.
        InvalidValueError: Parameters of different layers contradict each other.
    """
    nearest = read_one(store, Policy, read_one(store, Scheme, scheme_id).policy_id)
    chain, _ = policy_chain(nearest, lambda wanted: read_many(store, Policy, (wanted,)).get(wanted))
    return ruling_on(chain, day)
