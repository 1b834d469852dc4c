"""Changing an enrolment (参加变动): leaving, withdrawing, voiding, correcting."""
