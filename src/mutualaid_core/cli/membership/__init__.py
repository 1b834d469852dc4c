"""Commands on members and units (会员与单位)."""
