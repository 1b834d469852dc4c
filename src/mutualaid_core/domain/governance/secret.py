"""Secret (密钥材料): what keyed digests are made with, where the store itself keeps it."""

import re

import attrs

from mutualaid_core.domain.values.checks import checked, identifier
from mutualaid_core.errors import InvalidValueError


@attrs.frozen(kw_only=True, field_transformer=checked)
class StoreSecret:
    """Secret (密钥材料) kept in the store, for hosts without a key store of their own.

    Whoever has such a store has the secret too: it protects what leaves the store (journal,
    exports, pages), not the store itself.

    Attributes:
        name: Name of the secret.
        material: At least 32 bytes, hexadecimal; never shown.
    """

    name: str = attrs.field(validator=identifier)
    material: str = attrs.field(repr=False)

    def __attrs_post_init__(self) -> None:
        """Refuse what is too short to be a secret."""
        if not re.fullmatch(r"(?:[0-9a-f]{2}){32,}", self.material, re.ASCII):
            raise InvalidValueError(
                "material", "must be >= 32 bytes, hexadecimal", "***", clause="ACFTU-11.2a"
            )
