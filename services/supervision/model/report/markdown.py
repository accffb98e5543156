"""A document as Markdown: whatever words stand in it, they cannot change its structure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from services.commons.charts import Chart
from services.commons.documents import Block, Document, Heading, Table


def to_markdown(document: Document, chart_at: str) -> str:
    """The whole text; ``chart_at``: where a chart is, with ``{key}`` for its key."""
    blocks = [f"# {plain(document.title)}"]
    if document.subtitle:
        blocks.append(plain(document.subtitle))
    for block in document.blocks:
        blocks += _written(block, chart_at)
    return "\n\n".join(blocks) + "\n"


def _written(block: Block, chart_at: str) -> Iterator[str]:
    match block:
        case str():
            yield plain(block)
        case Heading():
            yield f"{'#' * block.level} {plain(block.text)}"
        case Chart():
            yield f"![{plain(block.described)}]({chart_at.format(key=block.key)})"
        case Table():
            if block.caption:
                yield plain(block.caption)
            yield _table(block.head, block.rows)


def plain(text: str) -> str:
    """Words on one line, with all that Markdown would take for its own escaped."""
    return re.sub(r"^([-+=]|[0-9]+(?=[.)]))", _escaped_start, _within(text))


def _within(text: str) -> str:
    return re.sub(r"([\\`*_{}\[\]<>#|~])", r"\\\1", " ".join(text.split()))


def _escaped_start(match: re.Match[str]) -> str:
    start = match.group(1)
    return start + "\\" if start.isdigit() else "\\" + start


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [map(_within, head), ["---"] * len(head), *(map(_within, row) for row in rows)]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)
