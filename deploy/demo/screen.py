"""What the demo shows: bars on a terminal, plain lines elsewhere, and the table at the end."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator, Sequence

from rich.console import Console
from rich.markdown import Markdown
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from .comparison import Compared
from .figures import Figures

_PLAIN_WIDTH, _LABEL = 110, 36


class Screen:
    """The output of one replay."""

    def __init__(self) -> None:
        self.console = Console(highlight=False)
        if not self.console.is_terminal:
            self.console = Console(highlight=False, width=_PLAIN_WIDTH)

    def say(self, text: str) -> None:
        """A line."""
        self.console.print(text, markup=False)

    def introduce(self, figures: Figures, requests: int) -> None:
        """What will happen, and that nobody in it is real."""
        self.say(
            f"{figures.place} {figures.year}:{requests} 个请求,经公开 HTTP 接口逐条提交。\n"
            f"Replays {figures.year} as {requests} requests through the public HTTP API.\n"
            "人员与文本均为合成,不是真实人物或真实单位的言行。"
            "All people and texts are synthetic.\n"
            "数字由接口从逐条记录中计算,不来自数字文件。"
            "The API counts each figure from dated records; the figures file is only compared with."
        )

    @contextlib.contextmanager
    def bars(
        self,
    ) -> Iterator[Callable[[str, int], contextlib.AbstractContextManager[Callable[[], None]]]]:
        """A function that shows one step of so many requests; it gives a function to count up."""
        if not self.console.is_terminal:
            yield self._plain
            return
        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
        )
        with Progress(*columns, console=self.console) as progress:

            @contextlib.contextmanager
            def bar(title: str, total: int) -> Iterator[Callable[[], None]]:
                task = progress.add_task(title, total=total)
                yield lambda: progress.advance(task)

            yield bar

    @contextlib.contextmanager
    def _plain(self, title: str, total: int) -> Iterator[Callable[[], None]]:
        began = time.monotonic()
        yield lambda: None
        self.say(f"  {title}: {total} ({time.monotonic() - began:.1f} s)")

    def overview(self, title: str, lines: Sequence[tuple[str, str]]) -> None:
        """A table of what there is, line by line."""
        table = Table(title=title, show_header=False, show_lines=False)
        table.add_column(style="bold", max_width=_LABEL, overflow="fold")
        table.add_column(overflow="fold")
        for label, text in lines:
            table.add_row(Text(label), Text(text))
        self.console.print(table)

    def report(self, markdown: str) -> None:
        """The annual report: set for reading on a terminal, as it is elsewhere."""
        if self.console.is_terminal:
            self.console.print(Markdown(markdown))
        else:
            self.say(markdown)

    def compared(self, figures: Figures, rows: Sequence[Compared]) -> None:
        """The table: figure, expected, actual, tick."""
        table = Table(title=f"{figures.place} {figures.year},截至 as of {figures.as_of}")
        for head in ("数字 figure", "预期 expected", "实得 actual", ""):
            table.add_column(head, justify="left" if head.startswith("数字") else "right")
        for row in rows:
            table.add_row(*row.row(), style=None if row.fits else "bold red")
        self.console.print(table)
        wrong = [row.expected.key for row in rows if not row.fits]
        if wrong:
            self.say(f"{len(wrong)} 项不符 differ: {', '.join(wrong)}")
        else:
            self.say(f"{len(rows)} 项全部相符 all {len(rows)} figures agree")
