"""Eligibility: whose insurance, employment and class qualify, and which units."""

import attrs
import pytest

from mutualaid_core.domain.membership.unit import Unit, UnitKind
from mutualaid_core.domain.scheme.benefit.conditions import CountWithin
from mutualaid_core.domain.scheme.eligibility import Employment, InsuranceType
from mutualaid_core.domain.scheme.policy import EffectivePolicy, EligibilityLimits
from mutualaid_core.domain.scheme.policy.membership import MemberClass, UnitTerritory
from mutualaid_core.domain.scheme.region import PoolingRegion, PoolLevel, PoolType
from mutualaid_core.domain.values.identifiers import DivisionCode, PoolId, UnitId
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.rules.membership.eligibility import (
    check_eligible,
    class_faults,
    is_inside,
    meets_terms,
    member_classes,
    stored_unit_faults,
    unit_faults,
)
from mutualaid_core.rules.membership.facts import MemberFacts
from mutualaid_core.rules.scheme.layers import effective_policy
from mutualaid_core.testing.samples import POLICY, REGION, VERSION

TERMS = VERSION.eligibility
CHANGSHA, GUANGZHOU, SHAOYANG = "430100", "440100", "430500"
PROVINCE = PoolingRegion(
    pool_id=PoolId("430000"),
    name="湖南省",
    type=PoolType.GEOGRAPHIC,
    level=PoolLevel.PROVINCE,
    division=DivisionCode("430000"),
)


def under(**limits: object) -> EffectivePolicy:
    """A policy with these limits alone."""
    terms = EligibilityLimits(source="HN-4.1.1a", **limits)  # type: ignore[arg-type]  # any limit
    return effective_policy((attrs.evolve(POLICY, eligibility=terms),), POLICY.valid_from)


def unit(division: str | None = None, workplace: str | None = None, kind: UnitKind | None = None) -> Unit:
    """A unit there, of that kind."""
    return Unit(
        unit_id=UnitId("U-1"),
        name="单位",
        pool_id=REGION.pool_id,
        kind=kind,
        division=None if division is None else DivisionCode(division),
        workplace=None if workplace is None else DivisionCode(workplace),
    )


@pytest.mark.parametrize(
    ("age", "insurance", "met"),
    [(18, "310", True), (60, "310", True), (17, "310", False), (61, "310", False), (40, "390", False)],
)
@pytest.mark.clause("HN-4.1.1b", "ACFTU-2.1a")
def test_terms_are_met_by_age_and_insurance(age: int, insurance: str, *, met: bool) -> None:
    """Who is too young or too old, or on another insurance, must not meet the terms."""
    terms = attrs.evolve(TERMS, when=(CountWithin(fact="age", least=18, most=60),))
    facts = MemberFacts(counts={"age": age}, codes={"insutype": insurance})
    assert meets_terms(terms, facts) is met


def test_an_insurance_that_is_not_told_is_not_held_against_anybody() -> None:
    """Facts that tell no insurance must meet terms that ask for nothing else."""
    assert meets_terms(attrs.evolve(TERMS, when=()), MemberFacts())


def test_a_regular_worker_on_employees_insurance_qualifies() -> None:
    """Employees' insurance and regular employment must qualify."""
    check_eligible(InsuranceType.EMPLOYEE, Employment.REGULAR, TERMS)


@pytest.mark.parametrize(
    "insurance", [InsuranceType.RESIDENT, InsuranceType.BIG_SUM, InsuranceType.CIVIL_SERVANT_SUBSIDY]
)
def test_another_insurance_does_not_qualify(insurance: InsuranceType) -> None:
    """Residents' insurance and supplements alone must be refused with the clause."""
    with pytest.raises(InvalidValueError) as caught:
        check_eligible(insurance, Employment.REGULAR, TERMS)
    assert (caught.value.field, caught.value.value, caught.value.clause) == (
        "insurance_type",
        insurance.value,
        "HN-4.1.1b",
    )


@pytest.mark.parametrize("employment", [Employment.RETIRED, Employment.FLEXIBLE, Employment.DISPATCHED])
def test_another_employment_does_not_qualify(employment: Employment) -> None:
    """Retired, flexible and dispatched workers must be refused where the version admits regular ones."""
    with pytest.raises(InvalidValueError) as caught:
        check_eligible(InsuranceType.EMPLOYEE, employment, TERMS)
    assert (caught.value.field, caught.value.value, caught.value.clause) == (
        "employment",
        employment.value,
        "HN-4.1.1c",
    )


@pytest.mark.parametrize(("age", "qualifies"), [(15, False), (16, True), (60, True), (61, False)])
def test_further_conditions_must_hold(age: int, *, qualifies: bool) -> None:
    """Where a scheme asks for an age from 16 to 60, both ends must qualify and their neighbours not."""
    terms = attrs.evolve(TERMS, when=(CountWithin(fact="age", least=16, most=60),))
    facts = MemberFacts(counts={"age": age})
    if qualifies:
        check_eligible(InsuranceType.EMPLOYEE, Employment.REGULAR, terms, facts)
        return
    with pytest.raises(
        InvalidValueError, match=r"eligibility must meet every condition, got None \[ACFTU-2.1a\]"
    ):
        check_eligible(InsuranceType.EMPLOYEE, Employment.REGULAR, terms, facts)


@pytest.mark.parametrize(
    ("employment", "classes", "own"),
    [
        (Employment.REGULAR, (), {MemberClass.ACTIVE}),
        (Employment.DISPATCHED, (MemberClass.MODEL_WORKER,), {MemberClass.ACTIVE, MemberClass.MODEL_WORKER}),
        (Employment.FLEXIBLE, (), {MemberClass.ACTIVE, MemberClass.NEW_FORM}),
        (Employment.REGULAR, (MemberClass.RETIRED_MODEL_WORKER,), {MemberClass.ACTIVE}),
        (Employment.RETIRED, (), set()),
        (Employment.RETIRED, (MemberClass.REGISTERED_HARDSHIP,), set()),
        (Employment.RETIRED, (MemberClass.MODEL_WORKER,), {MemberClass.RETIRED_MODEL_WORKER}),
    ],
)
def test_the_classes_of_a_person(
    employment: Employment, classes: tuple[MemberClass, ...], own: set[MemberClass]
) -> None:
    """Who works must be active, and who has retired nothing but a retired model worker."""
    assert member_classes(employment, classes) == own


def test_one_class_that_is_listed_is_enough() -> None:
    """A retired model worker must be refused where only active workers are listed."""
    model = (MemberClass.MODEL_WORKER,)
    active = under(classes=(MemberClass.ACTIVE, MemberClass.MODEL_WORKER))
    both = under(classes=(MemberClass.ACTIVE, MemberClass.RETIRED_MODEL_WORKER))
    (fault,) = class_faults("M1", Employment.RETIRED, model, active)
    assert (fault.subject, fault.found, fault.clause) == ("M1", "retired_model_worker", "HN-4.1.1a")
    assert class_faults("M1", Employment.RETIRED, model, both) == ()
    assert class_faults("M1", Employment.REGULAR, (), active) == ()
    assert class_faults("M1", Employment.RETIRED, (), under()) == ()
    assert class_faults("M1", Employment.RETIRED, (), both)[0].found == "no class"


@pytest.mark.parametrize(
    ("territory", "division", "workplace", "joins"),
    [
        (UnitTerritory.REGISTERED_OR_WORKPLACE, SHAOYANG, None, True),
        (UnitTerritory.REGISTERED_OR_WORKPLACE, GUANGZHOU, None, False),
        (UnitTerritory.REGISTERED_OR_WORKPLACE, GUANGZHOU, CHANGSHA, True),
        (UnitTerritory.REGISTERED_OR_WORKPLACE, None, None, True),
        (UnitTerritory.REGISTERED, GUANGZHOU, CHANGSHA, False),
        (UnitTerritory.REGISTERED, CHANGSHA, GUANGZHOU, True),
        (UnitTerritory.ANYWHERE, GUANGZHOU, None, True),
        (None, GUANGZHOU, None, True),
    ],
)
def test_where_a_unit_must_be(
    territory: UnitTerritory | None,
    division: str | None,
    workplace: str | None,
    joins: bool,  # noqa: FBT001  # the expected answer
) -> None:
    """A unit must be inside as the policy says; what was not told must not be held against it."""
    faults = unit_faults(unit(division, workplace), PROVINCE, under(unit_territory=territory))
    assert (faults == ()) == joins
    assert {fault.clause for fault in faults} <= {"HN-4.1.1a"}


def test_a_pool_without_a_division_has_no_territory() -> None:
    """The pool of an industry must take units from anywhere, and so must one that is not known."""
    policy = under(unit_territory=UnitTerritory.REGISTERED)
    industry = attrs.evolve(PROVINCE, type=PoolType.INDUSTRY, division=None)
    assert unit_faults(unit(GUANGZHOU), industry, policy) == ()
    assert unit_faults(unit(GUANGZHOU), None, policy) == ()


def test_which_kinds_of_units_join() -> None:
    """A kind that is not listed must be refused, and one that was not told must pass."""
    policy = under(unit_kinds=(UnitKind.ORGAN, UnitKind.ENTERPRISE))
    (fault,) = unit_faults(unit(kind=UnitKind.PLATFORM_UNION), PROVINCE, policy)
    assert (fault.subject, fault.rule, fault.clause) == ("U-1", "must be organ or enterprise", "HN-4.1.1a")
    assert unit_faults(unit(kind=UnitKind.ORGAN), PROVINCE, policy) == ()
    assert unit_faults(unit(), PROVINCE, policy) == ()


@pytest.mark.parametrize(
    ("division", "region", "inside"),
    [
        ("430102", "430100", True),
        ("430102", "430000", True),
        ("430102", "430102", True),
        ("430202", "430100", False),
        ("440100", "430000", False),
    ],
)
def test_what_lies_inside(division: str, region: str, inside: bool) -> None:  # noqa: FBT001  # the expected answer
    """A county must lie in its city and its province, and in no other."""
    assert is_inside(DivisionCode(division), DivisionCode(region)) == inside


@pytest.mark.clause("HN-4.1.1a", "HN-3.2.1a")
def test_a_description_may_leave_out_but_not_contradict_the_record() -> None:
    """What is told otherwise than on record must be refused by its field; a blank and a name must not."""
    stored = unit(GUANGZHOU, kind=UnitKind.ORGAN)
    assert stored_unit_faults(attrs.evolve(stored, name="别名", kind=None, division=None), stored) == ()
    told = attrs.evolve(
        stored, pool_id=PoolId("430200"), kind=UnitKind.ENTERPRISE, workplace=DivisionCode(CHANGSHA)
    )
    faults = stored_unit_faults(told, stored)
    assert [fault.found for fault in faults] == ["430200", "enterprise", CHANGSHA]
