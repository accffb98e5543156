"""A method by the name under which it is shipped, or from a file."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from marshmallow import ValidationError

from services.chassis.validation import places
from services.commons.errors import Invalid

from .. import methods
from ..model.method import Formula
from ..schemas.methods import AssessmentParameters

#: Bytes of a file of JSON.
LARGEST = 10_000_000


@dataclass(frozen=True)
class MethodFile:
    """``source``: what of it was published and what is ours."""

    title: str
    source: str
    formula: Formula


def read_method(named: str) -> MethodFile:
    """The method; raises Invalid, with the places, if there is none or it contradicts itself."""
    if named in methods.names():
        data = methods.shipped(named)
    elif Path(named).is_file():
        data = read_json(Path(named))
    else:
        known = "、".join(methods.names())
        raise Invalid(
            "method-unknown",
            f"there is no file and no shipped method {named}; shipped are: {known}",
            f"没有名为 {named} 的文件或内置办法;内置办法有:{known}",
        )
    return _checked(data if "parameters" in data else {"parameters": data}, named)


def read_json(path: Path) -> dict[str, Any]:
    """An object of JSON, its decimals as they are written; raises Invalid."""
    if path.stat().st_size > LARGEST:
        raise Invalid(
            "file-too-large",
            f"{path.name} is larger than {LARGEST:,} bytes",
            f"{path.name} 超过 {LARGEST:,} 字节",
        )
    try:
        found = json.loads(path.read_text("utf-8-sig"), parse_float=str)
    except (ValueError, RecursionError) as exc:
        said = str(exc).splitlines()[0]
        raise Invalid(
            "json-malformed",
            f"{path.name} is not JSON: {said}",
            f"{path.name} 不是 JSON:{said}",
        ) from None
    if not isinstance(found, dict):
        raise Invalid(
            "json-malformed", f"{path.name} is no JSON object", f"{path.name} 不是 JSON 对象"
        )
    return found


def _checked(data: dict[str, Any], named: str) -> MethodFile:
    try:
        parameters = AssessmentParameters().load(data["parameters"])
    except ValidationError as exc:
        errors = list(places(exc.messages, "/parameters"))
        raise Invalid(
            "method-malformed",
            f"{named} is not written as a method",
            f"{named} 不符合测评办法的写法",
            errors,
        ) from None
    return MethodFile(
        title=str(data.get("title", named)),
        source=str(data.get("source", "")),
        formula=Formula.from_data(parameters),
    )
