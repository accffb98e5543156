"""Uploaded files that a body names."""

from __future__ import annotations

from services.chassis.files import About, Files
from services.commons.errors import Invalid


def known_file(files: Files, sha256: str, pointer: str) -> About:
    """What is known of a file that a body names at ``pointer``; Invalid if nobody uploaded it.

    The file is claimed, so that it stays.  Called before the transaction, since the store of files
    may let others go on meanwhile.
    """
    about = files.claim(sha256)
    if about is None:
        raise Invalid(
            "file-unknown",
            "there is no such file; upload it first with POST /v1/files",
            "没有这个文件,请先用 POST /v1/files 上传",
            [{"pointer": pointer, "detail": "is no uploaded file"}],
        )
    return about
