"""Names (字段名): what of a claim has a national name besides its own."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

NATIONAL_NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "setl_id": "claim_id",
        "begndate": "began",
        "enddate": "ended",
        "setl_time": "settled",
        "refd_setl_flag": "is_reversed",
    }
)
"""National names of what stands in a claim under a name of its own; facts have no other name."""
