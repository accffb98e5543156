"""Uploads in parts (分片上传): for photos over a line that breaks."""

from __future__ import annotations

from typing import Any

from flask import current_app, g, jsonify, request
from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint
from marshmallow import Schema, fields, validate

from services.chassis.receiving import Arrival, Receiving
from services.commons.errors import NotFound

from ..resource import operation
from ..uploads import Upload, check_digest
from .files import File, shown_file

blueprint = Blueprint("uploads", __name__, description="分片上传 Uploads in parts")

_PATH = "/uploads/<string(length=64):sha256>"
_OCTETS = "application/octet-stream"


class PartQuery(Schema):
    """Which part: its first byte, and how many the whole file has."""

    offset = fields.Integer(required=True, validate=validate.Range(min=0))
    size = fields.Integer(required=True, validate=validate.Range(min=1))


class UploadState(Schema):
    """How far a file has come: go on at ``offset``; ``file`` once it is whole and was taken."""

    sha256 = fields.String(required=True)
    size = fields.Integer(required=True, allow_none=True)
    offset = fields.Integer(required=True)
    part_limit = fields.Integer(
        required=True, metadata={"description": "bytes that a part may have at most"}
    )
    file = fields.Nested(File, required=True, allow_none=True)


@operation(blueprint, "GET", _PATH, answer=UploadState)
def get_upload(sha256: str) -> ResponseReturnValue:
    """Tell how far one's file has come; one that nobody began stands at 0."""
    return _told(_receiving().arrived(g.principal.subject, _hash(sha256)))


@operation(
    blueprint,
    "POST",
    f"{_PATH}/parts",
    takes=[_OCTETS],
    query=PartQuery,
    answer=UploadState,
)
def upload_part(upload: Upload, query: dict[str, Any], sha256: str) -> ResponseReturnValue:
    """Send the next part; with the last one the file is examined and kept."""
    check_digest(request.headers.get("Content-Digest", ""), upload)
    upload.file.seek(0)
    arrival = _receiving().take(
        g.principal.subject,
        _hash(sha256),
        upload.file.read(),
        offset=int(query["offset"]),
        size=int(query["size"]),
    )
    return _told(arrival)


def _told(arrival: Arrival) -> ResponseReturnValue:
    return jsonify(
        {
            "sha256": arrival.sha256,
            "size": arrival.size,
            "offset": arrival.offset,
            "part_limit": current_app.config["settings"].body_limit,
            "file": shown_file(arrival.about) if arrival.about else None,
        }
    )


def _receiving() -> Receiving:
    receiving: Receiving = current_app.config["files"]
    return receiving


def _hash(sha256: str) -> str:
    if set(sha256) - set("0123456789abcdef"):
        raise NotFound("file-not-found", "there is no such file", "没有这个文件")
    return sha256
