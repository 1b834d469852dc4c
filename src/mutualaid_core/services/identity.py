"""Pseudonyms (会员编号): how a person is named everywhere outside the member record."""

from mutualaid_core.domain.values.identifiers import MemberId
from mutualaid_core.domain.values.personal import ResidentId
from mutualaid_core.ports.keys import Keys

PSEUDONYM_CHARACTERS = 24


def member_id_of(keys: Keys, id_number: ResidentId) -> MemberId:
    """Pseudonym of the person with that ID number: the same for every unit and period.

    It is a keyed digest, since a plain one could be undone by listing all ID numbers.

    Clause:
        HN-4.3.4c, ACFTU-11.2b
    """
    digest = keys.digest("member", id_number.reveal().encode()).hex()
    return MemberId(f"M{digest[:PSEUDONYM_CHARACTERS]}")
