"""Governance (治理): levels, supervision, rules, disclosure, assessment, words."""

import enum
from typing import Final

import attrs

from mutualaid_core.domain.scheme.policy.direction import (
    NO_IS_STRICTER,
    YES_IS_STRICTER,
    Direction,
    Terms,
    each_once,
    ruled,
)
from mutualaid_core.domain.values.checks import at_least, checked, identifier, not_blank, optional
from mutualaid_core.domain.values.ratio import Ratio

SMALL_GROUP_LEAST: Final = 5
"""No policy may publish figures of fewer persons than this."""


class ReviewLevel(enum.Enum):
    """Who reviews a claim, in the order of the review (审核层级)."""

    COUNTY_FIRST = "county_first"
    CITY_FINAL = "city_final"
    AGENCY_FIRST = "agency_first"
    OFFICE_FINAL = "office_final"
    CENTRE_FINAL = "centre_final"


class Committee(enum.Enum):
    """Supervision committee (监督管理委员会), the stricter last."""

    NOT_ASKED = "not_asked"
    WHERE_POSSIBLE = "where_possible"
    """Where conditions allow (SN-3.1.5)."""
    REQUIRED = "required"


@attrs.frozen(kw_only=True, field_transformer=checked)
class ClaimsTerms(Terms):
    """Who reviews and pays claims (审核与支付).

    Attributes:
        levels: Who reviews, in order.
        county_may_pay: Whether a county centre may pay.
        posts_separated: Whether entry, review, payment and reconciliation must be apart.

    Clause:
        ACFTU-13.2a, HN-3.2.2b, HN-3.2.2c, GD-R.4a
    """

    levels: tuple[ReviewLevel, ...] | None = attrs.field(
        default=None, validator=optional(each_once), metadata=ruled(Direction.FREE, "HN-3.2.2b")
    )
    county_may_pay: bool | None = attrs.field(
        default=None, metadata=ruled(Direction.TIGHTEN_ONLY, "HN-3.2.2c", *NO_IS_STRICTER)
    )
    posts_separated: bool | None = attrs.field(
        default=None, metadata=ruled(Direction.TIGHTEN_ONLY, "ACFTU-13.2a", *YES_IS_STRICTER)
    )


@attrs.frozen(kw_only=True, field_transformer=checked)
class SupervisionTerms(Terms):
    """Who supervises (监督).

    Attributes:
        channels: Codes of the channels of supervision that leave records each year.
        bodies: Codes of the bodies that must be there.
        committee: Whether a supervision committee must be there.
        committee_groups: Codes of the groups of which it must have a member.
        inspect_each_period: Whether each period is inspected before its final report.
        opinions: Codes of the bodies whose opinion the annual report needs.
        audits: Codes of the audits of each year.
        audit_scope: Codes of what an audit must cover.

    Clause:
        ACFTU-14.1, SN-3.1.5, HN-4.5.4a, HN-4.5.4b, GD-3.1c, GD-3.1e, GD-3.2d
    """

    channels: tuple[str, ...] | None = attrs.field(
        default=None, validator=optional(each_once), metadata=ruled(Direction.SUPERSET, "ACFTU-14.1")
    )
    bodies: tuple[str, ...] | None = attrs.field(
        default=None, validator=optional(each_once), metadata=ruled(Direction.SUPERSET, "GD-3.1c")
    )
    committee: Committee | None = attrs.field(
        default=None, metadata=ruled(Direction.TIGHTEN_ONLY, "SN-3.1.5", *Committee)
    )
    committee_groups: tuple[str, ...] | None = attrs.field(
        default=None, validator=optional(each_once), metadata=ruled(Direction.SUPERSET, "HN-4.5.4a")
    )
    inspect_each_period: bool | None = attrs.field(
        default=None, metadata=ruled(Direction.TIGHTEN_ONLY, "HN-4.5.4b", *YES_IS_STRICTER)
    )
    opinions: tuple[str, ...] | None = attrs.field(
        default=None, validator=optional(each_once), metadata=ruled(Direction.SUPERSET, "GD-3.1e")
    )
    audits: tuple[str, ...] | None = attrs.field(
        default=None, validator=optional(each_once), metadata=ruled(Direction.SUPERSET, "GD-3.2d")
    )
    audit_scope: tuple[str, ...] | None = attrs.field(
        default=None, validator=optional(each_once), metadata=ruled(Direction.SUPERSET, "GD-3.2d")
    )


@attrs.frozen(kw_only=True, field_transformer=checked)
class GovernanceTerms(Terms):
    """How is decided (议事规则), and which internal rules must be there.

    Attributes:
        quorum_min: Least share of the members of a body that must be present.
        majority_min: Share of those present above which a resolution is carried.
        internal_rules: Codes of the rules that the organisation must have.
        local_rules: Codes of the contents that the rules of a region must have.

    Clause:
        ACFTU-6.3b, ACFTU-9.1a, SN-3.2.4b, HN-5.2.1
    """

    quorum_min: Ratio | None = attrs.field(default=None, metadata=ruled(Direction.MIN, "ACFTU-6.3b"))
    majority_min: Ratio | None = attrs.field(default=None, metadata=ruled(Direction.MIN, "ACFTU-6.3b"))
    internal_rules: tuple[str, ...] | None = attrs.field(
        default=None, validator=optional(each_once), metadata=ruled(Direction.SUPERSET, "ACFTU-9.1a")
    )
    local_rules: tuple[str, ...] | None = attrs.field(
        default=None, validator=optional(each_once), metadata=ruled(Direction.SUPERSET, "HN-5.2.1")
    )


@attrs.frozen(kw_only=True, field_transformer=checked)
class DisclosureTerms(Terms):
    """What must and what may be published of a period (公示要求).

    Attributes:
        contents: Codes of what must be published.
        persons_min: A figure that rests on fewer persons is hidden; at least 5.
        largest_share_max: A sum of money is hidden where one person has more of it.

    Clause:
        HN-4.5.5, ACFTU-12.4c, ACFTU-14.2a, ACFTU-14.2c, ACFTU-11.3b
    """

    contents: tuple[str, ...] | None = attrs.field(
        default=None, validator=optional(each_once), metadata=ruled(Direction.SUPERSET, "ACFTU-14.2a")
    )
    persons_min: int | None = attrs.field(
        default=None,
        validator=optional(at_least(SMALL_GROUP_LEAST)),
        metadata=ruled(Direction.MIN, "ACFTU-11.3b"),
    )
    largest_share_max: Ratio | None = attrs.field(default=None, metadata=ruled(Direction.MAX, "ACFTU-14.2c"))


@attrs.frozen(kw_only=True, field_transformer=checked)
class AssessmentTerms(Terms):
    """How the work is assessed (考核).

    Attributes:
        subjects: Codes of what the assessment takes in.
        pass_mark: Share of the full mark below which it is failed.
        veto: Whether failing it fails the whole year (一票否决).

    Clause:
        ACFTU-13.4b, SN-3.1.4b, HN-5.4.2
    """

    subjects: tuple[str, ...] | None = attrs.field(
        default=None, validator=optional(each_once), metadata=ruled(Direction.FREE, "ACFTU-13.4b")
    )
    pass_mark: Ratio | None = attrs.field(default=None, metadata=ruled(Direction.FREE, "SN-3.1.4b"))
    veto: bool | None = attrs.field(default=None, metadata=ruled(Direction.FREE, "SN-3.1.4b"))


@attrs.frozen(kw_only=True, field_transformer=checked)
class Term:
    """A word of the region (用语) for what the library knows by a code.

    Attributes:
        code: The code: ``fund_money``, ``pay_dues``, ``pay_benefit``, ``join``.
        word: The word that the region uses.
    """

    code: str = attrs.field(validator=identifier)
    word: str = attrs.field(validator=not_blank)


@attrs.frozen(kw_only=True, field_transformer=checked)
class BannedWord:
    """A word that public texts must not use (禁用词).

    Attributes:
        word: The word.
        instead: What to write instead; ``None`` where the text itself is not allowed.
    """

    word: str = attrs.field(validator=not_blank)
    instead: str | None = attrs.field(default=None, validator=optional(not_blank))


@attrs.frozen(kw_only=True, field_transformer=checked)
class WordTerms(Terms):
    """Words (用语): one act has four vocabularies, and public texts use that of the region.

    Attributes:
        words: Words of the region.
        banned: Words that public texts must not use; quoted titles are exempt.

    Clause:
        ACFTU-1.2b, GD-2.1c
    """

    words: tuple[Term, ...] | None = attrs.field(
        default=None, validator=optional(each_once), metadata=ruled(Direction.FREE, "GD-2.1c")
    )
    banned: tuple[BannedWord, ...] | None = attrs.field(
        default=None, validator=optional(each_once), metadata=ruled(Direction.SUPERSET, "GD-2.1c")
    )
