"""Renewing a whole unit (整体续保): everybody who is due, in acts that can be made again."""

import hashlib
from typing import Final

import attrs

from mutualaid_core.domain.governance.act import Act
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.values.identifiers import MemberId, UnitId
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.rules.membership.renewal import DueReason, due_faults
from mutualaid_core.services.membership.renewal.due import RenewalAsked, due_for_renewal
from mutualaid_core.services.membership.renewal.renewing import (
    RENEWALS_MAX,
    RenewalLine,
    RenewWorkers,
    WorkersRenewed,
    renew_workers,
)
from mutualaid_core.work import Host

_DIGEST_DIGITS: Final = 16


@attrs.frozen(kw_only=True)
class UnitRenewed:
    """Result of renewing a whole unit (整体续保).

    Attributes:
        renewed: Those renewed by this call or by an earlier one that was cut off, by pseudonym.
        faults: Why the others were not.
    """

    renewed: tuple[MemberId, ...]
    faults: tuple[Fault, ...]


def renew_unit(host: Host, act: Act, asked: RenewalAsked) -> UnitRenewed:
    """Renew every member of a unit who is due, in acts of at most ``RENEWALS_MAX`` each.

    The acts take their keys from that of *act* and from the members in them, so that a call
    that was cut off can be made again: nobody is renewed twice.

    Args:
        host: Store, clock and keys.
        act: Who, when; its key begins the keys of the acts.
        asked: Scheme, periods and the unit, which must be named.

    Raises:
        InvalidValueError: No unit is named.
        NotFoundError: There is no such scheme or period.

    Clause:
        HN-4.3.5d
    """
    if asked.unit_id is None:
        raise InvalidValueError("unit_id", "must be given", None)
    renewed: list[MemberId] = []
    faults: list[Fault] = []
    after: str | None = None
    while True:
        page = due_for_renewal(host.store, asked, after=after, limit=RENEWALS_MAX)
        renewed += [row.member_id for row in page.rows if row.reasons == (DueReason.RENEWED,)]
        due = tuple(row.member_id for row in page.rows if row.is_due)
        for row in page.rows:
            if not row.is_due and row.reasons != (DueReason.RENEWED,):
                faults += due_faults(row.member_id, row.reasons)
        if due:
            done = _portion(host, act, asked, asked.unit_id, due)
            renewed += [each.member_id for each in done.renewed]
            faults += done.faults
        after = page.next
        if after is None:
            return UnitRenewed(renewed=tuple(sorted(renewed)), faults=tuple(faults))


def _portion(
    host: Host, act: Act, asked: RenewalAsked, unit_id: UnitId, members: tuple[MemberId, ...]
) -> WorkersRenewed:
    digest = hashlib.sha256("/".join(members).encode()).hexdigest()[:_DIGEST_DIGITS]
    command = RenewWorkers(
        scheme_id=asked.scheme_id,
        from_period=asked.from_period,
        to_period=asked.to_period,
        unit_id=unit_id,
        lines=tuple(RenewalLine(member_id=member_id) for member_id in members),
    )
    return renew_workers(host, attrs.evolve(act, key=f"{act.key}/{digest}"), command).result
