"""Reading transfers (转移查询): what happened to a member, and what waits for a unit."""

import attrs

from mutualaid_core.domain.membership.change import Change
from mutualaid_core.domain.membership.enrolment import Enrolment, EnrolmentState
from mutualaid_core.domain.membership.transfer import Transfer
from mutualaid_core.domain.membership.workflow import Side
from mutualaid_core.domain.values.identifiers import MemberId, PeriodId, SchemeId, UnitId
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.ports.store import PAGE_ROWS_MAX, Cursor, Query, Store
from mutualaid_core.rules.membership.history import history_of
from mutualaid_core.serialization.codec import decode
from mutualaid_core.work import read_all


@attrs.frozen(kw_only=True)
class MemberHistory:
    """What happened to a member in one period (参加履历).

    Attributes:
        scheme_id: Scheme.
        period_id: Period.
        state: Where the enrolment stands.
        changes: Its entries, in the order in which they became known.
        transfers: Transfers proposed for it, answered or not, in the order of their ids.
    """

    scheme_id: SchemeId
    period_id: PeriodId
    state: EnrolmentState
    changes: tuple[Change, ...]
    transfers: tuple[Transfer, ...]


def transfer_history(store: Store, member_id: MemberId) -> tuple[MemberHistory, ...]:
    """Everything that happened to a member's cover, by scheme and period.

    Args:
        store: Store.
        member_id: Pseudonym of the member.

    Returns:
        An entry per enrolment in the order of scheme and period; empty for a stranger.

    Clause:
        HN-4.3.5c, ACFTU-11.1b
    """
    transfers = tuple(read_all(store, Transfer, "member_id", member_id))
    return tuple(
        MemberHistory(
            scheme_id=each.scheme_id,
            period_id=each.period_id,
            state=each.state,
            changes=history_of(each),
            transfers=tuple(
                one for one in transfers if (one.scheme_id, one.period_id) == (each.scheme_id, each.period_id)
            ),
        )
        for each in read_all(store, Enrolment, "member_id", member_id)
    )


@attrs.frozen(kw_only=True)
class TransferPage:
    """One page of a unit's transfers.

    Attributes:
        transfers: The transfers, in the order of their ids.
        next: What to pass as *after* for more; ``None`` where no more follow.
    """

    transfers: tuple[Transfer, ...]
    next: str | None


def unit_transfers(
    store: Store,
    unit_id: UnitId,
    side: Side,
    *,
    after: str | None = None,
    limit: int = PAGE_ROWS_MAX,
) -> TransferPage:
    """A page of the transfers of a unit in the order of their ids; one look-up in one index.

    Args:
        store: Store.
        unit_id: Unit.
        side: ``FROM_UNIT`` for those it proposed, ``TO_UNIT`` for those it is asked to accept.
        after: The ``next`` of the page before; ``None`` for the first page.
        limit: Transfers a page, 1 to 1,000.

    Raises:
        InvalidValueError: The side is another, or *limit* is out of its range.
    """
    if side not in {Side.FROM_UNIT, Side.TO_UNIT}:
        raise InvalidValueError("side", "must be from_unit or to_unit", side.value)
    cursor = None if after is None else Cursor(value=unit_id, key=after)
    page = store.scan(
        Query(kind="transfer", field=side.value, low=unit_id, high=unit_id, after=cursor, limit=limit)
    )
    return TransferPage(
        transfers=tuple(decode(record.body, Transfer) for record in page.records),
        next=None if page.next is None else page.next.key,
    )
