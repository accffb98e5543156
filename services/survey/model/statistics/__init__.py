"""What counts can honestly say: intervals, weights, bounds, and what must not be shown.

Pure functions on the standard library; exact fractions wherever the mathematics allows it.
"""
