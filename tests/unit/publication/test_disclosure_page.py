"""The disclosure page: complete in both languages, safe, and readable by everybody."""

import base64
import hashlib
import re
from html.parser import HTMLParser
from importlib import resources

import attrs
import pytest

from mutualaid_core.domain.oversight.disclosure import Breakdown, Cell, Dimension, Disclosure
from mutualaid_core.domain.values.money import ZERO, Money
from mutualaid_core.publication.charts import SCALE, bars, movement
from mutualaid_core.publication.disclosure_page import disclosure_page

VOID = {"meta", "rect", "line"}
XSS = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>&{{ 7*7 }}"


class Page(HTMLParser):
    """The elements of a page, and its visible text by the language of its section."""

    def __init__(self, page: str) -> None:
        """Read the whole page."""
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.texts: dict[str, list[str]] = {"zh": [], "en": []}
        self.section = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep the element, and notice where a language begins."""
        found = {name: value or "" for name, value in attrs}
        self.elements.append((tag, found))
        self.open += [] if tag in VOID else [tag]
        if found.get("class", "").startswith("page "):
            self.section = found["class"].removeprefix("page ")

    def handle_endtag(self, tag: str) -> None:
        """Every element must be closed in its turn."""
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Keep what can be read."""
        if self.section and data.strip():
            self.texts[self.section].append(" ".join(data.split()))

    def all(self, tag: str) -> list[dict[str, str]]:
        """The attributes of every element of that name."""
        return [found for name, found in self.elements if name == tag]


@pytest.fixture(scope="module")
def html(disclosure: Disclosure) -> str:
    """The page of the small disclosure."""
    return disclosure_page(disclosure)


@pytest.fixture(scope="module")
def page(html: str) -> Page:
    """The same page, read."""
    return Page(html)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("zh", "1,009.50"),
        ("zh", "期初结余中有 600.00 元是此前由外部注入的储备金"),
        ("zh", "其余 400.00 元由往期滚存。"),
        # 50.00 - 40.50 = 9.50; 40.50 / 50.00 = 81.0 %; 40.50 / 12 = 3.375, half up 3.38
        ("zh", "收入比补助多 9.50 元，全部转入结余，留给以后各期。补助相当于本期收入的 81.0%。"),
        (
            "en",
            "Income exceeded benefits by 9.50 yuan, all of which went into the reserve for later periods.",
        ),
        ("en", "for later periods. Benefits came to 81.0% of the income of the period. The mean benefit was"),
        ("en", "The mean benefit was 3.38 yuan (rounded to the fen)."),
        # 11 of 2,000 members are 0.55 %, half up 0.6 %
        ("en", "0.6% of the members covered were paid a benefit. One member may have several claims."),
        ("en", "60.0%"),
        ("zh", "单位行政"),
        ("zh", "2014 年第 3 季度"),
        ("en", "Quarter 3 of 2014"),
        ("en", "5012"),
        ("en", "ab" * 32),
        # Hidden: 12 - 6 - 0 = 6 claims and 40.50 - 30.50 - 0.00 = 10.00 yuan
        ("en", "Hidden groups together"),
        ("en", "10.00"),
    ],
)
def test_what_the_page_says(page: Page, lang: str, text: str) -> None:
    """The figures of the disclosure, and what follows from them, must stand on the page."""
    assert text in "\n".join(page.texts[lang])


def test_both_languages_show_the_same_figures(page: Page) -> None:
    """Each figure of the one language must stand in the other."""
    amounts = {
        lang: sorted(re.findall(r"[0-9][0-9,]*\.[0-9]{2}", " ".join(texts)))
        for lang, texts in page.texts.items()
    }
    assert amounts["zh"] == amounts["en"]


def test_hidden_figures_are_explained(page: Page) -> None:
    """A hidden figure must be a dash, and the page must say from how few persons on it is hidden."""
    assert (
        page.texts["zh"].count("—") == 6
    )  # two quarters: claims and amount in the table, amount in the chart
    assert any("该组不足 5 人" in text for text in page.texts["zh"])
    assert any("fewer than 5 persons" in text for text in page.texts["en"])


def test_a_lone_hidden_group_is_not_given_away(disclosure: Disclosure) -> None:
    """Where one group alone is hidden, the page must not print what subtraction would tell."""
    cells = (Cell(group="1", claims=None, amount=None), Cell(group="2", claims=6, amount=Money(3_050)))
    lone = Breakdown(dimension=Dimension.HOSPITAL_LEVEL, cells=cells)
    assert "Hidden groups together" not in disclosure_page(attrs.evolve(disclosure, breakdowns=(lone,)))


def test_a_deficit_is_told(disclosure: Disclosure) -> None:
    """Benefits above income must be told as borne by the reserve."""
    # 50.00 - 90.00 = -40.00; 1,000.00 + 50.00 - 90.00 = 960.00
    short = attrs.evolve(disclosure, benefits=Money(9_000), closing=Money(96_000))
    texts = Page(disclosure_page(short)).texts["zh"]
    assert any("补助比收入多 40.00 元，由结余承担。" in text for text in texts)


def test_grants_within_the_period_are_a_row(disclosure: Disclosure) -> None:
    """What was granted within the period must stand beside the opening, not in it; no row where none was."""
    # 1,000.00 + 70.00 + 50.00 - 40.50 = 1,079.50
    more = attrs.evolve(disclosure, granted=Money(7_000), closing=Money(107_950))
    texts = Page(disclosure_page(more)).texts
    assert "本期另有外部注入 70.00 元，也不是会员缴费。" in "".join(texts["zh"])
    assert texts["zh"].count("本期注入") == texts["en"].count("Grants received") == 1
    assert {"＋ 本期注入", "加：本期注入（标明）", "1,000.00", "70.00", "1,079.50"} <= set(texts["zh"])
    assert "本期注入" not in disclosure_page(disclosure)


def test_an_empty_period(disclosure: Disclosure) -> None:
    """A period in which nothing happened must have its page too."""
    nothing = dict.fromkeys(("income_total", "opening", "grants", "benefits", "closing"), ZERO)
    empty = attrs.evolve(
        disclosure, **nothing, income=(), members=0, units=0, claims=None, claimants=None, breakdowns=()
    )
    texts = Page(disclosure_page(empty)).texts["en"]
    assert "There was no income in this period." in texts
    assert "No part of the opening balance came as grants from outside." in " ".join(texts)


@pytest.mark.parametrize(
    ("dimension", "codes", "names"),
    [
        (
            Dimension.BENEFIT_BAND,
            ("500", "1000", "above"),
            ("Up to 500 yuan", "Above 500, up to 1,000 yuan", "Above 1,000 yuan"),
        ),
        (Dimension.BENEFIT_BAND, ("above", "odd"), ("Above", "Odd")),
        (
            Dimension.HOSPITAL_LEVEL,
            ("1", "9", "7"),
            ("First-level hospitals", "Hospitals without a level", "7"),
        ),
        (Dimension.DISCHARGE_QUARTER, ("2014Q1", "soon"), ("Quarter 1 of 2014", "Soon")),
    ],
)
def test_groups_have_names(
    disclosure: Disclosure, dimension: Dimension, codes: tuple[str, ...], names: tuple[str, ...]
) -> None:
    """A group must be called by its meaning, and a strange code must stand as it is."""
    cells = tuple(Cell(group=code, claims=1, amount=Money(1)) for code in codes)
    by_group = attrs.evolve(disclosure, breakdowns=(Breakdown(dimension=dimension, cells=cells),))
    texts = Page(disclosure_page(by_group)).texts["en"]
    assert [texts.count(name) for name in names] == [2] * len(names)  # in the chart and in the table


def test_text_is_escaped(disclosure: Disclosure) -> None:
    """Markup in a name must be shown as text, never run."""
    evil = Breakdown(dimension=Dimension.HOSPITAL_LEVEL, cells=(Cell(group=XSS, claims=1, amount=Money(1)),))
    page = disclosure_page(
        attrs.evolve(
            disclosure, scheme_name=XSS, sponsor=XSS, region_name=XSS, head_root=XSS, breakdowns=(evil,)
        )
    )
    read = Page(page)
    assert {tag for tag, _ in read.elements} & {"script", "img"} == set()
    assert XSS in " ".join(read.texts["zh"])


def test_nothing_is_loaded_and_nothing_runs(page: Page) -> None:
    """The page must hold no script, no handler, no foreign address and no form."""
    assert {tag for tag, _ in page.elements} & {
        "script",
        "link",
        "img",
        "iframe",
        "object",
        "form",
        "base",
    } == set()
    names = {name for _, found in page.elements for name in found}
    assert not [
        name for name in names if name.startswith("on") or name in {"src", "style", "action", "srcdoc"}
    ]
    assert {found["href"] for _, found in page.elements if "href" in found} == {"#en", "#zh"}


def test_no_address_is_in_the_file(html: str) -> None:
    """The file must name no host at all."""
    assert not re.search(r"https?:|//[a-z]|url\(|@import", html)


def test_only_the_stated_style_applies(html: str, page: Page) -> None:
    """The policy of the page must allow its own style by hash and nothing else."""
    style = html[html.index("<style>") + len("<style>") : html.index("</style>")]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = next(found["content"] for found in page.all("meta") if "http-equiv" in found)
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def test_every_element_is_closed(page: Page) -> None:
    """The elements must nest."""
    assert page.open == []


def test_ids_are_unique_and_pointed_at_rightly(page: Page) -> None:
    """Each id must stand once, and every reference must find its element."""
    ids = [found["id"] for _, found in page.elements if "id" in found]
    pointed = {each for _, found in page.elements for each in found.get("aria-labelledby", "").split()}
    assert len(ids) == len(set(ids))
    assert pointed | {"zh", "en"} <= set(ids)


def test_headings_of_tables_have_a_scope(page: Page) -> None:
    """Every heading cell must say whether it heads a row or a column."""
    assert {found.get("scope") for found in page.all("th")} == {"col", "row"}
    assert len(page.all("caption")) == len(page.all("table"))


def test_charts_have_title_and_description(page: Page) -> None:
    """Every chart must be told to those who cannot see it."""
    charts = page.all("svg")
    assert len(charts) == 6
    assert {found["role"] for found in charts} == {"img"}
    assert len(page.all("desc")) == len(charts)


def test_languages_are_marked(page: Page) -> None:
    """The page, each section and each name in the other language must say its language."""
    assert page.all("html") == [{"lang": "zh-CN"}]
    assert [found["lang"] for found in page.all("div") if "lang" in found] == ["zh-CN", "en"]
    assert all(found["lang"] == "zh-CN" for found in page.all("span") if "lang" in found)


def luminance(colour: str) -> float:
    """Relative luminance of ``#rrggbb`` by WCAG 2."""
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(
    ("front", "back", "least"),
    [
        ("ink", "#ffffff", 4.5),
        ("soft", "#ffffff", 4.5),
        ("accent", "#ffffff", 4.5),  # links, and white on the sum
        ("accent", "#e8eef0", 3.0),  # bars on their track
        ("accent-mid", "#e8eef0", 3.0),
    ],
)
def test_contrast(front: str, back: str, least: float) -> None:
    """Text must keep the contrast of WCAG level AA, drawings that of graphical objects."""
    css = (resources.files("mutualaid_core.publication") / "templates" / "disclosure.css").read_text("utf-8")
    colour = re.search(rf"--{front}: (#[0-9a-f]{{6}});", css)
    assert colour
    light, dark = luminance(back), luminance(colour[1])
    assert (light + 0.05) / (dark + 0.05) >= least


def test_bars_are_in_proportion() -> None:
    """The largest amount must fill the scale, a tiny one must be seen, a hidden one has no length."""
    # 100 of 200 is half of 400; 1 fen of 200 yuan would be 0.02 and is drawn as 1.
    amounts = (Money(20_000), Money(10_000), Money(1), ZERO, None)
    assert [bar.length for bar in bars(amounts)] == [SCALE, SCALE // 2, 1, 0, 0]


def test_movement_ends_where_it_must(disclosure: Disclosure) -> None:
    """Income must begin where the opening ends, benefits end there, closing where benefits begin."""
    # Of 1,050.00: 1,000.00 is 380 of 400 units (380.95), 1,009.50 is 384 (384.57).
    opening, income, benefits, closing = movement(disclosure)
    assert [(each.bar.start, each.bar.end) for each in (opening, income, benefits, closing)] == [
        (0, 380),
        (380, 400),
        (384, 400),
        (0, 384),
    ]


def test_grants_move_between_opening_and_income(disclosure: Disclosure) -> None:
    """Grants of the period must begin where the opening ends, and income where they end."""
    # Of 2,100.00: 1,000.00 is 190 of 400 units (190.5), 2,050.00 is 390 (390.5), 2,059.50 is 392 (392.3).
    more = attrs.evolve(disclosure, granted=Money(105_000), closing=Money(205_950))
    assert [(each.bar.start, each.bar.end) for each in movement(more)] == [
        (0, 190),
        (190, 390),
        (390, 400),
        (392, 400),
        (0, 392),
    ]


def test_movement_of_nothing(disclosure: Disclosure) -> None:
    """Where there is no money there must be no bar."""
    nothing = dict.fromkeys(("income_total", "opening", "grants", "benefits", "closing"), ZERO)
    assert {each.bar.length for each in movement(attrs.evolve(disclosure, **nothing, income=()))} == {0}
