"""Forms that were filled in elsewhere come in as sheets: a template, a check, an import."""
