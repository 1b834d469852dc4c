"""Rules about schemes: conformity with the policy above."""
