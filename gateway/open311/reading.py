"""What GeoReport's clients ask and report, as our services read it."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any

from services.commons.errors import Invalid
from services.commons.places import WGS84

_HASH = re.compile(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")
_LISTS = {"service_request_id": "ids", "service_code": "codes"}
#: What each part of our bodies and queries is called there.
_PARAMETERS = {
    "/place/latitude": "/lat",
    "/place/longitude": "/long",
    "/text": "/description",
    "/kind": "/service_code",
    "/codes": "/service_code",
    "/ids": "/service_request_id",
    "/photos": "/media_url",
}
_WITH_IDS = ("service_request_id", "page", "page_size")
_PLAIN = ("start_date", "end_date", "updated_after", "updated_before", "page", "page_size")


def query_of_requests(args: Mapping[str, str]) -> dict[str, Any]:
    """The same of ``GET requests``, where ids override all but the page (GeoReport v2)."""
    if args.get("service_request_id"):
        args = {name: args[name] for name in args if name in _WITH_IDS}
    return query(args)


def query(args: Mapping[str, str]) -> dict[str, Any]:
    """The parameters of a list; Invalid for a status that does not exist."""
    asked: dict[str, Any] = {name: args[name] for name in _PLAIN if args.get(name)}
    for name, own in _LISTS.items():
        if args.get(name):
            asked[own] = [part.strip() for part in args[name].split(",")]
    states = {part.strip() for part in args.get("status", "").split(",") if part.strip()}
    if states - {"open", "closed"}:
        raise _bad("status", "status is open, closed or both", "status 只能是 open、closed 或两者")
    if len(states) == 1:
        asked["status"] = states.pop()
    return asked


def snap(form: Mapping[str, str], deputy_id: str, day: str) -> dict[str, Any]:
    """A report as a snap: its service, a place, a sentence and an uploaded photo are needed."""
    if not form.get("service_code"):
        raise _bad("service_code", "service_code was not provided", "缺少 service_code")
    try:
        point = {"longitude": _number(form["long"]), "latitude": _number(form["lat"])}
    except (KeyError, ValueError):
        raise _bad(
            "lat",
            "lat and long are needed as numbers; addresses are not looked up",
            "请提供数字形式的 lat 和 long,本系统不解析地址",
        ) from None
    photo = _HASH.search(form.get("media_url", ""))
    if photo is None:
        raise _bad(
            "media_url",
            "media_url must name a photo uploaded here, /v1/files/{sha256}",
            "media_url 应为已上传照片的地址 /v1/files/{sha256}",
        )
    return {
        "deputy_id": deputy_id,
        "text": form.get("description", ""),
        "kind": form["service_code"],
        "place": point | {"datum": WGS84},
        "photos": [{"sha256": photo[0]}],
        "happened_on": day,
    }


def told(pointer: str) -> str:
    """Where in our body something is wrong, by the parameter that GeoReport's client sent."""
    found = (name for ours, name in _PARAMETERS.items() if pointer.startswith(ours))
    return next(found, pointer)


def _number(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError
    return number


def _bad(name: str, en: str, zh: str) -> Invalid:
    return Invalid("open311-invalid", en, zh, [{"pointer": f"/{name}", "detail": en}])
