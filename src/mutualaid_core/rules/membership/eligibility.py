"""Eligibility (参加资格): whether a worker may join, and a unit."""

from typing import Final

from mutualaid_core.clauses import implements
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.membership.unit import Unit
from mutualaid_core.domain.scheme.eligibility import Eligibility, Employment, InsuranceType
from mutualaid_core.domain.scheme.policy import EffectivePolicy
from mutualaid_core.domain.scheme.policy.membership import MemberClass, UnitTerritory
from mutualaid_core.domain.scheme.region import PoolingRegion
from mutualaid_core.domain.values.identifiers import DivisionCode
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.rules.membership.facts import NO_FACTS, MemberFacts
from mutualaid_core.rules.scheme.allowed import asked
from mutualaid_core.rules.scheme.fit import all_hold

_NO_PART: Final = "00"
"""A pair of figures that names no part of the region before it."""


@implements("HN-4.1.1b", "HN-4.1.1c", "SN-1.5")
def check_eligible(
    insurance_type: InsuranceType,
    employment: Employment,
    terms: Eligibility,
    facts: MemberFacts = NO_FACTS,
) -> None:
    """Refuse a worker whose basic insurance, employment or other facts do not qualify.

    Args:
        insurance_type: Basic insurance.
        employment: Form of employment.
        terms: Who may join.
        facts: What the further conditions of *terms* may ask, on the first day of cover.

    Raises:
        InvalidValueError: With the field that is wrong and its clause.

    Clause:
        HN-4.1.1b, HN-4.1.1c, SN-1.5
    """
    if insurance_type not in terms.insurance_types:
        allowed = ", ".join(each.value for each in terms.insurance_types)
        raise InvalidValueError(
            "insurance_type", f"must be {allowed}", insurance_type.value, clause="HN-4.1.1b"
        )
    if employment not in terms.employments:
        allowed = ", ".join(each.value for each in terms.employments)
        raise InvalidValueError("employment", f"must be {allowed}", employment.value, clause="HN-4.1.1c")
    if not meets_terms(terms, facts):
        raise InvalidValueError("eligibility", "must meet every condition", None, clause="ACFTU-2.1a")


@implements("HN-4.1.1b", "ACFTU-2.1a")
def meets_terms(terms: Eligibility, facts: MemberFacts) -> bool:
    """Whether somebody of these facts may join: sex, age and whatever else the terms ask.

    The basic insurance is looked at where the facts tell it.

    Args:
        terms: Who may join.
        facts: Facts on the first day of cover.

    Raises:
        InvalidValueError: The facts do not say what the terms ask for.

    Clause:
        HN-4.1.1b, ACFTU-2.1a
    """
    insurance = facts.codes.get("insutype")
    qualifies = insurance is None or insurance in {each.value for each in terms.insurance_types}
    return qualifies and all_hold(terms.when, facts)


@implements("GD-2.3.1b", "HN-4.1.1c")
def member_classes(employment: Employment, told: tuple[MemberClass, ...]) -> frozenset[MemberClass]:
    """The classes that a person belongs to, by employment and by what the roster tells.

    Who works is active; who has no employer belongs to the new forms of employment besides. Who
    has retired is neither, and a model worker who has retired is a class of its own.

    Args:
        employment: Form of employment.
        told: Classes that the roster tells.

    Clause:
        GD-2.3.1b, HN-4.1.1c
    """
    if employment is Employment.RETIRED:
        models = {MemberClass.MODEL_WORKER, MemberClass.RETIRED_MODEL_WORKER} & set(told)
        return frozenset({MemberClass.RETIRED_MODEL_WORKER} if models else ())
    own = {MemberClass.ACTIVE, *told} - {MemberClass.RETIRED_MODEL_WORKER}
    return frozenset(own | ({MemberClass.NEW_FORM} if employment is Employment.FLEXIBLE else set()))


@implements("GD-2.3.1b", "HN-4.1.1c")
def class_faults(
    member_id: str, employment: Employment, told: tuple[MemberClass, ...], policy: EffectivePolicy
) -> tuple[Fault, ...]:
    """Why a person of these classes may not join; empty where a class is listed, or none is asked.

    Args:
        member_id: The member.
        employment: Form of employment.
        told: Classes that the roster tells.
        policy: What the layers ask on the day.

    Clause:
        GD-2.3.1b, HN-4.1.1c
    """
    listed = policy.policy.eligibility.classes
    own = member_classes(employment, told)
    if listed is None or own & set(listed):
        return ()
    rule = "must be of a class among " + ", ".join(each.value for each in listed)
    found = ", ".join(sorted(each.value for each in own)) or "no class"
    return (asked(policy.cited("eligibility.classes"), member_id, rule, found),)


@implements("HN-4.1.1a")
def unit_faults(unit: Unit, pool: PoolingRegion | None, policy: EffectivePolicy) -> tuple[Fault, ...]:
    """Why a unit may not join a pool: of another kind, or outside its territory.

    What was not told of a unit is not held against it.

    Args:
        unit: The unit.
        pool: The pool; ``None`` where it is not known.
        policy: What the layers ask on the day.

    Clause:
        HN-4.1.1a
    """
    terms = policy.policy.eligibility
    faults = []
    if terms.unit_kinds is not None and unit.kind is not None and unit.kind not in terms.unit_kinds:
        rule = "must be " + " or ".join(kind.value for kind in terms.unit_kinds)
        faults.append(asked(policy.cited("eligibility.unit_kinds"), unit.unit_id, rule, unit.kind.value))
    territory = terms.unit_territory
    if pool is None or pool.division is None or territory in {None, UnitTerritory.ANYWHERE}:
        return tuple(faults)
    places = (unit.division, unit.workplace)
    if territory is UnitTerritory.REGISTERED:
        places = (unit.division, None)
    told = [place for place in places if place is not None]
    if told and not any(is_inside(place, pool.division) for place in told):
        where = "" if territory is UnitTerritory.REGISTERED else "or at work "
        rule = f"must be registered {where}in {pool.division}"
        citation = policy.cited("eligibility.unit_territory")
        faults.append(asked(citation, unit.unit_id, rule, ", ".join(told)))
    return tuple(faults)


@implements("HN-4.1.1a", "HN-3.2.1a")
def stored_unit_faults(told: Unit, stored: Unit) -> tuple[Fault, ...]:
    """What a description of a unit says otherwise than its record, of all that a unit is judged by.

    A description does not correct the record, so nobody is judged by it. What it leaves out is as
    the record has it, and a name is none of these.

    Args:
        told: The unit as somebody describes it.
        stored: The unit as it is on record.

    Clause:
        HN-4.1.1a, HN-3.2.1a
    """
    pairs = (
        ("pool_id", told.pool_id, stored.pool_id, "HN-3.2.1a"),
        ("kind", told.kind and told.kind.value, stored.kind and stored.kind.value, "HN-4.1.1a"),
        ("division", told.division, stored.division, "HN-4.1.1a"),
        ("workplace", told.workplace, stored.workplace, "HN-4.1.1a"),
    )
    return tuple(
        Fault(
            subject=told.unit_id,
            rule=f"must have the {field} that is on record, or be corrected there first",
            found=own,
            clause=clause,
        )
        for field, own, kept, clause in pairs
        if own is not None and own != kept
    )


@implements("HN-4.1.1a")
def is_inside(division: DivisionCode, region: DivisionCode) -> bool:
    """Whether a division lies within another: the pairs of figures that are not 00 agree.

    Clause:
        HN-4.1.1a

    >>> is_inside(DivisionCode("430102"), DivisionCode("430100"))
    True
    """
    own = str(region)
    while own.endswith(_NO_PART):
        own = own.removesuffix(_NO_PART)
    return division.startswith(own)
