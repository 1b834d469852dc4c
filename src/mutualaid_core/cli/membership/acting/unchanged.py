"""Unchanged (没有变化): whether a command of several acts did anything, or all of it was done before."""

import attrs

from mutualaid_core.cli.output import Output
from mutualaid_core.domain.values.identifiers import SchemeId
from mutualaid_core.work import Host


@attrs.frozen
class Before:
    """The journal of a scheme before a command (办理前日志), to which every act that is done adds.

    What somebody else does meanwhile counts as a change too, so that nothing new is kept silent.
    """

    _host: Host
    _scheme_id: SchemeId
    _position: int

    @classmethod
    def of(cls, host: Host, scheme_id: SchemeId) -> "Before":
        """The journal as it is now."""
        return cls(host, scheme_id, host.store.head(scheme_id).position)

    @property
    def is_unchanged(self) -> bool:
        """Whether nothing was added since."""
        return self._host.store.head(self._scheme_id).position == self._position


def say_unchanged(output: Output) -> None:
    """Say in a line of its own that everything had been done before."""
    output.say("没有变化：此前已办理", "nothing changed: it had been done before")


def say_as_it_stands(output: Output) -> None:
    """Say in a line of its own that everything that was asked for stood so before."""
    output.say("没有变化：所报内容与现有登记相同", "nothing changed: it stands so already")
