"""Files in: schemes, policies, rosters and settlements."""
