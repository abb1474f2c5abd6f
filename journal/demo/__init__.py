"""A made-up person with a believable record: for a first look, for tests and for pictures.

``person`` makes it (plain Python, from a seed), ``write`` puts it into the database. Nothing in it is advice: amounts
and paces are drawn at random, and rough spells are in it on purpose.
"""
