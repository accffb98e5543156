"""Sampling frames (抽样框)."""

from __future__ import annotations

import base64
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint

from services.commons.sheets import MEDIA_TYPES
from services.survey.schemas import frames as schemas

from ..resource import call, created, listed, operation, shown
from ..uploads import Upload, check_digest

blueprint = Blueprint(
    "sampling-frames", __name__, description="抽样框 Lists of households, and what is drawn of them"
)

_ONE = "/sampling-frames/<uuid:frame_id>"
_LISTS = (MEDIA_TYPES["csv"].partition(";")[0], MEDIA_TYPES["xlsx"])


@operation(
    blueprint,
    "POST",
    "/sampling-frames",
    body=schemas.AnnounceFrame,
    answer=schemas.SamplingFrame,
    status=201,
)
def announce_frame(body: dict[str, Any]) -> ResponseReturnValue:
    """Announce a frame; its list comes later, so that seeds can be pledged before."""
    return created(call("survey", "announce_frame", body), "/v1/sampling-frames/{id}")


@operation(
    blueprint,
    "GET",
    "/sampling-frames",
    query=schemas.FrameQuery,
    answer=schemas.SamplingFrame,
    many=True,
)
def list_frames(query: dict[str, Any]) -> ResponseReturnValue:
    """List the frames."""
    return listed(call("survey", "list_frames", query))


@operation(blueprint, "GET", _ONE, answer=schemas.SamplingFrame)
def get_frame(frame_id: Any) -> ResponseReturnValue:
    """Show a frame: how many are in it, in which cells."""
    return shown(call("survey", "get_frame", str(frame_id)))


@operation(
    blueprint,
    "POST",
    f"{_ONE}/list-checks",
    takes=_LISTS,
    answer=schemas.FrameReport,
    changes=False,
)
def check_frame(upload: Upload, frame_id: Any) -> ResponseReturnValue:
    """Check a list and load nothing: its rows by cell, or all its faults."""
    return shown(call("survey", "check_frame", str(frame_id), {"file": _base64(upload)}))


@operation(
    blueprint,
    "POST",
    f"{_ONE}/units",
    takes=_LISTS,
    query=schemas.FrameListQuery,
    answer=schemas.SamplingFrame,
)
def load_frame(upload: Upload, query: dict[str, Any], frame_id: Any) -> ResponseReturnValue:
    """Load the list, a CSV or XLSX file: whole, or with all its faults not at all.

    It has the size of a request at most; larger ones are loaded by ``minsheng survey frame``.
    """
    body = {"file": _base64(upload), "happened_on": query["happened_on"]}
    return shown(call("survey", "load_frame", str(frame_id), body))


@operation(
    blueprint,
    "GET",
    f"{_ONE}/units",
    query=schemas.FrameQuery,
    answer=schemas.FrameUnit,
    many=True,
)
def list_frame_units(query: dict[str, Any], frame_id: Any) -> ResponseReturnValue:
    """List ids and cells, by which a drawing is redone."""
    return listed(call("survey", "list_frame_units", str(frame_id), query))


@operation(
    blueprint,
    "POST",
    f"{_ONE}/contact-readings",
    body=schemas.ReadFrameContact,
    answer=schemas.FrameContact,
)
def read_frame_contact(body: dict[str, Any], frame_id: Any) -> ResponseReturnValue:
    """Read how to reach one unit; the reading is noted with its reason."""
    response = shown(call("survey", "read_frame_contact", str(frame_id), body))
    response.headers["Cache-Control"] = "private, no-store"
    return response


@operation(
    blueprint,
    "GET",
    f"{_ONE}/contact-readings",
    query=schemas.FrameQuery,
    answer=schemas.FrameContactReading,
    many=True,
)
def list_frame_contact_readings(query: dict[str, Any], frame_id: Any) -> ResponseReturnValue:
    """List who read contacts of a frame, or made links anew, when and why."""
    return listed(call("survey", "list_frame_contact_readings", str(frame_id), query))


@operation(
    blueprint,
    "POST",
    f"{_ONE}/drawings",
    body=schemas.AnnounceDrawing,
    answer=schemas.Drawing,
    status=201,
)
def announce_drawing(body: dict[str, Any], frame_id: Any) -> ResponseReturnValue:
    """Announce a drawing: its plan, and the pledge of its seed."""
    return created(call("survey", "announce_drawing", str(frame_id), body), "/v1/drawings/{id}")


def _base64(upload: Upload) -> str:
    check_digest(request.headers.get("Content-Digest", ""), upload)
    upload.file.seek(0)
    return base64.b64encode(upload.file.read()).decode()
