"""Pure functions, by subject: what the clauses ask for."""
