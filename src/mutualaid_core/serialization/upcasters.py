"""Upcasters (旧格式升级): what lifts a stored document of an older form to the next one.

An older form means what the library of its day did with it. Where a later form asks for what
the older one did not say, that practice is filled in and cites a document of its own, graded
``made_up``, so that nobody takes it for a printed rule.
"""

from collections.abc import Callable
from typing import Any, Final

from mutualaid_core.domain.values.money import FEN_MAX

Plain = dict[str, Any]
Upcaster = Callable[[Plain], Plain]

UNTOLD: Final = "stored-form-1"
"""Id of the document that is cited for what form 1 did not say."""

_UNTOLD_DOCUMENT: Final = {
    "id": UNTOLD,
    "title": "Not told by the form in which the version was stored; as it was applied (旧存储格式未载明)",
    "grade": "made_up",
}


def _scheme_version_2(old: Plain) -> Plain:
    """Form 2 has several benefits, rates of dues and open points; form 1 was one inpatient benefit."""
    event = dict(old["event"])
    waiting_days = event.pop("waiting_days")
    kept = {name: part for name, part in old.items() if name not in {"benefit", "event"}}
    return {
        **kept,
        "documents": [*old["documents"], _UNTOLD_DOCUMENT],
        "facts": [],
        "parts": [],
        "dues": _dues(old["dues"]),
        "eligibility": {**old["eligibility"], "when": []},
        "event": event,
        "benefits": [_benefit(old["benefit"], waiting_days, event["source"])],
        "open_points": _open_points(old["benefit"]["base"]),
    }


def _dues(old: Plain) -> Plain:
    rate = {name: old[name] for name in ("amount", "shares_max", "source")}
    others = {name: part for name, part in old.items() if name not in {"amount", "shares_max"}}
    return {**others, "rates": [{"part": None, "when": [], **rate}], "split": []}


def _benefit(old: Plain, waiting_days: Any, waiting_source: Any) -> Plain:  # noqa: ANN401  # stored values
    no_waiting = type(waiting_days) is int and waiting_days == 0
    grades = [] if no_waiting else [{"through_day": waiting_days, "pays": 0, "times_shares": False}]
    steps = [_step(step) for step in old["steps"]]
    others = {name: part for name, part in old.items() if name not in {"deductible", "deductible_source"}}
    return {
        **others,
        "benefit_id": "inpatient",
        "name": "住院医疗互助补助",
        "event": "inpatient_stay",
        "basis": "indemnity",
        "part": None,
        "when": [],
        "excludes": [],
        "waiting": {
            "grades": grades,
            "first_day_counts": True,
            "waived_when": [],
            "source": waiting_source,
        },
        "base": {**old["base"], "kind": "amounts", "less_benefits": [], "less_elsewhere": False},
        "accumulate": {
            "over": "claim",
            "cause": None,
            "within_days": None,
            "within_months": None,
            "month_end": None,
            "source": UNTOLD,
        },
        "steps": [
            {"kind": "deductible", "amount": old["deductible"], "source": old["deductible_source"]},
            *steps,
        ],
        "limits": [_limit(limit) for limit in old["limits"]],
        "rounding": {**old["rounding"], "unit": 1},
    }


def _step(old: Plain) -> Plain:
    if "bands" not in old:
        return old
    return {**old, "bands": [{**band, "most": None} for band in old["bands"]]}


def _limit(old: Plain) -> Plain:
    """Form 1 knew one kind of limit: a cap per person and period, above which is cut."""
    others = {name: part for name, part in old.items() if name != "amount"}
    return {
        **others,
        "kind": "amount",
        "most": old["amount"],
        "per": "period",
        "each": None,
        "counter": None,
        "excess": "cut",
        "times_shares": False,
    }


def _open_points(base: Plain) -> Plain:
    """What the base says of itself, and beyond it what was done with every version of form 1.

    Claims used up the cap as they were decided, cover lasted to the end of the period, a later
    payment was left alone, and no payment was a large one.
    """
    return {
        "use_order": "approval",
        "preselfpay_in_base": "preselfpay_amt" in base["add"],
        "overlimit_in_base": "overlmt_selfpay" in base["add"],
        "account_is_self_borne": "acct_pay" not in base["subtract"],
        "later_payment": "leave",
        "cover_after": {
            **dict.fromkeys(("retirement", "dismissal", "transfer_out"), "period_end"),
            "source": UNTOLD,
        },
        "large_payment": {"amount": FEN_MAX, "window_days": 0, "source": UNTOLD},
        "heir_papers": ["旧存储格式未载明 (not told)"],
        "source": UNTOLD,
    }


def _policy_2(old: Plain) -> Plain:
    """Form 2 names several levels of pooling, and is silent on what form 1 did not know."""
    pooling = {name: part for name, part in old["pooling"].items() if name != "level"}
    return {**old, "pooling": {**pooling, "levels": [old["pooling"]["level"]]}}


def _decision_2(old: Plain) -> Plain:
    """Form 2 tells what was used of each limit; form 1 kept it in the counters alone."""
    return {**old, "uses": []}


def _scheme_version_3(old: Plain) -> Plain:
    """Form 3 may tell how one joins; form 2 knew nothing of it."""
    return {**old, "joining": None}


def _unit_2(old: Plain) -> Plain:
    """Form 2 may tell what a unit is, where, and to whom it belongs."""
    return {**old, **dict.fromkeys(("kind", "division", "workplace", "parent_id"))}


def _admission_2(old: Plain) -> Plain:
    """Form 2 keeps who was asked first, and who objects; form 1 was not asked for it."""
    return {**old, "confirmed": None, "consultation": None, "objections": []}


def _period_2(old: Plain) -> Plain:
    """Form 2 tells when a period was opened; of form 1 nobody knows."""
    return {**old, "opened_on": None}


def _admission_3(old: Plain) -> Plain:
    """Form 3 keeps how the unit is judged as one thing, as those before it are."""
    place = ("scheme_id", "period_id", "unit_id")
    earlier = old.get("earlier", [])
    judgement = {name: told for name, told in old.items() if name not in {*place, "earlier"}}
    return {**{name: old[name] for name in place}, "judgement": judgement, "earlier": earlier}


def _policy_3(old: Plain) -> Plain:
    """Form 3 may say which units join, and where they must be."""
    untold = dict.fromkeys(("unit_kinds", "unit_territory"))
    return {**old, "eligibility": {**old["eligibility"], **untold}}


def _contribution_2(old: Plain) -> Plain:
    """Form 2 may tell that a contribution was held, or went back; of form 1 none was and none did."""
    return {**old, "booked_on": None, "returned_on": None}


def _funding_plan_2(old: Plain) -> Plain:
    """Form 2 keeps the plans before; form 1 kept the newest alone."""
    return {**old, "earlier": []}


def _remittance_2(old: Plain) -> Plain:
    """Form 2 keeps the lists before; form 1 kept the last alone."""
    return {**old, "earlier": [], "listed_on": None}


def _remittance_3(old: Plain) -> Plain:
    """Form 3 tells of each line whether it was paid by hand; form 2 knew nobody who did."""
    earlier = [{**each, "lines": _not_directly(each["lines"])} for each in old["earlier"]]
    return {**old, "lines": _not_directly(old["lines"]), "earlier": earlier}


def _not_directly(lines: list[Plain]) -> list[Plain]:
    return [{**line, "paid_directly": False} for line in lines]


def _enrolment_2(old: Plain) -> Plain:
    """Form 2 keeps the history; form 1 knew enrolments through a unit for a whole period alone."""
    told = ("joined_on", "waits_from", "gift_id")
    return {
        **old,
        **dict.fromkeys(told),
        "state": "enrolled",
        "parts": [],
        "joined_by": "unit",
        "joined_as": "new",
        "term_months": 12,
        "history": [],
    }


UPCASTERS: Final[dict[tuple[str, int], Upcaster]] = {
    ("admission", 1): _admission_2,
    ("admission", 2): _admission_3,
    ("decision", 1): _decision_2,
    ("contribution", 1): _contribution_2,
    ("enrolment", 1): _enrolment_2,
    ("funding_plan", 1): _funding_plan_2,
    ("period", 1): _period_2,
    ("policy", 1): _policy_2,
    ("policy", 2): _policy_3,
    ("remittance", 1): _remittance_2,
    ("remittance", 2): _remittance_3,
    ("scheme_version", 1): _scheme_version_2,
    ("scheme_version", 2): _scheme_version_3,
    ("unit", 1): _unit_2,
}
"""By kind and stored form: what lifts a document to the next form."""
