"""Numbers that are a person's and so never the number of a form or of a place in a list."""

from __future__ import annotations

import re
import unicodedata

_MOBILE = r"(\+?86)?1[3-9][0-9]{9}"
#: An identity card's (GB 11643): division, day of birth, three digits and a check character.
_CARD = r"[0-9]{6}(19|20)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9X]"
_PERSONAL = re.compile(f"{_MOBILE}|{_CARD}", re.ASCII)


def is_personal(text: str) -> bool:
    """Whether a text is such a number, however it is spaced."""
    written = "".join(unicodedata.normalize("NFKC", text).split()).replace("-", "")
    return _PERSONAL.fullmatch(written.upper()) is not None
