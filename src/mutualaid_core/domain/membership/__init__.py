"""Members, units, enrolment and contributions."""
