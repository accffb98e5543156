"""Personal data in free text (个人信息), found by its form: what must not be made public.

Only what has a form is found: numbers of telephones, identity cards, bank cards, plates, mail
addresses.  Names and addresses have none; for them people read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

#: What stands where something was struck out.
STRUCK = "■■■"

_DIGITS = {ord("\uff10") + n: str(n) for n in range(10)} | {ord("\uff0b"): "+", ord("\uff0d"): "-"}
_GAP = r"[-\s·.]?"
_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
#: In this order: a longer number is not taken for a shorter one inside it.
_FORMS = (
    ("identity-card", "身份证号码", re.compile(r"(?<!\d)[1-9]\d{16}[\dXx](?!\d)")),
    ("bank-card", "银行卡号", re.compile(rf"(?<!\d)[3-9]\d{{3}}(?:{_GAP}\d{{4}}){{3,4}}(?!\d)")),
    (
        "mobile",
        "手机号码",
        re.compile(rf"(?<!\d)(?:\+?86{_GAP})?1[3-9]\d(?:{_GAP}\d{{4}}){{2}}(?!\d)"),
    ),
    ("telephone", "电话号码", re.compile(r"(?<!\d)\(?0\d{2,3}\)?[-\s]?[2-9]\d{6,7}(?!\d)")),
    ("e-mail", "电子邮箱", re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)),
    (
        "plate",
        "车牌号码",
        re.compile(rf"[{_PROVINCES}][A-HJ-NP-Z]·?[A-HJ-NP-Z0-9]{{5,6}}(?![A-Za-z0-9])"),
    ),
)


@dataclass(frozen=True)
class Personal:
    """One place in a text; ``kind``: its code, ``name_zh``: in words."""

    kind: str
    name_zh: str
    start: int
    end: int


def personal(text: str) -> list[Personal]:
    """Where personal data stands in a text, in order, no two over each other."""
    # Each wide digit is one character, so the places are those of the text itself.
    plain = text.translate(_DIGITS)
    found: list[Personal] = []
    for kind, name, form in _FORMS:
        for match in form.finditer(plain):
            if all(match.end() <= one.start or one.end <= match.start() for one in found):
                found.append(Personal(kind, name, match.start(), match.end()))
    return sorted(found, key=lambda one: one.start)


def struck(text: str) -> str:
    """The text with all of it struck out."""
    for one in reversed(personal(text)):
        text = text[: one.start] + STRUCK + text[one.end :]
    return text
