"""Terms (项目条款) by which a file of claims is read: schemes, their versions and what these ask for."""

import datetime
from collections.abc import Iterator

import attrs

from mutualaid_core.domain.scheme.version import SchemeVersion
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.intake.claims.needs import Needs, Together, needs_of
from mutualaid_core.rules.claims.given.rows import ClaimLine
from mutualaid_core.rules.claims.plan.compile import compile_version
from mutualaid_core.rules.claims.plan.terms import Plan


@attrs.frozen(kw_only=True)
class Terms:
    """One version of a scheme, ready to compute.

    Attributes:
        plan: The version, compiled.
        needs: What it asks for.
    """

    plan: Plan
    needs: Needs

    @property
    def version(self) -> SchemeVersion:
        """The version."""
        return self.plan.version

    @property
    def label(self) -> str:
        """Scheme and version, as a problem names them."""
        return f"{self.version.scheme_id} {self.version.version_id}"


@attrs.frozen(kw_only=True)
class SchemeTerms:
    """All versions of a scheme, by their first days."""

    scheme_id: str
    versions: tuple[Terms, ...]

    def version_for(self, line: ClaimLine) -> tuple[Terms, ...]:
        """The versions in force on the day that they themselves name as the event's.

        An event on whose day no version holds is judged, and refused, by the one before it; one
        before all versions by the first.
        """
        holding = tuple(each for each in self.versions if each.version.is_in_force(_day(line, each)))
        if holding:
            return holding
        earlier = [each for each in self.versions if each.version.first_day <= _day(line, each)]
        return (earlier[-1] if earlier else self.versions[0],)


def _day(line: ClaimLine, terms: Terms) -> datetime.date:
    return line.day(terms.version.event.period_by)


def terms_of(versions: tuple[SchemeVersion, ...]) -> tuple[SchemeTerms, ...]:
    """The schemes of *versions*, in the order in which they first stand there.

    Raises:
        InvalidValueError: There is no version, two have the same id, or a fact is declared to
            be one thing in one and another in another.
    """
    if not versions:
        raise InvalidValueError("versions", "must not be empty", 0)
    ids = [(version.scheme_id, version.version_id) for version in versions]
    if len(set(ids)) != len(ids):
        raise InvalidValueError("version_id", "must be told once in a scheme", len(ids))
    schemes = tuple(
        SchemeTerms(scheme_id=scheme_id, versions=tuple(_compiled(versions, scheme_id)))
        for scheme_id in dict.fromkeys(version.scheme_id for version in versions)
    )
    _refuse_other_kinds(together(schemes))
    return schemes


def _compiled(versions: tuple[SchemeVersion, ...], scheme_id: str) -> Iterator[Terms]:
    own = (version for version in versions if version.scheme_id == scheme_id)
    for version in sorted(own, key=lambda version: version.first_day):
        yield Terms(plan=compile_version(version), needs=needs_of(version))


def _refuse_other_kinds(needs: Together) -> None:
    kinds = needs.kinds
    for each in needs.of_versions:
        for name, kind in each.kinds.items():
            if kinds[name] is not kind:
                raise InvalidValueError("facts", "must be of one kind in all schemes", name)


def together(schemes: tuple[SchemeTerms, ...]) -> Together:
    """What the schemes ask for in one file."""
    return Together(of_versions=tuple(each.needs for scheme in schemes for each in scheme.versions))


def parts_of(schemes: tuple[SchemeTerms, ...]) -> tuple[str, ...]:
    """Ids of all parts of the schemes."""
    parts = (part for scheme in schemes for each in scheme.versions for part in each.version.parts)
    return tuple(dict.fromkeys(part.part_id for part in parts))
