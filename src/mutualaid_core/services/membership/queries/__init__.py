"""Queries (查询) of membership for hosts' screens: typed answers, pages by a text token.

They read outside any work, so nothing is checked at a commit. A page is never repeated and a
row never comes twice, also where others write in between; what is added behind the token of a
page shows up when the list is read anew.
"""
