"""The migrations of the SQL backend: a file of statements per engine, a revision that runs it."""
