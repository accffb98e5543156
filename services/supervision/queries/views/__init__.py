"""What people look at: board, map, desk, matrix, timeline, statistics; each in few statements."""
