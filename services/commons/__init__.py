"""Plain libraries that several services need, one subject per module.

They stand on the standard library; ``workdays`` also on the table of Chinese working days.
"""
