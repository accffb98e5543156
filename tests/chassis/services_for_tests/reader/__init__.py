"""Consumes events."""
