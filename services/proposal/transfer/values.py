"""A stored suggestion as the row that it came from, or could come in by."""

from __future__ import annotations

from typing import Any

from ..model.suggestion import Suggestion


def own_source(jurisdiction: str) -> str:
    """The name under which this system's own suggestions go out."""
    return f"minsheng-{jurisdiction}"


def body_of(suggestion: Suggestion) -> dict[str, Any]:
    """The body by which it could have been submitted."""
    place = {
        key: value
        for key, value in (
            ("division", suggestion.division),
            ("longitude", suggestion.longitude),
            ("latitude", suggestion.latitude),
        )
        if value is not None
    }
    return {
        "year": suggestion.year,
        "author_kind": suggestion.author_kind,
        "deputy_id": suggestion.deputy_id,
        "channel": suggestion.channel,
        "aspect": suggestion.aspect,
        "title": suggestion.title,
        "text": suggestion.text,
        "place": place or None,
        "happened_on": suggestion.happened_on.isoformat(),
    }
