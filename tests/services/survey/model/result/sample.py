"""A score in the shape in which it is given out; synthetic, but for Lushan's counts of 2021."""

from __future__ import annotations

from typing import Any

from ...samples import parameters

PROJECT = "c27d2f64-9f6e-4b1c-8e11-7a40d6b3f903"
SUB_ITEM = "5be0a9f8-1d2c-4c37-b6a5-2e94f01c7d04"
OPTIONS = ("satisfied", "basically-satisfied", "dissatisfied")


def method() -> dict[str, Any]:
    """The parameters by which it was scored."""
    return parameters(denominator="returned")


def rate(part: int, whole: int, name: str = "top1") -> dict[str, Any]:
    """A rate as a score has it."""
    return {
        "name": name,
        "formula": {"zh-CN": "满意 ÷ 收回", "en": "satisfied ÷ returned"},
        "part": part,
        "whole": whole,
        "value": f"{part}/{whole}",
        "percent": f"{100 * part / whole:.2f}",
        "as_of": "2023-12-10",
    }


def item(item_id: str, kind: str, name: str, *marks: int, returned: int) -> dict[str, Any]:
    """One line by its marks."""
    counts = dict(zip(OPTIONS, marks, strict=True))
    return {
        "item_id": item_id,
        "project_id": PROJECT,
        "kind": kind,
        "name": name,
        "counts": counts,
        "blank": returned - sum(marks),
        "denominator": returned,
        "shares": {code: rate(n, returned) for code, n in counts.items()},
        "top1": rate(marks[0], returned),
        "top2": rate(marks[0] + marks[1], returned, "top2"),
        "mean": None,
        "grade": "satisfied",
        "measure": "top1",
    }


def lines(*marks: tuple[int, ...], returned: int) -> list[dict[str, Any]]:
    """A project and its sub-item."""
    return [
        item(PROJECT, "project", "=老旧小区改造(合成)", *marks[0], returned=returned),
        item(SUB_ITEM, "sub-item", "加装电梯(合成)", *marks[1], returned=returned),
    ]


def score() -> dict[str, Any]:
    """Deputies as a census, and residents by an open link."""
    deputies = lines((125, 1, 0), (122, 4, 0), returned=126)
    residents = lines((30, 5, 5), (20, 10, 8), returned=40)
    return {
        "id": "3f0c1c2e-5d0b-4a55-8a46-0c2d8f3a1b01",
        "year": 2023,
        "title": "2023年度满意度测评(合成)",
        "congress": "330100",
        "method": {"id": "9a1de4c7-0b52-4f0e-9d3c-6b7f2c5e8d02", "title": "测评办法(合成)"},
        "eligible": 130,
        "returned": 126,
        "rounding": {"places": 2, "rule": "half-up"},
        "state": "published",
        "published_on": "2023-12-12",
        "as_of": "2023-12-10",
        "version": 4,
        "items": deputies,
        "groups": [
            {
                "group": "all-deputies",
                "name": "全体代表",
                "sampling": "census",
                "eligible": 130,
                "present": None,
                "issued": None,
                "returned": 126,
                "response_rate": rate(126, 130),
                "items": deputies,
            },
            {
                "group": "residents",
                "name": "居民",
                "sampling": "open",
                "eligible": None,
                "present": None,
                "issued": None,
                "returned": 40,
                "response_rate": None,
                "note": "自愿参与,不作推断",
                "items": residents,
            },
        ],
        "projects": [
            {
                "project_id": PROJECT,
                "name": "=老旧小区改造(合成)",
                "measure": "top1",
                "composite": rate(125, 126, "composite"),
                "grade": "satisfied",
            }
        ],
        "overall": {"measure": "top1", "composite": rate(123, 125, "composite"), "grade": None},
        "questions": [
            {
                "group": "residents",
                "question": "often",
                "names": {"daily": "每天"},
                "item_id": None,
                "counts": {"daily": 12},
            },
            {
                "group": "residents",
                "question": "why",
                "names": {"far": "离家远"},
                "item_id": SUB_ITEM,
                "counts": None,
            },
        ],
        "breakdowns": [
            {
                "group": "residents",
                "stratum": "age",
                "title": "您的年龄段?",
                "cells": [
                    {
                        "code": "60+",
                        "title": "60岁及以上",
                        "items": [
                            {
                                "item_id": PROJECT,
                                "question": "grade",
                                "counts": {"satisfied": 17},
                                "top1": {"part": 17, "whole": 20, "percent": "85.00"},
                                "top2": {"part": 18, "whole": 20, "percent": "90.00"},
                            }
                        ],
                    },
                    {
                        "code": "18-35",
                        "title": "18至35岁",
                        "items": [{"item_id": PROJECT, "question": "grade", "counts": None}],
                    },
                ],
            }
        ],
        "consequences": [
            {
                "of": "sub-item",
                "item_id": SUB_ITEM,
                "project_id": PROJECT,
                "item_kind": "sub-item",
                "name": "加装电梯(合成)",
                "measure": "top1",
                "value": "122/126",
                "percent": "96.83",
                "below": "99/100",
                "inclusive": False,
                "grade": "satisfied",
                "grades": [],
                "times": 1,
                "then": ["rectify", "assess-again"],
                "due_in": {"days": 60},
            }
        ],
        "notices": [{"audience": "residents", "kind": "straight-lined", "number": 3, "text": "…"}],
    }
