"""One act each: load, apply the rules, commit, answer."""
