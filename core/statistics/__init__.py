"""Estimates, intervals and chances: numbers in, numbers out.

No tables, no files, no words of the product. Everything here is a pure function of
arrays, seeded where it draws, and names the source of its formula.
"""
