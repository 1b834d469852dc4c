"""Soundness (自洽检查): everything that is wrong inside a version, whatever any policy says.

A version without unsoundnesses can be computed for every claim that its facts allow, and says
nothing that has no effect. Where only a part of a version could be read, that part is checked.
"""

from mutualaid_core.rules.scheme.soundness.checks import findings, unsoundnesses
from mutualaid_core.rules.scheme.soundness.finding import Finding, Flaw
from mutualaid_core.rules.scheme.soundness.terms import Terms
from mutualaid_core.rules.scheme.soundness.versions import version_findings

__all__ = ["Finding", "Flaw", "Terms", "findings", "unsoundnesses", "version_findings"]
