"""Earlier cover (上期参加): who of a list held paid cover in the period before."""

from collections.abc import Iterable

from mutualaid_core.domain.membership.contribution import Contribution
from mutualaid_core.domain.membership.enrolment import Enrolment
from mutualaid_core.domain.scheme.period import Period
from mutualaid_core.domain.values.identifiers import MemberId
from mutualaid_core.ports.store import Store
from mutualaid_core.serialization.records import key_of
from mutualaid_core.services.standing import periods_of
from mutualaid_core.work import Work, read_many


def earlier_cover(
    work: Work, store: Store, period: Period, member_ids: Iterable[MemberId]
) -> dict[MemberId, Enrolment]:
    """The enrolments of members in the last period before *period*, where they were paid for.

    Who comes back through a list goes on as who renews: no further waiting, and no first time.
    Read outside the work, for a period that is over changes no more but by corrections.

    Args:
        work: The work of the act.
        store: The store.
        period: The period that is joined.
        member_ids: The members.

    Clause:
        HN-4.3.5d
    """
    before = [
        each
        for each in periods_of(work, store, period.scheme_id)
        if each.cover.last_day < period.cover.first_day
    ]
    if not before:
        return {}
    last = max(before, key=lambda each: each.cover.last_day)
    keys = [key_of(last.scheme_id, last.period_id, each) for each in dict.fromkeys(member_ids)]
    paid = read_many(store, Contribution, keys)
    held = read_many(store, Enrolment, keys)
    return {
        each.member_id: each
        for key, each in held.items()
        if each.is_active and key in paid and paid[key].is_settled
    }
