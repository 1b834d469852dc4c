"""Files out: pages, statements, tables and bundles."""
