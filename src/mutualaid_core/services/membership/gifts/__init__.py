"""Gifts (赠送互助保障): a programme is founded, and its places are given out up to the quota."""
