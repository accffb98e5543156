"""Uploaded files: photos and documents that are attached to something."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

from flask import Response, current_app, g, jsonify, request
from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint
from marshmallow import Schema, fields

from services.chassis.files import About, Files
from services.commons.errors import NotFound
from services.commons.photos import MEDIA_TYPES

from ..resource import operation
from ..roles import AUDITOR, CLERK
from ..uploads import Upload, check_digest

blueprint = Blueprint("files", __name__, description="附件 Photos and documents")

_PATH = "/files/<string(length=64):sha256>"
_ANY = "application/octet-stream"
#: The media type of a derivative.
DERIVATIVE = "image/jpeg"


class Position(Schema):
    """Where a photo says that it was taken."""

    latitude = fields.Float(required=True)
    longitude = fields.Float(required=True)
    datum = fields.String(
        required=True, allow_none=True, metadata={"description": "as the camera names it"}
    )
    source = fields.Constant("exif", required=True)


class File(Schema):
    """What is known of a file (附件)."""

    sha256 = fields.String(required=True, metadata={"description": "its name, by its content"})
    kind = fields.String(required=True, metadata={"enum": list(MEDIA_TYPES)})
    media_type = fields.String(required=True)
    size = fields.Integer(required=True, metadata={"description": "bytes of the original"})
    width = fields.Integer(required=True, allow_none=True)
    height = fields.Integer(required=True, allow_none=True)
    taken_at = fields.AwareDateTime(
        required=True,
        allow_none=True,
        metadata={
            "description": "by the camera's clock; in the jurisdiction's zone if it names none"
        },
    )
    has_public = fields.Boolean(
        required=True, metadata={"description": "whether there is a derivative: photos have one"}
    )
    received_at = fields.AwareDateTime(required=True)
    position = fields.Nested(
        Position, metadata={"description": "from the photo itself; only to clerks and auditors"}
    )


@operation(
    blueprint, "POST", "/files", takes=[*MEDIA_TYPES.values(), _ANY], answer=File, status=201
)
def upload_file(upload: Upload) -> ResponseReturnValue:
    """Upload a photo (JPEG, PNG, WEBP) or a document (PDF, DOCX, XLSX)."""
    check_digest(request.headers.get("Content-Digest", ""), upload)
    about = _files().store(upload.file)
    response = jsonify(shown_file(about))
    response.status_code = 201
    response.headers["Location"] = f"/v1/files/{about.sha256}"
    return response


@operation(blueprint, "GET", _PATH, answer=File)
def get_file(sha256: str) -> ResponseReturnValue:
    """Show what is known of a file."""
    about = _known(sha256)
    shown = shown_file(about)
    position = (about.exif or {}).get("gps")
    if position and g.principal.roles & {CLERK, AUDITOR}:
        shown["position"] = {**position, "source": "exif"}
    return jsonify(shown)


@operation(blueprint, "GET", f"{_PATH}/public", gives=[DERIVATIVE])
def get_public_file(sha256: str) -> ResponseReturnValue:
    """Get a photo's derivative, without anything that the camera wrote into it."""
    return derivative(sha256)


@operation(blueprint, "GET", f"{_PATH}/original", gives=MEDIA_TYPES.values())
def get_original_file(sha256: str) -> ResponseReturnValue:
    """Get the sealed original, as it was received."""
    return sealed(sha256)


def sealed(sha256: str) -> ResponseReturnValue:
    """The answer with an original; NotFound without it."""
    about = _known(sha256)
    response = Response(_pieces(sha256), content_type=about.media_type)
    response.content_length = about.size
    response.headers["Content-Disposition"] = f'attachment; filename="{sha256}.{about.kind}"'
    response.headers["Cache-Control"] = "private, no-cache"
    response.set_etag(sha256)
    return response.make_conditional(request)


def derivative(sha256: str) -> ResponseReturnValue:
    """The answer with a photo's derivative; NotFound for what is none."""
    data = _files().public(sha256)
    if data is None:
        raise _unknown()
    response = Response(data, content_type=DERIVATIVE)
    response.set_etag(f"{sha256}-public")
    # Who may see it is checked, so a shared cache must not answer in our place.
    response.headers["Cache-Control"] = "private, max-age=31536000, immutable"
    return response.make_conditional(request)


def _pieces(sha256: str) -> Iterator[bytes]:
    return _files().sealed(sha256)


def _files() -> Files:
    files: Files = current_app.config["files"]
    return files


def _known(sha256: str) -> About:
    about = _files().describe(sha256) if re.fullmatch("[0-9a-f]{64}", sha256) else None
    if about is None:
        raise _unknown()
    return about


def _unknown() -> NotFound:
    return NotFound("file-not-found", "there is no such file", "没有这个文件")


def shown_file(about: About) -> dict[str, Any]:
    """What is told of a file."""
    return {
        "sha256": about.sha256,
        "kind": about.kind,
        "media_type": about.media_type,
        "size": about.size,
        "width": about.width,
        "height": about.height,
        "taken_at": _taken_at(about.exif or {}),
        "has_public": about.has_public,
        "received_at": about.received_at.isoformat(),
    }


def _taken_at(exif: dict[str, Any]) -> str | None:
    if "taken_at" not in exif:
        return None
    local, offset = exif["taken_at"], exif["offset"]
    if offset:
        return f"{local}{offset}"
    zone = current_app.config["settings"].zone
    return dt.datetime.fromisoformat(local).replace(tzinfo=zone).isoformat()
