"""What members and units read of a membership (参加情况)."""
