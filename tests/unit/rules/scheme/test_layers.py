"""Layers: which hold on a day, what they ask together, and every way in which one loosens another."""

import datetime
from collections.abc import Callable
from typing import Any

import attrs
import pytest

from mutualaid_core.domain.scheme.policy import SUBJECTS, Extends, Origin, Policy, rulings_of
from mutualaid_core.domain.scheme.policy.fund import (
    AccountMap,
    AccountTerms,
    CostPayer,
    FundTerms,
    PlacementTerms,
    PlacementType,
    SideSpending,
    Subsidy,
)
from mutualaid_core.domain.scheme.policy.governance import GovernanceTerms
from mutualaid_core.domain.scheme.policy.membership import MembershipMode, MembershipTerms, ParticipationGate
from mutualaid_core.domain.scheme.policy.product import BenefitLimits, ContributionTerms
from mutualaid_core.domain.scheme.source import Grade, SourceDocument
from mutualaid_core.domain.values.money import ZERO, Money, parse_yuan
from mutualaid_core.domain.values.ratio import Ratio
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.rules.scheme.layers import (
    chain_faults,
    citation_faults,
    days_to_check,
    effective_if_sound,
    effective_policy,
    layers_on,
    policy_chain,
    starts_of,
)

DAY = datetime.date
FLOOR_DAY = DAY(2018, 9, 12)

CITY = Policy(
    policy_id="CITY",
    title="市级实施办法",
    valid_from=DAY(2019, 1, 1),
    extends=Extends(policy="HN-2013", from_day=DAY(2019, 1, 1)),
    documents=(SourceDocument(id="memo", title="市级备忘录", grade=Grade.MADE_UP),),
)
"""A city under the Hunan guidance that says nothing of its own."""


def ids(chain: tuple[Policy, ...]) -> list[str]:
    """The ids of a chain."""
    return [policy.policy_id for policy in chain]


@pytest.mark.parametrize(
    ("day", "layers"),
    [
        (DAY(2013, 9, 24), []),
        (DAY(2013, 9, 25), ["HN-2013"]),
        (DAY(2018, 9, 11), ["HN-2013"]),
        (FLOOR_DAY, ["HN-2013", "ACFTU-2018"]),
    ],
)
def test_a_layer_holds_from_its_own_day(
    hunan: Policy, floor: Policy, day: datetime.date, layers: list[str]
) -> None:
    """The guidance must hold from 2013-09-25 on, and the floor above it from 2018-09-12 on."""
    assert ids(layers_on((hunan, floor), day)) == layers


def test_a_layer_above_does_not_hold_before_the_layer_below(hunan: Policy, floor: Policy) -> None:
    """Under a policy of 2019 every layer must start in 2019 or later."""
    assert starts_of((CITY, hunan, floor)) == (DAY(2019, 1, 1),) * 3


def test_layers_that_name_no_parent_start_on_their_own_days(floor: Policy) -> None:
    """Where the lower layer does not say from when, the day of the upper one must count."""
    alone = attrs.evolve(CITY, extends=None, valid_from=DAY(2014, 1, 1))
    assert starts_of((alone, floor)) == (DAY(2014, 1, 1), FLOOR_DAY)


def test_a_chain_is_read_upwards(hunan: Policy, floor: Policy) -> None:
    """City, province and nation must be found one above the other."""
    published = {policy.policy_id: policy for policy in (hunan, floor)}
    chain, faults = policy_chain(CITY, published.get)
    assert (ids(chain), faults) == (["CITY", "HN-2013", "ACFTU-2018"], ())


def test_a_missing_layer_is_named(hunan: Policy) -> None:
    """A policy whose parent's parent is not published must be told which one is missing."""
    chain, faults = policy_chain(CITY, {"HN-2013": hunan}.get)
    assert ids(chain) == ["CITY", "HN-2013"]
    assert [str(fault) for fault in faults] == [
        "extends.policy of HN-2013 must be another policy, published first, got ACFTU-2018 [ACFTU-18.1]"
    ]


def test_a_chain_that_leads_back_is_refused() -> None:
    """Two policies that extend each other must be a fault and no endless search."""
    other = attrs.evolve(CITY, policy_id="HN-2013", extends=attrs.evolve(CITY.extends, policy="CITY"))
    chain, faults = policy_chain(CITY, {"HN-2013": other, "CITY": CITY}.get)
    assert (ids(chain), [fault.found for fault in faults]) == (["CITY", "HN-2013"], ["CITY"])


def test_a_chain_has_an_end() -> None:
    """More layers than there are levels must be a fault."""

    def next_of(policy_id: str) -> Policy:
        further = Extends(policy=f"P-{int(policy_id[2:]) + 1}", from_day=DAY(2019, 1, 1))
        return attrs.evolve(CITY, policy_id=policy_id, extends=further)

    chain, faults = policy_chain(next_of("P-1"), next_of)
    assert (len(chain), [fault.found for fault in faults]) == (8, ["P-9"])


def test_what_is_silent_falls_through(hunan: Policy, floor: Policy) -> None:
    """Each parameter must come from the nearest layer that sets it, with its clause."""
    effective = effective_policy((CITY, hunan, floor), DAY(2020, 1, 1))
    assert effective.layers == ("CITY", "HN-2013", "ACFTU-2018")
    assert effective.policy.benefit.deductible_max == ZERO
    assert effective.origins_of("benefit.deductible_max") == (
        Origin(parameter="benefit.deductible_max", policy_id="HN-2013", source="HN-4.4.2a", values=("0.00",)),
    )
    assert effective.cited("account.exception").clause == "HN-3.1.4b"
    assert effective.policy.supervision.source_of("channels") == "ACFTU-14.1"


def test_a_layer_that_repeats_does_not_set(hunan: Policy) -> None:
    """A city that repeats what the province fixed must not be taken for who asks it."""
    benefit = BenefitLimits(deductible_max=ZERO, source="memo")
    effective = effective_policy((attrs.evolve(CITY, benefit=benefit), hunan), DAY(2020, 1, 1))
    assert [each.policy_id for each in effective.origins_of("benefit.deductible_max")] == ["HN-2013"]


def test_before_any_layer_nothing_is_asked(hunan: Policy) -> None:
    """On a day before the policy no parameter may be set."""
    effective = effective_policy((hunan,), DAY(2010, 1, 1))
    assert (effective.layers, effective.origins, effective.policy.benefit) == ((), (), BenefitLimits())


def test_lists_of_what_is_asked_add_up(regulation: Callable[[str], Policy]) -> None:
    """The six rules of Shaanxi and the seven of the nation must be eight, each with its layer."""
    chain = (regulation("SN-2021"), regulation("ACFTU-2018"))
    effective = effective_policy(chain, DAY(2022, 1, 1))
    asked = effective.policy.governance.internal_rules
    assert asked is not None
    assert len(asked) == 8
    cited = {name: effective.cited("governance.internal_rules", name).clause for name in asked}
    assert (cited["service_standard"], cited["organisation"]) == ("SN-3.2.4b", "ACFTU-9.1a")


def test_a_source_that_is_no_clause_cites_the_clause_that_knows_the_parameter() -> None:
    """A city's own memo must be cited by the clause of the parameter, and the city not be named."""
    city = attrs.evolve(CITY, benefit=BenefitLimits(waiting_days_max=30, source="memo"), extends=None)
    found = effective_policy((city,), DAY(2020, 1, 1)).cited("benefit.waiting_days_max")
    assert (found.clause, found.setter) == ("HN-4.4.2b", "")


def test_dated_rows_come_from_the_nearest_layer_that_has_any(hunan: Policy, floor: Policy) -> None:
    """A city without subsidies must have those of the province, and another map beside its own."""
    own = AccountMap(spending="gift", account="慰问支出", first_day=DAY(2019, 1, 1), source="memo")
    city = attrs.evolve(CITY, account_maps=(own,))
    effective = effective_policy((city, hunan, floor), DAY(2020, 1, 1))
    assert effective.policy.subsidies == hunan.subsidies
    assert effective.policy.account_maps == (own, *hunan.account_maps)


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        (
            {"placement": PlacementTerms(allow=(PlacementType.WEALTH_PRODUCT,), source="memo")},
            (
                "placement.allow",
                "must be within demand_deposit, time_deposit, notice_deposit (HN-2013, HN-4.5.1c)",
                "wealth_product in CITY",
            ),
        ),
        (
            {"fund": FundTerms(fee_rate_max=Ratio(5, 100), source="memo")},
            ("fund.fee_rate_max", "must be <= 0% (HN-2013, HN-3.1.4c)", "5% in CITY"),
        ),
        (
            {"fund": FundTerms(cost_payer=CostPayer.FUND_FEE, source="memo")},
            ("fund.cost_payer", "must be as strict as union (HN-2013, HN-3.1.4c)", "fund_fee in CITY"),
        ),
        (
            {"fund": FundTerms(side_spending=SideSpending.WITH_APPROVAL, source="memo")},
            ("fund.side_spending", "must be as strict as none (HN-2013, HN-4.5.1a)", "with_approval in CITY"),
        ),
        (
            {"account": AccountTerms(exception=True, source="memo")},
            ("account.exception", "must be as strict as false (HN-2013, HN-3.1.4b)", "true in CITY"),
        ),
        (
            {"benefit": BenefitLimits(deductible_max=Money(30_000), source="memo")},
            ("benefit.deductible_max", "must be 0.00 (HN-2013, HN-4.4.2a)", "300.00 in CITY"),
        ),
        (
            {"participation": ParticipationGate(ratio_min=Ratio(79, 100), source="memo")},
            ("participation.ratio_min", "must be >= 80% (HN-2013, HN-4.1.2a)", "79% in CITY"),
        ),
        (
            {"membership": MembershipTerms(mode=MembershipMode.INDIVIDUAL, source="memo")},
            ("membership.mode", "must be as strict as unit_only (HN-2013, HN-3.1.2c)", "individual in CITY"),
        ),
    ],
)
@pytest.mark.clause("ACFTU-18.1", "HN-3.2.1a")
def test_each_loosening_is_refused(
    hunan: Policy, floor: Policy, changes: dict[str, Any], fault: tuple[str, str, str]
) -> None:
    """A city that loosens one rule of its province must have that one fault, with both values."""
    faults = chain_faults((attrs.evolve(CITY, **changes), hunan, floor))
    assert [(each.subject, each.rule, each.found, each.clause) for each in faults] == [(*fault, "ACFTU-18.1")]


@pytest.mark.clause("ACFTU-18.1")
def test_a_city_that_tightens_passes(hunan: Policy, floor: Policy) -> None:
    """A higher gate, dues inside the range and further rules must pass."""
    city = attrs.evolve(
        CITY,
        participation=ParticipationGate(ratio_min=Ratio(90, 100), source="memo"),
        contribution=ContributionTerms(amount_min=parse_yuan("50"), source="memo"),
        governance=GovernanceTerms(internal_rules=("archive",), source="memo"),
    )
    assert chain_faults((city, hunan, floor)) == ()


def test_what_loosens_two_layers_up_is_found(hunan: Policy, floor: Policy) -> None:
    """A city must keep to the nation too where its province is silent, and to it alone told once."""
    account = AccountTerms(exception=True, source="memo")
    placement = PlacementTerms(allow=(PlacementType.SAVINGS_BOND, PlacementType.STOCK), source="memo")
    province = attrs.evolve(hunan, placement=PlacementTerms())
    faults = chain_faults((attrs.evolve(CITY, account=account, placement=placement), province, floor))
    assert [fault.subject for fault in faults] == ["account.exception", "placement.allow"]
    assert "(ACFTU-2018, ACFTU-12.3a)" in faults[1].rule


def test_layers_that_contradict_are_a_fault(hunan: Policy) -> None:
    """Dues from 70 on under a province that allows 60 must be a fault, and have no effective policy."""
    city = attrs.evolve(CITY, contribution=ContributionTerms(amount_min=parse_yuan("70"), source="memo"))
    assert [str(fault) for fault in chain_faults((city, hunan))] == [
        "amount_max must be >= 70.00 with all layers of CITY, got 60.00 [ACFTU-18.1]"
    ]
    assert effective_if_sound((city, hunan), DAY(2020, 1, 1)) is None
    with pytest.raises(InvalidValueError, match=r"amount_max must be >= 70\.00"):
        effective_policy((city, hunan), DAY(2020, 1, 1))


def test_a_layer_stands_above_only_once_it_holds(hunan: Policy, floor: Policy) -> None:
    """A guidance that takes the floor from 2017 on must be refused."""
    early = attrs.evolve(hunan, extends=Extends(policy="ACFTU-2018", from_day=DAY(2017, 1, 1)))
    (fault,) = chain_faults((early, floor))
    assert (fault.subject, fault.found) == ("extends.from_day", "2017-01-01")


def test_two_maps_on_one_day_are_refused() -> None:
    """Two accounts for one spending that share a day must be a fault, others not."""
    old = AccountMap(spending="aid", account="其他维权支出", first_day=DAY(2019, 1, 1), source="memo")
    new = attrs.evolve(old, account="职工服务支出", first_day=DAY(2021, 1, 1))
    other = attrs.evolve(new, spending="gift", account="慰问支出")
    ended = attrs.evolve(old, last_day=DAY(2020, 12, 31))
    faults = chain_faults((attrs.evolve(CITY, extends=None, account_maps=(old, new, other)),))
    assert [(each.subject, each.found, each.clause) for each in faults] == [
        ("account_maps[1]", "职工服务支出", "SN-2.3.3")
    ]
    assert chain_faults((attrs.evolve(CITY, extends=None, account_maps=(ended, new, other)),)) == ()
    assert chain_faults((attrs.evolve(CITY, extends=None, account_maps=(new, ended)),)) == ()


def test_two_subsidies_for_one_year_are_refused() -> None:
    """Subsidies for 2014 to 2016 and from 2016 on must be a fault, from 2017 on not."""
    first = Subsidy(per_head=Money(50), first_year=2014, last_year=2016, source="memo")
    second = attrs.evolve(first, first_year=2016, last_year=2018)
    (fault,) = chain_faults((attrs.evolve(CITY, extends=None, subsidies=(second, first)),))
    assert (fault.subject, fault.found, fault.clause) == ("subsidies", "2016", "HN-4.6.3")
    later = attrs.evolve(second, first_year=2017)
    assert chain_faults((attrs.evolve(CITY, extends=None, subsidies=(first, later)),)) == ()


@pytest.mark.parametrize(
    ("first_day", "last_day", "days"),
    [
        (DAY(2014, 1, 1), DAY(2014, 12, 31), (DAY(2014, 1, 1),)),
        (DAY(2018, 1, 1), DAY(2018, 12, 31), (DAY(2018, 1, 1), FLOOR_DAY)),
        (DAY(2018, 1, 1), FLOOR_DAY, (DAY(2018, 1, 1), FLOOR_DAY)),
        (DAY(2014, 1, 1), None, (DAY(2014, 1, 1), FLOOR_DAY)),
        (DAY(2019, 1, 1), None, (DAY(2019, 1, 1),)),
        (DAY(2013, 1, 1), DAY(2013, 12, 31), (DAY(2013, 9, 25),)),
    ],
)
def test_a_version_is_judged_where_layers_change(
    hunan: Policy,
    floor: Policy,
    first_day: datetime.date,
    last_day: datetime.date | None,
    days: tuple[datetime.date, ...],
) -> None:
    """The first day of a version and each start of a layer in its force must be looked at."""
    assert days_to_check((hunan, floor), first_day, last_day) == days


@pytest.mark.parametrize(
    ("clause", "day", "allowed"),
    [
        ("HN-4.4.2a", DAY(2015, 6, 1), True),
        ("ACFTU-3.1a", DAY(2015, 6, 1), False),
        ("ACFTU-3.1a", FLOOR_DAY, True),
        ("SN-2.2.3a", FLOOR_DAY, False),
        ("HN-4.4.2a", DAY(2010, 1, 1), False),
    ],
)
def test_a_finding_cites_what_was_in_force(
    hunan: Policy,
    floor: Policy,
    clause: str,
    day: datetime.date,
    allowed: bool,  # noqa: FBT001  # the expected truth
) -> None:
    """Only clauses of the documents in force on the day of the event may be cited."""
    city = attrs.evolve(
        CITY, valid_from=DAY(2013, 9, 25), extends=Extends(policy="HN-2013", from_day=DAY(2013, 9, 25))
    )
    assert (citation_faults(clause, (city, hunan, floor), day) == ()) is allowed


def test_every_parameter_has_a_direction() -> None:
    """Each field of the terms must be ruled, but for where it is printed."""
    unruled = {
        f"{subject}.{field.name}"
        for subject, cls in SUBJECTS.items()
        for field in attrs.fields(cls)
        if field.name not in {*rulings_of(cls), "source", "cites"}
    }
    assert unruled == set()
