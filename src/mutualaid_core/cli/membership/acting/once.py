"""Once (不重复办理): the key of an act follows from its command, so that a repeat is a repeat."""

from collections.abc import Callable
from typing import Final, Protocol, TypeVar

import attrs

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.governance.act import Act
from mutualaid_core.serialization.codec import canonical, to_plain
from mutualaid_core.work import Done, Host

_KEY_DIGITS: Final = 32

REFUSED: Final = frozenset({Outcome.REJECT})
"""After these nothing was done, and the same command may be tried anew."""

NOT_DONE: Final = frozenset({Outcome.REJECT, Outcome.HOLD})
"""The same, of acts that leave nothing behind where they are held."""


class Judged(Protocol):
    """A result that says what became of its act."""

    @property
    def outcome(self) -> Outcome:
        """What became of it."""
        ...


Result = TypeVar("Result", bound=Judged)
Command = TypeVar("Command")
Service = Callable[[Host, Act, Command], Done[Result]]


def _ever() -> bool:
    """What was done stays so, of acts that nothing takes back."""
    return True


@attrs.frozen(kw_only=True)
class Once:
    """Once (不重复办理): does an act once, however often its command is given on a business day.

    What was refused before is tried anew, for what stood against it may have been mended. So is
    a report that was taken back since: the answer of then would tell of what no longer is.

    Attributes:
        key: Idempotency key that a person gave; ``None`` for one that follows from the command.
        undone: Outcomes after which nothing was done.
        stands: Tells whether what was reported then still stands, of acts that another takes back.
    """

    key: str | None
    undone: frozenset[Outcome] = REFUSED
    stands: Callable[[], bool] = _ever

    def do(self, service: Service[Command, Result], host: Host, act: Act, command: Command) -> Done[Result]:
        """Do an act.

        Args:
            service: The act.
            host: Store, clock and keys.
            act: Who, when; its key is replaced.
            command: Content of the act.
        """
        if self.key is not None:
            return service(host, attrs.evolve(act, key=self.key), command)
        own = _key_of(service, host, act, command)
        attempt = 1
        done = service(host, attrs.evolve(act, key=f"{own}/{attempt}"), command)
        while done.replayed and (done.result.outcome in self.undone or not self.stands()):
            attempt += 1
            done = service(host, attrs.evolve(act, key=f"{own}/{attempt}"), command)
        return done


def _key_of(service: Callable[..., object], host: Host, act: Act, command: object) -> str:
    """Key of an act, the same for the same command of the same account on the same day."""
    content = {
        "act": getattr(service, "__name__", ""),
        "actor": to_plain(act.actor),
        "business_on": act.business_on.isoformat(),
        "command": to_plain(command),
    }
    return f"cli/{host.keys.digest('command', canonical(content)).hex()[:_KEY_DIGITS]}"
