"""Claims-and-fund engine for the mutual-aid schemes (职工互助保障) of Chinese trade unions.

The names here are what a host application needs day by day. Everything else has its place by
subject: ``mutualaid_core.domain`` (what the engine speaks of), ``mutualaid_core.rules`` (pure
functions by clause), ``mutualaid_core.services`` (one act each), ``mutualaid_core.ports`` (what
the engine asks of the host).

Names are loaded when they are first used, so that importing the package stays cheap for a host
that needs a part of it only.
"""

import importlib
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from mutualaid_core.domain.claims.decision import Decision
    from mutualaid_core.domain.claims.reason import Outcome, Reason
    from mutualaid_core.domain.claims.settlement import Settlement
    from mutualaid_core.domain.governance.act import Act
    from mutualaid_core.domain.governance.actor import Actor, Role
    from mutualaid_core.domain.governance.fault import Fault
    from mutualaid_core.domain.membership.contribution import PayerShare
    from mutualaid_core.domain.membership.unit import Unit
    from mutualaid_core.domain.oversight.disclosure import Disclosure
    from mutualaid_core.domain.scheme.dues import FundingSource
    from mutualaid_core.domain.scheme.period import Period
    from mutualaid_core.domain.scheme.policy import Policy
    from mutualaid_core.domain.scheme.region import PoolingRegion
    from mutualaid_core.domain.scheme.scheme import Scheme
    from mutualaid_core.domain.scheme.version import SchemeVersion, version_on
    from mutualaid_core.domain.values.dates import DayRange, parse_day
    from mutualaid_core.domain.values.money import Money, Rounding, parse_yuan, split_by_weights
    from mutualaid_core.domain.values.personal import PersonName, ResidentId
    from mutualaid_core.domain.values.ratio import Ratio, parse_ratio
    from mutualaid_core.errors import (
        ConflictError,
        IntakeError,
        InvalidValueError,
        MutualAidError,
        NotFoundError,
        StoreError,
    )
    from mutualaid_core.intake.scheme_file import read_scheme_file
    from mutualaid_core.ports.clock import FixedClock, SystemClock
    from mutualaid_core.ports.discovery import open_store
    from mutualaid_core.ports.keys import SecretKeys
    from mutualaid_core.rules.claims.award import Award, award
    from mutualaid_core.rules.claims.counters import Counters
    from mutualaid_core.rules.claims.facts import EventFacts
    from mutualaid_core.rules.claims.given.rows import ClaimLine, Cover
    from mutualaid_core.rules.claims.lines import adjudicate_lines
    from mutualaid_core.rules.claims.plan.compile import compile_version
    from mutualaid_core.rules.scheme.conformity import nonconformities
    from mutualaid_core.rules.scheme.soundness import unsoundnesses
    from mutualaid_core.services.adjudication import FileClaim, adjudicate, decision_on
    from mutualaid_core.services.closing import ClosePeriod, close_period, stop_postings
    from mutualaid_core.services.disclosure import DisclosePeriod, disclose_period
    from mutualaid_core.services.founding import (
        FoundScheme,
        PublishPolicy,
        found_scheme,
        open_period,
        publish_policy,
    )
    from mutualaid_core.services.granting import ReceiveGrant, receive_grant
    from mutualaid_core.services.membership.admission import AdmitUnit, admit_unit
    from mutualaid_core.services.membership.contribution import ReceiveRemittance, receive_remittance
    from mutualaid_core.services.membership.enrolment import EnrolWorkers, enrol_workers
    from mutualaid_core.services.membership.joiner import Joiner
    from mutualaid_core.services.payment import PayClaim, pay_claim
    from mutualaid_core.services.verification import verify
    from mutualaid_core.work import Done, Host

_HOMES: Final = {
    "domain.claims.decision": "Decision",
    "domain.claims.reason": "Outcome Reason",
    "domain.claims.settlement": "Settlement",
    "domain.governance.act": "Act",
    "domain.governance.actor": "Actor Role",
    "domain.governance.fault": "Fault",
    "domain.membership.contribution": "PayerShare",
    "domain.membership.unit": "Unit",
    "domain.oversight.disclosure": "Disclosure",
    "domain.scheme.dues": "FundingSource",
    "domain.scheme.period": "Period",
    "domain.scheme.policy": "Policy",
    "domain.scheme.region": "PoolingRegion",
    "domain.scheme.scheme": "Scheme",
    "domain.scheme.version": "SchemeVersion version_on",
    "domain.values.dates": "DayRange parse_day",
    "domain.values.money": "Money Rounding parse_yuan split_by_weights",
    "domain.values.personal": "PersonName ResidentId",
    "domain.values.ratio": "Ratio parse_ratio",
    "errors": "ConflictError IntakeError InvalidValueError MutualAidError NotFoundError StoreError",
    "intake.scheme_file": "read_scheme_file",
    "ports.clock": "FixedClock SystemClock",
    "ports.discovery": "open_store",
    "ports.keys": "SecretKeys",
    "rules.claims.award": "Award award",
    "rules.claims.counters": "Counters",
    "rules.claims.facts": "EventFacts",
    "rules.claims.lines": "adjudicate_lines",
    "rules.claims.given.rows": "ClaimLine Cover",
    "rules.claims.plan.compile": "compile_version",
    "rules.scheme.conformity": "nonconformities",
    "rules.scheme.soundness": "unsoundnesses",
    "services.adjudication": "FileClaim adjudicate decision_on",
    "services.closing": "ClosePeriod close_period stop_postings",
    "domain.membership.paying.remittance": "RemittanceLine",
    "services.membership.contribution": "ReceiveRemittance receive_remittance",
    "services.disclosure": "DisclosePeriod disclose_period",
    "services.membership.admission": "AdmitUnit admit_unit",
    "services.membership.enrolment": "EnrolWorkers enrol_workers",
    "services.membership.joiner": "Joiner",
    "services.founding": "FoundScheme PublishPolicy found_scheme open_period publish_policy",
    "services.granting": "ReceiveGrant receive_grant",
    "services.payment": "PayClaim pay_claim",
    "services.verification": "verify",
    "work": "Done Host",
}
"""Where the public names live: module below this package, names."""

_MODULES: Final = {name: module for module, names in _HOMES.items() for name in names.split()}

__all__ = [
    "Act",
    "Actor",
    "AdmitUnit",
    "Award",
    "ClaimLine",
    "ClosePeriod",
    "ConflictError",
    "Counters",
    "Cover",
    "DayRange",
    "Decision",
    "DisclosePeriod",
    "Disclosure",
    "Done",
    "EnrolWorkers",
    "EventFacts",
    "Fault",
    "FileClaim",
    "FixedClock",
    "FoundScheme",
    "FundingSource",
    "Host",
    "IntakeError",
    "InvalidValueError",
    "Joiner",
    "Money",
    "MutualAidError",
    "NotFoundError",
    "Outcome",
    "PayClaim",
    "PayerShare",
    "Period",
    "PersonName",
    "Policy",
    "PoolingRegion",
    "PublishPolicy",
    "Ratio",
    "Reason",
    "ReceiveGrant",
    "ReceiveRemittance",
    "RemittanceLine",
    "ResidentId",
    "Role",
    "Rounding",
    "Scheme",
    "SchemeVersion",
    "SecretKeys",
    "Settlement",
    "StoreError",
    "SystemClock",
    "Unit",
    "adjudicate",
    "adjudicate_lines",
    "admit_unit",
    "award",
    "close_period",
    "compile_version",
    "decision_on",
    "disclose_period",
    "enrol_workers",
    "found_scheme",
    "nonconformities",
    "open_period",
    "open_store",
    "parse_day",
    "parse_ratio",
    "parse_yuan",
    "pay_claim",
    "publish_policy",
    "read_scheme_file",
    "receive_grant",
    "receive_remittance",
    "split_by_weights",
    "stop_postings",
    "unsoundnesses",
    "verify",
    "version_on",
]


def __getattr__(name: str) -> object:
    """A public name, loaded from its module on first use.

    Raises:
        AttributeError: It is not a public name.
    """
    if name not in _MODULES:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    value: object = getattr(importlib.import_module(f"{__name__}.{_MODULES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """The public names."""
    return sorted(__all__)
