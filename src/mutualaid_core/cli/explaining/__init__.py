"""What ``mutualaid explain`` does beside telling one decision (比较与复算)."""
