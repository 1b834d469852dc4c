"""Paying (缴费核对): remittances against lists, corrections, funding plans, the work subsidy."""
