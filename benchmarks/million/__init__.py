"""The rule, the claims and the references of the large benchmark."""
