"""Acts of governance: complaints, approvals, referrals, what came into the pool, who decided."""
