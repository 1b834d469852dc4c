"""Access (查阅权限): who asks for the data of an organisation is answered, and every answer is logged."""

from typing import Final

import attrs

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.governance.act import Act
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.membership.organisation import Organisation
from mutualaid_core.domain.scheme.scheme import RESERVED_ID
from mutualaid_core.rules.governance.authority import scope_faults
from mutualaid_core.rules.membership.organisation.tree import organisation_on, tree_of
from mutualaid_core.work import Done, Host, Purpose, Work, perform

LEVELS_MAX: Final = 8
"""More levels than any tree has: nation, province, pool, county, unit, and some room."""


@attrs.frozen(kw_only=True)
class AskAccess:
    """Command: somebody of an organisation asks for the data of another one.

    Attributes:
        own_id: Organisation of who asks.
        wanted_id: Organisation whose data are asked for.
        about: What is asked for, as a code.
    """

    own_id: str
    wanted_id: str
    about: str


@attrs.frozen(kw_only=True)
class AccessAnswered:
    """Result: ``PASS``, or ``REJECT`` with the reason."""

    outcome: Outcome
    faults: tuple[Fault, ...]


def ask_access(host: Host, act: Act, command: AskAccess) -> Done[AccessAnswered]:
    """Answer whether the data may be given; the act itself is the entry in the access log.

    Clause:
        ACFTU-S2.1, ACFTU-11.1b
    """

    def decide(work: Work) -> AccessAnswered:
        tree = tree_of(_upwards(work, act, command.wanted_id))
        faults = scope_faults(tree, command.own_id, command.wanted_id, act.business_on)
        return AccessAnswered(outcome=Outcome.REJECT if faults else Outcome.PASS, faults=faults)

    purpose = Purpose(name="ask_access", subject=command.wanted_id, chain=RESERVED_ID, answer=AccessAnswered)
    return perform(host, act, purpose, command, decide)


def _upwards(work: Work, act: Act, organisation_id: str) -> tuple[Organisation, ...]:
    """An organisation with those above it on the day, the nearest first."""
    found: list[Organisation] = []
    wanted: str | None = organisation_id
    while wanted is not None and len(found) < LEVELS_MAX:
        organisation = work.find(Organisation, wanted)
        if organisation is None:
            break
        found.append(organisation)
        term = organisation_on(organisation, act.business_on)
        wanted = term.parent_id if term else None
    return tuple(found)
