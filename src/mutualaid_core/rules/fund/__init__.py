"""Rules about money: postings and closing."""
