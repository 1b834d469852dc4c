"""Earlier records (此前参加): who of a list held paid cover in the period before, and who has died."""

from collections.abc import Iterable, Mapping

import attrs

from mutualaid_core.domain.membership.contribution import Contribution
from mutualaid_core.domain.membership.enrolment import Enrolment
from mutualaid_core.domain.scheme.period import Period, PeriodState
from mutualaid_core.domain.values.identifiers import MemberId
from mutualaid_core.ports.store import Store
from mutualaid_core.rules.membership.renewal import has_died
from mutualaid_core.serialization.records import key_of
from mutualaid_core.services.standing import periods_of
from mutualaid_core.work import Work, read_many


@attrs.frozen(kw_only=True)
class Earlier:
    """What is on record of the members of a list (此前记录).

    Attributes:
        cover: Their enrolments in the last period before, where they were paid for.
        dead: Whose death is on record in a place of any period.
        checked: Places of other periods that are checked again at commit.
    """

    cover: Mapping[MemberId, Enrolment]
    dead: frozenset[MemberId]
    checked: int


def earlier_cover(work: Work, store: Store, period: Period, member_ids: Iterable[MemberId]) -> Earlier:
    """What is on record of members in all periods of the scheme, by their keys.

    Who comes back through a list goes on as who renews: no further waiting, and no first time.
    Who has died joins nothing any more, whatever was paid and whatever became of that place.

    A place of a period that is open is read through the work, so that a death that is told
    meanwhile has the list judged anew. In a closing or closed one nothing but a death changes any
    more, and whoever tells that puts the open periods anew, which every list reads. So it costs no
    check: a commit has room for few of them beside what the list writes.

    Args:
        work: The work of the act.
        store: The store.
        period: The period that is joined.
        member_ids: The members.

    Clause:
        HN-4.3.5c, HN-4.3.5d
    """
    members = tuple(dict.fromkeys(member_ids))
    periods = periods_of(work, store, period.scheme_id)
    places = _places(work, store, periods, members)
    others = {each.period_id for each in periods if each.state is PeriodState.OPEN} - {period.period_id}
    return Earlier(
        cover=_paid_before(store, period, periods, places),
        dead=frozenset(each.member_id for each in places.values() if has_died(each)),
        checked=sum(each.period_id in others for each in places.values()),
    )


def _places(
    work: Work, store: Store, periods: tuple[Period, ...], members: tuple[MemberId, ...]
) -> dict[str, Enrolment]:
    """Every place of the members in the scheme, by its key."""
    keys = {key_of(each.scheme_id, each.period_id, member): each for each in periods for member in members}
    found = read_many(store, Enrolment, list(keys))
    is_open = [key for key in found if keys[key].state is PeriodState.OPEN]
    return found | work.find_many(Enrolment, is_open)


def _paid_before(
    store: Store, period: Period, periods: tuple[Period, ...], places: Mapping[str, Enrolment]
) -> dict[MemberId, Enrolment]:
    """The places in the last period before, where they were paid for."""
    before = [each for each in periods if each.cover.last_day < period.cover.first_day]
    if not before:
        return {}
    last = max(before, key=lambda each: each.cover.last_day)
    held = {key: each for key, each in places.items() if each.period_id == last.period_id}
    paid = read_many(store, Contribution, list(held))
    return {
        each.member_id: each
        for key, each in held.items()
        if each.is_active and key in paid and paid[key].is_settled
    }
