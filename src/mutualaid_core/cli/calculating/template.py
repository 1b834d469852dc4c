"""Template (模板): the head of a file and what each of its columns holds, as the schemes ask for it."""

from collections.abc import Iterable, Iterator
from typing import Final

import attrs

from mutualaid_core.domain.scheme.facts import EventKind, FactKind
from mutualaid_core.domain.scheme.version import SchemeVersion
from mutualaid_core.intake.claims.columns import MEMBER_FACTS
from mutualaid_core.intake.claims.needs import DERIVED, Together
from mutualaid_core.intake.claims.terms import SchemeTerms, parts_of, terms_of, together
from mutualaid_core.publication.labels import SETTLEMENT_AMOUNTS
