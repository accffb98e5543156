"""Eligibility: the checklist by which a matter is fit for collection, as data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from services.commons.errors import Conflict, Invalid


@dataclass(frozen=True)
class Finding:
    """What a checklist says: the item that refuses the matter, if one does."""

    code: str | None = None
    reason: str | None = None


def judge(content: dict[str, Any], checks: dict[str, bool] | None, *, accepting: bool) -> Finding:
    """Compare a person's answers with the rule in force.

    An item refuses when its answer is its ``refuses_when``.  Raises Invalid for an answer to what
    is not asked and, where the rule requires answers, for one that is missing on acceptance;
    Conflict on the acceptance of what an item refuses.
    """
    items = {item["code"]: item for item in content["items"]}
    given = checks or {}
    for code in given:
        if code not in items:
            raise _invalid("check-unknown", f"/checks/{code}", "is not in the checklist in force")
    for code in items.keys() - given.keys() if accepting and content["required"] else ():
        raise _invalid("check-missing", f"/checks/{code}", "is not answered")
    refusing = [item for code, item in items.items() if given.get(code) is item["refuses_when"]]
    if not refusing:
        return Finding()
    first = refusing[0]
    if accepting:
        raise Conflict(
            "not-eligible",
            f"the checklist refuses this matter by its item {first['code']}; return it",
            f"按征集资格清单不予受理:{first['reason']}",
        )
    return Finding(first["code"], first["reason"])


def reason_named(content: dict[str, Any], code: str) -> Finding:
    """A return for a reason of the checklist; Invalid if it has no such item."""
    for item in content["items"]:
        if item["code"] == code:
            return Finding(code, item["reason"])
    raise _invalid("reason-code-unknown", "/reason_code", "is not in the checklist in force")


def _invalid(code: str, pointer: str, detail: str) -> Invalid:
    return Invalid(
        code,
        f"{pointer} {detail}; GET /v1/rules/in-force?kind=eligibility",
        f"{pointer} 与现行征集资格清单不符",
        [{"pointer": pointer, "detail": detail}],
    )
