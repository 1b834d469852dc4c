"""What must be there (须已存在): unit, scheme and period of a command, before anything is answered."""

from mutualaid_core.cli.membership.persons import impersonal
from mutualaid_core.domain.membership.unit import Unit
from mutualaid_core.domain.scheme.period import Period
from mutualaid_core.domain.scheme.scheme import Scheme
from mutualaid_core.domain.values.identifiers import PeriodId, SchemeId, UnitId
from mutualaid_core.ports.store import Store
from mutualaid_core.serialization.records import key_of
from mutualaid_core.work import read_one


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
    return read_one(store, Unit, impersonal(name, given)).unit_id


def known_scheme(store: Store, given: str) -> SchemeId:
    """The scheme that an argument names.

    Raises:
        InvalidValueError: It holds an ID or card number.
        NotFoundError: There is no such scheme.
    """
    return read_one(store, Scheme, impersonal("scheme", given)).scheme_id


def known_period(store: Store, scheme: str, period: str) -> tuple[SchemeId, PeriodId]:
    """The scheme and the period that two arguments name; of two that are missing the scheme is told.

    Raises:
        InvalidValueError: One of them holds an ID or card number.
        NotFoundError: There is no such scheme, or no such period of it.
    """
    impersonal("period", period)
    scheme_id = known_scheme(store, scheme)
    return scheme_id, read_one(store, Period, key_of(scheme_id, period)).period_id
