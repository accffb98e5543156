"""Documents as data, as text or as DOCX, by Accept."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from flask import Response, jsonify, request

from services.commons.documents import DOCX, TEXT, Document

_JSON = "application/json"
_ENDING = {_JSON: "json", TEXT: "txt", DOCX: "docx"}
_CONTENT_TYPE = {TEXT: f"{TEXT}; charset=utf-8", DOCX: DOCX}


def accepted(found: dict[str, Any], name: str) -> tuple[Response, str]:
    """What was found, with its ``document``, in the form that is wanted, and that form's ending.

    ``name``: the file's, without its ending.
    """
    kind = request.accept_mimetypes.best_match([_JSON, TEXT, DOCX], _JSON)
    if kind == _JSON:
        response = jsonify(found)
    else:
        document = Document.from_data(found["document"])
        content = document.to_text() if kind == TEXT else document.to_docx()
        response = Response(content, content_type=_CONTENT_TYPE[kind])
    response.vary.add("Accept")
    called = quote(f"{name}.{_ENDING[kind]}")
    response.headers["Content-Disposition"] = f"inline; filename*=UTF-8''{called}"
    return response, _ENDING[kind]
