"""Options (选项) that the commands which act have in common."""

from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

StoreUrl = Annotated[str, Parameter(help="Store (账簿): sqlite:///year.db, file:///folder.")]
Scheme = Annotated[str, Parameter(help="Scheme (互助项目).")]
Period = Annotated[str, Parameter(help="Period (互助期).")]
Unit = Annotated[str, Parameter(help="Id of the unit (单位编号).")]
Member = Annotated[str | None, Parameter(help="Pseudonym of the member (会员编号).")]
IdFile = Annotated[
    Path | None,
    Parameter(
        allow_leading_hyphen=True,
        help="File with the ID number (身份证号), - for standard input; needs the keys.",
    ),
]
Paper = Annotated[str, Parameter(help="Number of the paper (依据文号); no name and no ID number.")]
On = Annotated[str | None, Parameter(help="Business day (业务日期), YYYY-MM-DD; today if not given.")]
ActorName = Annotated[str, Parameter(name="--actor", help="Account (经办人) that acts.")]
ActKey = Annotated[
    str | None,
    Parameter(
        name="--key",
        help="Idempotency key (幂等键); without it the same command on the same day is done once.",
    ),
]
KeyFile = Annotated[Path | None, Parameter(help="File with the secret bytes (密钥) of the store's keys.")]
Lang = Annotated[Literal["zh", "en"], Parameter(help="Language (语言) of what is printed.")]
Json = Annotated[bool, Parameter(name="--json", negative="", help="Answer with one JSON document.")]
Preview = Annotated[
    bool, Parameter(name="--preview", negative="", help="Tell what would come of it (预览); write nothing.")
]
Confirmed = Annotated[
    bool, Parameter(negative="", help="The unit's union confirmed the roster (单位工会已确认).")
]
Consultation = Annotated[str | None, Parameter(help="Record (征求意见记录) of the workers' consultation.")]
CountedOn = Annotated[str, Parameter(help="Roster date (统计日), YYYY-MM-DD.")]
Sheet = Annotated[str | None, Parameter(help="Sheet (工作表) of a workbook that has several.")]
