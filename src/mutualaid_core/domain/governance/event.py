"""Journal event (日志事件): what an act changed, chained and never rewritten."""

import datetime
from typing import Final

import attrs

from mutualaid_core.domain.governance.actor import Actor
from mutualaid_core.domain.values.checks import checked, not_blank, not_negative, positive

EVENT_FORM: Final = 1
"""Version of the event's form."""


@attrs.frozen(kw_only=True, field_transformer=checked)
class RecordChange:
    """A record that the act wrote.

    Attributes:
        kind: Kind of the record.
        key: Its key; never personal.
        version: Version that was written.
        digest: Hexadecimal digest of the body; keyed where the kind holds personal data.
    """

    kind: str = attrs.field(validator=not_blank)
    key: str = attrs.field(validator=not_blank)
    version: int = attrs.field(validator=positive)
    digest: str = attrs.field(validator=not_blank)


@attrs.frozen(kw_only=True, field_transformer=checked)
class JournalEvent:
    """Journal event (日志事件) of one act.

    Attributes:
        form: Version of this form.
        act: Name of the act, for example ``adjudicate``.
        actor: Who acted.
        business_on: Business day.
        recorded_at_us: Moment of recording, microseconds since 1970 UTC.
        subject: What it was about: a unit, a claim, a period.
        records: Records written.
        bounds: Counters bounded: key, least, greatest.
        adds: Counters changed: key, difference.

    Clause:
        ACFTU-11.1b, ACFTU-13.5b
    """

    form: int = EVENT_FORM
    act: str = attrs.field(validator=not_blank)
    actor: Actor
    business_on: datetime.date
    recorded_at_us: int = attrs.field(validator=not_negative)
    subject: str = attrs.field(validator=not_blank)
    records: tuple[RecordChange, ...]
    bounds: tuple[tuple[str, int, int], ...] = ()
    adds: tuple[tuple[str, int], ...] = ()
