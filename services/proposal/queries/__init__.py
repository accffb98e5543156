"""Everything that only reads here."""
