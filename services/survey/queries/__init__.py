"""Everything that only reads here, by subject."""
