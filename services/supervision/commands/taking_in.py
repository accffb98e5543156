"""What a matter is when it comes in: its kind and class, its place, its photos."""

from __future__ import annotations

import datetime as dt
from typing import Any

from services.chassis.work import UnitOfWork
from services.commons.errors import Invalid
from services.commons.location import located

from ..model.matter import GENERAL, Matter
from ..queries.rules import in_force
from . import photos

Json = dict[str, Any]


def begun(command: Json, uow: UnitOfWork) -> Json:
    """The fields of a matter out of the body of its command, but for its photos."""
    fields = {name: value for name, value in command.items() if name not in ("photos", "place")}
    class_ = class_of(uow, command["kind"], command["happened_on"])
    return fields | located(command["place"]) | {"class_": class_}


def class_of(uow: UnitOfWork, kind: str | None, day: dt.date) -> str:
    """Whether a kind is general or major; Invalid unless the rule of that day has it."""
    if kind is None:
        return GENERAL
    with uow.session.no_autoflush:
        content = in_force(uow.session, "matters", day).content
    found = next((one for one in content if one["code"] == kind), None)
    if found is None:
        raise Invalid(
            "kind-unknown",
            f"the rule in force has no kind {kind}",
            f"现行规则没有类别 {kind}",
            [{"pointer": "/kind", "detail": "is not in the rule matters"}],
        )
    return str(found["class"])


def attach_photos(uow: UnitOfWork, matter: Matter, given: list[Json]) -> None:
    """Attach the photos with which it came in."""
    photos.attach(
        uow,
        given,
        subject_kind=matter.register,
        subject_id=matter.id,
        project_id=matter.project_id,
        happened_on=matter.happened_on,
    )
