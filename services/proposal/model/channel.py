"""Channels of collection, as the rule in force has them."""

from __future__ import annotations

from typing import Any

from services.commons.errors import Invalid


def channel_for(content: list[dict[str, Any]], code: str, author_kind: str) -> dict[str, Any]:
    """The channel (渠道); Invalid if the rule does not have it, or not for such authors."""
    found = next((one for one in content if one["code"] == code), None)
    if found is None:
        raise Invalid(
            "channel-unknown",
            f"there is no channel {code} on that day; GET /v1/rules/in-force?kind=channels",
            f"当日没有代码为 {code} 的征集渠道,可查询现行渠道规则",
            [{"pointer": "/channel", "detail": "is not in the list of channels"}],
        )
    if author_kind not in found["authors"]:
        raise Invalid(
            "channel-not-for-author",
            f"the channel {code} is for {', '.join(found['authors'])}",
            f"该渠道不接受此类提出人,仅限:{'、'.join(found['authors'])}",
            [{"pointer": "/channel", "detail": f"is not for {author_kind}"}],
        )
    return found
