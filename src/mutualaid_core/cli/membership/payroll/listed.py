"""Listed workers (代扣名单): which rows of a list were not taken."""

from mutualaid_core.cli.output import Output
from mutualaid_core.intake.membership.payrolls import ConsentList, PayrollList


def say_left_alone(read: ConsentList | PayrollList, output: Output) -> None:
    """Say which rows of the file were not taken, and what it hides; nothing where there is nothing."""
    output.look_at(read.flags)
    if read.others:
        output.say(f"其他单位的 {read.others} 行未用", f"rows of other units, left alone: {read.others}")
    if read.not_joining:
        zh, en = f"不参加的 {read.not_joining} 行未用", f"rows of who does not join: {read.not_joining}"
        output.say(zh, en)
    if isinstance(read, PayrollList) and read.direct:
        output.say(f"直接缴纳的 {read.direct} 行未用", f"rows of who pays by hand, left alone: {read.direct}")
