"""Similar suggestions (相似建议): an index over plain tables, a ranking with reasons, clusters.

Similar ones are shown, a person decides: nothing here merges anything.
"""
