"""``/a/{audience}``: the page on which people answer a questionnaire (测评作答页).

It is the same for everybody: whom the answer comes from stands in the address's fragment
(``#link=…``, ``#token=…``, ``#bearer=…``), which browsers send to no server, so it is in no log.
"""

from __future__ import annotations

from functools import cache
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
    return _shown("page.html")


def asset(name: str) -> Response:
    """Its style and its scripts."""
    if name == "page.html" or name not in _files():
        abort(404)
    return _shown(name)


@cache
def _files() -> dict[str, bytes]:
    files = resources.files(__name__).iterdir()
    return {one.name: one.read_bytes() for one in files if _kind(one.name) in _TYPES}


def _kind(name: str) -> str:
    return name.rpartition(".")[2]


def _shown(name: str) -> Response:
    kind = _TYPES[_kind(name)]
    response = Response(_files()[name], content_type=f"{kind}; charset=utf-8")
    response.headers["Content-Security-Policy"] = _POLICY
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response
