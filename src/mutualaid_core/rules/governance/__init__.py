"""Rules of governance: complaints, approvals, readiness, meetings, plans, fairness of what was decided."""
