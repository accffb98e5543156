"""A worker on the database of ballot, with a command that needs no preparation."""
