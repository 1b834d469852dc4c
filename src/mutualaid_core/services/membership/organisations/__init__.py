"""Organisations (工会组织): put into the tree, moved, closed, and looked up as of a day.

``judging`` says what a change would come to, ``putting`` does it, ``importing`` takes a whole
tree, ``looking`` reads it.
"""

from mutualaid_core.services.membership.organisations.importing import (
    import_organisations,
)
from mutualaid_core.services.membership.organisations.judging import (
    OrganisationsPut,
    judge_organisations,
)
from mutualaid_core.services.membership.organisations.looking import (
    Children,
    children_of,
    tree_on,
)
from mutualaid_core.services.membership.organisations.putting import (
    ORGANISATIONS_MAX,
    CloseOrganisation,
    MoveOrganisation,
    PutOrganisations,
    close_organisation,
    move_organisation,
    put_organisations,
)

__all__ = [
    "ORGANISATIONS_MAX",
    "Children",
    "CloseOrganisation",
    "MoveOrganisation",
    "OrganisationsPut",
    "PutOrganisations",
    "children_of",
    "close_organisation",
    "import_organisations",
    "judge_organisations",
    "move_organisation",
    "put_organisations",
    "tree_on",
]
