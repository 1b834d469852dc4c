"""Whose enrolment (所指参加) a command is about."""

from pathlib import Path

import attrs

from mutualaid_core.cli.membership.known import known_member
from mutualaid_core.cli.membership.persons import Person, person_named
from mutualaid_core.domain.values.identifiers import MemberId, PeriodId, SchemeId
from mutualaid_core.work import Host


@attrs.frozen(kw_only=True)
class Whose:
    """Whose enrolment, as the command line names it.

    Attributes:
        member: Pseudonym; ``None`` where the person is named by an ID number.
        id_file: File with the ID number.
        scheme: Scheme.
        period: Period.
    """

    member: str | None
    id_file: Path | None
    scheme: str
    period: str

    @property
    def scheme_id(self) -> SchemeId:
        """The scheme."""
        return SchemeId(self.scheme)

    @property
    def period_id(self) -> PeriodId:
        """The period."""
        return PeriodId(self.period)

    def person(self) -> Person:
        """The person, asked for before any store is held.

        Raises:
            InvalidValueError: An ID number stands on the command line, or cannot be read.
        """
        return person_named(self.member, self.id_file)


def member_of(host: Host, person: Person) -> MemberId:
    """The pseudonym of a person whom the store knows.

    Raises:
        NotFoundError: There is no such member.
    """
    return known_member(host, person)
