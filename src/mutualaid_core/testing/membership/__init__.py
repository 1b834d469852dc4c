"""Strategies of membership (会员记录): enrolments, transfers, organisations; remittances and plans."""
