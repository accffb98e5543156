"""Attachments: files that were uploaded before anything names them."""

from __future__ import annotations

from typing import Any

from services.chassis.files import Files
from services.commons.errors import Invalid


def know_files(body: Any, files: Files) -> None:
    """Raise Invalid, with the place, unless every file that a body attaches has been uploaded.

    Called before the transaction, since the store of files may let others go on meanwhile.  What
    is no list of attachments at all, the schema refuses.
    """
    given = body.get("attachments") if isinstance(body, dict) else None
    for index, one in enumerate(given if isinstance(given, list) else ()):
        sha256 = one.get("sha256") if isinstance(one, dict) else None
        if isinstance(sha256, str) and files.describe(sha256) is None:
            raise Invalid(
                "attachment-unknown",
                "there is no such file; upload it first with POST /v1/files",
                "没有这个文件,请先用 POST /v1/files 上传",
                [{"pointer": f"/attachments/{index}/sha256", "detail": "is no uploaded file"}],
            )
