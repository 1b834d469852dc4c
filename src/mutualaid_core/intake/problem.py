"""Problem (问题): one fault of a file, with its place and what to do about it."""

import enum

import attrs

TEXT_MAX = 200
"""Characters that a problem shows of anything."""


class Trouble(enum.Enum):
    """Kind of problem (问题类型); the code is stable and never reused.

    Attributes:
        code: Stable code.
        en: What is wrong, in English.
        zh: What is wrong, in Chinese.
        todo_en: What to do, in English.
        todo_zh: What to do, in Chinese.
    """

    # fmt: off
    MISSING_FILE = (
        "IN001", "the file is missing", "缺少该文件",
        "put it into the folder", "请将其放入文件夹",
    )
    EMPTY_FILE = (
        "IN002", "the file has no rows", "文件没有数据行",
        "export it again with its rows", "请重新导出",
    )
    ENCODING = (
        "IN003", "the file is not UTF-8", "文件不是 UTF-8 编码",
        "save it as UTF-8 without BOM", "请另存为无 BOM 的 UTF-8",
    )
    BYTE_ORDER_MARK = (
        "IN004", "the file starts with a byte order mark", "文件带有 BOM 标记",
        "save it as UTF-8 without BOM", "请另存为无 BOM 的 UTF-8",
    )
    SEPARATOR = (
        "IN005", "the columns are not separated by commas", "列分隔符不是逗号",
        "export with commas", "请用逗号分隔导出",
    )
    MISSING_COLUMN = (
        "IN006", "the column is missing", "缺少该列",
        "add it, named exactly so", "请补充该列，列名须一致",
    )
    UNKNOWN_COLUMN = ("IN007", "the column is not known", "未知的列", "remove it", "请删除该列")
    DOUBLED_COLUMN = ("IN008", "the column stands twice", "列重复", "keep one", "请保留一列")
    CELL_COUNT = (
        "IN009", "the row has another number of cells than the head", "单元格数与表头不符",
        "quote cells that hold commas", "请给含逗号的单元格加引号",
    )
    DOUBLED_ROW = ("IN010", "the row stands twice", "行重复", "keep one", "请保留一行")
    BLANK = ("IN011", "the cell is blank", "单元格为空", "fill it in", "请填写")
    FORMULA = ("IN012", "the cell holds a formula", "单元格含有公式", "paste it as a value", "请粘贴为数值")
    WIDE_CHARACTERS = (
        "IN013", "the cell holds full-width or odd characters", "单元格含有全角或异常字符",
        "type plain half-width characters", "请改用半角字符",
    )
    DAMAGED_NUMBER = (
        "IN014", "a spreadsheet turned the number into a rounded one", "长数字被电子表格转成了浮点数",
        "format the column as text and enter the number again", "请将该列设为文本格式后重新录入",
    )
    DAY = ("IN015", "not a day that exists", "日期无效", "write YYYY-MM-DD", "请按 YYYY-MM-DD 填写")
    AMOUNT = (
        "IN016", "not an amount in yuan", "金额无效",
        "write digits with at most two decimals, not negative", "请填写非负、最多两位小数的数字",
    )
    ID_NUMBER = (
        "IN017", "not a valid ID number", "身份证号码无效",
        "compare it with the identity card", "请与身份证核对",
    )
    VALUE = ("IN018", "not an allowed value", "取值不允许", "see the page of this file", "请参阅文件说明")
    IDENTITY = (
        "IN019", "the figures do not add up", "金额勾稽不符",
        "let the insurance check the settlement", "请医保经办机构核对",
    )
    OUTSIDE_PERIOD = (
        "IN020", "the stay lies outside the period", "住院不在互助期内",
        "file it under its own period", "请归入所属互助期",
    )
    NOT_ON_ROSTER = (
        "IN021", "the person is not on the roster", "该人员不在参加名单中",
        "check the ID number or the roster", "请核对身份证号码或名单",
    )
    UNKNOWN_UNIT = (
        "IN022", "the unit is not known", "单位不存在",
        "add it to units.csv", "请在 units.csv 中补充",
    )
    COUNT = (
        "IN023", "the count differs from the rows", "人数与名单行数不符",
        "make both agree", "请核对一致",
    )
    TOO_LARGE = ("IN025", "the file is too large", "文件过大", "split it", "请拆分")
    QUOTING = ("IN026", "the quotation marks are broken", "引号不配对", "export it again", "请重新导出")
    YAML = (
        "IN027", "not readable as YAML", "无法按 YAML 读取",
        "compare it with an example file", "请对照示例文件",
    )
    UNKNOWN_FIELD = ("IN028", "the field is not known", "未知的字段", "remove or rename it", "请删除或改名")
    MISSING_FIELD = (
        "IN029", "the field is missing", "缺少该字段",
        "add it; nothing is assumed", "请补充，系统不作默认",
    )
    DOUBLED_FIELD = ("IN030", "the field stands twice", "字段重复", "keep one", "请保留一个")
    YAML_FEATURE = (
        "IN031", "anchors, aliases and tags are not allowed", "不允许锚点、别名和标签",
        "write the value out", "请直接写出内容",
    )
    NOT_ALLOWED = (
        "IN032", "the policy does not allow this", "政策不允许",
        "change the scheme, or the policy by its own procedure", "请修改项目条款，或按程序修订政策",
    )
    NOT_A_FILE = (
        "IN033", "not a file that can be read", "不是可读取的文件",
        "put a plain file there that you may read", "请放置有读取权限的普通文件",
    )
    MORE = (
        "IN034", "there are more faults than are listed", "问题过多，未全部列出",
        "correct these and run again", "请先改正已列出的问题后重新运行",
    )
    DAMAGED_TEXT = (
        "IN035", "the cell holds damaged characters", "单元格含有损坏的字符",
        "export it again as UTF-8", "请以 UTF-8 编码重新导出",
    )
    BLANK_ROW = ("IN036", "the row is blank", "空行", "remove the row", "请删除该行")
    APOSTROPHE = (
        "IN037", "the cell starts with an apostrophe", "单元格以撇号开头",
        "remove it; format the column as text instead", "请删除撇号，改将该列设为文本格式",
    )
    BLANKS_AROUND = (
        "IN038", "blanks stand around the value", "值的前后有空格", "remove them", "请删除空格",
    )
    LONG_CELL = ("IN039", "the cell is too long", "单元格过长", "shorten it", "请缩短")
    NO_HEAD = (
        "IN040", "the head row with the columns' names is missing", "缺少列名表头",
        "put the columns' names into row 1", "请在第一行填写列名",
    )
    MISSING_FOLDER = (
        "IN041", "there is no such folder", "文件夹不存在",
        "give the folder with the six files of a year", "请指定含有年度六个文件的文件夹",
    )
    REFERENCE = (
        "IN042", "it does not agree with another field", "与其他字段不一致",
        "make both agree", "请核对一致",
    )
    UNKNOWN_SOURCE = (
        "IN043", "the source is not known", "来源不存在",
        "cite a clause id, or list the document under documents",
        "请引用条款编号，或在 documents 中列出该文件",
    )
    # fmt: on

    def __init__(self, code: str, en: str, zh: str, todo_en: str, todo_zh: str) -> None:
        """Keep the parts."""
        self.code = code
        self.en, self.zh, self.todo_en, self.todo_zh = en, zh, todo_en, todo_zh


def printable(text: str) -> str:
    r"""*text* as a terminal may have it: control characters written out, and cut where it is long.

    >>> printable("a\x1b[31mb")
    'a\\x1b[31mb'
    """
    cut = text if len(text) <= TEXT_MAX else f"{text[:TEXT_MAX]}…"
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in cut)


@attrs.frozen(kw_only=True)
class Problem:
    """Problem (问题) of a file. Its texts hold no control characters.

    Attributes:
        file: Name of the file, without its folder.
        row: Row as an editor counts it, the head being row 1; 0 for the file as a whole.
        field: Column, or path of a field; empty for a row as a whole.
        trouble: What kind.
        value: What was found, masked where personal; empty where there is nothing to show.
        detail: More about it, for example the rule that was broken; never personal.
    """

    file: str = attrs.field(converter=printable)
    row: int
    field: str = attrs.field(converter=printable)
    trouble: Trouble
    value: str = attrs.field(default="", converter=printable)
    detail: str = attrs.field(default="", converter=printable)

    def to_text(self, lang: str) -> str:
        """One line in ``zh`` or ``en``: ``file:row:field: what, value: what to do [code]``."""
        chinese = lang == "zh"
        what = self.trouble.zh if chinese else self.trouble.en
        todo = self.trouble.todo_zh if chinese else self.trouble.todo_en
        detail = f" ({self.detail})" if self.detail else ""
        value = f", {self.value}" if self.value else ""
        return f"{self.file}:{self.row}:{self.field}: {what}{detail}{value}: {todo} [{self.trouble.code}]"

    def __str__(self) -> str:
        """The line in English."""
        return self.to_text("en")


PROBLEMS_MAX = 10_000
"""Problems that are kept of one file; a file with more of them is wrong in one way throughout."""


@attrs.define(kw_only=True)
class Problems:
    """The problems of one file (问题清单), up to ``PROBLEMS_MAX``.

    Attributes:
        file: Name of the file.
        found: The problems in the order in which they were noted.
    """

    file: str
    found: list[Problem] = attrs.field(factory=list)

    def add(self, row: int, field: str, trouble: Trouble, value: str = "", detail: str = "") -> None:
        """Note a problem; beyond the limit, note once that there are more."""
        if len(self.found) > PROBLEMS_MAX:
            return
        if len(self.found) == PROBLEMS_MAX:
            field, trouble, value, detail = "", Trouble.MORE, "", f"the first {PROBLEMS_MAX}"
        self.found.append(
            Problem(file=self.file, row=row, field=field, trouble=trouble, value=value, detail=detail)
        )


def in_file_order(problems: list[Problem]) -> tuple[Problem, ...]:
    """*problems* by file in the order met, then by row; fields keep their order."""
    files = {name: at for at, name in enumerate(dict.fromkeys(problem.file for problem in problems))}
    return tuple(sorted(problems, key=lambda problem: (files[problem.file], problem.row)))
