"""Recording a refusal (拒绝办理) of a unit."""

import attrs

from mutualaid_core.cli.membership.acting.once import Once
from mutualaid_core.cli.membership.acting.taken import refusing_taken
from mutualaid_core.cli.membership.acting.telling import plain_of
from mutualaid_core.cli.membership.doing import DONE, REFUSED, UNCHANGED, Asked, do_act
from mutualaid_core.cli.membership.faults import say_faults
from mutualaid_core.cli.membership.persons import impersonal
from mutualaid_core.cli.output import Output
from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.governance.act import Act
from mutualaid_core.domain.membership.unit import Unit
from mutualaid_core.domain.scheme.policy.membership import RefusalReason
from mutualaid_core.domain.values.identifiers import PeriodId, SchemeId
from mutualaid_core.ports.store import Store
from mutualaid_core.services.membership.refusals import RefusalTold, TellRefusal, tell_refusal
from mutualaid_core.work import Done, Host, read_one

_OTHER = "other"


@attrs.frozen(kw_only=True)
class Refusing:
    """A refusal (拒绝办理), as the command line tells it.

    Attributes:
        refusal: Id of the record.
        unit: Unit.
        reason: Why, by the word of the reason; ``other`` for one that no document names.
        scheme: Scheme.
        period: Period.
    """

    refusal: str
    unit: str
    reason: str
    scheme: str
    period: str


def refuse(asked: Asked, wanted: Refusing, output: Output) -> int:
    """Record a refusal; status 1 where its reason is banned, so that the unit must be asked again.

    Raises:
        InvalidValueError: Something personal stands on the command line.
        NotFoundError: There is no such unit or period.
    """
    refusal, unit = impersonal("refusal", wanted.refusal), impersonal("unit", wanted.unit)

    def call(host: Host, act: Act) -> Done[RefusalTold]:
        command = TellRefusal(
            refusal_id=refusal,
            scheme_id=SchemeId(wanted.scheme),
            period_id=PeriodId(wanted.period),
            unit_id=read_one(host.store, Unit, unit).unit_id,
            reason=None if wanted.reason == _OTHER else RefusalReason(wanted.reason),
        )
        # The record stays whatever becomes of it, so that a repeat is one in any case.
        with refusing_taken("refusal", refusal):
            return Once(key=asked.key, undone=frozenset()).do(tell_refusal, host, act, command)

    def tell(_store: Store, done: Done[RefusalTold]) -> int:
        output.document({**plain_of(done.result), "replayed": done.replayed})
        stands = done.result.outcome is Outcome.PASS
        zh, en = "已记录，理由不成立，单位须再次动员", "recorded, the reason is banned: ask the unit again"
        if stands:
            zh, en = "已记录，理由成立", "recorded, the reason stands"
        output.say(*((zh + UNCHANGED[0], en + UNCHANGED[1]) if done.replayed else (zh, en)))
        say_faults(output, done.result.faults)
        return DONE if stands else REFUSED

    return do_act(asked, call, tell)
