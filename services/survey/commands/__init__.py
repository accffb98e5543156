"""Functions (command, unit of work) that change something, by subject."""
