"""The whole examination of a file's bytes; meant for the child process."""

from __future__ import annotations

from .documents import check_office, check_pdf
from .kinds import PHOTOS, kind_of
from .limits import Limits
from .structure import check_photo


def look(data: bytes, limits: Limits) -> tuple[dict[str, object], bytes]:
    """What the bytes are, and the public derivative; raises Unsupported or Invalid."""
    kind = kind_of(data)
    if kind in PHOTOS:
        check_photo(data, kind, limits)
        from .picture import picture

        found = picture(data, kind, limits)._asdict()
        public = found.pop("public")
        return {"kind": kind, **found}, public
    if kind == "pdf":
        check_pdf(data)
    else:
        check_office(data, limits)
    return {"kind": kind}, b""
