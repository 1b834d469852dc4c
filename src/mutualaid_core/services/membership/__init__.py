"""Services of membership (会员业务): rosters, enrolment, contributions, renewal, transfer, queries."""
