"""Renewal (续保): who is due, reminders as data, and the act that carries members over."""
