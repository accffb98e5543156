"""How figures of a score are read: the one place that knows how they are written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Score = dict[str, Any]
Figure = dict[str, Any] | None


def percent(figure: Figure) -> float | None:
    """As it is printed, for tables and charts."""
    return None if figure is None or figure.get("percent") is None else float(figure["percent"])


def groups(score: Score) -> list[dict[str, Any]]:
    """Who was asked; the score itself where it has no groups."""
    named: list[dict[str, Any]] = score.get("groups") or []
    return named or [
        {
            "group": score.get("audience", "all-deputies"),
            "name": score.get("audience", "all-deputies"),
            "sampling": "census",
            "eligible": score["eligible"],
            "returned": score["returned"],
            "items": score["items"],
        }
    ]


def headline(one: dict[str, Any]) -> Figure:
    """The figure that a line, a project or the whole is known by: weighed, or the method's rate."""
    return one.get("composite") or one.get(one.get("measure", "top1"))


def scored(score: Score) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Each group with each of its lines; a line has its name and kind, whoever was asked."""
    lines = {item["item_id"]: item for item in score["items"]}
    described = ("project_id", "kind", "name", "former_year", "measure")
    for group in groups(score):
        for item in group["items"]:
            line = lines.get(item["item_id"], {})
            yield group, {name: line[name] for name in described if name in line} | item


def grades(parameters: dict[str, Any]) -> dict[str, str]:
    """The names of the grades, by default those of the marks."""
    named: dict[str, str] = parameters.get("grade_names", {})
    return options(parameters) | named


def options(parameters: dict[str, Any]) -> dict[str, str]:
    """The method's marks and their names, in its order."""
    return {one["code"]: one["name_zh"] for one in parameters["options"]}
