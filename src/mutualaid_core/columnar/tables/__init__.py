"""Tables of columns that come in, and where covers are found in them."""
