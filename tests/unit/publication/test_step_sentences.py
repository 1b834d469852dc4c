"""What each rule of the benefit engine says of itself: both languages, every figure, by hand."""

from typing import Any

import pytest

from mutualaid_core.domain.claims.trace import Rule, TraceStep
from mutualaid_core.domain.values.money import Money, parse_yuan
from mutualaid_core.publication.explanation.step import told
from mutualaid_core.publication.explanation.telling import tellings
from mutualaid_core.publication.wording import MINUS, Words


def step(rule: Rule, *ends: str | None, facts: str = "", **amounts: str) -> TraceStep:
    """A step; ends and amounts in yuan, facts as ``name=value`` separated by blanks."""
    before, after = (None if end is None else parse_yuan(end) for end in (*ends, None, None)[:2])
    return TraceStep(
        rule=rule,
        before=before,
        after=after,
        amounts=tuple((name, parse_yuan(amount)) for name, amount in amounts.items()),
        facts=tuple((name, value) for name, _, value in (each.partition("=") for each in facts.split())),
        parameter="benefits[0].steps[0]",
        source="HN-4.4.2c",
        clauses=("HN-4.4.2c",),
    )


def said(made: TraceStep, lang: str) -> str:
    """What is said of a step alone."""
    return told(tellings((made,), Words(lang))[0])


CASES: tuple[tuple[TraceStep, str, str], ...] = (
    (
        step(Rule.APPLIES, facts="benefit=stay name=住院津贴 event=inpatient_stay basis=fixed"),
        "适用“住院津贴”（stay），事项：住院，给付性质：定额给付",
        "stay (“住院津贴”) applies, for the event: inpatient stay; it is a fixed sum",
    ),
    (
        step(Rule.WAITING, None, "500", facts="cover_day=20 through_day=30 times_shares=no", pays="500"),
        "事项发生在参保第 20 天，在第 30 天及以前的免责期内，不按补助标准而按分级标准给付 500.00 元",
        (
            "the event falls on day 20 of cover, within the waiting period up to day 30, for which 500.00"
            " yuan is paid instead of the benefit"
        ),
    ),
    (
        step(
            Rule.WAITING,
            None,
            "1000",
            facts="cover_day=20 through_day=30 times_shares=yes shares=2",
            pays="500",
        ),
        (
            "事项发生在参保第 20 天，在第 30 天及以前的免责期内，不按补助标准而按分级标准给付："
            "每份 500.00 元 × 2 份 = 1,000.00 元"
        ),
        (
            "the event falls on day 20 of cover, within the waiting period up to day 30, for which a sum is"
            " paid instead of the benefit: 500.00 yuan × 2 shares = 1,000.00 yuan"
        ),
    ),
    (
        step(Rule.WAITING, None, "0", facts="cover_day=1 through_day=30 times_shares=yes shares=2", pays="0"),
        "事项发生在参保第 1 天，在第 30 天及以前的免责期内，不予给付",
        (
            "the event falls on day 1 of cover, within the waiting period up to day 30, for which nothing"
            " is paid"
        ),
    ),
    (
        step(Rule.DAYS, facts="days=6 stay_days=9 counted=nights first_payable_day=4"),
        "住院 9 天（算入不算出），从第 4 天起计，计 6 天",
        "9 days in hospital (the day of discharge not counted), of which those from day 4 on count: 6 days",
    ),
    (
        step(Rule.DAYS, facts="days=1 stay_days=1 counted=as_told first_payable_day=1"),
        "住院 1 天（按申报的天数），从第 1 天起计，计 1 天",
        "1 day in hospital (as the claim tells them), of which those from day 1 on count: 1 day",
    ),
    (
        step(Rule.EVENT, facts="times=1"),
        "按事项定额给付，计 1 次",
        "paid for the event itself, 1 time",
    ),
    (
        step(Rule.ACCUMULATION, facts="over=period base=200000 earlier=100050 sum=300050 unit=money"),
        "本期各次累计：此前 1,000.50 元 + 本次 2,000.00 元 = 3,000.50 元，先按合计计算",
        (
            "all claims of the period are added up: 1,000.50 yuan before + 2,000.00 yuan now = 3,000.50 yuan,"
            " from which the steps start"
        ),
    ),
    (
        step(Rule.DAYS, facts="stay_days=3 counted=both_days"),
        "住院 3 天（入院日和出院日都算）",
        "3 days in hospital (the days of admission and discharge both counted)",
    ),
    (
        step(
            Rule.ACCUMULATION,
            facts="over=same_cause base=3 earlier=9 sum=12 unit=days first_payable_day=4 days=9",
        ),
        "同一原因各次累计：此前 9 天 + 本次 3 天 = 12 天，先按合计计算，从第 4 天起计，计 9 天",
        (
            "all claims for the same cause are added up: 9 days before + 3 days now = 12 days,"
            " from which the steps start, of which those from day 4 on count: 9 days"
        ),
    ),
    (
        step(Rule.ACCUMULATION, facts="over=period base=1 earlier=1 sum=2 unit=event"),
        "本期各次累计：此前 1 次 + 本次 1 次 = 2 次，先按合计计算",
        (
            "all claims of the period are added up: 1 time before + 1 time now = 2 times,"
            " from which the steps start"
        ),
    ),
    (
        step(Rule.LESS_EARLIER, "900", "600", earlier="300"),
        f"900.00 元 {MINUS} 此前各次算得 300.00 元 = 600.00 元",
        f"900.00 yuan {MINUS} what the earlier claims came to, 300.00 yuan = 600.00 yuan",
    ),
    (
        step(Rule.LESS_EARLIER, "300", "0", earlier="350"),
        "300.00 元不超过此前各次算得的 350.00 元，得 0.00 元",
        "300.00 yuan is not above what the earlier claims came to, 350.00 yuan: 0.00 yuan",
    ),
    (
        step(Rule.BANDS, "800", "0", below="1000"),
        "800.00 元没有超过最低一段的下限 1,000.00 元，各段都不予补助，得 0.00 元",
        "800.00 yuan is not above 1,000.00 yuan, where the first band begins: 0.00 yuan",
    ),
    (
        # 50 % of what lies between 1,000 and 9,000.
        step(Rule.BANDS, "12000", "4000", top="9000"),
        "超过 9,000.00 元的部分在最高一段之外，不予补助；12,000.00 元按各段合计 4,000.00 元",
        (
            "the part above 9,000.00 yuan lies outside the last band and is paid nothing; for 12,000.00"
            " yuan the bands add up to 4,000.00 yuan"
        ),
    ),
    (
        step(Rule.BAND, "2000", "300", facts="ratio=30%", above="1000", up_to="5000", most="300"),
        (
            "第 1 段，超过 1,000.00 元至 5,000.00 元（含）的部分：2,000.00 元 × 30% = 600.00 元，"
            "不超过本段限额 300.00 元，计 300.00 元；累计 300.00 元"
        ),
        (
            "band 1, the part above 1,000.00 yuan and up to 5,000.00 yuan: 2,000.00 yuan × 30% = 600.00"
            " yuan, at most 300.00 yuan for this band, that is 300.00 yuan; running sum 300.00 yuan"
        ),
    ),
    (
        step(Rule.SLAB, "6000", "2100", facts="ratio=35%", above="5000", up_to="10000"),
        "6,000.00 元超过 5,000.00 元，不超过 10,000.00 元，全额按这一档：6,000.00 元 × 35% = 2,100.00 元",
        (
            "6,000.00 yuan is above 5,000.00 yuan and not above 10,000.00 yuan; the whole amount is paid by"
            " this band: 6,000.00 yuan × 35% = 2,100.00 yuan"
        ),
    ),
    (
        step(Rule.SLAB, "60000", "20000", facts="ratio=50%", above="10000", most="20000"),
        (
            "60,000.00 元超过 10,000.00 元，全额按这一档：60,000.00 元 × 50% = 30,000.00 元，"
            "不超过本段限额 20,000.00 元，计 20,000.00 元"
        ),
        (
            "60,000.00 yuan is above 10,000.00 yuan; the whole amount is paid by this band: 60,000.00 yuan"
            " × 50% = 30,000.00 yuan, at most 20,000.00 yuan for this band, that is 20,000.00 yuan"
        ),
    ),
    (
        step(Rule.SLAB, "400", "0", below="500"),
        "400.00 元没有超过最低一档的下限 500.00 元，得 0.00 元",
        "400.00 yuan is not above 500.00 yuan, where the first band begins: 0.00 yuan",
    ),
    (
        step(Rule.FIXED_SUM_BY_BAND, "6000", "800", above="5000", up_to="10000", sum="800"),
        "6,000.00 元超过 5,000.00 元，不超过 10,000.00 元，这一档定额 800.00 元",
        (
            "6,000.00 yuan is above 5,000.00 yuan and not above 10,000.00 yuan; this band gives the sum of"
            " 800.00 yuan"
        ),
    ),
    (
        step(Rule.FIXED_SUM_BY_BAND, "60000", "2000", above="10000", sum="2000"),
        "60,000.00 元超过 10,000.00 元，这一档定额 2,000.00 元",
        "60,000.00 yuan is above 10,000.00 yuan; this band gives the sum of 2,000.00 yuan",
    ),
    (
        step(Rule.FIXED_SUM_BY_BAND, "500", "0", below="500"),
        "500.00 元没有超过最低一档的下限 500.00 元，得 0.00 元",
        "500.00 yuan is not above 500.00 yuan, where the first band begins: 0.00 yuan",
    ),
    (
        # A third of 100.00 is 3,333 fen and a third.
        step(Rule.SHARE, "100", "33.33", facts="ratio=1/3 exact_fen=10000/3"),
        "100.00 元 × 1/3 = 33.33 元又 1/3 分",
        "100.00 yuan × 1/3 = 33.33 yuan and 1/3 fen",
    ),
    (
        step(Rule.AT_MOST, "4000", "3000", at_most="3000"),
        "4,000.00 元超过封顶额 3,000.00 元，减为 3,000.00 元",
        "4,000.00 yuan is above the upper bound of 3,000.00 yuan and is cut to 3,000.00 yuan",
    ),
    (
        step(Rule.AT_MOST, "3000", "3000", at_most="3000"),
        "3,000.00 元没有超过封顶额 3,000.00 元，得 3,000.00 元",
        "3,000.00 yuan is not above the upper bound of 3,000.00 yuan: 3,000.00 yuan",
    ),
    (
        step(Rule.TIMES_SHARES, "500", "1000", facts="shares=2 held=2"),
        "500.00 元 × 2 份 = 1,000.00 元",
        "500.00 yuan × 2 shares = 1,000.00 yuan",
    ),
    (
        step(Rule.TIMES_SHARES, "500", "500", facts="shares=1 held=3"),
        "500.00 元 × 1 份 = 500.00 元（持有 3 份，超出部分无效）",
        "500.00 yuan × 1 share = 500.00 yuan (3 shares are held, those beyond are void)",
    ),
    (
        step(Rule.DAY_TABLE, facts="days=9 paid_days=7 first=8 last=14 pays=7"),
        "9 天在“8 天至 14 天”一档，按 7 天给付",
        "for 9 days the row from day 8 to day 14 holds; paid: 7 days",
    ),
    (
        step(Rule.DAY_TABLE, facts="days=40 paid_days=30 first=15 most=30"),
        "40 天在“15 天及以上”一档，按 30 天给付",
        "for 40 days the row from day 15 on holds; paid: 30 days",
    ),
    (
        step(Rule.DAY_TABLE, facts="days=0 paid_days=0"),
        "0 天，没有可给付的天数",
        "0 days: no day is paid",
    ),
    (
        step(Rule.DAYS_LIMIT, facts="days=9 paid_days=5 most=90 used=85 per=period"),
        f"本期限额 90 天 {MINUS} 此前已用 85 天，9 天超过此数，按 5 天给付",
        (
            f"limit for the period: 90 days {MINUS} 85 days used before; 9 days asked for go beyond it;"
            " paid: 5 days"
        ),
    ),
    (
        step(Rule.DAYS_LIMIT, facts="days=9 paid_days=9 most=90 used=0 per=claim"),
        f"单次限额 90 天 {MINUS} 此前已用 0 天，9 天没有超过，按 9 天给付",
        (
            f"limit for a claim: 90 days {MINUS} 0 days used before; 9 days asked for stay within it;"
            " paid: 9 days"
        ),
    ),
    (
        step(Rule.PER_DAY, None, "450", facts="days=9", per_day="50"),
        "9 天 × 每天 50.00 元 = 450.00 元",
        "9 days × 50.00 yuan per day = 450.00 yuan",
    ),
    (
        step(Rule.FIXED_SUM, None, "10000", sum="10000"),
        "定额 10,000.00 元",
        "the fixed sum of 10,000.00 yuan",
    ),
    (
        step(
            Rule.ROUNDING,
            None,
            "33",
            facts="mode=half_up place=end_of_benefit exact_fen=10000/3 unit_fen=100",
        ),
        "33.33 元又 1/3 分最后一次四舍五入到1.00 元，得 33.00 元",
        "33.33 yuan and 1/3 fen is rounded half up to 1.00 yuan, once, at the end, that is 33.00 yuan",
    ),
    (
        step(Rule.ROUNDING, None, "33.33", facts="mode=down place=each_step exact_fen=10000/3"),
        "33.33 元又 1/3 分每步分别舍去尾数到分，得 33.33 元",
        "33.33 yuan and 1/3 fen is rounded down to the fen, after each step, that is 33.33 yuan",
    ),
    (
        # The share of 30 % of 0.05 is a fen and a half.
        step(
            Rule.MINIMUM,
            "0.01",
            "0.05",
            facts="may_exceed_base=no exact_before=3/2",
            minimum="50",
            base="0.05",
        ),
        "按最低补助额 50.00 元计，但以补助基数 0.05 元为限，得 0.05 元",
        "raised towards the minimum of 50.00 yuan, limited to the base of 0.05 yuan: 0.05 yuan",
    ),
    (
        step(Rule.CLAIM_CAP, "9000", "9000", cap="9000", granted="0", left="9000"),
        "单次限额 9,000.00 元，9,000.00 元没有超过，得 9,000.00 元",
        "the cap of a claim is 9,000.00 yuan; 9,000.00 yuan is not above this: 9,000.00 yuan",
    ),
    (
        step(Rule.CLAIM_CAP, "9500", "9000", facts="excess=cut", cap="9000", granted="0", left="9000"),
        "单次限额 9,000.00 元，9,500.00 元超过此数，减为 9,000.00 元",
        "the cap of a claim is 9,000.00 yuan; 9,500.00 yuan is above this and is cut to 9,000.00 yuan",
    ),
    (
        step(Rule.CLAIM_CAP, "9500", "0", facts="excess=refuse", cap="9000", granted="0", left="9000"),
        "单次限额 9,000.00 元，9,500.00 元超过此数，按规定全部不予给付，得 0.00 元",
        (
            "the cap of a claim is 9,000.00 yuan; 9,500.00 yuan is above this and is refused as a whole:"
            " 0.00 yuan"
        ),
    ),
    (
        step(Rule.PERIOD_CAP, "900", "0", facts="excess=refuse", cap="5000", granted="4500", left="500"),
        (
            f"限额 5,000.00 元 {MINUS} 本期此前已核定 4,500.00 元 = 500.00 元，900.00 元超过此数，"
            "按规定全部不予给付，得 0.00 元；限额还余 500.00 元"
        ),
        (
            f"cap 5,000.00 yuan {MINUS} granted before in the period 4,500.00 yuan = 500.00 yuan; 900.00"
            " yuan is above this and is refused as a whole: 0.00 yuan; the cap then leaves 500.00 yuan"
        ),
    ),
    (
        step(
            Rule.LIFETIME_CAP,
            *("900", "900"),
            facts="shares=2",
            cap="10000",
            granted="4500",
            left="4600",
            per_share="5000",
        ),
        (
            f"限额 10,000.00 元（每份 5,000.00 元 × 2 份） {MINUS} 此前历次已核定 4,500.00 元 = 5,500.00 元，"
            "900.00 元未超过，得 900.00 元；限额还余 4,600.00 元"
        ),
        (
            f"cap 10,000.00 yuan (5,000.00 yuan × 2 shares) {MINUS} granted before in all periods 4,500.00"
            " yuan = 5,500.00 yuan; 900.00 yuan is not above this: 900.00 yuan; the cap then leaves"
            " 4,600.00 yuan"
        ),
    ),
    (
        step(Rule.PAYMENTS_LIMIT, "900", "900", facts="most=2 used=1 per=period"),
        "本期最多给付 2 次，此前已给付 1 次，900.00 元可以给付",
        "payments allowed for the period: 2 times; made before: 1 time; 900.00 yuan can be paid",
    ),
    (
        step(Rule.PAYMENTS_LIMIT, "900", "0", facts="most=1 used=1 per=lifetime"),
        "终身最多给付 1 次，此前已给付 1 次，次数已用完，900.00 元减为 0.00 元",
        (
            "payments allowed for a lifetime: 1 time; made before: 1 time, which uses them up; 900.00 yuan"
            " is cut to 0.00 yuan"
        ),
    ),
)


@pytest.mark.parametrize(("made", "zh", "en"), CASES, ids=[case[0].rule.value for case in CASES])
def test_a_rule_is_told_in_both_languages(made: TraceStep, zh: str, en: str) -> None:
    """Each rule must say every figure that it used, the same in both languages."""
    assert (said(made, "zh"), said(made, "en")) == (zh, en)


COST: dict[str, Any] = {"expense": "20000.01", "funds": "19000", "hospital": "0"}


@pytest.mark.parametrize(
    ("amounts", "after", "text"),
    [
        # 20,000.01 - 19,000.00 = 1,000.01, and 900.00 of it borne by the hospital leaves 100.01.
        (COST, "1000.01", "19,000.00 yuan = 1,000.01 yuan; 4,050.00 yuan is above this and is cut to"),
        (COST | {"hospital": "900"}, "100.01", "(hosp_part_amt) 900.00 yuan = 100.01 yuan; 4,050.00 yuan is"),
        (COST | {"funds": "21000"}, "0", "21,000.00 yuan leaves nothing; 4,050.00 yuan is cut to 0.00 yuan"),
        (COST | {"elsewhere": "0.01"}, "1000", f"{MINUS} paid by other schemes 0.01 yuan = 1,000.00 yuan; "),
        (
            COST | {"benefits": "1000"},
            "0.01",
            f"{MINUS} paid by earlier benefits of this scheme 1,000.00 yuan = 0.01 yuan; ",
        ),
        (
            COST | {"base": "800"},
            "800",
            "a benefit is not above its base of 800.00 yuan; 4,050.00 yuan is cut",
        ),
        ({"known_cost": "800"}, "800", "base 800.00 yuan = 800.00 yuan; 4,050.00 yuan is above this"),
        (
            {"known_cost": "800", "elsewhere": "300"},
            "500",
            f"base 800.00 yuan {MINUS} paid by other schemes 300.00 yuan = 500.00 yuan; 4,050.00 yuan",
        ),
    ],
)
def test_indemnity(amounts: dict[str, str], after: str, text: str) -> None:
    """A benefit cut to the expense must show the cost and each of those who paid, or the base."""
    assert text in said(step(Rule.INDEMNITY, "4050", after, **amounts), "en")


@pytest.mark.parametrize(
    ("facts", "zh", "en"),
    [
        (
            "class=hosp_lv class_is=3",
            "定额 100.00 元（按医院等级分类，本次为 3）",
            "(by class of level of the hospital, which is 3)",
        ),
        ("class=age", "定额 100.00 元（按年龄分类）", "(by class of age)"),
        ("class=grade", "定额 100.00 元（按“grade”分类）", "(by class of “grade”)"),
    ],
)
def test_a_class_is_told(facts: str, zh: str, en: str) -> None:
    """The fact by which a class was chosen must be told, and its value where the trace has it."""
    made = step(Rule.FIXED_SUM, None, "100", facts=facts, sum="100")
    assert (said(made, "zh"), said(made, "en").removeprefix("the fixed sum of 100.00 yuan ")) == (zh, en)


def test_what_others_paid_is_named_in_the_base() -> None:
    """A declared amount must stand by its own name, a benefit by its id, another scheme by its name."""
    # 900.00 - 200.00 - 100.00 = 600.00
    amounts = (("loss_amt", Money(90_000)), ("-benefit:first", Money(20_000)), ("-elsewhere", Money(10_000)))
    made = TraceStep(
        rule=Rule.BASE,
        after=Money(60_000),
        amounts=amounts,
        parameter="benefits[1].base",
        source="HN-4.2.1e",
        clauses=("HN-4.2.1e",),
    )
    told_zh = (
        f"“loss_amt”900.00 元 {MINUS} 补助项目 first 已付200.00 元 {MINUS} 其他互助项目已付100.00 元"
        " = 600.00 元"
    )
    told_en = (
        f"“loss_amt” 900.00 yuan {MINUS} paid by benefit first 200.00 yuan {MINUS} paid by other schemes"
        " 100.00 yuan = 600.00 yuan"
    )
    assert (said(made, "zh"), said(made, "en")) == (told_zh, told_en)


def test_bands_of_two_tables_are_counted_by_themselves() -> None:
    """The bands of a second table must be counted and summed anew."""
    bands = [
        TraceStep(
            rule=Rule.BAND,
            before=Money(10_000),
            after=Money(5_000),
            amounts=(("above", Money(10_000 * number)),),
            facts=(("ratio", "50%"),),
            parameter=f"benefits[0].steps[{table}].bands[{number}]",
            source="HN-4.4.2c",
            clauses=("HN-4.4.2c",),
        )
        for table, number in ((0, 0), (0, 1), (1, 0))
    ]
    found = tellings(tuple(bands), Words("en"))
    assert [(each.number, each.summed) for each in found] == [(1, 5_000), (2, 10_000), (1, 5_000)]
