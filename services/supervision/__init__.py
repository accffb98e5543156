"""Supervision and the look-back: projects, progress, groups, visits, opinions, the annual report."""
