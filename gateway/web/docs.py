"""``/docs``: the API as a page that needs no other host."""

from __future__ import annotations

from html import escape
from typing import Any

from flask import current_app

_STYLE = """
body{font:16px/1.6 system-ui,sans-serif;max-width:62rem;margin:2rem auto;padding:0 1rem;color:#222}
code{background:#f3f3f3;padding:.1em .3em;border-radius:3px}
table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.35rem .6rem;
border-bottom:1px solid #ddd;vertical-align:top}.m{font-weight:600;width:4rem}
@media(prefers-color-scheme:dark){body{background:#181818;color:#ddd}code{background:#333}}
"""


def specification() -> dict[str, Any]:
    """The OpenAPI document of the application at hand."""
    api = current_app.extensions["flask-smorest"]["apis"][""]["ext_obj"]
    found: dict[str, Any] = api.spec.to_dict()
    return found


def page() -> str:
    """The operations by resource, from the OpenAPI document itself."""
    spec = specification()
    groups: dict[str, list[str]] = {}
    for path, item in spec["paths"].items():
        for method, operation in item.items():
            if isinstance(operation, dict) and "operationId" in operation:
                tag = operation.get("tags", ["-"])[0]
                groups.setdefault(tag, []).append(_row(method, path, operation))
    sections = "".join(
        f"<h2>{escape(tag)}</h2><table>{''.join(rows)}</table>" for tag, rows in groups.items()
    )
    return (
        '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>民生 Minsheng API</title>'
        f"<style>{_STYLE}</style><h1>民生 Minsheng API</h1>"
        f"<p>{escape(spec['info']['description'])}</p>"
        '<p><a href="/openapi.json">openapi.json</a> (OpenAPI 3.1)</p>'
        f"{sections}</html>"
    )


def _row(method: str, path: str, operation: dict[str, Any]) -> str:
    who = "" if operation.get("security") else "公开 public"
    return (
        f'<tr><td class="m">{method.upper()}</td><td><code>{escape(path)}</code></td>'
        f"<td>{escape(operation.get('summary', ''))}</td><td>{who}</td></tr>"
    )
