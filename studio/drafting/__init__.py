"""Formulas of the drafting table.

Inside this package the table is read as in drafting books: x from the centre line, y DOWN from the shoulder neck point
or the waist, in cm. `pieces.py` turns finished halves into whole pieces with y up.
"""
