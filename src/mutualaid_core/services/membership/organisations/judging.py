"""Judging (核查) what a change of the organisation tree would come to, before anything is written."""

from collections.abc import Container, Iterable, Mapping

import attrs

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.membership.organisation import Organisation
from mutualaid_core.ports.store import Store
from mutualaid_core.rules.membership.organisation.additions import addition_faults
from mutualaid_core.rules.membership.organisation.soundness import tree_judged
from mutualaid_core.rules.membership.organisation.tree import Tree, tree_of
from mutualaid_core.rules.scheme.divisions import DivisionTable
from mutualaid_core.work import read_all


@attrs.frozen(kw_only=True)
class OrganisationsPut:
    """Result: ``PASS``, ``FLAG`` with what rests on memory, or ``REJECT`` with all faults and nothing put.

    Attributes:
        outcome: Outcome.
        put: Ids of those that were written; what was there already, the same, is not written.
        faults: All faults.
    """

    outcome: Outcome
    put: tuple[str, ...]
    faults: tuple[Fault, ...]


def judge_changes(
    before: Mapping[str, Organisation],
    changed: Iterable[Organisation],
    tree: Tree,
    divisions: DivisionTable,
    others: Container[str] = frozenset(),
) -> OrganisationsPut:
    """All faults of those that change, and of those that stand under them; nothing is put here.

    Args:
        before: Those that are there already, as they are.
        changed: Those that are put.
        tree: The tree as it shall be, with everything above all of them.
        divisions: Division codes.
        others: Ids of those that other acts put, and that are judged there.
    """
    altered: list[Fault] = []
    only: set[str] = set()
    for each in changed:
        own = each.organisation_id
        only.add(own)
        if own in before:
            altered += addition_faults(before[own], each)
            only.update(child for child in tree.children.get(own, ()) if child not in others)
    found = tree_judged(tree, divisions, only)
    outcome = Outcome.REJECT if altered else found.outcome
    return OrganisationsPut(outcome=outcome, put=(), faults=(*altered, *found.faults))


def judge_organisations(
    store: Store | None, organisations: tuple[Organisation, ...], divisions: DivisionTable
) -> OrganisationsPut:
    """What putting a whole tree would come to, with all faults at once; nothing is written.

    Args:
        store: Where others may be already; ``None`` for nowhere.
        organisations: The tree, of any size.
        divisions: Division codes by which it is judged.

    Clause:
        ACFTU-4.2a, ACFTU-11.1b, ACFTU-18.2, HN-3.2.1a
    """
    known = [] if store is None else list(read_all(store, Organisation))
    before = {each.organisation_id: each for each in known}
    changed = [each for each in organisations if before.get(each.organisation_id) != each]
    return judge_changes(before, changed, tree_of((*known, *organisations)), divisions)
