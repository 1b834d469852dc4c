"""Rules about joining: gate, eligibility, dues."""
