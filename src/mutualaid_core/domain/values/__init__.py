"""Values: money, ratio, days, identifiers, personal data."""
