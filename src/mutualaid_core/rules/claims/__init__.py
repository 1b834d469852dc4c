"""Rules about claims: admission, base, tiers, limits, decision."""
