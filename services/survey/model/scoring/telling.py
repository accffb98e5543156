"""What the event of a publication says of a score: exact values, without how they were made."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

Data = dict[str, Any]

_RATES = ("top1", "top2", "mean")
_LINE = ("item_id", "project_id", "kind", "name", "former_year")
_GROUP = ("group", "name", "weight", "sampling", "eligible", "present", "issued", "returned")
_CONSEQUENCE = (
    "of",
    "item_id",
    "project_id",
    "item_kind",
    "name",
    "measure",
    "value",
    "percent",
    "below",
    "inclusive",
    "grade",
    "times",
    "then",
)


def as_told(data: Data) -> Data:
    """The event's part of a score's data."""
    eligible = {} if data["eligible"] is None else {"eligible": data["eligible"]}
    return eligible | {
        "returned": data["returned"],
        "items": [_item(one) for one in data["items"]],
        "groups": [
            _chosen(group, _GROUP) | {"items": [_grouped(one) for one in group["items"]]}
            for group in data["groups"]
        ],
        "projects": [
            _chosen(one, ("project_id", "name")) | _outcome(one) for one in data["projects"]
        ],
        "overall": data["overall"] and _outcome(data["overall"]),
        "consequences": [_chosen(one, _CONSEQUENCE) for one in data["consequences"]],
    }


def _item(item: Data) -> Data:
    changed: Data = {}
    if "adjusted" in item:
        changed = _chosen(item, ("counted_grade", "look_backs"))
        changed["adjusted"] = {name: _value(one) for name, one in item["adjusted"].items()}
    return (
        _chosen(item, _LINE)
        | _chosen(item, ("counts", "denominator", "grade"))
        | {name: _value(item[name]) for name in (*_RATES, "composite")}
        | changed
    )


def _grouped(item: Data) -> Data:
    return (
        _chosen(item, ("item_id", "counts", "denominator", "grade"))
        | {name: _value(item[name]) for name in _RATES}
        | _sureness(item)
    )


def _sureness(item: Data) -> Data:
    if "bounds" in item:
        found = item["bounds"]
        told: Data = {end: _value(found[end]) for end in ("low", "high")}
        return {"bounds": {"measure": found["measure"]} | told}
    if "interval" in item:
        found = item["interval"]
        told = {end: float(Fraction(found[end]["value"])) for end in ("low", "high")}
        told["confidence"] = str(found["confidence"])
        return {"interval": {"measure": found["measure"]} | told}
    return {}


def _outcome(one: Data) -> Data:
    return {
        "measure": one["measure"],
        "composite": _value(one["composite"]),
        "grade": one["grade"],
    }


def _chosen(data: Data, names: tuple[str, ...]) -> Data:
    return {name: data[name] for name in names if name in data}


def _value(figure: Data | None) -> str | None:
    return None if figure is None else figure["value"]
