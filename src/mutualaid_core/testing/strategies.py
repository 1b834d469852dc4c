"""Hypothesis strategies (测试数据生成) for values and entities.

``hypothesis.strategies.from_type`` knows the types of the fields but not their rules, so
most of what it draws is refused. These strategies draw what the rules allow: identities of a
settlement hold, parts of a contribution add up. Those of schemes and of claims build on these
and have modules of their own: ``steps``, ``schemes`` and ``claims``.
"""

import datetime
import itertools
from typing import Final

from hypothesis import strategies as st

from mutualaid_core.domain.claims.settlement import FUND_FIELDS, HospitalLevel, Settlement
from mutualaid_core.domain.membership.contribution import Contribution, PaidSpan, PayerShare
from mutualaid_core.domain.membership.member import Member
from mutualaid_core.domain.scheme.dues import FundingSource
from mutualaid_core.domain.scheme.eligibility import InsuranceType
from mutualaid_core.domain.values.dates import DayRange
from mutualaid_core.domain.values.identifiers import (
    EntryId,
    InstitutionCode,
    MemberId,
    PeriodId,
    SchemeId,
    SettlementId,
    UnitId,
)
from mutualaid_core.domain.values.money import FEN_MAX, Money, split_by_weights, total
from mutualaid_core.domain.values.personal import (
    BankCard,
    Diagnosis,
    PersonName,
    ResidentId,
    Sex,
    id_check_character,
)
from mutualaid_core.domain.values.ratio import DENOMINATOR_MAX, Ratio

CHINA_TIME: Final = datetime.timezone(datetime.timedelta(hours=8))
"""China Standard Time, in which settlements state their instant."""

_FIRST_DAY: Final = datetime.date(1990, 1, 1)
_LAST_DAY: Final = datetime.date(2099, 12, 31)
_ID_ALPHABET: Final = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz0123456789-_."
_SURNAMES: Final = ("张", "王", "李", "欧阳", "诸葛", "阿不都·", "John ")
_GIVEN_NAMES: Final = "伟芳娜敏静秀强磊洋艳勇杰娟涛明超兰霞平刚买提江A"
_DIVISIONS: Final = ("110101", "430102", "610103", "441900", "650102", "810000", "820000", "830000", "911100")


def days(
    first: datetime.date = _FIRST_DAY, last: datetime.date = _LAST_DAY
) -> st.SearchStrategy[datetime.date]:
    """Days from *first* to *last*, both included."""
    return st.dates(min_value=first, max_value=last)


@st.composite
def day_ranges(draw: st.DrawFn, days_max: int = 800) -> DayRange:
    """Ranges of 1 to *days_max* days."""
    first = draw(days())
    length = draw(st.integers(min_value=1, max_value=days_max))
    return DayRange(first, first + datetime.timedelta(days=length - 1))


def money(fen_min: int = -FEN_MAX, fen_max: int = FEN_MAX) -> st.SearchStrategy[Money]:
    """Amounts from *fen_min* to *fen_max*, both included."""
    return st.integers(min_value=fen_min, max_value=fen_max).map(Money)


@st.composite
def ratios(draw: st.DrawFn, denominator_max: int = DENOMINATOR_MAX) -> Ratio:
    """Ratios from 0 to 1 whose denominator is at most *denominator_max*."""
    denominator = draw(st.integers(min_value=1, max_value=denominator_max))
    return Ratio(draw(st.integers(min_value=0, max_value=denominator)), denominator)


def ids() -> st.SearchStrategy[str]:
    """Texts that every id of a record may be."""
    return st.text(_ID_ALPHABET, min_size=1, max_size=16)


@st.composite
def resident_ids(draw: st.DrawFn) -> ResidentId:
    """Valid ID numbers: mainland, residence permits (81, 82, 83), foreigners' cards (9)."""
    born = draw(days(datetime.date(1900, 1, 1), datetime.date(2020, 12, 31)))
    serial = draw(st.integers(min_value=1, max_value=995))
    body = f"{draw(st.sampled_from(_DIVISIONS))}{born:%Y%m%d}{serial:03d}"
    return ResidentId(body + id_check_character(body))


@st.composite
def person_names(draw: st.DrawFn) -> PersonName:
    """Names with plain and compound surnames, with the dot of minorities, in Latin letters."""
    surname = draw(st.sampled_from(_SURNAMES))
    return PersonName(surname + draw(st.text(_GIVEN_NAMES, min_size=1, max_size=4)))


def bank_cards() -> st.SearchStrategy[BankCard]:
    """Account and card numbers."""
    return st.builds(BankCard, st.text("0123456789", min_size=8, max_size=30))


def diagnoses() -> st.SearchStrategy[Diagnosis]:
    """Diagnosis codes in the form of ICD-10."""
    return st.builds(Diagnosis, st.from_regex(r"[A-Z][0-9]{2}\.[0-9]{3}", fullmatch=True))


@st.composite
def members(draw: st.DrawFn) -> Member:
    """Members whose sex and birth date agree with the ID number."""
    number = draw(resident_ids())
    return Member(
        member_id=MemberId(f"m-{draw(ids())}"),
        name=draw(person_names()),
        id_number=number,
        sex=draw(st.sampled_from((number.sex, Sex.UNKNOWN, Sex.NOT_STATED))),
        birth_date=number.birth_date,
    )


@st.composite
def paid_spans(draw: st.DrawFn, returned_on: datetime.date | None = None) -> PaidSpan:
    """What was paid before and went back, on a day if one is told."""
    back: datetime.date = returned_on or draw(days())
    return PaidSpan(
        unit_id=UnitId(draw(ids())),
        amount=draw(money(1, 100_000)),
        entry_id=EntryId(draw(ids())),
        known_on=back,
        returned_on=back,
    )


@st.composite
def contributions(draw: st.DrawFn) -> Contribution:
    """Contributions of at most 1,000 yuan whose parts add up, each payer named once."""
    amount = draw(money(1, 100_000))
    payers = draw(st.lists(st.sampled_from(FundingSource), min_size=1, unique=True))
    weights = tuple(draw(st.integers(min_value=1, max_value=9)) for _ in payers)
    shares = zip(payers, split_by_weights(amount, weights), strict=True)
    received_on = draw(days())
    earlier = tuple(draw(st.lists(paid_spans(received_on), max_size=1)))
    return Contribution(
        scheme_id=SchemeId(draw(ids())),
        period_id=PeriodId(draw(ids())),
        member_id=MemberId(draw(ids())),
        unit_id=UnitId(draw(ids())),
        amount=amount,
        split=tuple(PayerShare(payer=payer, amount=part) for payer, part in shares),
        received_on=received_on,
        entry_id=EntryId(draw(ids())),
        returned_on=draw(st.none() | st.just(received_on)),
        earlier=earlier,
    )


@st.composite
def settlements(draw: st.DrawFn, fen_max: int = 50_000_000) -> Settlement:
    """Settlements of up to *fen_max* whose four identities hold.

    Whoever paid what of the total, and what of it was in scope, are drawn apart from each
    other, as splits of one total.
    """
    cost = draw(money(0, fen_max))
    scope = draw(_money_parts(cost, 4))
    payers = draw(_money_parts(cost, len(FUND_FIELDS) + 4))
    funds = payers[: len(FUND_FIELDS)]
    account, relatives, cash, hospital = payers[len(FUND_FIELDS) :]
    stay = draw(day_ranges(days_max=90))
    settled = datetime.datetime.combine(stay.last_day, draw(st.times()), CHINA_TIME)
    return Settlement(
        setl_id=SettlementId(draw(ids())),
        certno=draw(resident_ids()),
        psn_name=draw(person_names()),
        unit_code=UnitId(draw(ids())),
        fixmedins_code=InstitutionCode(f"H{draw(st.integers(0, 10**11 - 1)):011d}"),
        fixmedins_name="第一人民医院",
        hosp_lv=draw(st.sampled_from(HospitalLevel)),
        med_type="21",
        insutype=draw(st.sampled_from(InsuranceType)),
        begndate=stay.first_day,
        enddate=stay.last_day,
        setl_time=settled,
        dise_code=draw(diagnoses()),
        medfee_sumamt=cost,
        inscp_scp_amt=scope[0],
        preselfpay_amt=scope[1],
        overlmt_selfpay=scope[2],
        fulamt_ownpay_amt=scope[3],
        act_pay_dedc=draw(money(0, 200_000)),
        **dict(zip(FUND_FIELDS, funds, strict=True)),
        fund_pay_sumamt=total(funds),
        psn_part_amt=account + relatives + cash,
        acct_pay=account,
        acct_mulaid_pay=relatives,
        psn_cash_pay=cash,
        hosp_part_amt=hospital,
        refd_setl_flag=False,
    )


@st.composite
def parts_of(draw: st.DrawFn, whole: int, count: int) -> tuple[int, ...]:
    """Parts that add up to *whole*, each drawn like the others, some of them nothing."""
    cuts = sorted(draw(st.lists(st.integers(0, whole), min_size=count - 1, max_size=count - 1)))
    return tuple(upper - lower for lower, upper in itertools.pairwise((0, *cuts, whole)))


def _money_parts(whole: Money, count: int) -> st.SearchStrategy[tuple[Money, ...]]:
    return parts_of(whole.fen, count).map(lambda parts: tuple(map(Money, parts)))
