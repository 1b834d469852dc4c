"""Paying (缴费办理): held remittances and receipts, corrections, funding plans and sources."""
