"""Organisation tree (组织树) as it stood on a day: paths to the root, and what stands below."""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

import attrs

from mutualaid_core.clauses import implements
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.membership.organisation import (
    ROOTS,
    Organisation,
    OrganisationKind,
    OrganisationLevel,
    OrganisationTerm,
)

_UNIONS_OF_UNITS: Final = frozenset({OrganisationLevel.POOL, OrganisationLevel.COUNTY})

_PARENTS: Final[Mapping[OrganisationLevel, frozenset[OrganisationLevel]]] = MappingProxyType(
    {
        OrganisationLevel.NATIONAL: frozenset(),
        OrganisationLevel.PROVINCE: frozenset({OrganisationLevel.NATIONAL}),
        OrganisationLevel.POOL: frozenset({OrganisationLevel.PROVINCE}),
        OrganisationLevel.COUNTY: frozenset({OrganisationLevel.POOL}),
        OrganisationLevel.UNIT: _UNIONS_OF_UNITS,
        OrganisationLevel.AGENCY: _UNIONS_OF_UNITS,
    }
)

_PARENTS_APART: Final[Mapping[OrganisationLevel, frozenset[OrganisationLevel]]] = MappingProxyType(
    {**_PARENTS, OrganisationLevel.POOL: ROOTS}
)
"""Of industries and the corps."""


PATH_MAX: Final = 16
"""Steps of a path that are looked at."""


@attrs.frozen(kw_only=True)
class Tree:
    """Organisation tree (组织树) over all days.

    Attributes:
        organisations: Each organisation by its id.
        children: For each parent, the ids of those that stand under it on any day, in order.
    """

    organisations: Mapping[str, Organisation]
    children: Mapping[str, tuple[str, ...]]


@attrs.frozen(kw_only=True)
class Standing:
    """An organisation as it stands on one day."""

    organisation: Organisation
    term: OrganisationTerm


@attrs.frozen(kw_only=True)
class Path:
    """Path to the root (隶属关系): the organisation itself first, and what is wrong on the way."""

    steps: tuple[Standing, ...]
    faults: tuple[Fault, ...]


def tree_of(organisations: Iterable[Organisation]) -> Tree:
    """The tree of these organisations; a later one of the same id takes the place of an earlier."""
    by_id = {each.organisation_id: each for each in organisations}
    children: dict[str, set[str]] = {}
    for each in by_id.values():
        for term in each.terms:
            if term.parent_id is not None:
                children.setdefault(term.parent_id, set()).add(each.organisation_id)
    return Tree(
        organisations=by_id, children={parent: tuple(sorted(ids)) for parent, ids in children.items()}
    )


def organisation_on(organisation: Organisation, day: datetime.date) -> OrganisationTerm | None:
    """The term in which *day* lies; ``None`` where the organisation does not stand."""
    return next((term for term in organisation.terms if day in term), None)


def standing_on(tree: Tree, organisation_id: str, day: datetime.date) -> Standing | None:
    """The organisation of that id as it stands on *day*; ``None`` where there is none."""
    organisation = tree.organisations.get(organisation_id)
    term = None if organisation is None else organisation_on(organisation, day)
    return None if organisation is None or term is None else Standing(organisation=organisation, term=term)


def parents_of(organisation: Organisation) -> frozenset[OrganisationLevel]:
    """Levels at which the parent of an organisation may stand.

    Industries and the corps may pool directly under the nation (ACFTU-18.2); an operator stands
    beside whoever founded it, an agent beside a pool or a county (SN-1.1).
    """
    if organisation.kind in {OrganisationKind.INDUSTRY, OrganisationKind.CORPS}:
        return _PARENTS_APART[organisation.level]
    if organisation.kind is OrganisationKind.OPERATOR:
        return _PARENTS[OrganisationLevel.AGENCY] | ROOTS
    return _PARENTS[organisation.level]


def clause_of_place(organisation: Organisation) -> str:
    """The clause that says where an organisation stands."""
    clauses = {OrganisationLevel.POOL: "ACFTU-4.2a", OrganisationLevel.AGENCY: "SN-1.1"}
    return clauses.get(organisation.level, "HN-3.2.1a")


@implements("ACFTU-4.2a", "HN-3.2.1a", "SN-1.1")
def path_of(tree: Tree, organisation_id: str, day: datetime.date) -> Path:
    """The path of an organisation to the root on *day*, with everything that is wrong with it.

    It ends where nothing stands above, before anything that stands on it already, and after
    ``PATH_MAX`` steps: no sound path is half as long, and a longer one has a level out of order.

    Args:
        tree: The tree.
        organisation_id: Where the path begins.
        day: The day.

    Clause:
        ACFTU-4.2a, HN-3.2.1a, SN-1.1
    """
    standing = standing_on(tree, organisation_id, day)
    if standing is None:
        return Path(steps=(), faults=(_absent(tree, organisation_id, organisation_id, day, "HN-3.2.1a"),))
    steps, faults, seen = [standing], [], {organisation_id}
    while (above := steps[-1].term.parent_id) is not None and len(steps) < PATH_MAX:
        own = steps[-1].organisation
        clause = clause_of_place(own)
        if above in seen:
            rule = "must not stand under itself"
            faults.append(Fault(subject=own.organisation_id, rule=rule, found=above, clause=clause))
            break
        parent = standing_on(tree, above, day)
        if parent is None:
            faults.append(_absent(tree, own.organisation_id, above, day, clause))
            break
        faults += level_faults(own, parent.organisation)
        steps.append(parent)
        seen.add(above)
    return Path(steps=tuple(steps), faults=tuple(faults))


def _absent(tree: Tree, subject: str, organisation_id: str, day: datetime.date, clause: str) -> Fault:
    """That an organisation is not there on *day*: for its own sake, or as the parent of *subject*."""
    what = "stand" if subject == organisation_id else "have a parent that stands"
    is_known = organisation_id in tree.organisations
    found = f"{organisation_id} {'not standing' if is_known else 'unknown'}"
    return Fault(subject=subject, rule=f"must {what} on {day.isoformat()}", found=found, clause=clause)


def level_faults(organisation: Organisation, parent: Organisation) -> tuple[Fault, ...]:
    """What is wrong with the level of the parent; empty where nothing is."""
    allowed = parents_of(organisation)
    if parent.level in allowed:
        return ()
    known = " or ".join(level.value for level in OrganisationLevel if level in allowed) or "nothing"
    return (
        Fault(
            subject=organisation.organisation_id,
            rule=f"must stand under {known}",
            found=f"{parent.organisation_id} at {parent.level.value}",
            clause=clause_of_place(organisation),
        ),
    )


def standings_below(tree: Tree, organisation_id: str, day: datetime.date) -> Iterator[Standing]:
    """Everything that stands below an organisation on *day*, each once, parents before children."""
    pending, seen = [organisation_id], {organisation_id}
    while pending:
        above = pending.pop()
        for child in tree.children.get(above, ()):
            standing = standing_on(tree, child, day)
            if child not in seen and standing is not None and standing.term.parent_id == above:
                seen.add(child)
                pending.append(child)
                yield standing


def units_below(tree: Tree, organisation_id: str, day: datetime.date) -> tuple[str, ...]:
    """Ids of the units below an organisation on *day*, in order."""
    below = standings_below(tree, organisation_id, day)
    return tuple(
        sorted(
            each.organisation.organisation_id
            for each in below
            if each.organisation.level is OrganisationLevel.UNIT
        )
    )
