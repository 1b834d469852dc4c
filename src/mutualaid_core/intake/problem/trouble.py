"""Trouble (问题类型): every kind of problem with its stable code, what it says and what to do."""

import enum


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
    UNKNOWN_COLUMN = (
        "IN007", "the column is not known", "未知的列", "rename it, or remove it", "请改名，不需要的请删除",
    )
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
    BANDS = (
        "IN044", "the bands leave a gap, overlap or go back", "分段有空档、重叠或倒序",
        "let each band begin where the one before it ends", "每一档的下限应等于上一档的上限",
    )
    UNKNOWN_FACT = (
        "IN045", "the fact is not known", "未知的事实字段",
        "correct its name, or declare it under facts", "请更正名称，或在 facts 中声明",
    )
    KIND_OF_FACT = (
        "IN046", "the fact is of another kind", "事实字段的类型不符",
        "name a fact of this kind, or use the kind that it has", "请改用该类型的字段，或改用与字段相符的写法",
    )
    UNKNOWN_WORD = (
        "IN047", "the fact has no such word", "该事实字段没有这个取值",
        "use one of its words", "请使用已列出的取值",
    )
    CLASSES = (
        "IN048", "the classes leave something out, or overlap", "分类有遗漏或重叠",
        "let every case belong to exactly one class", "每种情形应恰好属于一类",
    )
    NEVER_HOLDS = (
        "IN049", "the conditions can never hold together", "条件不可能同时成立",
        "correct one of them, or remove what hangs on them", "请更正其中一项，或删除所属内容",
    )
    UNKNOWN_NAME = (
        "IN050", "nothing in this version has that name", "本版本中没有该名称",
        "correct the name, or declare it", "请更正名称，或先行声明",
    )
    WRONG_REFERENCE = (
        "IN051", "it cannot refer to this one", "不能引用该项",
        "refer to an earlier benefit of the same event", "请引用同一事件中排在前面的补助项目",
    )
    DOUBLED_NAME = ("IN052", "it stands twice", "重复出现", "keep one", "请保留一个")
    SHADOWED_FACT = (
        "IN053", "the name is that of a fact that is always known", "与系统已有的事实字段重名",
        "remove the declaration, or choose another name", "请删除声明，或另取名称",
    )
    UNUSED = (
        "IN054", "it is declared and never used", "已声明但从未使用", "use it, or remove it", "请使用或删除",
    )
    NO_EFFECT = (
        "IN055", "it can never change what is paid", "该项永远不起作用",
        "correct its figure, or remove it", "请更正数值，或删除该项",
    )
    CONTRADICTING_AMOUNTS = (
        "IN056", "the amounts contradict each other", "金额互相矛盾",
        "correct one of the two", "请更正其中一项",
    )
    COUNTER = (
        "IN057", "the limits of one counter disagree, or count twice", "同一计数的限额不一致或重复计数",
        "state the same limit once in each benefit", "请在每个补助项目中各写一次相同的限额",
    )
    PARTS = (
        "IN058", "the part can never be held", "该参加项目无法参加",
        "correct what it needs or excludes", "请更正 needs 或 excludes",
    )
    RATES = (
        "IN059", "the rates of dues leave somebody out, or never apply", "缴费标准有遗漏或永不适用",
        "give each part its rates, the one without conditions last",
        "请为每个参加项目列出缴费标准，无条件的一项放在最后",
    )
    SHARES = (
        "IN060", "the shares that are paid for are not those that count", "缴费份数与计算份数不符",
        "let both agree", "请使两者一致",
    )
    OPEN_POINT = (
        "IN061", "the open point contradicts the base of a benefit", "待定事项与补助基数矛盾",
        "let both say the same", "请使两者一致",
    )
    TOO_LONG = ("IN062", "it is longer than any terms are", "超过条款允许的长度", "shorten it", "请缩短")
    NUMBERS = (
        "IN063", "the figures are too large or too fine to be computed exactly",
        "数值过大或过细，无法精确计算",
        "use rounder ratios or smaller figures", "请使用更整的比例或更小的数值",
    )
    VERSIONS = (
        "IN064", "the versions of the scheme overlap or leave days between them",
        "各版本的有效期重叠或有空档",
        "let each version begin on the day after the one before it ends",
        "每个版本应自上一版本终止的次日起施行",
    )
    FACT_OF_EVENT = (
        "IN065", "the fact is not known of a member who joins", "参加时尚不知道该事实",
        "name a fact of the member", "请使用人员的事实字段",
    )
    COVERS_OVERLAP = (
        "IN080", "the days of cover overlap with those of another row of the person",
        "该人员的保障期间与另一行重叠",
        "let each cover begin after the one before it ends", "每段保障应自上一段终止之后开始",
    )
    UNKNOWN_COUNTER = (
        "IN081", "no limit of the scheme has that counter", "项目没有这个限额计数",
        "write it as the output of calculate does", "请按 calculate 输出中的写法填写",
    )
    PARTS_DIFFER = (
        "IN082", "the parts held differ between the person's claims", "同一人员各笔申请的参加项目不一致",
        "make them agree, or give a members file", "请核对一致，或另附人员文件",
    )
    TWO_VERSIONS = (
        "IN083", "two versions of the scheme hold on the day of the event", "事件当日有两个项目版本有效",
        "correct the days of the versions", "请更正各版本的有效期",
    )
    WORKBOOK = (
        "IN084", "not readable as a workbook", "无法按工作簿读取",
        "save it as .xlsx without a password, or as CSV", "请另存为无密码的 .xlsx 或 CSV",
    )
    MACROS = (
        "IN090", "the workbook holds macros", "工作簿含有宏",
        "save it as .xlsx without macros, or as CSV", "请另存为不含宏的 .xlsx 或 CSV",
    )
    LINKS = (
        "IN091", "the workbook is linked to other files", "工作簿含有外部链接",
        "break the links and paste the values", "请断开链接并粘贴为数值",
    )
    MERGED = (
        "IN092", "cells are merged", "存在合并单元格",
        "unmerge them and fill in every cell", "请取消合并并逐格填写",
    )
    SHEETS = (
        "IN093", "more than one sheet holds rows", "有多个工作表含有数据",
        "name the one that is meant, or leave only that one", "请指定工作表，或只保留一个",
    )
    HIDDEN_SHEET = (
        "IN094", "a hidden sheet holds rows", "隐藏的工作表含有数据",
        "show it, or remove it", "请取消隐藏或删除",
    )
    SECOND_HEAD = (
        "IN095", "a head row stands among the rows", "数据行中又出现表头",
        "keep one head row, the first", "只保留第一行表头",
    )
    ERROR_CELL = (
        "IN096", "the cell holds a spreadsheet's error", "单元格含有错误值",
        "correct it in the spreadsheet", "请在电子表格中更正",
    )
    ENCRYPTED = (
        "IN097", "the workbook is protected by a password", "工作簿有密码保护",
        "save it without a password", "请取消密码后另存",
    )
    OTHER_FORM = (
        "IN098", "the file is of another form than its name says", "文件内容与扩展名不符",
        "save it anew in the form that its name says", "请按扩展名的格式重新保存",
    )
    TOO_MANY_ROWS = (
        "IN099", "the file has too many rows or columns", "文件行数或列数过多", "split it", "请拆分",
    )
    BOMB = (
        "IN100", "the workbook unpacks to far more than a table holds", "工作簿解压后过大",
        "save it anew, or as CSV", "请重新保存，或另存为 CSV",
    )
    DOUBLED_PERSON = (
        "IN101", "the person stands twice in the unit", "同一单位内人员重复",
        "keep one row", "请保留一行",
    )
    TWO_UNITS = (
        "IN102", "the person stands in two units, and can join through one of them",
        "同一人员出现在两个单位，只能由一个单位参加",
        "ask both units", "请与两个单位核对",
    )
    AGE = (
        "IN103", "the age on the counted day is not that of a worker", "统计日年龄不合",
        "compare it with the identity card", "请与身份证核对",
    )
    OTHER_ROSTER = (
        "IN104", "the unit has another roster of that day", "该单位当日已有另一份名册",
        "correct it by a roster of a later day", "请以较晚日期的名册更正",
    )
    LISTED_ELSEWHERE = (
        "IN105", "the person stands on another unit's roster of that day", "该人员当日在其他单位的名册上",
        "ask both units", "请与两个单位核对",
    )
    COVERED_ELSEWHERE = (
        "IN106", "the person has cover through another unit on that day", "该人员当日已由其他单位参加",
        "transfer it, or let the cover end first", "请办理转移，或待原保障终止",
    )
    CHANGED = (
        "IN107", "the file changed while it was read", "读取过程中文件发生变化",
        "run again when nobody writes it", "请在无人写入时重新运行",
    )
    NOT_OF_SCHEME = (
        "IN108", "the scheme does not take the person so", "项目不接受该人员的参加内容",
        "see the terms of the scheme", "请参阅项目条款",
    )
    NOT_IN_STORE = (
        "IN109", "the unit is neither in the store nor in a file of units", "单位既不在账簿中也不在单位表中",
        "give a file of units with it", "请另附含有该单位的单位表",
    )
    HIDDEN_ROWS = (
        "IN110", "the sheet has hidden rows, which were read as well", "工作表有隐藏的行，已一并读入",
        "show them and look at them", "请取消隐藏并核对",
    )
    NOT_OF_PERSON = (
        "IN111", "the ID number says otherwise", "与身份证号码不符",
        "compare both with the identity card", "请与身份证核对",
    )
    HIDDEN_COLUMNS = (
        "IN112", "the sheet has hidden columns, which were read as well", "工作表有隐藏的列，已一并读入",
        "show them and look at them", "请取消隐藏并核对",
    )
    COUNTED_TWICE = (
        "IN113", "the same money is counted twice", "同一笔金额重复计算",
        "keep one of the two amounts", "两个金额只保留一个",
    )
    EMPTY_DOCUMENT = (
        "IN114", "the file is empty", "文件没有内容",
        "write it, or start from an example file", "请填写内容，可从示例文件开始",
    )
    WIDE_SIGN = (
        "IN115", "full-width signs stand where half-width ones belong", "应为半角符号处写成了全角",
        "type them half-width", "请改用半角符号",
    )
    NOBODY_LISTED = (
        "IN116", "no row is of somebody of the unit who joins", "没有该单位参加人员的行",
        "look at the units and at who joins", "请核对单位编码和是否参加",
    )
    UNFINISHED_ROSTER = (
        "IN117", "an import of another roster of that day was cut off, or still runs",
        "该单位当日另一份名册的导入中断，或仍在进行",
        "import that file again to finish it, or import this one as a roster of a later day",
        "请重新导入该文件以完成导入，或将本文件作为较晚日期的名册导入",
    )
    # fmt: on

    def __init__(self, code: str, en: str, zh: str, todo_en: str, todo_zh: str) -> None:
        """Keep the parts."""
        self.code = code
        self.en, self.zh, self.todo_en, self.todo_zh = en, zh, todo_en, todo_zh
