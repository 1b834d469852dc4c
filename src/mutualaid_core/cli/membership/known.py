"""What must be there (须已存在): who and what a command names, before anything is answered."""

from collections.abc import Iterator
from contextlib import contextmanager

from mutualaid_core.cli.host import opened
from mutualaid_core.cli.membership.persons import Person, member_id_by, named_id
from mutualaid_core.domain.membership.member import Member
from mutualaid_core.domain.membership.organisation import Organisation
from mutualaid_core.domain.membership.unit import Unit
from mutualaid_core.domain.scheme.period import Period
from mutualaid_core.domain.scheme.scheme import Scheme
from mutualaid_core.domain.values.identifiers import MemberId, PeriodId, SchemeId, UnitId
from mutualaid_core.errors import IntakeError, InvalidValueError
from mutualaid_core.ports.store import Store
from mutualaid_core.serialization.records import key_of
from mutualaid_core.work import Host, read_one


def known_unit(store: Store, name: str, given: str) -> UnitId:
    """The unit that an argument names.

    Args:
        store: Where it must be.
        name: Name of the argument.
        given: What stands on the command line.

    Raises:
        InvalidValueError: It holds an ID or card number.
        NotFoundError: There is no such unit.
    """
    return read_one(store, Unit, named_id(name, given)).unit_id


def known_organisation(store: Store, name: str, given: str) -> str:
    """The organisation that an argument names: a union, or an agency.

    Args:
        store: Where it must be.
        name: Name of the argument.
        given: What stands on the command line.

    Raises:
        InvalidValueError: It holds an ID or card number.
        NotFoundError: There is no such organisation.
    """
    return read_one(store, Organisation, named_id(name, given)).organisation_id


@contextmanager
def list_of_unit(url: str, given: str) -> Iterator[None]:
    """Within it the list of a unit is read; a list without the unit's rows is told as the lesser fault.

    Args:
        url: Store in which the unit must be.
        given: The unit as it stands on the command line.

    Raises:
        IntakeError: The list has problems, and there is such a unit.
        NotFoundError: It has, and there is no such unit.
    """
    try:
        yield
    except IntakeError:
        with opened(url, read_only=True) as store:
            known_unit(store, "unit", given)
        raise


def known_member(host: Host, person: Person) -> MemberId:
    """The pseudonym of a person whom the store knows.

    Args:
        host: The store, and the keys with which pseudonyms are made.
        person: Pseudonym or ID number.

    Raises:
        NotFoundError: There is no such member.
    """
    return read_one(host.store, Member, member_id_by(person, host.keys)).member_id


def known_scheme(store: Store, given: str) -> SchemeId:
    """The scheme that an argument names.

    Raises:
        InvalidValueError: It holds an ID or card number.
        NotFoundError: There is no such scheme.
    """
    return read_one(store, Scheme, named_id("scheme", given)).scheme_id


def known_period(store: Store, scheme: str, period: str) -> tuple[SchemeId, PeriodId]:
    """The scheme and the period that two arguments name; of two that are missing the scheme is told.

    Raises:
        InvalidValueError: One of them holds an ID or card number.
        NotFoundError: There is no such scheme, or no such period of it.
    """
    named_id("period", period)
    scheme_id = known_scheme(store, scheme)
    return scheme_id, read_one(store, Period, key_of(scheme_id, period)).period_id


def known_passage(store: Store, scheme: str, old: str, new: str) -> tuple[SchemeId, PeriodId, PeriodId]:
    """The scheme, and the periods from which and into which members are carried over.

    Args:
        store: Where they must be.
        scheme: Scheme.
        old: Period that runs out.
        new: Period that follows.

    Raises:
        InvalidValueError: The second period does not begin after the end of the first, or one of
            the three holds an ID or card number.
        NotFoundError: There is no such scheme, or no such period of it.
    """
    scheme_id, from_period = known_period(store, scheme, old)
    _, to_period = known_period(store, scheme, new)
    last = read_one(store, Period, key_of(scheme_id, from_period)).cover.last_day
    first = read_one(store, Period, key_of(scheme_id, to_period)).cover.first_day
    if first <= last:
        rule = f"must begin after {last.isoformat()}, the end of {from_period}"
        raise InvalidValueError("to_period", rule, first.isoformat())
    return scheme_id, from_period, to_period
