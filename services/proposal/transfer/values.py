"""A stored suggestion as the row that it came from, or could come in by."""

from __future__ import annotations

from typing import Any

from ..model.suggestion import Suggestion


def own_source(jurisdiction: str) -> str:
    """The name under which this system's own suggestions go out."""
    return f"minsheng-{jurisdiction}"


def body_of(suggestion: Suggestion) -> dict[str, Any]:
    """The body by which it could have been submitted."""
    place: dict[str, Any] = {"division": suggestion.division}
    if suggestion.given_longitude is not None:
        place |= {
            "longitude": suggestion.given_longitude,
            "latitude": suggestion.given_latitude,
            "datum": suggestion.datum,
        }
    elif suggestion.longitude is not None:  # from before the sender's datum was kept
        place |= {"longitude": suggestion.longitude, "latitude": suggestion.latitude}
    return {
        "year": suggestion.year,
        "author_kind": suggestion.author_kind,
        "deputy_id": suggestion.deputy_id,
        "channel": suggestion.channel,
        "aspect": suggestion.aspect,
        "title": suggestion.title,
        "text": suggestion.text,
        "beneficiaries": suggestion.beneficiaries,
        "place": place if suggestion.division else None,
        "activity_id": suggestion.activity_id,
        "happened_on": suggestion.happened_on.isoformat(),
    }
