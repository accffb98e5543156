"""Sheets with contacts, as files that nobody keeps: written, sent, gone."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from flask import Response

from services.commons.sheets import MEDIA_TYPES, Column, writer


def confidential(
    rows: Iterable[dict[str, Any]], columns: list[Column], name: str, title: str
) -> Response:
    """A CSV file of rows by the columns' keys, which no cache keeps."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sheet"
        with writer("csv", path, columns, title=title) as sheet:
            for row in rows:
                sheet.row([row.get(column.key) for column in columns])
        response = Response(path.read_bytes(), content_type=MEDIA_TYPES["csv"])
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    response.headers["Cache-Control"] = "private, no-store"
    return response
