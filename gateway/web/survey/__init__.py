"""``/a/{audience}``: the page on which people answer a questionnaire (测评作答页).

It is the same for everybody: whom the answer comes from stands in the address's fragment
(``#link=…``, ``#token=…``, ``#bearer=…``), which browsers send to no server, so it is in no log.
"""

from __future__ import annotations

from importlib import resources
from typing import Any

from flask import Response, abort, request

_TYPES = {"css": "text/css", "js": "text/javascript", "html": "text/html"}
#: Nothing of another host, nothing written into the page, no frame around it.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


def page(audience_id: Any) -> Response:
    """The page itself; what is asked it gets from the API."""
    return _file("page.html")


def asset(name: str) -> Response:
    """Its style and its scripts."""
    if name == "page.html":
        abort(404)
    return _file(name)


def _file(name: str) -> Response:
    kind = _TYPES.get(name.rpartition(".")[2])
    # A name of the list, and so none that leads elsewhere.
    if kind is None or name not in {file.name for file in resources.files(__name__).iterdir()}:
        abort(404)
    text = (resources.files(__name__) / name).read_bytes()
    response = Response(text, content_type=f"{kind}; charset=utf-8")
    response.headers["Content-Security-Policy"] = _POLICY
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response
