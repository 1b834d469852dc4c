"""Opening a period (设立互助期) from files, and founding its scheme where it is the first."""

import datetime
from pathlib import Path

import attrs

from mutualaid_core.cli.approving.pointing import Place, say_adjust
from mutualaid_core.cli.host import host_for, keys_from, opened
from mutualaid_core.cli.membership.acting.once import Once
from mutualaid_core.cli.membership.acting.telling import How, plain_of, say_outcome, status_of
from mutualaid_core.cli.membership.doing import Asked, do_act
from mutualaid_core.cli.membership.persons import impersonal
from mutualaid_core.cli.output import Output
from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.governance.act import Act
from mutualaid_core.domain.scheme.joining import MONTHS_A_PERIOD
from mutualaid_core.domain.scheme.period import Period
from mutualaid_core.domain.scheme.policy import Policy
from mutualaid_core.domain.scheme.scheme import Scheme
from mutualaid_core.domain.scheme.version import SchemeVersion, version_on
from mutualaid_core.domain.values.dates import DayRange, MonthEnd, add_days, add_months, parse_day
from mutualaid_core.domain.values.identifiers import PeriodId, PolicyId
from mutualaid_core.errors import IntakeError, InvalidValueError
from mutualaid_core.intake.scheme_file import SchemeFile, read_scheme_file
from mutualaid_core.intake.schemes.policies import given_policies, nonconformities_of
from mutualaid_core.ports.store import Store
from mutualaid_core.rules.scheme.continuity import as_published
from mutualaid_core.serialization.records import form_of
from mutualaid_core.services import founding
from mutualaid_core.services.founding import Founded, FoundScheme, PublishPolicy
from mutualaid_core.work import Done, Host, read_many


@attrs.frozen(kw_only=True)
class Opening:
    """A period to be opened (待设互助期), as the command line tells it.

    Attributes:
        period: Id.
        scheme: Scheme file.
        policy: Policy file, or id of a shipped policy.
        first_day: First day as written.
        is_new: Whether the store may be made.
    """

    period: str
    scheme: Path
    policy: str
    first_day: str
    is_new: bool


def open_period(asked: Asked, wanted: Opening, output: Output) -> int:
    """Open a period, or found its scheme with it.

    Raises:
        IntakeError: With every problem of the files.
        InvalidValueError: The day cannot be read, or the scheme file names no region.
        VersionGapError: Not exactly one version of the file is in force on the first day.
    """
    policies = _policies(wanted.policy)
    command = _command(wanted, policies)
    version = command.version.version_id
    place = Place(version=version, file=wanted.scheme, store=asked.store, key_file=asked.key_file)
    if wanted.is_new:
        with opened(asked.store, read_only=False) as made:
            host_for(made, keys_from(asked.key_file), may_write=True)

    def call(host: Host, act: Act) -> Done[Founded]:
        published = _publish_above(host, act, command.policy, policies)
        return published or _found(host, act, command)

    def tell(_store: Store, done: Done[Founded]) -> int:
        output.document({**plain_of(done.result), "replayed": done.replayed})
        say_outcome(output, done.result.outcome, done.result.faults, How(replayed=done.replayed))
        cover = command.period.cover
        days = f"{cover.first_day.isoformat()} – {cover.last_day.isoformat()}"
        if not done.result.faults:
            output.say(f"互助期 {wanted.period}：{days}", f"period {wanted.period}: {days}")
        say_adjust(output, done.result.faults, place)
        return status_of(done.result.outcome)

    return do_act(asked, call, tell)


def _found(host: Host, act: Act, command: FoundScheme) -> Done[Founded]:
    """Found the scheme, or open a further period of it; nothing where it is there already."""
    if _is_open(host.store, command):
        return Done(result=Founded(outcome=Outcome.PASS, faults=()), replayed=True)
    is_founded = bool(read_many(host.store, Scheme, (command.scheme.scheme_id,)))
    service = founding.open_period if is_founded else founding.found_scheme
    return Once(key=None).do(service, host, act, command)


def _is_open(store: Store, command: FoundScheme) -> bool:
    """Whether the period is there, under the same version."""
    period, version = command.period, command.version
    period_key, version_key = form_of(Period).key(period), form_of(SchemeVersion).key(version)
    periods = read_many(store, Period, (period_key,))
    versions = read_many(store, SchemeVersion, (version_key,))
    is_same = period_key in periods and periods[period_key].cover == period.cover
    known = versions.get(version_key)
    return is_same and known is not None and as_published(version, (known,)) == known


def _publish_above(
    host: Host, act: Act, policy: Policy, policies: dict[PolicyId, Policy]
) -> Done[Founded] | None:
    """Publish what a shipped policy extends, the uppermost first; what was refused, else ``None``."""
    above = None if policy.extends is None else policies.get(policy.extends.policy)
    if above is None or read_many(host.store, Policy, (above.policy_id,)):
        return None
    if refused := _publish_above(host, act, above, policies):
        return refused
    done = Once(key=None).do(founding.publish_policy, host, act, PublishPolicy(policy=above))
    return done if done.result.faults else None


def _policies(given: str) -> dict[PolicyId, Policy]:
    """The shipped policies; a file takes the place of a shipped one of its id.

    Raises:
        IntakeError: With every problem of the file.
        InvalidValueError: It is neither the id of a shipped policy nor a file.
    """
    policies, problems = given_policies((given,))
    if found := [each for of_file in problems.values() for each in of_file]:
        raise IntakeError(tuple(found))
    return policies


def _command(wanted: Opening, policies: dict[PolicyId, Policy]) -> FoundScheme:
    """What is founded, from the files.

    Raises:
        IntakeError: With every problem of the scheme file.
        InvalidValueError: The day cannot be read, or the scheme file names no region, or another policy.
        VersionGapError: Not exactly one version of the file is in force on the first day.
    """
    first_day = parse_day(wanted.first_day)
    file, problems = read_scheme_file(wanted.scheme, lambda read: nonconformities_of(read, policies))
    if file is None or problems:
        raise IntakeError(problems)
    return _of(wanted, file, policies, first_day)


def _of(
    wanted: Opening, file: SchemeFile, policies: dict[PolicyId, Policy], first_day: datetime.date
) -> FoundScheme:
    if file.region is None:
        raise InvalidValueError("region", "must be given", None)
    scheme = file.scheme
    if scheme.policy_id not in policies:
        raise InvalidValueError(
            "policy", f"must be {scheme.policy_id}, as the scheme file says", wanted.policy
        )
    next_year = add_months(first_day, MONTHS_A_PERIOD, MonthEnd.NEXT_FIRST)
    cover = DayRange(first_day=first_day, last_day=add_days(next_year, -1))
    period_id = PeriodId(impersonal("period", wanted.period))
    return FoundScheme(
        policy=policies[scheme.policy_id],
        region=file.region,
        scheme=scheme,
        version=version_on(file.versions, scheme.scheme_id, first_day),
        period=Period(scheme_id=scheme.scheme_id, period_id=period_id, cover=cover),
    )
