"""Given (所给资料): claims and covers as a caller tells them, and what of them is refused."""
