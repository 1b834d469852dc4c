"""Entries of a year (年度凭证): commands whose ids the run makes, and nobody else can give."""

import attrs

from mutualaid_core.domain.values.identifiers import EntryId
from mutualaid_core.domain.values.personal import pseudonym
from mutualaid_core.services.granting import ReceiveGrant
from mutualaid_core.services.membership.contribution import ReceiveRemittance


@attrs.frozen(kw_only=True)
class RemittanceOfYear(ReceiveRemittance):
    """Command (年度运行的汇缴): one unit's money came in, by the files of a year.

    Attributes:
        entry_id: Id as ``remittance_of_year_id`` makes it.
    """

    entry_id: EntryId = attrs.field(validator=pseudonym)


@attrs.frozen(kw_only=True)
class GrantOfYear(ReceiveGrant):
    """Command (年度运行的注入资金): a reserve grant came in, by the files of a year.

    Attributes:
        entry_id: Id as ``grant_of_year_id`` makes it.
    """

    entry_id: EntryId = attrs.field(validator=pseudonym)
