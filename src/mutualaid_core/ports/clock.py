"""The clock port: the only place where "now" may come from."""

import datetime
from typing import Protocol

import attrs


class Clock(Protocol):
    """Tells the present moment to services that record it."""

    def now_us(self) -> int:
        """Microseconds since 1970-01-01 UTC."""
        ...


@attrs.frozen
class SystemClock:
    """The machine's own clock."""

    def now_us(self) -> int:
        """Microseconds since 1970-01-01 UTC, as the machine has them."""
        return int(datetime.datetime.now(datetime.UTC).timestamp() * 1_000_000)


@attrs.frozen
class FixedClock:
    """A clock that stands still, for tests and for repeatable runs."""

    at_us: int

    def now_us(self) -> int:
        """The moment it was set to."""
        return self.at_us
