"""``python -m tests.services.ballot.annex.write_examples``: write all test vectors anew."""

from __future__ import annotations

from .example_board import of_board, of_count
from .examples import FOLDER, files, written


def texts() -> dict[str, str]:
    """Every file's text by its name."""
    made = files() | {"board.json": of_board(), "count.json": of_count()}
    return {name: written(content) for name, content in made.items()}


def main() -> None:
    """Write them."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in texts().items():
        (FOLDER / name).write_text(text, "utf-8")


if __name__ == "__main__":
    main()
