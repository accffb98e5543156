"""Files of forms that were filled in elsewhere: a template, imports, what came of them."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any

from flask import Response, current_app, request
from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint

from services.chassis.paging import PageQuery
from services.commons import sheets
from services.survey.schemas import offline as schemas

from ..resource import call, created, listed, operation, shown
from ..uploads import Upload, check_digest

blueprint = Blueprint("answer-imports", __name__, description="批量导入 Files of forms")

_AUDIENCE = "/audiences/<uuid:audience_id>"
_IMPORT = "/answer-imports/<uuid:import_id>"
_ANY = "application/octet-stream"
_PIECE = 1024 * 1024


@operation(
    blueprint,
    "GET",
    f"{_AUDIENCE}/import-template",
    query=schemas.TemplateQuery,
    gives=[sheets.MEDIA_TYPES[kind] for kind in schemas.TEMPLATE_FORMATS],
)
def get_import_template(query: dict[str, Any], audience_id: Any) -> ResponseReturnValue:
    """Get a sheet with the columns of an audience's forms, to be filled in."""
    found = call("survey", "get_import_template", str(audience_id))
    kind = query.get("format", "xlsx")
    columns = [sheets.Column(one["key"], (one["title"],)) for one in found["columns"]]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"template.{kind}"
        with sheets.writer(kind, path, columns, title="测评表"):
            pass
        content = path.read_bytes()
    response = Response(content, content_type=sheets.MEDIA_TYPES[kind])
    response.headers["Content-Disposition"] = f'attachment; filename="forms.{kind}"'
    return response


@operation(
    blueprint,
    "POST",
    f"{_AUDIENCE}/answer-imports",
    takes=[*sheets.MEDIA_TYPES.values(), _ANY],
    query=schemas.ImportQuery,
    answer=schemas.AnswerImport,
    status=201,
)
def import_answers(upload: Upload, query: dict[str, Any], audience_id: Any) -> ResponseReturnValue:
    """Send a file of forms (CSV, XLSX, NDJSON); its state tells when it is imported.

    It lies in the store until that is done, and no longer.
    """
    check_digest(request.headers.get("Content-Digest", ""), upload)
    sha256 = upload.digest.hex()
    body = {
        "sha256": sha256,
        "size": upload.size,
        "name": query.get("name", "sheet.csv"),
        "sheet": query.get("sheet"),
        "dry_run": query.get("dry_run") == "true",
    }
    found = call("survey", "import_answers", str(audience_id), body)
    # Only now, so that nothing is left of a file that is refused; who imports it waits for it.
    _keep(current_app.config["files"], f"sheets/{audience_id}/{sha256}", upload)
    return created(found, "/v1/answer-imports/{id}")


@operation(
    blueprint,
    "GET",
    f"{_AUDIENCE}/answer-imports",
    query=PageQuery,
    answer=schemas.AnswerImport,
    many=True,
)
def list_answer_imports(query: dict[str, Any], audience_id: Any) -> ResponseReturnValue:
    """List the imports into an audience."""
    return listed(call("survey", "list_answer_imports", str(audience_id), query))


@operation(blueprint, "GET", _IMPORT, answer=schemas.AnswerImport)
def get_answer_import(import_id: Any) -> ResponseReturnValue:
    """Show how far an import is, and its report row by row."""
    return shown(call("survey", "get_answer_import", str(import_id)))


@operation(
    blueprint,
    "POST",
    f"{_IMPORT}/setting-aside",
    body=schemas.ExplainOffline,
    answer=schemas.AnswerImport,
)
def set_answer_import_aside(body: dict[str, Any], import_id: Any) -> ResponseReturnValue:
    """Give an unfinished import up with a reason; what it has counted stays counted."""
    return shown(call("survey", "set_answer_import_aside", str(import_id), body))


def _keep(files: Any, key: str, upload: Upload) -> None:
    """Copy what arrived to a file with a name, which the store wants."""
    descriptor, name = tempfile.mkstemp()
    path = Path(name)
    try:
        upload.file.seek(0)
        with os.fdopen(descriptor, "wb") as copy:
            while piece := upload.file.read(_PIECE):
                copy.write(piece)
        files.keep(key, path)
    finally:
        path.unlink(missing_ok=True)
