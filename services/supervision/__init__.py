"""Supervision, look-back and the annual report (监督、回头看)."""
