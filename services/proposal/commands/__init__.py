"""Everything that changes something here: one function a command, ``(command, unit of work)``."""
