"""Photos that bodies name: known to be photos before the transaction, attached within it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from services.chassis.files import Files
from services.chassis.work import UnitOfWork
from services.commons.errors import Invalid

from ..model.photo import AFTER, BEFORE, Photo
from ..queries import photos as queries
from ..queries.rules import in_force
from . import likenesses
from .files import known_file

Json = dict[str, Any]
Command = Callable[[Json, UnitOfWork], Any]


def know_photos(body: Any, files: Files) -> dict[str, Json]:
    """What is known of the photos that a body names, by their hashes.

    Raises Invalid, with the place, unless each is an uploaded photo.  Called before the
    transaction, since the store of files may let others go on meanwhile.  What is no list of
    photos at all, the schema refuses.
    """
    known: dict[str, Json] = {}
    given = body.get("photos") if isinstance(body, dict) else None
    for index, one in enumerate(given if isinstance(given, list) else ()):
        sha256 = one.get("sha256") if isinstance(one, dict) else None
        if isinstance(sha256, str) and sha256 not in known:
            known[sha256] = _facts(files, sha256, f"/photos/{index}/sha256")
    return known


def with_photos(command: Command, body: Any, files: Files) -> Command:
    """The command, told what is known of the photos of its body: those ``attach`` takes.

    To be executed in the command's place: ``execute(with_photos(post, body, files), …)``.
    """
    known = know_photos(body, files)

    def informed(data: Json, uow: UnitOfWork) -> Any:
        photos = [one | known[one["sha256"]] for one in data.get("photos") or ()]
        return command(data | {"photos": photos}, uow)

    return informed


def attach(
    uow: UnitOfWork,
    photos: list[Json],
    *,
    subject_kind: str,
    subject_id: str,
    project_id: str | None,
    happened_on: dt.date,
) -> list[Photo]:
    """Attach photos, as ``with_photos`` gave them, to something that is being recorded.

    Raises Invalid: more than the rule allows, one that is there already, no such pair.
    """
    if not photos:
        return []
    with uow.session.no_autoflush:
        before = queries.photos_of(uow.session, subject_kind, [subject_id]).get(subject_id, [])
        rule = in_force(uow.session, "photos", happened_on)
        _check_count(len(before) + len(photos), rule.content["most"])
    there = {one.sha256 for one in before}
    made = []
    for index, given in enumerate(photos):
        if given["sha256"] in there:
            raise _refused(index, "sha256", "photo-there", "is there already", "这张照片已在其中")
        one = Photo.attach(
            given,
            subject_kind=subject_kind,
            subject_id=subject_id,
            project_id=project_id,
            position=len(before) + index,
            happened_on=happened_on,
            recorded_at=uow.now,
        )
        made.append(uow.add(one))
    _pair(uow, photos, made)
    likenesses.notice(uow, made, rule)
    return made


def _facts(files: Files, sha256: str, pointer: str) -> Json:
    about = known_file(files, sha256, pointer)
    if about.dhash is None:
        raise Invalid(
            "photo-none",
            "this file is no photo; send a JPEG, PNG or WEBP",
            "这个文件不是照片,请上传 JPEG、PNG 或 WEBP",
            [{"pointer": pointer, "detail": f"is a file of the kind {about.kind}"}],
        )
    return {
        "dhash": about.dhash,
        "width": about.width,
        "height": about.height,
        "exif": about.exif,
    }


def _check_count(count: int, most: int) -> None:
    if count > most:
        raise Invalid(
            "photos-too-many",
            f"at most {most} photos may be attached here; these would be {count}",
            f"此处最多附 {most} 张照片,现为 {count} 张",
            [{"pointer": "/photos", "detail": f"are more than {most}"}],
        )


def _pair(uow: UnitOfWork, photos: list[Json], made: list[Photo]) -> None:
    """Tie each photo that shows it after to the one before."""
    for index, (given, one) in enumerate(zip(photos, made, strict=True)):
        if given.get("pair") is None:
            continue
        if one.role != AFTER:
            raise _refused(
                index,
                "pair",
                "pair-of-other",
                "only a photo after has one",
                "只有整改后的照片才能配对",
            )
        here = [other for other in made if (other.sha256, other.role) == (given["pair"], BEFORE)]
        with uow.session.no_autoflush:
            found = here or queries.taken_before(uow.session, given["pair"], one)
        if not found:
            en, zh = "is no photo before", "没有这张整改前的照片"
            raise _refused(index, "pair", "pair-unknown", en, zh)
        one.before_id = found[0].id


def _refused(index: int, field: str, code: str, detail: str, zh: str) -> Invalid:
    place = [{"pointer": f"/photos/{index}/{field}", "detail": detail}]
    return Invalid(code, f"photo {index + 1}: {field} {detail}", zh, place)
