"""Checked rows on the disk until they are counted."""

from __future__ import annotations

from services.survey.transfer.spool import Spool, Spooled


def test_rows_come_back_in_order_and_doubles_are_told() -> None:
    """With the line on which the number stood first; the second is not kept."""
    with Spool() as spool:
        rows = [Spooled(number, line, "m", "{}") for line, number in enumerate("ca", start=2)]
        assert [spool.add(row) for row in rows] == [None, None]
        assert spool.add(Spooled("c", 9, "other", "{}")) == 2
        assert list(spool.chunks(1)) == [[rows[0]], [rows[1]]]
