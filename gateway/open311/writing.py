"""GeoReport's documents as XML, which it demands, or JSON.

Every document is a list of flat records, under two names: ``<services><service>…``.  In JSON the
list stands alone.
"""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections.abc import Iterable
from typing import Any

from flask import Response

XML, JSON = FORMATS = ("xml", "json")
_TYPES = {XML: "text/xml; charset=utf-8", JSON: "application/json; charset=utf-8"}

Record = dict[str, Any]


def document(
    form: str, names: tuple[str, str], records: Iterable[Record], status: int = 200
) -> Response:
    """An answer that holds records; ``names``: of the list and of one record, in XML."""
    if form == JSON:
        text = json.dumps([_plain(one) for one in records], ensure_ascii=False)
    else:
        root = ET.Element(names[0])
        for record in records:
            _write(ET.SubElement(root, names[1]), record)
        text = _text(root)
    return Response(text, status=status, content_type=_TYPES[form])


def single(form: str, name: str, record: Record) -> Response:
    """An answer that is one record."""
    if form == JSON:
        text = json.dumps(_plain(record), ensure_ascii=False)
    else:
        root = ET.Element(name)
        _write(root, record)
        text = _text(root)
    return Response(text, content_type=_TYPES[form])


def errors(form: str, status: int, description: str) -> Response:
    """What is wrong, as GeoReport has it."""
    record = {"code": status, "description": description}
    return document(form, ("errors", "error"), [record], status)


def _text(root: ET.Element) -> str:
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, encoding="unicode")


def _write(element: ET.Element, record: Record) -> None:
    """A key with a list is (name of one, records); an empty element stands for nothing."""
    for name, value in record.items():
        child = ET.SubElement(element, name)
        if isinstance(value, tuple):
            for one in value[1]:
                inner = ET.SubElement(child, value[0])
                if isinstance(one, dict):
                    _write(inner, one)
                else:
                    inner.text = str(one)
        elif value is not None:
            child.text = str(value).lower() if isinstance(value, bool) else str(value)


def _plain(record: Record) -> Record:
    return {
        name: [_plain(one) if isinstance(one, dict) else one for one in value[1]]
        if isinstance(value, tuple)
        else value
        for name, value in record.items()
    }
