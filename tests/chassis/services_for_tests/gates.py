"""Gates: files in the data folder with which a test lets something go on."""

from __future__ import annotations

from pathlib import Path


def is_open(folder: Path, name: str) -> bool:
    """Whether the test has opened the gate."""
    return (folder / f"gate-{name}").exists()


def open_gate(folder: Path, name: str) -> None:
    """Let it go on."""
    (folder / f"gate-{name}").touch()
