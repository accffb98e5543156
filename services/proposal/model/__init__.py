"""Entities and rules of collection and preliminary selection; no framework."""
