"""Strategies of governance (治理记录): complaints, referrals, approvals, meetings."""
