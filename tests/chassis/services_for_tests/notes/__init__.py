"""Produces events."""
