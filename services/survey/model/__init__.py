"""Entities and rules of the satisfaction assessment; free of frameworks."""
