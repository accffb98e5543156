"""``make demo``: a whole year of livelihood projects, replayed through the public HTTP API.

People and texts are synthetic (合成数据): no real person, and no real organisation's doings.
"""
