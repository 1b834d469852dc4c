"""Settlement (结算单): what the hospital and the basic insurance said of one stay.

Fields carry the names of the national interface. A settlement is a fact: nothing here is
ever altered by adjudication, and figures that contradict each other are kept as they came.
"""

import datetime
import enum
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import attrs

from mutualaid_core.domain.scheme.eligibility import InsuranceType
from mutualaid_core.domain.values.checks import checked, identifier, not_blank, not_negative
from mutualaid_core.domain.values.dates import DayRange
from mutualaid_core.domain.values.identifiers import InstitutionCode, SettlementId, UnitId
from mutualaid_core.domain.values.money import Money
from mutualaid_core.domain.values.personal import Diagnosis, PersonName, ResidentId
from mutualaid_core.errors import InvalidValueError

FUND_FIELDS: Final = ("hifp_pay", "cvlserv_pay", "hifes_pay", "hifmi_pay", "hifob_pay", "maf_pay", "oth_pay")
"""The funds that pay before mutual aid, by their national field names."""


def _as_stated(instant: datetime.datetime) -> tuple[datetime.datetime, datetime.timedelta | None]:
    """What makes two instants the same statement: the clock face and its distance to UTC."""
    return instant.replace(tzinfo=None), instant.utcoffset()


class HospitalLevel(enum.Enum):
    """Level of a hospital (医院等级) by which insurance settles."""

    FIRST = "1"
    SECOND = "2"
    THIRD = "3"
    NONE = "9"


class Identity(enum.Enum):
    """A sum that a settlement's figures must satisfy (勾稽关系)."""

    TOTAL_COST = "medfee_sumamt = inscp_scp_amt + preselfpay_amt + overlmt_selfpay + fulamt_ownpay_amt"
    FUND_TOTAL = "fund_pay_sumamt = hifp + cvlserv + hifes + hifmi + hifob + maf + oth"
    WHO_PAYS = "medfee_sumamt = fund_pay_sumamt + psn_part_amt + hosp_part_amt"
    PERSONAL_PARTS = "psn_part_amt = acct_pay + acct_mulaid_pay + psn_cash_pay"


SETTLEMENT_ID_MAX: Final = 60
"""Ledger entries of a claim are named by the settlement with a mark before it."""


def _leaves_room(_owner: object, field: "attrs.Attribute[str]", value: str) -> None:
    if len(value.encode()) > SETTLEMENT_ID_MAX:
        raise InvalidValueError(
            field.name, f"must be <= {SETTLEMENT_ID_MAX} bytes", f"{len(value.encode())} bytes"
        )


@attrs.frozen(kw_only=True, field_transformer=checked)
class Settlement:
    """Settlement (结算单) of one hospital stay. All amounts in fen, none negative.

    Attributes:
        setl_id: 结算ID, the idempotency key of the stay.
        certno: 证件号码.
        psn_name: 姓名.
        unit_code: Unit that the claimant named.
        fixmedins_code: 定点医药机构编码.
        fixmedins_name: 医药机构名称.
        hosp_lv: 医院等级.
        med_type: 医疗类别 (21 inpatient).
        insutype: 险种类型.
        begndate: 入院, first day of the stay.
        enddate: 出院, last day of the stay.
        setl_time: 结算时间, with its zone.
        dise_code: 诊断编码.
        medfee_sumamt: 医疗费总额, total cost.
        fulamt_ownpay_amt: 全自费, outside the scope.
        overlmt_selfpay: 超限价自费, outside the scope.
        preselfpay_amt: 先行自付.
        inscp_scp_amt: 符合政策范围, in-scope cost.
        act_pay_dedc: 实际支付起付线.
        hifp_pay: 统筹基金支出.
        cvlserv_pay: 公务员医疗补助.
        hifes_pay: 企业补充医疗保险.
        hifmi_pay: 居民大病保险.
        hifob_pay: 职工大额医疗费用补助.
        maf_pay: 医疗救助.
        oth_pay: 其他支出.
        fund_pay_sumamt: 基金支付总额.
        psn_part_amt: 个人负担总金额.
        acct_pay: 个人账户支出.
        acct_mulaid_pay: 账户共济支付.
        psn_cash_pay: 个人现金支出.
        hosp_part_amt: 医院负担.
        refd_setl_flag: 退费结算标志, whether the settlement was reversed.

    Clause:
        HN-4.2.1d, HN-4.2.1e, GD-2.3.3c, ACFTU-3.1a
    """

    setl_id: SettlementId = attrs.field(validator=[identifier, _leaves_room])
    certno: ResidentId
    psn_name: PersonName
    unit_code: UnitId = attrs.field(validator=identifier)
    fixmedins_code: InstitutionCode = attrs.field(validator=not_blank)
    fixmedins_name: str = attrs.field(validator=not_blank)
    hosp_lv: HospitalLevel
    med_type: str = attrs.field(validator=not_blank)
    insutype: InsuranceType
    begndate: datetime.date
    enddate: datetime.date
    setl_time: datetime.datetime = attrs.field(eq=_as_stated)
    dise_code: Diagnosis
    medfee_sumamt: Money = attrs.field(validator=not_negative)
    fulamt_ownpay_amt: Money = attrs.field(validator=not_negative)
    overlmt_selfpay: Money = attrs.field(validator=not_negative)
    preselfpay_amt: Money = attrs.field(validator=not_negative)
    inscp_scp_amt: Money = attrs.field(validator=not_negative)
    act_pay_dedc: Money = attrs.field(validator=not_negative)
    hifp_pay: Money = attrs.field(validator=not_negative)
    cvlserv_pay: Money = attrs.field(validator=not_negative)
    hifes_pay: Money = attrs.field(validator=not_negative)
    hifmi_pay: Money = attrs.field(validator=not_negative)
    hifob_pay: Money = attrs.field(validator=not_negative)
    maf_pay: Money = attrs.field(validator=not_negative)
    oth_pay: Money = attrs.field(validator=not_negative)
    fund_pay_sumamt: Money = attrs.field(validator=not_negative)
    psn_part_amt: Money = attrs.field(validator=not_negative)
    acct_pay: Money = attrs.field(validator=not_negative)
    acct_mulaid_pay: Money = attrs.field(validator=not_negative)
    psn_cash_pay: Money = attrs.field(validator=not_negative)
    hosp_part_amt: Money = attrs.field(validator=not_negative)
    refd_setl_flag: bool

    def __attrs_post_init__(self) -> None:
        """Refuse a stay that ends before it starts, and an instant without a zone."""
        if self.enddate < self.begndate:
            raise InvalidValueError(
                "enddate", f"must be >= {self.begndate.isoformat()}", self.enddate.isoformat()
            )
        if self.setl_time.utcoffset() is None:
            raise InvalidValueError("setl_time", "must have a zone", self.setl_time.isoformat())

    @property
    def stay(self) -> DayRange:
        """First and last day of the stay."""
        return DayRange(self.begndate, self.enddate)

    @property
    def settled_on(self) -> datetime.date:
        """Day of settlement in the zone in which it was stated."""
        return self.setl_time.date()

    def amount(self, field: str) -> Money:
        """The amount of one national field.

        Raises:
            InvalidValueError: There is no such amount.
        """
        if field not in AMOUNT_FIELDS:
            raise InvalidValueError(
                "field", "must be an amount of the settlement", f"{len(field)} characters"
            )
        found: Money = getattr(self, field)
        return found

    def broken_identities(self) -> tuple[Identity, ...]:
        """The sums that do not hold, to the fen; empty where all do."""
        return broken_identities({field: self.amount(field).fen for field in AMOUNT_FIELDS})


IDENTITIES: Final[Mapping[Identity, tuple[str, tuple[str, ...]]]] = MappingProxyType(
    {
        Identity.TOTAL_COST: (
            "medfee_sumamt",
            ("inscp_scp_amt", "preselfpay_amt", "overlmt_selfpay", "fulamt_ownpay_amt"),
        ),
        Identity.FUND_TOTAL: ("fund_pay_sumamt", FUND_FIELDS),
        Identity.WHO_PAYS: ("medfee_sumamt", ("fund_pay_sumamt", "psn_part_amt", "hosp_part_amt")),
        Identity.PERSONAL_PARTS: ("psn_part_amt", ("acct_pay", "acct_mulaid_pay", "psn_cash_pay")),
    }
)


def broken_identities(amounts: Mapping[str, int]) -> tuple[Identity, ...]:
    """The sums that do not hold, to the fen, of those whose amounts are all told.

    In bare fen: contradictory figures may add up beyond the limit of an amount.

    Args:
        amounts: Fen by national field names.
    """
    broken = []
    for identity, (whole, parts) in IDENTITIES.items():
        told = amounts.get(whole)
        if told is None:
            continue
        for part in parts:
            amount = amounts.get(part)
            if amount is None:
                break
            told -= amount
        else:
            if told:
                broken.append(identity)
    return tuple(broken)


AMOUNT_FIELDS: Final = tuple(field.name for field in attrs.fields(Settlement) if field.type is Money)
"""The national names of every amount of a settlement."""
