"""What the YAML files of a year hold (年度文件内容), besides the policy."""

import datetime

import attrs

from mutualaid_core.domain.scheme.period import Period
from mutualaid_core.domain.scheme.region import PoolingRegion
from mutualaid_core.domain.scheme.scheme import Scheme
from mutualaid_core.domain.scheme.version import SchemeVersion
from mutualaid_core.domain.values.checks import checked, not_blank, positive
from mutualaid_core.domain.values.money import Money

POLICY_FILE, SCHEME_FILE, YEAR_FILE = "policy.yaml", "scheme.yaml", "year.yaml"


@attrs.frozen(kw_only=True)
class SchemeOfYear:
    """What a year takes from ``scheme.yaml`` (项目文件).

    Attributes:
        region: The pooling region.
        scheme: The scheme.
        version: The version that is in force when the period begins.
        number: Place of that version in the file.
    """

    region: PoolingRegion
    scheme: Scheme
    version: SchemeVersion
    number: int


@attrs.frozen(kw_only=True, field_transformer=checked)
class GrantLine:
    """A reserve grant in ``year.yaml`` (储备金注入).

    Attributes:
        giver: Who gave it, as it stands in the books.
        amount: How much; above nothing.
        received_on: Day on which it came in.
        source: Where that is said; ``made_up`` where it is not.
    """

    giver: str = attrs.field(validator=not_blank)
    amount: Money = attrs.field(validator=positive)
    received_on: datetime.date
    source: str = attrs.field(validator=not_blank)


@attrs.frozen(kw_only=True, field_transformer=checked)
class YearFile:
    """Content of ``year.yaml`` (年度文件).

    Attributes:
        period: The period.
        counted_on: Roster date.
        received_on: Day on which the units' money came in.
        closed_on: Day of closing and disclosure.
        grants: Reserve grants of the year.
    """

    period: Period
    counted_on: datetime.date
    received_on: datetime.date
    closed_on: datetime.date
    grants: tuple[GrantLine, ...]
