"""Belenios' voting protocol, version 1, as in its release 3.3.0: a pure library without I/O.

Messages, fields and functions bear the names of the Belenios specification (3.1).  Groups:
``Ed25519`` and ``BELENIOS-2048``; questions: homomorphic ones.
"""
