"""Giving (赠送) from the command line: gift programmes and the places that they give."""
