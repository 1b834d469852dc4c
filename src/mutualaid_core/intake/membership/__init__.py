"""Membership from files (成员资料): units, rosters, organisations and division codes."""
