"""Text (项目说明): a scheme in sentences that an officer and a lawyer can read, with every source."""

from collections.abc import Iterator

from mutualaid_core.domain.scheme.dues import Dues, DuesRate
from mutualaid_core.domain.scheme.eligibility import Eligibility
from mutualaid_core.domain.scheme.joining import GateBand, JoiningTerms, RenewalTerms, Term, Window
from mutualaid_core.domain.scheme.options import CoverAfter, OpenPoints
from mutualaid_core.domain.scheme.region import PoolingRegion
from mutualaid_core.domain.scheme.scheme import Scheme
from mutualaid_core.domain.scheme.version import EventTerms, SchemeVersion
from mutualaid_core.publication.labels import Language
from mutualaid_core.publication.schemes.benefit import benefit_blocks
from mutualaid_core.publication.schemes.blocks import Block, Heading, Line, Table
from mutualaid_core.publication.schemes.conditions import conditions_text
from mutualaid_core.publication.schemes.telling import Telling
from mutualaid_core.publication.wording import Words
from mutualaid_core.serialization.json_schema.names import field_name_en, field_name_zh


def scheme_blocks(
    scheme: Scheme, versions: tuple[SchemeVersion, ...], region: PoolingRegion | None, lang: Language
) -> list[Block]:
    """A scheme with all its versions, the first one first.

    Args:
        scheme: The scheme.
        versions: At least one version of it.
        region: Its pooling region, where the file holds it.
        lang: ``zh`` or ``en``; both say the same.

    Clause:
        ACFTU-2.4b, ACFTU-14.2b
    """
    telling = Telling(lang, versions[0])
    blocks: list[Block] = [Heading(1, telling.say("scheme", name=scheme.name, scheme=scheme.scheme_id))]
    told = (
        telling.say("kind", kind=telling.word(scheme.kind)),
        telling.say("sponsor", sponsor=scheme.sponsor),
        telling.say("operator", operator=scheme.operator),
        telling.say("pool", pool=scheme.pool_id if region is None else _region(telling, region)),
        telling.say("policy", policy=scheme.policy_id),
    )
    blocks += [Line(each) for each in told]
    for version in sorted(versions, key=lambda each: each.first_day):
        blocks += version_blocks(version, lang)
    return blocks


def version_blocks(version: SchemeVersion, lang: Language) -> list[Block]:
    """One version: when, who, what it costs, what is paid, and what its makers had to decide."""
    telling = Telling(lang, version)
    blocks: list[Block] = [Heading(2, telling.say("version", version=version.version_id))]
    blocks.append(Line(force_sentence(telling)))
    blocks.append(Line(telling.say("checked_against", policy=version.policy_id)))
    blocks += _parts(telling)
    blocks += _dues(telling, version.dues)
    blocks += _eligibility(telling, version.eligibility)
    blocks += _joining(telling, version.joining)
    blocks += _event(telling, version.event)
    blocks += _facts(telling)
    for number, benefit in enumerate(version.benefits, start=1):
        blocks += benefit_blocks(telling, benefit, number)
    blocks += _open_points(telling, version.open_points)
    return blocks + _documents(telling)


def force_sentence(telling: Telling) -> str:
    """From when to when a version holds."""
    words, version = Words(telling.lang), telling.version
    first = words.day(version.first_day)
    if version.last_day is None:
        return telling.say("force_open", first=first)
    return telling.say("force", first=first, last=words.day(version.last_day))


def _line(telling: Telling, told: str, source: str) -> Line:
    return Line(told, telling.say("source", source=source))


def _head(telling: Telling, *keys: str) -> tuple[str, ...]:
    return tuple(map(telling.say, keys))


def _region(telling: Telling, region: PoolingRegion) -> str:
    told = telling.say(
        "region",
        name=region.name,
        pool=region.pool_id,
        type=telling.word(region.type),
        level=telling.word(region.level),
    )
    if region.supervisor is None:
        return told
    return telling.say("supervised", region=told, supervisor=region.supervisor)


def _parts(telling: Telling) -> list[Block]:
    if not telling.version.parts:
        return []
    rows = tuple(
        (
            telling.named(part.name, part.part_id),
            telling.join(map(telling.part, part.needs)),
            telling.join(map(telling.part, part.excludes)),
            part.source,
        )
        for part in telling.version.parts
    )
    head = _head(telling, "c_part", "c_needs", "c_excludes", "c_source")
    return [Heading(3, telling.say("h_parts")), Table(head, rows)]


def _dues(telling: Telling, dues: Dues) -> list[Block]:
    head = _head(telling, "c_part", "c_when", "c_dues", "c_shares", "c_source")
    rows = tuple(
        (
            telling.say("whole_scheme") if rate.part is None else telling.part(rate.part),
            _whom(telling, rate, dues.rates[:number]),
            telling.amount(rate.amount),
            str(rate.shares_max),
            rate.source,
        )
        for number, rate in enumerate(dues.rates)
    )
    split = telling.say("split_free")
    if dues.split:
        parts = (
            telling.say("split_rest", payer=telling.word(share.payer))
            if share.ratio is None
            else telling.say("split_part", payer=telling.word(share.payer), ratio=share.ratio)
            for share in dues.split
        )
        split = telling.say("split", split=telling.join(parts))
    payers = telling.say("payers", payers=telling.join(map(telling.word, dues.payers)))
    lines = [_line(telling, payers, dues.source), _line(telling, split, dues.source)]
    return [Heading(3, telling.say("h_dues")), Table(head, rows), *lines]


def _whom(telling: Telling, rate: DuesRate, before: tuple[DuesRate, ...]) -> str:
    """Whose rate it is; one without conditions is for whoever the rates before it leave."""
    if rate.when:
        return conditions_text(telling, rate.when)
    return telling.say("everybody" if any(each.part == rate.part for each in before) else "all_members")


def _eligibility(telling: Telling, eligibility: Eligibility) -> list[Block]:
    insurances = telling.join(
        telling.named(telling.word(each), each.value) for each in eligibility.insurance_types
    )
    told = [
        telling.say("insurances", insurances=insurances),
        telling.say("employments", employments=telling.join(map(telling.word, eligibility.employments))),
    ]
    if eligibility.when:
        told.append(telling.say("members_when", when=conditions_text(telling, eligibility.when)))
    lines = [_line(telling, each, eligibility.source) for each in told]
    return [Heading(3, telling.say("h_eligibility")), *lines]


def _joining(telling: Telling, joining: JoiningTerms | None) -> list[Block]:
    """How one joins; nothing where the version says nothing of it."""
    if joining is None:
        return []
    blocks: list[Block] = [Heading(3, telling.say("h_joining")), *_joining_window(telling, joining)]
    blocks += _terms(telling, joining.terms)
    blocks += _gate(telling, joining.gate)
    return [*blocks, *_rest(telling, joining)]


def _joining_window(telling: Telling, joining: JoiningTerms) -> Iterator[Line]:
    """Who brings a member in, and when."""
    ways = telling.say("ways", ways=telling.join(map(telling.word, joining.ways)))
    yield _line(telling, ways, joining.source)
    if joining.window is None:
        yield _line(telling, telling.say("window_none"), joining.source)
    else:
        told = _window_sentence(telling, "window", joining.window)
        yield _line(telling, told, joining.window.source)
    yield _line(telling, telling.say("late", late=telling.word(joining.late)), joining.source)
    if joining.new_hires is not None:
        told = telling.say("new_hires", days=joining.new_hires.days_max)
        yield _line(telling, told, joining.new_hires.source)


def _window_sentence(telling: Telling, key: str, window: Window) -> str:
    """A window by its days from the first day of the period."""
    return telling.say(key, opens=_day(telling, window.opens), closes=_day(telling, window.closes))


def _day(telling: Telling, day: int) -> str:
    if day == 0:
        return telling.say("day_first")
    return telling.say("day_before" if day < 0 else "day_after", days=abs(day))


def _terms(telling: Telling, terms: tuple[Term, ...]) -> list[Block]:
    head = _head(telling, "c_term_from", "c_term_months", "c_term_fee", "c_source")
    rows = ((str(each.starts_after_months), str(each.months), str(each.fee), each.source) for each in terms)
    return [Table(head, tuple(rows))]


def _gate(telling: Telling, gate: tuple[GateBand, ...]) -> list[Block]:
    if not gate:
        return []
    head = _head(telling, "c_units", "c_joining", "c_persons", "c_source")
    rows = (
        (
            telling.say("units_others")
            if band.eligible_below is None
            else telling.say("units_below", persons=band.eligible_below),
            str(band.ratio_min),
            str(band.persons_min),
            band.source,
        )
        for band in gate
    )
    return [Table(head, tuple(rows))]


def _rest(telling: Telling, joining: JoiningTerms) -> Iterator[Line]:
    """From when on there is cover, what a list needs, and what holds for renewals."""
    told = [
        telling.say("cover_start", start=telling.word(joining.cover_start)),
        telling.say("age_on", day=telling.word(joining.age_on)),
    ]
    if joining.needs_confirmation:
        told.append(telling.say("confirmation"))
    if joining.needs_consultation:
        told.append(telling.say("consultation"))
    if joining.refusals_banned:
        reasons = telling.join(map(telling.word, joining.refusals_banned))
        told.append(telling.say("refusals", reasons=reasons))
    for each in told:
        yield _line(telling, each, joining.source)
    if joining.renewal is not None:
        yield from _renewal(telling, joining.renewal)


def _renewal(telling: Telling, renewal: RenewalTerms) -> Iterator[Line]:
    yield _line(telling, telling.say("renewal", days=renewal.gap_days_max), renewal.source)
    if renewal.window is not None:
        told = _window_sentence(telling, "renewal_window", renewal.window)
        yield _line(telling, told, renewal.window.source)


def _event(telling: Telling, event: EventTerms) -> list[Block]:
    hospitals = (
        telling.say("hospitals", hospitals=telling.join(event.institutions))
        if event.institutions
        else telling.say("hospitals_any")
    )
    told = (
        telling.say("care", care=telling.codes("med_type", event.kinds_of_care)),
        hospitals,
        telling.say("period_by", by=telling.word(event.period_by)),
        telling.say("filing", days=event.filing_days_max),
    )
    lines = [_line(telling, each, event.source) for each in told]
    return [Heading(3, telling.say("h_event")), *lines]


def _facts(telling: Telling) -> list[Block]:
    if not telling.version.facts:
        return []
    rows = tuple(
        (fact.name, telling.word(fact.kind), fact.title, telling.join(fact.codes), fact.source)
        for fact in telling.version.facts
    )
    head = _head(telling, "c_fact", "c_kind", "c_meaning", "c_codes", "c_source")
    return [Heading(3, telling.say("h_facts")), Table(head, rows)]


def _open_points(telling: Telling, points: OpenPoints) -> list[Block]:
    answers = (
        ("use_order", telling.word(points.use_order)),
        ("preselfpay_in_base", telling.truth(points.preselfpay_in_base)),
        ("overlimit_in_base", telling.truth(points.overlimit_in_base)),
        ("account_is_self_borne", telling.truth(points.account_is_self_borne)),
        ("later_payment", telling.word(points.later_payment)),
    )
    blocks: list[Block] = [Heading(3, telling.say("h_open_points"))]
    blocks += [_point(telling, points, name, value, points.source) for name, value in answers]
    after = points.cover_after
    for name in ("retirement", "dismissal", "transfer_out"):
        blocks.append(_point(telling, after, name, telling.word(getattr(after, name)), after.source))
    large = points.large_payment
    told = telling.say("large_payment", amount=telling.amount(large.amount), days=large.window_days)
    blocks.append(_line(telling, told, large.source))
    papers = telling.say("heir_papers", papers=telling.join(points.heir_papers))
    return [*blocks, _line(telling, papers, points.source)]


def _point(telling: Telling, owner: OpenPoints | CoverAfter, field: str, value: str, source: str) -> Line:
    named = field_name_zh if telling.lang == "zh" else field_name_en
    name = named(type(owner).__name__, field)
    return _line(telling, telling.say("open_point", name=name[:1].upper() + name[1:], value=value), source)


def _documents(telling: Telling) -> list[Block]:
    if not telling.version.documents:
        return []
    rows = tuple(
        (document.id, document.title, telling.word(document.grade)) for document in telling.version.documents
    )
    head = _head(telling, "c_document", "c_title", "c_grade")
    return [Heading(3, telling.say("h_documents")), Table(head, rows)]
