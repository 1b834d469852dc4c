"""Records (记录): which kind, key and index fields each entity has in a store."""

import datetime
from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias

import attrs

from mutualaid_core.domain.claims.claim import Claim
from mutualaid_core.domain.claims.decision import Decision
from mutualaid_core.domain.claims.referral import Referral
from mutualaid_core.domain.claims.settlement import Settlement
from mutualaid_core.domain.fund.account import Side
from mutualaid_core.domain.fund.closing import Closing
from mutualaid_core.domain.fund.ledger import LedgerLine
from mutualaid_core.domain.fund.payment import Payment
from mutualaid_core.domain.governance.approval import ApprovalFile
from mutualaid_core.domain.governance.complaint import Complaint
from mutualaid_core.domain.governance.secret import StoreSecret
from mutualaid_core.domain.membership.change import ChangeKind
from mutualaid_core.domain.membership.contribution import Contribution
from mutualaid_core.domain.membership.enrolment import Enrolment
from mutualaid_core.domain.membership.gift import GiftProgramme
from mutualaid_core.domain.membership.member import Member
from mutualaid_core.domain.membership.organisation import Organisation
from mutualaid_core.domain.membership.paying.agency import AgencyCollection
from mutualaid_core.domain.membership.paying.consent import PayrollConsent
from mutualaid_core.domain.membership.paying.funding import FundingPlan
from mutualaid_core.domain.membership.paying.remittance import Remittance
from mutualaid_core.domain.membership.refusal import Refusal
from mutualaid_core.domain.membership.roster import RosterImport, RosterPage
from mutualaid_core.domain.membership.transfer import Transfer
from mutualaid_core.domain.membership.unit import Admission, Unit
from mutualaid_core.domain.oversight.disclosure import Disclosure
from mutualaid_core.domain.scheme.period import Period
from mutualaid_core.domain.scheme.policy import Policy
from mutualaid_core.domain.scheme.region import PoolingRegion
from mutualaid_core.domain.scheme.scheme import Scheme
from mutualaid_core.domain.scheme.version import SchemeVersion
from mutualaid_core.errors import InvalidValueError

IndexValue: TypeAlias = int | str | datetime.date | None
Index = Mapping[str, IndexValue]


@attrs.frozen(kw_only=True)
class RecordForm:
    """How one class of entity is kept.

    Attributes:
        kind: Kind of the record.
        form: Version of the stored form; raised with an upcaster when the form changes.
        key: Key of an entity; parts are joined by slashes, which no id contains.
        index: Values of the declared index fields.
    """

    kind: str
    form: int = 1
    key: Callable[[Any], str]
    index: Callable[[Any], Index]


def key_of(*parts: str) -> str:
    """Key from ids: parts joined by slashes."""
    return "/".join(parts)


def keys_below(*parts: str) -> tuple[str, str]:
    """Range of the keys that go on from some ids: the lowest, and the first above all of them.

    The second ends in the character that follows the slash, so that it stands behind every key
    below these ids and before those of any other.
    """
    return key_of(*parts, ""), key_of(*parts) + "0"


def _version_index(version: SchemeVersion) -> Index:
    return {"scheme_id": version.scheme_id, "first_day": version.first_day, "last_day": version.last_day}


def _period_index(period: Period) -> Index:
    return {
        "scheme_id": period.scheme_id,
        "first_day": period.cover.first_day,
        "last_day": period.cover.last_day,
        "state": period.state.value,
    }


def _admission_index(admission: Admission) -> Index:
    return {
        "scheme_id": admission.scheme_id,
        "period_id": admission.period_id,
        "unit_id": admission.unit_id,
        "outcome": "PASS" if admission.judgement.admitted else "REJECT",
        "eligible": admission.judgement.eligible,
        "enrolled": admission.judgement.enrolled,
    }


REJOINED: Final = 1
"""Value of the index field of enrolments that were joined anew, after a place taken back or void."""


def _enrolment_index(enrolment: Enrolment) -> Index:
    return {
        "scheme_id": enrolment.scheme_id,
        "period_id": enrolment.period_id,
        "member_id": enrolment.member_id,
        "unit_id": enrolment.unit_id,
        "first_day": enrolment.cover.first_day,
        "last_day": enrolment.cover.last_day,
        # So that who stood at a unit before an error was corrected is found there too.
        "rejoined": REJOINED if _joinings(enrolment) > 1 else None,
    }


def _joinings(enrolment: Enrolment) -> int:
    """How often a member joined; more than once after places that were taken back or void."""
    return sum(change.kind is ChangeKind.JOINED for change in enrolment.history)


def _roster_index(page: RosterPage) -> Index:
    return {
        "unit_id": page.unit_id,
        "counted_on": page.counted_on,
        "import_id": page.import_id,
        "persons": len(page.persons),
    }


def _transfer_index(transfer: Transfer) -> Index:
    return {
        "scheme_id": transfer.scheme_id,
        "period_id": transfer.period_id,
        "member_id": transfer.member_id,
        "from_unit": transfer.from_unit,
        "to_unit": transfer.to_unit,
        "moves_on": transfer.moves_on,
        "state": transfer.state.value,
    }


def _refusal_index(refusal: Refusal) -> Index:
    return {
        "scheme_id": refusal.scheme_id,
        "period_id": refusal.period_id,
        "unit_id": refusal.unit_id,
        "told_on": refusal.told_on,
    }


def _contribution_index(contribution: Contribution) -> Index:
    return {
        "scheme_id": contribution.scheme_id,
        "period_id": contribution.period_id,
        "member_id": contribution.member_id,
        "unit_id": contribution.unit_id,
        "received_on": contribution.received_on,
        "amount_fen": contribution.amount.fen,
    }


def _remittance_index(remittance: Remittance) -> Index:
    return {
        "scheme_id": remittance.scheme_id,
        "period_id": remittance.period_id,
        "unit_id": remittance.unit_id,
        "received_on": remittance.received_on,
        "received_fen": remittance.received.fen,
        "state": remittance.state.value,
    }


def _settlement_index(settlement: Settlement) -> Index:
    return {
        "admitted_on": settlement.begndate,
        "discharged_on": settlement.enddate,
        "in_scope_fen": settlement.inscp_scp_amt.fen,
    }


def _claim_index(claim: Claim) -> Index:
    return {
        "scheme_id": claim.scheme_id,
        "period_id": claim.period_id,
        "member_id": claim.member_id,
        "settlement_id": claim.settlement_id,
        "discharged_on": claim.discharged_on,
        "state": claim.state.value,
    }


def _decision_index(decision: Decision) -> Index:
    return {
        "scheme_id": decision.scheme_id,
        "period_id": decision.period_id,
        "member_id": decision.member_id,
        "claim_id": decision.claim_id,
        "outcome": decision.outcome.value,
        "reason": decision.reasons[0].name,
        "base_fen": decision.base.fen,
        "benefit_fen": decision.benefit.fen,
        "decided_on": decision.decided_on,
    }


def _payment_index(payment: Payment) -> Index:
    return {
        "scheme_id": payment.scheme_id,
        "period_id": payment.period_id,
        "claim_id": payment.claim_id,
        "member_id": payment.member_id,
        "amount_fen": payment.amount.fen,
        "paid_on": payment.paid_on,
    }


def _referral_index(referral: Referral) -> Index:
    return {
        "scheme_id": referral.scheme_id,
        "period_id": referral.period_id,
        "member_id": referral.member_id,
        "state": referral.state.value,
    }


def _complaint_index(complaint: Complaint) -> Index:
    return {
        "scheme_id": complaint.scheme_id,
        "member_id": complaint.member_id,
        "state": complaint.state.value,
        "due_on": complaint.due_on,
    }


def _approval_key(file: ApprovalFile) -> str:
    if file.scheme_id is not None:
        return key_of("scheme", file.scheme_id)
    return key_of("organisation", str(file.organisation_id))


def _approval_index(file: ApprovalFile) -> Index:
    return {
        "scheme_id": file.scheme_id,
        "organisation_id": file.organisation_id,
        "approved_on": file.approvals[-1].on,
    }


def _line_index(line: LedgerLine) -> Index:
    posting = line.posting
    return {
        "scheme_id": line.scheme_id,
        "period_id": line.period_id,
        "entry_id": line.entry_id,
        "line": line.line,
        "booked_on": line.booked_on,
        "act": line.kind.value,
        "title": posting.title.code,
        "source": posting.source.value if posting.source else None,
        "debit_fen": posting.amount.fen if posting.side is Side.DEBIT else 0,
        "credit_fen": posting.amount.fen if posting.side is Side.CREDIT else 0,
        "subject": line.subject,
    }


def _period_key(entity: Any) -> str:  # noqa: ANN401  # closing and disclosure share the form
    return key_of(entity.scheme_id, entity.period_id)


def _claim_key(entity: Any) -> str:  # noqa: ANN401  # claim, decision and payment share the form
    return key_of(entity.scheme_id, entity.claim_id)


def _member_key(entity: Any) -> str:  # noqa: ANN401  # enrolment and contribution share the form
    return key_of(entity.scheme_id, entity.period_id, entity.member_id)


FORMS: Final[Mapping[type, RecordForm]] = {
    StoreSecret: RecordForm(kind="secret", key=lambda e: e.name, index=lambda _: {}),
    Policy: RecordForm(
        kind="policy", form=3, key=lambda e: e.policy_id, index=lambda e: {"valid_from": e.valid_from}
    ),
    PoolingRegion: RecordForm(kind="pool", key=lambda e: e.pool_id, index=lambda e: {"name": e.name}),
    Scheme: RecordForm(kind="scheme", key=lambda e: e.scheme_id, index=lambda e: {"pool_id": e.pool_id}),
    SchemeVersion: RecordForm(
        kind="scheme_version",
        form=3,
        key=lambda e: key_of(e.scheme_id, e.version_id),
        index=_version_index,
    ),
    Period: RecordForm(kind="period", form=2, key=_period_key, index=_period_index),
    Unit: RecordForm(
        kind="unit",
        form=2,
        key=lambda e: e.unit_id,
        index=lambda e: {"pool_id": e.pool_id, "name": e.name},
    ),
    Admission: RecordForm(
        kind="admission",
        form=3,
        key=lambda e: key_of(e.scheme_id, e.period_id, e.unit_id),
        index=_admission_index,
    ),
    Member: RecordForm(
        kind="member",
        key=lambda e: e.member_id,
        index=lambda e: {"birth_year": e.birth_date.year, "sex": e.sex.value},
    ),
    Enrolment: RecordForm(kind="enrolment", form=2, key=_member_key, index=_enrolment_index),
    RosterPage: RecordForm(
        kind="roster",
        key=lambda e: key_of(e.unit_id, e.counted_on.isoformat(), f"{e.page:06}"),
        index=_roster_index,
    ),
    RosterImport: RecordForm(
        kind="roster_import",
        key=lambda e: e.import_id,
        index=lambda e: {"counted_on": e.counted_on, "state": e.state.value},
    ),
    GiftProgramme: RecordForm(
        kind="gift_programme",
        key=lambda e: key_of(e.scheme_id, e.programme_id),
        index=lambda e: {"scheme_id": e.scheme_id},
    ),
    Refusal: RecordForm(
        kind="refusal", key=lambda e: key_of(e.scheme_id, e.refusal_id), index=_refusal_index
    ),
    Organisation: RecordForm(
        kind="organisation",
        key=lambda e: e.organisation_id,
        index=lambda e: {"parent_id": e.terms[-1].parent_id, "level": e.level.value},
    ),
    Transfer: RecordForm(kind="transfer", key=lambda e: e.transfer_id, index=_transfer_index),
    Contribution: RecordForm(kind="contribution", form=2, key=_member_key, index=_contribution_index),
    Remittance: RecordForm(
        kind="remittance",
        form=3,
        key=lambda e: key_of(e.scheme_id, e.remittance_id),
        index=_remittance_index,
    ),
    AgencyCollection: RecordForm(
        kind="agency_collection",
        key=lambda e: key_of(e.scheme_id, e.remittance_id),
        index=lambda e: {"scheme_id": e.scheme_id, "agency_id": e.agency_id, "state": e.state.value},
    ),
    PayrollConsent: RecordForm(
        kind="payroll_consent",
        key=lambda e: key_of(e.scheme_id, e.unit_id, e.member_id),
        index=lambda e: {"unit_id": e.unit_id, "member_id": e.member_id},
    ),
    FundingPlan: RecordForm(
        kind="funding_plan",
        form=2,
        key=lambda e: key_of(e.scheme_id, e.unit_id),
        index=lambda e: {"scheme_id": e.scheme_id, "unit_id": e.unit_id},
    ),
    Referral: RecordForm(kind="referral", key=_member_key, index=_referral_index),
    Complaint: RecordForm(
        kind="complaint", key=lambda e: key_of(e.scheme_id, e.complaint_id), index=_complaint_index
    ),
    ApprovalFile: RecordForm(kind="approval", key=_approval_key, index=_approval_index),
    Settlement: RecordForm(kind="settlement", key=lambda e: e.setl_id, index=_settlement_index),
    Claim: RecordForm(kind="claim", key=_claim_key, index=_claim_index),
    Decision: RecordForm(kind="decision", form=2, key=_claim_key, index=_decision_index),
    Payment: RecordForm(
        kind="payment", key=lambda e: key_of(_claim_key(e), str(e.instalment)), index=_payment_index
    ),
    LedgerLine: RecordForm(
        kind="ledger_line",
        key=lambda e: key_of(e.scheme_id, e.entry_id, str(e.line)),
        index=_line_index,
    ),
    Closing: RecordForm(
        kind="closing",
        key=_period_key,
        index=lambda e: {"scheme_id": e.scheme_id, "period_id": e.period_id, "closed_on": e.closed_on},
    ),
    Disclosure: RecordForm(
        kind="disclosure",
        key=_period_key,
        index=lambda e: {"scheme_id": e.scheme_id, "period_id": e.period_id, "disclosed_on": e.disclosed_on},
    ),
}
"""How each class of entity is kept (存储形式)."""


def form_of(cls: type) -> RecordForm:
    """How entities of *cls* are kept.

    Raises:
        InvalidValueError: *cls* is not kept in a store.
    """
    if cls not in FORMS:
        raise InvalidValueError("entity", "must be of a class that is stored", cls.__name__)
    return FORMS[cls]
