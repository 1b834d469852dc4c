"""Protection (保障程度): whether the benefits are too little for some, or too much for anybody."""

from collections.abc import Iterable

import attrs

from mutualaid_core.clauses import implements
from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.values.identifiers import ClaimId
from mutualaid_core.domain.values.money import Money, total
from mutualaid_core.domain.values.ratio import Ratio
from mutualaid_core.rules.membership.coverage.rate import Rate, rate


@attrs.frozen(kw_only=True)
class PaidClaim:
    """What all payers bore of a claim (各方支付).

    Attributes:
        claim_id: Claim.
        expense: The whole expense.
        earlier: What the payers before mutual aid bore.
        benefit: Benefit of mutual aid.
    """

    claim_id: ClaimId
    expense: Money
    earlier: Money
    benefit: Money

    @property
    def self_pay(self) -> Money:
        """What was left to the member before mutual aid."""
        return self.expense - self.earlier


@attrs.frozen(kw_only=True)
class ProtectionTerms:
    """By what protection is judged (保障程度标准); no document prints these values.

    Attributes:
        bounds: Upper bounds of the bands of expense, rising; what is above the last is a band too.
        relief_min: Least share of self-pay that the benefits of a band must relieve.
        source: Who set them.
    """

    bounds: tuple[Money, ...]
    relief_min: Ratio
    source: str


@attrs.frozen(kw_only=True)
class BandRelief:
    """Relief in one band of expense (分段补助率).

    Attributes:
        band: Its bounds, as text.
        claims: Claims in it.
        relief: Benefits as a share of self-pay, in fen.
        outcome: ``FLAG`` where it is too little, else ``PASS``.
    """

    band: str
    claims: int
    relief: Rate
    outcome: Outcome


@attrs.frozen(kw_only=True)
class OverPaid:
    """Claims compensated above the expense (过度补偿).

    Attributes:
        outcome: ``CRITICAL`` where there is one, so that the period does not close.
        claims: How many.
        amount: By how much in all.
        faults: Each of them.
    """

    outcome: Outcome
    claims: int
    amount: Money
    faults: tuple[Fault, ...]


@implements("ACFTU-3.2b")
def relief_by_band(claims: Iterable[PaidClaim], terms: ProtectionTerms) -> tuple[BandRelief, ...]:
    """Relief of each band of expense, from the lowest; a band without self-pay has no share.

    Clause:
        ACFTU-3.2b
    """
    bands: list[list[PaidClaim]] = [[] for _ in range(len(terms.bounds) + 1)]
    for claim in claims:
        bands[sum(claim.expense > bound for bound in terms.bounds)].append(claim)
    return tuple(_relief(_name(terms.bounds, place), band, terms) for place, band in enumerate(bands))


def _name(bounds: tuple[Money, ...], place: int) -> str:
    if place == len(bounds):
        return f"> {bounds[-1]}" if bounds else "all"
    return f"<= {bounds[place]}"


def _relief(name: str, band: list[PaidClaim], terms: ProtectionTerms) -> BandRelief:
    found = rate(total(each.benefit for each in band).fen, total(each.self_pay for each in band).fen)
    least = terms.relief_min
    is_low = (
        found.of is not None and found.count * least.denominator < found.of * least.numerator
    )  # nothing of nothing is not too little
    return BandRelief(
        band=name, claims=len(band), relief=found, outcome=Outcome.FLAG if is_low else Outcome.PASS
    )


@implements("ACFTU-3.2c")
def over_paid(claims: Iterable[PaidClaim]) -> OverPaid:
    """Claims for which all payers together bore more than the expense; there must be none.

    Clause:
        ACFTU-3.2c
    """
    found = [claim for claim in claims if claim.earlier + claim.benefit > claim.expense]
    return OverPaid(
        outcome=Outcome.CRITICAL if found else Outcome.PASS,
        claims=len(found),
        amount=total(each.earlier + each.benefit - each.expense for each in found),
        faults=tuple(_over(each) for each in found),
    )


def _over(claim: PaidClaim) -> Fault:
    rule, found = f"must be <= {claim.expense} from all payers", str(claim.earlier + claim.benefit)
    return Fault(subject=claim.claim_id, rule=rule, found=found, clause="ACFTU-3.2c")
