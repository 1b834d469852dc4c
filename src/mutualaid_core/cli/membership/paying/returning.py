"""Returning (错缴退回) what came in error."""

from pathlib import Path

import attrs

from mutualaid_core.cli.membership.acting.once import NOT_DONE, Once
from mutualaid_core.cli.membership.acting.taken import refusing_taken
from mutualaid_core.cli.membership.acting.telling import How, plain_of, say_outcome, status_of
from mutualaid_core.cli.membership.doing import Asked, do_act
from mutualaid_core.cli.membership.persons import impersonal, member_id_by, person_named
from mutualaid_core.cli.output import Output
from mutualaid_core.domain.governance.act import Act
from mutualaid_core.domain.membership.paying.remittance import RefundGround
from mutualaid_core.domain.values.identifiers import EntryId, SchemeId
from mutualaid_core.domain.values.money import parse_yuan
from mutualaid_core.ports.store import Store
from mutualaid_core.services.membership.paying.corrections import (
    CorrectContribution,
    Corrected,
    correct_contribution,
)
from mutualaid_core.work import Done, Host


@attrs.frozen(kw_only=True)
class Returning:
    """What is to go back (退回), as the command line tells it.

    Attributes:
        remittance: Remittance with which it came.
        member: Pseudonym of whose payment it is; ``None`` for none.
        id_file: File with the ID number instead.
        ground: Why it is asked for.
        amount: How much.
        entry: Id of the entry by which it goes back.
        paper: Paper on which it rests.
        scheme: Scheme.
    """

    remittance: str
    member: str | None
    id_file: Path | None
    ground: str
    amount: str
    entry: str
    paper: str
    scheme: str


def give_back(asked: Asked, wanted: Returning, output: Output) -> int:
    """Give back what came in error.

    Raises:
        InvalidValueError: An amount cannot be read, or something personal stands on the command line.
        NotFoundError: There is no such remittance.
    """
    amount, cause = parse_yuan(wanted.amount), impersonal("paper", wanted.paper)
    remittance, entry = impersonal("remittance", wanted.remittance), impersonal("entry", wanted.entry)
    is_named = wanted.member is not None or wanted.id_file is not None
    person = person_named(wanted.member, wanted.id_file) if is_named else None

    def call(host: Host, act: Act) -> Done[Corrected]:
        command = CorrectContribution(
            scheme_id=SchemeId(wanted.scheme),
            remittance_id=EntryId(remittance),
            entry_id=EntryId(entry),
            ground=RefundGround(wanted.ground),
            amount=amount,
            member_id=None if person is None else member_id_by(person, host.keys),
            cause=cause,
        )
        with refusing_taken("entry", entry, store=host.store):
            return Once(key=asked.key, undone=NOT_DONE).do(correct_contribution, host, act, command)

    def tell(_store: Store, done: Done[Corrected]) -> int:
        result = done.result
        output.document({**plain_of(result), "replayed": done.replayed})
        say_outcome(output, result.outcome, result.faults, How(replayed=done.replayed))
        if result.returned:
            output.say(f"退回 {result.returned} 元", f"{result.returned} yuan went back")
        return status_of(result.outcome)

    return do_act(asked, call, tell)
