"""Collection and preliminary selection (征集、初定)."""
