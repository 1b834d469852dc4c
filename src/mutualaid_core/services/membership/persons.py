"""Persons (个人): the records of those who join, and who may come alone instead of with a unit."""

from collections.abc import Iterable, Mapping

import attrs

from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.membership.member import Member
from mutualaid_core.domain.membership.unit import Admission, Unit
from mutualaid_core.domain.scheme.policy.membership import JoinedBy
from mutualaid_core.domain.values.identifiers import PoolId, UnitId
from mutualaid_core.domain.values.personal import PersonName
from mutualaid_core.rules.membership.joining import way_of
from mutualaid_core.services.membership.joiner import JudgedLine
from mutualaid_core.work import Work


def through_faults(
    unit_id: UnitId, unit: Unit | None, pool_id: PoolId, *, admission: Admission | None, way: JoinedBy
) -> tuple[Fault, ...]:
    """Why nobody may join through a unit in that way.

    A unit that was judged is a known one, so being known is asked for persons alone. They come
    through an office or a union that has no workers of its own: a unit that is judged by its
    roster, or an employer, brings its workers in together, so that nobody gets around the gate, the
    count and the objections. The union of a platform or an industry takes persons in beside its
    list, but not once the gate refused it.

    Args:
        unit_id: Unit through which they would join.
        unit: Its record; ``None`` where it is not known.
        pool_id: Pool of the scheme.
        admission: How the unit was judged for the period; ``None`` where it was not.
        way: Who brings them in.

    Clause:
        HN-3.2.1a, HN-4.1.2a, HN-3.1.2c
    """
    alone = way is JoinedBy.PERSON
    if unit is None:
        fault = Fault(subject=unit_id, rule="must be a known unit", found="unknown", clause="HN-3.2.1a")
        return (fault,) if alone else ()
    faults = []
    if unit.pool_id != pool_id:
        rule = f"must belong to the pool {pool_id}"
        faults.append(Fault(subject=unit_id, rule=rule, found=unit.pool_id, clause="HN-3.2.1a"))
    if alone and _brings_its_workers(unit, admission):
        rule = "must bring its workers in together, by its roster"
        faults.append(Fault(subject=unit_id, rule=rule, found="persons alone", clause="HN-4.1.2a"))
    return tuple(faults)


def _brings_its_workers(unit: Unit, admission: Admission | None) -> bool:
    if way_of(unit.kind) is JoinedBy.PLATFORM:
        return admission is not None and not admission.judgement.admitted
    return admission is not None or unit.kind is not None


def keep_members(work: Work, lines: Iterable[JudgedLine], known: Mapping[str, Member]) -> tuple[Fault, ...]:
    """Add who is not known; a newer list corrects a name that was written otherwise before.

    A name that has little to do with the one on record is no correction: the number may be that of
    somebody else. The first name stays, and a person looks at it.

    Args:
        work: The work of the act.
        lines: Those who are enrolled.
        known: Who is known by pseudonym, as read before.

    Returns:
        What a person should look at; no name stands in it.

    Clause:
        HN-3.1.2a
    """
    flags = []
    for line in lines:
        member, before = _member(line), known.get(line.member_id)
        if before is None:
            work.add(member)
        elif not is_alike(before.name, member.name):
            rule = "should have the name on record for the number"
            found = "a wholly different name"
            flags.append(Fault(subject=line.member_id, rule=rule, found=found, clause="HN-3.1.2a"))
        elif before.name != member.name:
            own = work.get(Member, line.member_id)
            work.replace(attrs.evolve(own, name=member.name))
    return tuple(flags)


def is_alike(before: PersonName, now: PersonName) -> bool:
    """Whether one name may be the other, written otherwise: half of its characters are the same.

    Args:
        before: The name on record.
        now: The name on the list.
    """
    first, second = before.reveal(), now.reveal()
    same = len(set(first) & set(second))
    return 2 * same >= max(len(set(first)), len(set(second)))


def _member(line: JudgedLine) -> Member:
    joiner = line.joiner
    return Member(
        member_id=line.member_id,
        name=joiner.name,
        id_number=joiner.id_number,
        sex=joiner.sex,
        birth_date=joiner.birth_date,
    )
