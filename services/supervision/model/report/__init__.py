"""The annual report: which records count, the figures counted from them, and its text."""
