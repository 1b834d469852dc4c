"""Checklists: each item once."""

import pytest

from mutualaid_core.domain.governance.readiness import Checklist, ItemShown, ReadinessItem
from mutualaid_core.errors import InvalidValueError


def test_an_item_is_shown_once() -> None:
    """An item shown twice must be refused, so that items can be counted."""
    staff = ItemShown(item=ReadinessItem.STAFF, document="附件1")
    with pytest.raises(InvalidValueError, match="shown must name each item once"):
        Checklist(pool_id="P", shown=(staff, staff), lives=0, lives_min=1, lives_source="市总工会")
