"""Bodies of synthetic plans."""

from __future__ import annotations

from typing import Any


def content(unit: str, item: str, **changes: Any) -> dict[str, Any]:
    """A plan's content: one unit, one sub-item of 100 that grows from March to November."""
    return {
        "due_on": "2023-11-30",
        "units": [{"unit_id": unit, "role": "lead"}],
        "targets": [{"sub_item_id": item, "target": 100}],
        "monthly": [
            {"sub_item_id": item, "month": "2023-04", "quantity": 10},
            {"sub_item_id": item, "month": "2023-08", "quantity": 60},
            {"sub_item_id": item, "month": "2023-11", "quantity": 100},
        ],
        "milestones": [{"code": "sites", "name": "(合成)选址完成", "due_on": "2023-05-31"}],
        "funds": {"total_yuan": 5_000_000, "years": [{"year": 2023, "yuan": 4_000_000}]},
        "safeguards": "(合成)资金、用地保障",
        "stages": [
            {
                "code": "first",
                "name": "(合成)第一年",
                "year": 2023,
                "goal": "(合成)建成",
                "starts_on": "2023-03-01",
                "ends_on": "2023-11-30",
            }
        ],
        "sites": [
            {
                "code": "s1",
                "name": "(合成)点位一",
                "sub_item_id": item,
                "place": {
                    "division": "330106",
                    "longitude": 120.13,
                    "latitude": 30.26,
                    "datum": "GCJ-02",
                },
            }
        ],
    } | changes
