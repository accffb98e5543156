"""Entities and rules of supervision; standard library and ``services.commons`` only."""
