"""Wide signs (全角符号): signs of a Chinese keyboard where YAML, an amount or a word has half-width ones.

They look right on the screen, and what a reader of YAML says of them names anything but the slip.
"""

import re
from collections.abc import Iterator
from typing import Final

import attrs

_ASCII: Final = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_OTHERS: Final = {
    **dict.fromkeys("“”", '"'),
    **dict.fromkeys("‘’", "'"),
    **dict.fromkeys("–—\u2212", "-"),
    "【": "[",
    "】": "]",
    "。": ".",
    "、": ",",
    "\N{IDEOGRAPHIC SPACE}": " ",
}
_HALF: Final = str.maketrans(_ASCII | _OTHERS)

_HIDDEN: Final = re.compile(r'"(?:[^"\\]|\\.)*"|\'(?:[^\']|\'\')*\'|(?:^|(?<=\s))#.*')
"""What holds no signs of YAML: quoted texts and comments."""

_LINE_MAX: Final = 500
"""Characters of a line that is looked at: no line of terms is longer, and a hostile one may have any."""

_NAME: Final = "[A-Za-z_][A-Za-z0-9_-]*"
_BEFORE_NAME: Final = r"(?:^[\s－-]*|[{\uff5b,，]\s*)"
_FORMS: Final = tuple(
    map(
        re.compile,
        (
            rf"{_BEFORE_NAME}{_NAME}\s*(：)",
            rf"^[\s－-]*{_NAME}(:)(?=[^\s/:])",
            r"^ *(\u3000)",
            r"^\s*(－)(?=\s)",
            r"^\s*(\uff03)",
            rf"(，)(?=\s*{_NAME}\s*[:：])",
            r'(?<=["”\]】}\uff5d])\s*(，)',
            r"(?:[:：]\s*|^[\s－-]*|[\[\uff3b【{\uff5b,，]\s*)([\uff5b\uff3b【])",
            r"([\uff5d\uff3d】])(?=\s*(?:$|[,，}\uff5d\]\uff3d】]))",
        ),
    )
)
"""Where a sign of YAML stands; what is written in the file's own texts is none."""

_RULES: Final = {
    ":": "must have a blank behind it",
    "：": "must be a half-width colon with a blank behind it",
    "\N{IDEOGRAPHIC SPACE}": "must be half-width blanks",
    **dict.fromkeys("\uff3b\uff3d【】", "must be half-width square brackets"),
    **dict.fromkeys("\uff5b\uff5d", "must be half-width braces"),
}

IN_CHINESE: Final = (
    (r"must be a half-width colon with a blank behind it", "应为半角冒号，后加空格"),
    (r"must have a blank behind it", "其后应有空格"),
    (r"must be half-width blanks", "应为半角空格"),
    (r"must be half-width square brackets", "应为半角方括号"),
    (r"must be half-width braces", "应为半角花括号"),
)
"""What must stand there, in Chinese."""

_NAMED: Final = re.compile(rf"({_NAME})\s*：\s*(.*)", re.DOTALL)


@attrs.frozen(kw_only=True)
class Slip:
    """A wide sign in the place of a half-width one, or a colon without its blank.

    Attributes:
        line: Its line, counted from 0.
        column: Its character of the line, counted from 0.
        sign: The sign.
        rule: What must stand there.
    """

    line: int
    column: int
    sign: str
    rule: str

    @property
    def is_wide(self) -> bool:
        """Whether it is a wide sign."""
        return not self.sign.isascii()


def slips_of(text: str) -> Iterator[Slip]:
    """The slips of a text in YAML, line by line.

    Args:
        text: The whole text; lines end with LF, CR or CR LF.
    """
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text)):
        bare = _HIDDEN.sub(_covered, line[:_LINE_MAX])
        found: dict[int, Slip] = {}
        for form in _FORMS:
            for match in form.finditer(bare):
                sign, at = match[1], match.start(1)
                found.setdefault(at, Slip(line=number, column=at, sign=sign, rule=rule_for(sign)))
        yield from (found[at] for at in sorted(found))


def rule_for(sign: str) -> str:
    """What must stand where a sign of YAML was mistyped."""
    return _RULES.get(sign, f"must be half-width {half_width(sign)}")


def _covered(hidden: re.Match[str]) -> str:
    """As many characters that are no signs; quotation marks stay at both ends."""
    text = hidden[0]
    return " " * len(text) if text[0] == "#" else f'"{"x" * (len(text) - 2)}"'


def name_before_colon(text: str) -> tuple[str, str] | None:
    """A field's name and its value, where a wide colon made one text of both; ``None`` for any other text.

    >>> name_before_colon("ratio：30%")
    ('ratio', '30%')
    """
    match = _NAMED.fullmatch(text)
    return None if match is None else (match[1], match[2])


def half_width(text: str) -> str:
    """*text* with half-width signs.

    >>> half_width("30％")
    '30%'
    """
    return text.translate(_HALF)


def wide_in(text: str) -> str:
    """The wide signs of *text*, each once.

    >>> wide_in("：30％：")
    '：％'
    """
    return "".join(dict.fromkeys(char for char in text if half_width(char) != char))


def without_quotes(text: str) -> str:
    """*text* without the quotation marks around it."""
    ends = len(text) > 1 and text[0] == text[-1] and text[0] in {'"', "'"}
    return text[1:-1] if ends else text
