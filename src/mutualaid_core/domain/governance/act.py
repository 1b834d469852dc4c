"""Act (业务操作): who does something, when, and under which idempotency key."""

import datetime

import attrs

from mutualaid_core.domain.governance.actor import Actor
from mutualaid_core.domain.values.checks import checked, not_blank


@attrs.frozen(kw_only=True, field_transformer=checked)
class Act:
    """Act (业务操作), the head of every command.

    Attributes:
        key: Idempotency key: the same key with the same content is done once, for ever.
        actor: Who acts.
        business_on: Business day of the act, in China Standard Time.

    Clause:
        ACFTU-11.1b
    """

    key: str = attrs.field(validator=not_blank)
    actor: Actor
    business_on: datetime.date
