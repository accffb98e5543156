"""Scoring a table of counts by a method, without a server: ``minsheng survey score``."""
