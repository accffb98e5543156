"""Entities and rules of the decision by ballot; free of frameworks."""
