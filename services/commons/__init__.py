"""Plain libraries that several services need, one subject per module."""
