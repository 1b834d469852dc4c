"""Rosters from files (名册文件): checked whole before anything is written, row by row.

``columns`` says what a file may hold, ``source`` reads rows of every kind of file, ``rows``
turns a row into a line, ``census`` counts them and finds people who stand twice, ``units``
reads the file of units, ``check`` puts all of it together.
"""
