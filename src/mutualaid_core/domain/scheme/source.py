"""Where a parameter comes from: every figure of a scheme or a policy names its source."""

import enum

import attrs

from mutualaid_core.clauses import CLAUSES
from mutualaid_core.domain.values.checks import checked, identifier, not_blank


class Grade(enum.Enum):
    """How well a source is attested (来源等级)."""

    F1 = "F1"
    F2 = "F2"
    F3 = "F3"
    F4 = "F4"
    MADE_UP = "made_up"
    """Not from any document: a figure for trying things out, and labelled so."""


@attrs.frozen(kw_only=True, field_transformer=checked)
class SourceDocument:
    """A document that parameters cite (来源文件).

    Attributes:
        id: Short id by which parameters of the same file cite it.
        title: Title as printed, with its date where it has one.
        grade: How well it is attested.
    """

    id: str = attrs.field(validator=identifier)
    title: str = attrs.field(validator=not_blank)
    grade: Grade


def unknown_sources(cited: tuple[str, ...], documents: tuple[SourceDocument, ...]) -> tuple[str, ...]:
    """The citations that are neither a clause id nor the id of one of *documents*."""
    known = {document.id for document in documents} | CLAUSES
    return tuple(source for source in cited if source not in known)
