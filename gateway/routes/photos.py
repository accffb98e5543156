"""Photos (照片): of what was recorded, redacted, published, and those that look alike."""

from __future__ import annotations

from typing import Any

from flask import Response, current_app, request
from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint

from services.commons.errors import NotFound
from services.supervision.schemas import photos as schemas

from ..resource import call, created, listed, operation, shown
from .files import DERIVATIVE, derivative

blueprint = Blueprint("photos", __name__, description="照片 Redacted, published, compared")


@operation(blueprint, "GET", "/photos", query=schemas.PhotoQuery, answer=schemas.Photo, many=True)
def list_photos(query: dict[str, Any]) -> ResponseReturnValue:
    """List photos by day; the pictures: GET /v1/files/{sha256}/public."""
    return listed(call("supervision", "list_photos", query))


@operation(blueprint, "GET", "/photos/<uuid:photo_id>", answer=schemas.Photo)
def get_photo(photo_id: Any) -> ResponseReturnValue:
    """Show what is known of a photo."""
    return shown(call("supervision", "get_photo", str(photo_id)))


@operation(
    blueprint,
    "POST",
    "/photos/<uuid:photo_id>/redactions",
    body=schemas.RedactPhoto,
    answer=schemas.PhotoRedaction,
    status=201,
)
def redact_photo(body: dict[str, Any], photo_id: Any) -> ResponseReturnValue:
    """Paint parts of a photo black (打码); what was published is replaced at once."""
    return created(call("supervision", "redact_photo", str(photo_id), body))


@operation(blueprint, "GET", "/photos/<uuid:photo_id>/redactions", answer=schemas.PhotoRedactions)
def list_photo_redactions(photo_id: Any) -> ResponseReturnValue:
    """List the redactions of a photo's file."""
    return shown(call("supervision", "list_photo_redactions", str(photo_id)))


@operation(
    blueprint,
    "POST",
    "/photos/<uuid:photo_id>/publications",
    body=schemas.PublishPhoto,
    answer=schemas.PhotoPublication,
    status=201,
)
def publish_photo(body: dict[str, Any], photo_id: Any) -> ResponseReturnValue:
    """Let anybody see a photo (公开), or no longer."""
    return created(call("supervision", "publish_photo", str(photo_id), body))


@operation(
    blueprint, "GET", "/photos/<uuid:photo_id>/publications", answer=schemas.PhotoPublications
)
def list_photo_publications(photo_id: Any) -> ResponseReturnValue:
    """List who decided what about a photo."""
    return shown(call("supervision", "list_photo_publications", str(photo_id)))


@operation(
    blueprint,
    "GET",
    "/published-photos",
    query=schemas.PublishedPhotoQuery,
    answer=schemas.PublishedPhoto,
    many=True,
)
def list_published_photos(query: dict[str, Any]) -> ResponseReturnValue:
    """List the photos that anybody may see."""
    return listed(call("supervision", "list_published_photos", query))


@operation(blueprint, "GET", "/published-photos/<uuid:photo_id>", answer=schemas.PublishedPhoto)
def get_published_photo(photo_id: Any) -> ResponseReturnValue:
    """Show a photo that anybody may see."""
    return shown(call("supervision", "get_published_photo", str(photo_id)))


@operation(blueprint, "GET", "/published-photos/<uuid:photo_id>/image", gives=[DERIVATIVE])
def get_published_image(photo_id: Any) -> ResponseReturnValue:
    """Get the picture, redacted if it was, without anything that the camera wrote into it."""
    image = call("supervision", "get_published_image", str(photo_id))
    if image["made"] is None:
        response: Any = derivative(image["sha256"])
    else:
        response = _redacted(image["made"])
    # What it shows may be redacted, or taken back, at any moment.
    response.headers["Cache-Control"] = "private, no-cache"
    return response


@operation(
    blueprint,
    "GET",
    "/photo-likenesses",
    query=schemas.PhotoLikenessQuery,
    answer=schemas.PhotoLikeness,
    many=True,
)
def list_photo_likenesses(query: dict[str, Any]) -> ResponseReturnValue:
    """List photos that look like earlier ones of something else."""
    return listed(call("supervision", "list_photo_likenesses", query))


@operation(
    blueprint,
    "POST",
    "/photo-likenesses/<uuid:likeness_id>/judgement",
    body=schemas.JudgeLikeness,
    answer=schemas.PhotoLikeness,
)
def judge_photo_likeness(body: dict[str, Any], likeness_id: Any) -> ResponseReturnValue:
    """Say whether a photo was used twice."""
    return shown(call("supervision", "judge_photo_likeness", str(likeness_id), body))


def _redacted(name: str) -> Any:
    data = current_app.config["files"].redaction(name)
    if data is None:
        raise NotFound("file-not-found", "there is no such file", "没有这个文件")
    response = Response(data, content_type=DERIVATIVE)
    response.set_etag(name)
    return response.make_conditional(request)
