"""A made-up campaign: realistic in size and mess, the same every time, its truths known.

Its files have the shapes of real exports and take the same path as a user's.
"""
