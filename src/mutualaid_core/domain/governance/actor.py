"""Actor (经办人): who does an act, in which role."""

import enum

import attrs

from mutualaid_core.domain.values.checks import checked
from mutualaid_core.domain.values.identifiers import ActorId
from mutualaid_core.domain.values.personal import pseudonym


class Role(enum.Enum):
    """Role (岗位) in which somebody acts."""

    CLERK = "clerk"
    REVIEWER = "reviewer"
    CASHIER = "cashier"
    ACCOUNTANT = "accountant"
    SYSTEM = "system"


@attrs.frozen(kw_only=True, field_transformer=checked)
class Actor:
    """Actor (经办人).

    Attributes:
        actor_id: Id of the account; never a person's name or ID number.
        role: Role in which the act is done.
    """

    actor_id: ActorId = attrs.field(validator=pseudonym)
    role: Role
