"""Text made fit for XML: no character that XML cannot hold, no markup of its own."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

_NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def in_xml(text: str) -> str:
    """The text with what XML cannot hold replaced, for a library that escapes by itself."""
    return _NOT_XML.sub("\ufffd", text)


def escaped(text: str) -> str:
    """The same with markup escaped, also for an attribute in double quotes."""
    return escape(in_xml(text), {'"': "&quot;"})
