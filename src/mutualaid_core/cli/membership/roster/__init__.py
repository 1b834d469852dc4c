"""``mutualaid roster`` (职工名册): check files, import them, and print the template."""
