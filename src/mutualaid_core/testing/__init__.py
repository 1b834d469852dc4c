"""The shipped kit: contracts, agreement, strategies and a sample world."""
