"""Putting organisations (组织登记) into the tree: new ones, moves, ends; each act is all or nothing."""

import datetime
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Final

import attrs

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.governance.act import Act
from mutualaid_core.domain.membership.organisation import Organisation, OrganisationTerm
from mutualaid_core.domain.scheme.scheme import RESERVED_ID
from mutualaid_core.errors import InvalidValueError, TooLargeError
from mutualaid_core.ports.store import Store
from mutualaid_core.rules.membership.organisation.additions import closed, moved
from mutualaid_core.rules.membership.organisation.tree import tree_of
from mutualaid_core.rules.scheme.divisions import DivisionTable
from mutualaid_core.services.membership.organisations.judging import OrganisationsPut, judge_changes
from mutualaid_core.work import Done, Host, Purpose, Work, perform, read_all

ORGANISATIONS_MAX: Final = 200
"""Organisations that one act can put; a larger tree comes in several acts, from the root down."""

_CHILDREN_MAX: Final = 1_000_000_000


@attrs.frozen(kw_only=True)
class PutOrganisations:
    """Command: put organisations into the tree, new ones and ones with further terms."""

    organisations: tuple[Organisation, ...]


@attrs.frozen(kw_only=True)
class MoveOrganisation:
    """Command: another name, parent or division from a day on; the term before ends the day before."""

    organisation_id: str
    term: OrganisationTerm


@attrs.frozen(kw_only=True)
class CloseOrganisation:
    """Command: an organisation ends on a day; nothing may stand under it after that."""

    organisation_id: str
    last_day: datetime.date


Change = Callable[[Work], tuple[Organisation, ...]]


def put_organisations(
    host: Host,
    act: Act,
    command: PutOrganisations,
    divisions: DivisionTable,
    beside: tuple[Organisation, ...] = (),
) -> Done[OrganisationsPut]:
    """Put organisations into the tree, all of them or none; terms are added, never altered.

    Args:
        host: Store, clock and keys.
        act: Who, when, under which key.
        command: At most ``ORGANISATIONS_MAX`` organisations; their parents are among them or
            there already.
        divisions: Division codes by which they are judged.
        beside: What other acts of the same import put, before this one or after it: these are
            judged as they shall stand beside it. They have been judged together before.

    Raises:
        TooLargeError: More organisations than one act can take.
        InvalidValueError: There is none, or one stands twice.

    Clause:
        ACFTU-4.2a, ACFTU-11.1b, ACFTU-18.2, HN-3.2.1a
    """
    if len(command.organisations) > ORGANISATIONS_MAX:
        raise TooLargeError("organisations", size=len(command.organisations), limit=ORGANISATIONS_MAX)
    times = Counter(each.organisation_id for each in command.organisations)
    if not times or max(times.values()) > 1:
        twice = [organisation_id for organisation_id, count in times.items() if count > 1]
        raise InvalidValueError("organisations", "must be at least one, each once", twice)
    subject = command.organisations[0].organisation_id
    named, whole = (
        ("put_organisations", subject),
        tuple(each for each in beside if not times[each.organisation_id]),
    )
    return _perform(host, act, named, command, divisions, lambda _: command.organisations, whole)


def move_organisation(
    host: Host, act: Act, command: MoveOrganisation, divisions: DivisionTable
) -> Done[OrganisationsPut]:
    """Rename or move an organisation by a further term.

    Raises:
        NotFoundError: There is no such organisation.
        InvalidValueError: The term does not begin after all others.

    Clause:
        ACFTU-11.1b, ACFTU-4.2a
    """

    def change(work: Work) -> tuple[Organisation, ...]:
        return (moved(work.get(Organisation, command.organisation_id), command.term),)

    return _perform(host, act, ("move_organisation", command.organisation_id), command, divisions, change)


def close_organisation(
    host: Host, act: Act, command: CloseOrganisation, divisions: DivisionTable
) -> Done[OrganisationsPut]:
    """End an organisation; refused while anything stands under it after its last day.

    Raises:
        NotFoundError: There is no such organisation.
        InvalidValueError: The day is before the first of its last term.

    Clause:
        ACFTU-11.1b, ACFTU-4.2a
    """

    def change(work: Work) -> tuple[Organisation, ...]:
        return (closed(work.get(Organisation, command.organisation_id), command.last_day),)

    return _perform(host, act, ("close_organisation", command.organisation_id), command, divisions, change)


def _perform(  # noqa: PLR0913, PLR0917  # the parts of an act, and what it changes
    host: Host,
    act: Act,
    named: tuple[str, str],
    command: object,
    divisions: DivisionTable,
    change: Change,
    beside: tuple[Organisation, ...] = (),
) -> Done[OrganisationsPut]:
    def decide(work: Work) -> OrganisationsPut:
        return _put(host.store, work, change(work), divisions, beside)

    name, subject = named
    purpose = Purpose(name=name, subject=subject, chain=RESERVED_ID, answer=OrganisationsPut)
    return perform(host, act, purpose, command, decide)


def _put(
    store: Store,
    work: Work,
    wanted: tuple[Organisation, ...],
    divisions: DivisionTable,
    beside: tuple[Organisation, ...],
) -> OrganisationsPut:
    before = work.find_many(Organisation, [each.organisation_id for each in wanted])
    changed = [each for each in wanted if before.get(each.organisation_id) != each]
    known = [each.organisation_id for each in changed if each.organisation_id in before]
    below = [child for parent in known for child in read_all(store, Organisation, "parent_id", parent)]
    # What is wanted stands after what is stored, and so takes its place in the tree.
    tree = tree_of((*_ancestors(work, (*wanted, *below)), *below, *beside, *wanted))
    judged = judge_changes(before, changed, tree, divisions, {each.organisation_id for each in beside})
    if judged.outcome is Outcome.REJECT:
        return judged
    _write(work, changed, before.keys())
    return attrs.evolve(judged, put=tuple(each.organisation_id for each in changed))


def _ancestors(work: Work, organisations: Iterable[Organisation]) -> tuple[Organisation, ...]:
    """Everything that ever stood above these, as far as it is there."""
    found: dict[str, Organisation] = {}
    layer = list(organisations)
    while layer:
        # Each round looks up only what is not known yet, so that a ring ends it too.
        wanted = {term.parent_id for each in layer for term in each.terms if term.parent_id is not None}
        layer = list(work.find_many(Organisation, sorted(wanted - found.keys())).values())
        found |= {each.organisation_id: each for each in layer}
    return tuple(found.values())


def _write(work: Work, changed: list[Organisation], known: Iterable[str]) -> None:
    """Write them; a parent that is being changed and a child that comes under it meet at its counter."""
    there = set(known)
    arrivals = Counter({each.organisation_id: 0 for each in changed if each.organisation_id in there})
    for each in changed:
        if each.organisation_id in there:
            work.replace(each)
        else:
            work.add(each)
        if each.terms[-1].parent_id is not None:
            arrivals[each.terms[-1].parent_id] += 1
    for parent, count in sorted(arrivals.items()):
        work.consume(f"arrivals/{parent}", count, hi=_CHILDREN_MAX)
