"""Wording (措辞): the details of a problem in Chinese.

Rules say in English what they ask, in a few forms that return with other names and figures.
What has none of these forms stays as it is.
"""

import re
from typing import Final

from mutualaid_core.intake.problem.fault_wording import rule_in_chinese
from mutualaid_core.intake.problem.wide import IN_CHINESE

_QUESTION: Final = re.compile(r"; (?=did you mean |or save it as )")
"""Between a rule and the question behind it; rules may hold a semicolon of their own."""

_HINTS: Final = (
    (r"did you mean (.+)\?", r"是否应为 \1？"),
    (r"it belongs to (.+)", r"属于 \1"),
    (r"one of (.+)", r"应为以下之一：\1"),
)

_RULES: Final = (
    (r"must be a list", "应为列表"),
    (r"must not have shown the papers of its start before", "启动材料不应已经归档"),
    (r"must be a new version", "应为新版本"),
    (r"must not begin inside the period (\S+)", r"不得从互助期 \1 中间开始"),
    (r"must come with a pricing memo of its own that shows experience", "应附本版本的定价备忘录和经验数据"),
    (r"must be a single value", "应为单个值"),
    (r"must be named fields", "应为一组字段"),
    (r"must be a whole number", "应为整数"),
    (r"must be true or false", "应为 true 或 false"),
    (r"must be a percentage or a fraction", "应写成百分数或分数，如 35% 或 1/3"),
    (r"must be yuan in digits with at most two decimals, up to (.+)", r"应为至多两位小数的元，不超过 \1"),
    (r"must be a printable text", "应为可打印的文字"),
    (r"must not be empty", "不能为空"),
    (r"must be a day written YYYY-MM-DD", "应为 YYYY-MM-DD 形式的日期"),
    (r"must be one of (.+)", r"应为以下之一：\1"),
    (r"must be >= 0 and <= 1", "应在 0 到 1 之间"),
    (r"must be >= (.+) and <= (.+)", r"应在 \1 到 \2 之间"),
    (r"must be (>=|<=|>|<) (.+), which is the cap", r"应 \1 \2（限额）"),
    (r"must be (>=|<=|>|<) (.+), which is the most that comes before it", r"应 \1 \2（此前的最高额）"),
    (r"must be (>=|<=|>|<) (.+), which is the least that comes before it", r"应 \1 \2（此前的最低额）"),
    (r"must be (>=|<=|>|<) (.+), which is the least that the steps give", r"应 \1 \2（各步骤给出的最低额）"),
    (r"must be (>=|<=|>|<) (.+), which is all that can be paid", r"应 \1 \2（可能给付的最高额）"),
    (r"must be (>=|<=|>|<) (.+), which is all that the band gives", r"应 \1 \2（该档可能给出的最高额）"),
    (r"must be (>=|<=|>|<) (.+), which is the limit over a (.+)", r"应 \1 \2（按 \3 的限额）"),
    (r"must be (>=|<=|>|<) (.+), which is the most days that are paid", r"应 \1 \2（最多给付的天数）"),
    (r"must be (>=|<=|>|<) (.+), which is all that a member may hold", r"应 \1 \2（可参加的最多份数）"),
    (r"must be (>=|<=|>|<) (.+), for further shares never count", r"应 \1 \2（更多份数不起作用）"),
    (r"must be below 100%", "应低于 100%"),
    (r"must follow on (.+)", r"应接在 \1 之后"),
    (r"must not follow on a band without an end", "无上限的一档之后不能再有档次"),
    (r"must name an? (\w+) or (\w+) that is known or declared", r"应为已知或已声明的事实，类型 \1 或 \2"),
    (r"must name an? (\w+) that is known or declared", r"应为已知或已声明的事实，类型 \1"),
    (r"must name an? (\w+) or (\w+)", r"应为 \1 或 \2 类型的事实"),
    (r"must name an? (\w+)", r"应为 \1 类型的事实"),
    (r"must be known of a member without an event", "应为参加时已知的人员事实"),
    (r"must be able to hold beside the other conditions", "应能与其他条件同时成立"),
    (r"must name words, for the fact is a code", "该事实是代码，应列出取值"),
    (r"must name a range, for the fact is a count", "该事实是数目，应写出范围"),
    (r"must end with a choice that takes the rest", "最后应有一项接收其余情形"),
    (r"must name every word of (.+)", r"应列出 \1 的每个取值"),
    (r"must have a choice for every number of (.+)", r"应覆盖 \1 的每个数目"),
    (r"must not overlap with another choice", "不得与其他项重叠"),
    (r"must have <= (\d+) parts", r"应不超过 \1 项"),
    (r"must be a class that can come here", "应为可能出现的情形"),
    (r"must leave something for the choice that takes the rest", "应给接收其余情形的一项留有情形"),
    (r"must not stand beside (\w+), which contains it", r"\1 已包含该金额，不得同时写入"),
    (r"must not stand beside (\w+): both contain (\w+)", r"与 \1 都包含 \2，不得同时写入"),
    (r"must be a kind of care such as (.+), or a local one", r"应为医疗类别代码，如 \1，或地方代码"),
    (r"must be kinds of care such as (.+), or local ones", r"应为医疗类别代码，如 \1，或地方代码"),
    (r"must be an event of which (.+) can be the kind of care", r"应为医疗类别 \1 可能对应的事件"),
    (r"must be declared in this version", "应在本版本中声明"),
    (r"must be a benefit that stands before this one", "应为排在前面的补助项目"),
    (r"must be a benefit for (.+)", r"应为 \1 事件的补助项目"),
    (r"must be used somewhere", "应有引用"),
    (r"must stand once: the amount is already that of all shares", "只能出现一次：金额已按份数计算"),
    (
        r"must stand once in a benefit, for each counts what is paid",
        "每个补助项目中只能出现一次，否则重复计数",
    ),
    (r"must stand once", "只能出现一次"),
    (r"must not be the name of a fact that is always known", "不得与系统已有的事实同名"),
    (r"must not be the name of another column of claims or members", "不得与申请或会员文件的其他列同名"),
    (r"must not need itself through other parts", "不得经由其他项目需要自身"),
    (r"must not need parts that exclude each other", "所需项目不得互相排斥"),
    (r"must have a rate of dues", "应有缴费标准"),
    (r"must name the part that it is for", "应写明所属的参加项目"),
    (
        r"must stand before the rate that takes everybody whom this one is for",
        "应放在覆盖同一批人员的标准之前",
    ),
    (r"must leave something to be paid", "应留有可给付的金额"),
    (r"must end with one of (.+)", r"应以下列之一结尾：\1"),
    (r"must pay other days than the actual ones", "应与实际天数不同"),
    (r"must be a band that an amount can reach", "应为金额可能达到的档次"),
    (r"must be (.+), as in the counter (.+) of an earlier benefit", r"应为 \1，与前面补助项目的计数 \2 一致"),
    (r"must be (.+), as in the same counter", r"应为 \1，与同一计数一致"),
    (r"must have denominators that multiply to <= (.+)", r"各分母之积应不超过 \1"),
    (r"must keep every benefit within (.+) yuan", r"补助金额应不超过 \1 元"),
    (r"must be empty where there are no grades", "没有免责期分级时应为空"),
    (r"must be false, or (\w+) must stand in the add of a base", r"应为 false，或在基数的 add 中写入 \1"),
    (r"must be true, or (.+) must not name (.+)", r"应为 true，或 \1 中不写 \2"),
    (r"must be true, or (.+) must name (.+)", r"应为 true，或在 \1 中写入 \2"),
    (r"must be false, or (.+) must count (.+)", r"应为 false，或在 \1 中计入 \2"),
    (
        r"must be admission or discharge where stays for one cause are joined",
        "同一病因的住院合并计算时，应为 admission 或 discharge",
    ),
    (r"must follow on a last day of the version before it", "前一版本应有终止日"),
    (r"must be a clause or a listed document", "应为条款编号或已列出的文件"),
    (r"must be (.+), which is the (.+)", r"应为 \1，即 \2"),
    (r"must be (>=|<=|>|<) (\S+)", r"应 \1 \2"),
    (r"must be (\S+)", r"应为 \1"),
)

SAID: Final = {
    "a range of numbers": "一段数目",
    "conditions": "有条件",
    "more for the largest claim": "最大一笔申请会超出",
    "no one left": "已无适用人员",
    "no part": "未写参加项目",
    "no unit left": "已无适用单位",
    "nothing ever": "任何情形都不给付",
    "the actual days": "实际天数",
}
"""What checks of terms say where they found no single value."""

_VALUES: Final = (
    (r"must add up to 1, or leave the rest to one payer", "合计应为 1，或由一方承担其余部分"),
    (r"must all be steps of the same units", "各项的单位应一致"),
    (
        r"must be 1 to (\d+) bytes of printable text without blanks or '/'",
        r"应为 1 至 \1 字节、不含空格和斜杠的文字",
    ),
    (r"must be (\S+) to (\S+)", r"应在 \1 到 \2 之间"),
    (r"must be (>=|<=) (.+) days", r"应 \1 \2 天"),
    (r"must be H or P and eleven digits", "应为 H 或 P 加十一位数字"),
    (r"must be among (.+)", r"应在下列之中：\1"),
    (r"must be exactly one year", "应恰好一年"),
    (r"must be fixed for a benefit that has no cost", "没有费用的补助应为 fixed"),
    (r"must be given for a city pool", "市级统筹须填写"),
    (r"must be given for a code, and only for one", "代码须填写取值，其他类型不填"),
    (r"must be given for a geographic region", "按地域统筹须填写"),
    (r"must be given for same_cause, and only for it", "同因合并时须填写，其他情形不填"),
    (r"must be given with within_months", "按月合并时须填写"),
    (r"must be given, or at_least, below or up_to", "应至少填写一端"),
    (r"must be given, or most", "least 和 most 应至少填写一项"),
    (r"must be given, or within_months, for same_cause", "同因合并时应填写天数或月数"),
    (r"must be one item without parts", "应为不分项的单一项目"),
    (r"must be six digits", "应为六位数字"),
    (r"must be written YYYY-MM-DD", "应写成 YYYY-MM-DD"),
    (r"must begin with day 1", "应从第 1 天开始"),
    (r"must count payments over more than a claim", "给付次数应按期或终身计"),
    (r"must end with a band without a last day", "最后一档应没有最后一天"),
    (r"must end with a band without an upper edge", "最后一档应没有上限"),
    (r"must end with money", "最后应得出金额"),
    (r"must exist in the calendar", "日期应存在"),
    (r"must lie between (.+) and (.+)", r"应在 \1 到 \2 之间"),
    (r"must have a (common )?denominator <= (.+)", r"分母应不超过 \2"),
    (r"must hold a period cap", "应有每期限额"),
    (r"must leave an amount between both ends", "两端之间应留有金额"),
    (r"must name each payer once", "每个付款方只写一次"),
    (r"must name each settlement field once", "每个结算字段只写一次"),
    (r"must name each word once", "每个取值只写一次"),
    (r"must name other parts that are not excluded", "应为其他且未被排斥的参加项目"),
    (r"must name payers of the list", "应为已列出的付款方"),
    (r"must name the main item (.+), or exclude it", r"应写明主险 \1，或与其互斥"),
    (r"must name the rest last", "接收其余情形的一项应放在最后"),
    (r"must not be each_band without marginal bands", "没有分段累加时不能逐段舍入"),
    (r"must not be in force together with (\S+); begin after (\S+)", r"不得与 \1 同时有效；请晚于 \2 开始"),
    (r"must not be in force together with (\S+); end before (\S+)", r"不得与 \1 同时有效；请早于 \2 终止"),
    (r"must not differ by (.+)", r"不得因 \1 而不同"),
    (r"must not limit days of claims that add up; a table of days does", "累计的申请不能限天数，请用天数表"),
    (r"must not limit days without a sum per day", "没有每日定额时不能限天数"),
    (r"must not share what one claim uses up", "单笔限额不能共用计数"),
    (r"must not stand beside (.+)", r"不得与 \1 同时填写"),
    (r"must not tie a minimum to a base that is not money", "基数不是金额时最低额不能与基数挂钩"),
    (r"must stand with a row of (.+)", r"应与 \1 的一行同时给出"),
    (r"must share the counter of one period cap", "应共用一个每期限额的计数"),
    (r"must stand only where the actual days are paid", "只在按实际天数给付时填写"),
    (r"must subtract (.+)", r"应减去 \1"),
    (r"must take (.+), which is what comes before it", r"应接受 \1，即此前得出的单位"),
)
"""What the values of a scheme and its policies ask."""

_TABLES: Final = (
    (r"(.+) asks for it with (\S+), first in row (\d+)", r"\1 对 \2 须有此列，首见第 \3 行"),
    (r"(.+) asks for it", r"\1 须有此项"),
    (r"the dues ask for it", "计算应缴互助金须有此项"),
    (r"differs from row (\d+)", r"与第 \1 行不同"),
    (r"and (\d+) more, up to row (\d+)", r"另有 \1 行，至第 \2 行"),
    (r"see row (\d+)", r"见第 \1 行"),
    (r"see row (\d+) of (.+)", r"见 \2 第 \1 行"),
    (r"the head has (\d+)", r"表头有 \1 格"),
    (r"the roster has (\d+)", r"名册有 \1 人"),
    (r"unit (\S+)", r"单位 \1"),
    (r"must be (\d+) to (\d+) years on (\S+)", r"\3 应为 \1 至 \2 岁"),
    (r"limit (\d+) rows", r"至多 \1 行"),
    (r"limit (\d+) cells, (\d+) columns", r"至多 \1 个单元格、\2 列"),
    (
        r"limit (\d+) bytes, (\d+) times its size, (\d+) parts",
        r"至多 \1 字节、原大小的 \2 倍、\3 个部件",
    ),
    (r"no such period", "没有这个互助期"),
    (r"or certno", "或 certno"),
    (r"person_id names the person already", "person_id 已指明人员"),
    (r"the other file names persons so|the claims name persons so", "另一文件以此列指明人员"),
    (r"must not be before (.+)", r"不得早于 \1"),
    (r"must not be after (.+)", r"不得晚于 \1"),
    (r"must be blank for a counter over a lifetime", "终身计数须留空"),
    (r"must be blank by its code", "按代码须留空"),
    (r"must be (\S+) by its code", r"按代码应为 \1"),
    (r"must be blank while the code holds", "代码有效期间须留空"),
    (r"must be another code", "应为另一代码"),
    (r"must be after the last day of the (?:row of the code|term) before it", "应晚于前一行的最后一日"),
    (r"must be in the table on the days of the row", "在该行的有效期内应在表中"),
    (r"must be in the table from the day after valid_to on", "自 valid_to 次日起应在表中"),
    (r"must be given below a province", "省级以下须填写"),
    (r"must be blank for the nation", "全国一级须留空"),
    (r"must be another organisation", "应为另一组织"),
    (r"must be told once in a scheme", "在一个项目中只能说明一次"),
    (r"must be of one kind in all schemes", "在各项目中应为同一类型"),
    (r"must be written kind/name/per", "应写成 种类/名称/范围"),
    (r"must be of a class that the scheme names", "应属于项目所列的一类"),
    (r"must be given, for the scheme asks for it", "项目须有此项"),
    (r"must agree with the ID number", "应与身份证号码一致"),
    (r"must be the sum of its payers, (.+)", r"应为各方分担之和 \1"),
    (r"must be written without thousands marks", "不得写千分位"),
    (r"must be above 0 and <= (.+)", r"应大于 0 且不超过 \1"),
    (r"must be written YYYY-MM-DDThh:mm:ss", "应写成 YYYY-MM-DDThh:mm:ss"),
    (r"must exist", "应存在"),
    (r"must have a zone", "应有时区"),
    (r"must be a code of 2 to 6 digits", "应为 2 至 6 位数字的代码"),
    (r"must be at most (\d+) bytes without blanks or '/'", r"应至多 \1 字节，不含空格和斜杠"),
    (r"must be (\d), (\d), (\d) or (\d)", r"应为 \1、\2、\3 或 \4"),
    (r"must be (\d) or (\d)", r"应为 \1 或 \2"),
    (r"must be (<=|>=) (\d+) bytes", r"应 \1 \2 字节"),
    (r"must be <= (.+) together", r"合计应不超过 \1"),
    (r"must be after (.+)", r"应晚于 \1"),
    (r"must be an amount of the settlement", "应为结算单的金额字段"),
    (r"must be the (\S+) of (\S+\.yaml)", r"应与 \2 的 \1 相同"),
    (r"must lie in the days of one version of the scheme: (.+)", r"应在项目的一个版本有效期内：\1"),
    (r"must be days of weekends", "应为周末"),
    (r"must not be holidays", "不得为节假日"),
    (r"must lie in the days of the calendar", "应在日历范围之内"),
    (r"must tell of (.+)", r"应说明 \1"),
    (r"must keep its meaning and its comments when it is laid out", "重排后应保持含义和注释"),
    (r"must have the 18 characters of GB 32100", "应为 GB 32100 的 18 位代码"),
    (r"must end in its check character", "最后一位应为正确的校验码"),
    (r"must be 17 digits and a check character", "应为 17 位数字加校验码"),
    (r"must hold a birth date that exists", "出生日期应存在"),
    (r"must begin with the code of a province", "应以省级行政区划代码开头"),
    (r"must be 8 to 30 digits", "应为 8 至 30 位数字"),
    (r"must be 1 to (\d+) printable characters", r"应为 1 至 \1 个可打印的字符"),
    (
        r"must be 1 to (\d+) characters without blanks or dots around",
        r"应为 1 至 \1 个字符，首尾不含空格和间隔号",
    ),
    (r"must be made of the letters and marks of names", "应由姓名用字和间隔号组成"),
    (r"must not be an ID number", "不得为身份证号码"),
    (r"limit (\d+) bytes", r"至多 \1 字节"),
    (r"limit (\d+) bytes, found (\d+)", r"至多 \1 字节，实有 \2"),
    (r"limit (\d+) rows, found (at least )?(\d+)", r"至多 \1 行，实有 \3"),
    (r"limit (\d+) columns, found (\d+)", r"至多 \1 列，实有 \2"),
    (r"limit (\d+) columns, found at least (\d+)", r"至多 \1 列，实有至少 \2"),
    (r"limit (\d+) texts, found (\d+)", r"至多 \1 条文本，实有 \2"),
    (r"must name each year once", "每个年份只能写一次"),
    (r"must be (>=|<=) (\S+) \((\S+), (.+)\)", r"应 \1 \2（\3，\4）"),
    (r"must be within (.+) \((\S+), (.+)\)", r"应在 \1 之内（\2，\3）"),
    (r"must be as strict as (\S+) \((\S+), (.+)\)", r"应不宽于 \1（\2，\3）"),
    (r"must be (member|union|employer|government|donation) \((\S+), (.+)\)", r"应为 \1（\2，\3）"),
    (
        r"limit (\d+) bytes of one tag or comment, found at least (\d+)",
        r"一个标记或注释至多 \1 字节，实有至少 \2",
    ),
    (
        r"limit (\d+) names of elements and attributes, found at least (\d+)",
        r"元素和属性名至多 \1 个，实有至少 \2",
    ),
    (r"limit (\d+) levels of elements, found at least (\d+)", r"元素至多 \1 层，实有至少 \2"),
    (r"limit (\d+) characters of one text, found at least (\d+)", r"一条文本至多 \1 字，实有至少 \2"),
    (r"limit (\d+) runs of one text, found at least (\d+)", r"一条文本至多 \1 段，实有至少 \2"),
    (r"limit (\d+) relations, found at least (\d+)", r"部件关系至多 \1 个，实有至少 \2"),
    (r"limit (\d+) sheets, found at least (\d+)", r"工作表至多 \1 张，实有至少 \2"),
    (r"limit (\d+) formats, found at least (\d+)", r"单元格格式至多 \1 种，实有至少 \2"),
    (r"declares a document type, as no spreadsheet does", r"声明了文档类型，电子表格软件不会这样写"),
    (r"the row stands twice, or out of order", "该行重复，或次序有误"),
    (r"the cell stands twice, or out of order", "该单元格重复，或次序有误"),
    (r"limit (\d+) characters", r"至多 \1 字"),
    (r"limit (\d+) characters in a row, found (\d+)", r"一行至多 \1 字，实有 \2"),
    (
        r"limit (\d+) cells and (\d+) columns, found (\d+) rows of (\d+) columns",
        r"至多 \1 个单元格、\2 列，实有 \3 行、\4 列",
    ),
    (
        r"limit (\d+) texts and (\d+) characters, found at least (\d+) and (\d+)",
        r"文本至多 \1 条、\2 字，实有 \3 条、\4 字",
    ),
    (
        r"limit (\d+) bytes, (\d+) times its size and (\d+) parts, found (\d+) bytes out of (\d+)",
        r"至多 \1 字节、原大小的 \2 倍、\3 个部件，此处由 \5 字节解压为 \4 字节",
    ),
    (
        r"limit (\d+) bytes, (\d+) times its size and (\d+) parts, found (\d+) parts of (\d+) bytes",
        r"至多 \1 字节、原大小的 \2 倍、\3 个部件，实有 \4 个部件、\5 字节",
    ),
    (
        r"limit (\d+) bytes, (\d+) times its size and (\d+) parts, found (\d+) bytes of directory",
        r"至多 \1 字节、原大小的 \2 倍、\3 个部件，目录有 \4 字节",
    ),
    (r"the first (\d+)", r"仅前 \1 条"),
    (r"nested deeper than (\d+)", r"层次超过 \1"),
    (r"a mark is not closed in its row", "引号在本行没有配对"),
    (r"not read any further", "以下未读"),
    (r"damaged from here on", "自此处起损坏"),
    (r"it may be (UTF-16|GB18030)", r"可能是 \1"),
    (r"or save it as .xlsx", "也可另存为 .xlsx"),
    (r"must be a policy file, not a scheme file", "应为政策文件，此为项目文件"),
    (r"must be a file, or one of (.+)", r"应为文件，或以下之一：\1"),
    (r"a folder", "是文件夹"),
    (r"no plain file", "不是普通文件"),
    (r"the file must hold named fields", "文件应为一组字段"),
    (r"there must be one document in the file", "文件应只有一个文档"),
    (r"a field's name must be a text", "字段名应为文字"),
    (r"must be half-width (.)", r"应为半角 \1"),
)
"""What the rows of tables ask, and what files are."""

_JOINING: Final = (
    (r"must be a whole number, with a minus for days before", "应为整数，首日之前的加负号"),
    (r"must be <= (.+), which is the last day of a period", r"应 <= \1（互助期末日）"),
    (r"must be <= (.+), which is all that such a unit has", r"应 <= \1（这类单位的最多人数）"),
    (r"must be left out where there is no window that they could miss", "没有缴费时限的不应写"),
    (r"must be left out where whoever is late is taken in", "逾期也受理的不应写"),
    (r"must have a term that starts with the period", "应有一个与互助期同时开始的参保期"),
    (r"must be 0 where nobody joins after a window", "没有人在时限之后参加的应为 0"),
    (r"must be (.+), as for the other term of (.+) months", r"应为 \1，与另一个 \2 个月的参保期相同"),
    (r"must come to whole fen of (.+), (.+)", r"应使 \1（\2）折成整分"),
    (r"must stand before the band that takes all other units", "应在适用于其余单位的一档之前"),
    (r"must be above (.+), or no unit is left for the band", r"应大于 \1，否则没有单位适用"),
    (r"must end with a period, or be whole periods", "应在互助期末结束，或为整数个互助期"),
    (r"must be (.+) for units of fewer than (.+)", r"不足 \2 人的单位应为 \1"),
    (r"must name ((?:similar_fund|commercial_insurance|illness)(?:, \w+)*)", r"应写明 \1"),
    (r"must be given where nobody waits", "不设免责期的应写明"),
    (r"must be left out where nobody waits", "不设免责期的不应写"),
    (r"must be (.+) where nobody waits", r"不设免责期的应为 \1"),
    (r"must be (\S+), as the scheme file says", r"应为 \1，与项目文件一致"),
    (r"must be the day on which the unit was judged", "应为判定单位准入的那一天"),
    (r"must be written 2014:union=60%,member=rest", "应写成 2014:union=60%,member=rest"),
    (r"must not be used yet: it is an entry of (.+) of ([0-9-]+)", r"应为未用过的编号：\2 的凭证（\1）已用"),
    (r"must not be used yet", "应为未用过的编号"),
    (
        r"must not begin with A-, P-, close-, Y- or YG-, as the ids that are made for other entries",
        "不应以 A-、P-、close-、Y- 或 YG- 开头（审核、支付、结转和年度运行凭证专用）",
    ),
    (r"must not be there yet", "文件已存在，不予覆盖"),
    (r"must be 1 to 64 letters, digits, dots or hyphens", "应为 1 至 64 个字母、数字、点或连字符"),
    (
        r"must not be there yet, unless as the result of these rosters",
        "文件已存在，且不是这些名册的逐行结果，不予覆盖",
    ),
    (r"must be given, or --template or --dues", "须给出，或改用 --template 或 --dues"),
    (r"must be given with --dues", "计算应缴互助金（--dues）时须给出"),
    (r"must go with the engine scalar", "须与 --engine scalar 同用"),
    (r"must not have been judged for this period by such a roster", "本期不应已按该名册或更晚的名册判定"),
)
"""What the joining terms ask."""

_ALL: Final = (*_HINTS, *IN_CHINESE, *_JOINING, *_RULES[:-3], *_VALUES, *_TABLES, *_RULES[-3:])
"""All forms, those that fit nearly everything last."""


def chinese(detail: str) -> str:
    """The detail in Chinese, each rule and hint of it by itself.

    >>> chinese("must be a list; did you mean 35%?")
    '应为列表；是否应为 35%？'
    """
    return "；".join(_part(part) for part in _QUESTION.split(detail))


def _part(text: str) -> str:
    if (of_membership := rule_in_chinese(text)) is not None:
        return of_membership
    rule, bracket, clause = text.partition(" [")
    if bracket and (of_rule := rule_in_chinese(rule)) is not None:
        return f"{of_rule}{bracket}{clause}"
    rule, since, day = rule.partition(" from 2")
    rule, dues, _ = rule.partition(" by the scheme's dues")
    aside = f"（自 2{day} 起）" if since else "（按缴费标准）" if dues else ""
    for form, words in _ALL:
        if (match := re.fullmatch(form, rule)) is not None:
            told = match.expand(words).replace(" or ", " 或 ").replace(" and ", "、")
            return f"{told}{aside}{bracket}{clause}"
    return text
