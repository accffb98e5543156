"""Imports of files of forms: asked for, begun, checked, finished, given up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from services.chassis.work import UnitOfWork
from services.commons.errors import NotFound, ServiceError

from ..model.answer_import import AnswerImport
from ..queries import answer_imports as queries
from .paper_forms import taking

if TYPE_CHECKING:
    from ..transfer.checking import Checked

FILE_GONE = NotFound(
    "sheet-gone", "the file is not in the store; send it again", "文件已不在存储中,请重新上传"
)
WRITER_ENDED = {
    "code": "writer-ended",
    "zh": "处理该文件的进程多次异常结束",
    "en": "whatever read the file was ended several times",
}


def ask(command: dict[str, Any], uow: UnitOfWork) -> AnswerImport:
    """Note that a file in the store is to be imported."""
    audience, _ = taking(uow, command["id"])
    return uow.add(
        AnswerImport.ask(
            audience_id=audience.id,
            sha256=command["sha256"],
            size=command["size"],
            name=command["name"],
            sheet=command["sheet"],
            dry_run=command["dry_run"],
            stored=True,
            asked_by=uow.principal.subject,
            recorded_at=uow.now,
        )
    )


def ask_locally(
    uow: UnitOfWork, *, audience_id: str, sha256: str, size: int, name: str, sheet: str | None
) -> AnswerImport:
    """An operator's import of a file of her own: the one that was ended in the middle, or new."""
    audience, _ = taking(uow, audience_id)
    return queries.resumable(uow.session, audience.id, sha256) or uow.add(
        AnswerImport.ask(
            audience_id=audience.id,
            sha256=sha256,
            size=size,
            name=name,
            sheet=sheet,
            asked_by=uow.principal.subject,
            recorded_at=uow.now,
        )
    )


def next_waiting(uow: UnitOfWork) -> AnswerImport | None:
    """The next stored file; None if nothing waits.  What ended its writer too often is refused."""
    while (found := queries.next_import(uow.session, uow.now)) is not None and found.is_hopeless:
        found.refuse(WRITER_ENDED, uow.now)
        uow.session.flush()
    return found


def begin(uow: UnitOfWork, *, id_: str) -> AnswerImport:
    """Take an import in hand."""
    import_ = uow.get(AnswerImport, id_, locked=True)
    import_.begin(uow.now)
    return import_


def beat(uow: UnitOfWork, *, id_: str) -> None:
    """Say that its writer lives."""
    uow.get(AnswerImport, id_, locked=True).beat_at = uow.now


def checked(uow: UnitOfWork, *, id_: str, checked: Checked) -> AnswerImport:
    """Note what the check found."""
    import_ = uow.get(AnswerImport, id_, locked=True)
    import_.checked(rows=checked.rows, same=checked.same, report=checked.report(), at=uow.now)
    return import_


def finish(uow: UnitOfWork, *, id_: str) -> AnswerImport:
    """Note that all of it is counted."""
    import_ = uow.get(AnswerImport, id_, locked=True)
    import_.finish(uow.now)
    return import_


def refuse(uow: UnitOfWork, *, id_: str, exc: ServiceError) -> AnswerImport:
    """Note why a file cannot be imported at all."""
    import_ = uow.get(AnswerImport, id_, locked=True)
    places = [{"line": 0, "column": "-", "en": one["detail"], "zh": ""} for one in exc.errors]
    import_.refuse({"code": exc.code, "zh": exc.zh, "en": exc.en}, uow.now, places)
    return import_


def set_aside(command: dict[str, Any], uow: UnitOfWork) -> AnswerImport:
    """Give an import up; what it has counted stays counted."""
    import_ = uow.get(AnswerImport, command["id"], locked=True)
    import_.set_aside(command["reason"], uow.now)
    return import_


def forget_numbers(uow: UnitOfWork) -> int:
    """Delete some numbers of forms that were imported for audiences closed by now; how many."""
    return queries.forget_numbers(uow.session)
