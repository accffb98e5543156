"""Unified social credit codes (统一社会信用代码, GB 32100-2015)."""

from __future__ import annotations

from stdnum.cn import uscc
from stdnum.exceptions import ValidationError


def warnings(code: str | None) -> list[dict[str, str]]:
    """What is doubtful about a code, ``{code, zh, en}`` each; nothing for none.

    A failing one is warned of and not refused: registers hold codes that were issued wrongly.
    """
    if code is None:
        return []
    try:
        uscc.validate(code)
    except ValidationError:
        return [
            {
                "code": "credit-code-doubtful",
                "zh": f"统一社会信用代码 {code} 未通过校验(GB 32100-2015),请核对",
                "en": f"the unified social credit code {code} fails its check (GB 32100-2015)",
            }
        ]
    return []
