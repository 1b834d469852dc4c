"""Policy (政策文件): what the layers of documents above a scheme ask of it."""

from mutualaid_core.domain.scheme.policy.direction import Cite, Direction, Ruling, Terms, rulings_of
from mutualaid_core.domain.scheme.policy.effective import Citation, EffectivePolicy, Origin
from mutualaid_core.domain.scheme.policy.governance import SMALL_GROUP_LEAST, DisclosureTerms
from mutualaid_core.domain.scheme.policy.layer import DATED, SUBJECTS, Extends, Policy
from mutualaid_core.domain.scheme.policy.membership import EligibilityLimits, ParticipationGate, PoolingTerms
from mutualaid_core.domain.scheme.policy.product import BenefitLimits, ContributionTerms

__all__ = [
    "DATED",
    "SMALL_GROUP_LEAST",
    "SUBJECTS",
    "BenefitLimits",
    "Citation",
    "Cite",
    "ContributionTerms",
    "Direction",
    "DisclosureTerms",
    "EffectivePolicy",
    "EligibilityLimits",
    "Extends",
    "Origin",
    "ParticipationGate",
    "Policy",
    "PoolingTerms",
    "Ruling",
    "Terms",
    "rulings_of",
]
