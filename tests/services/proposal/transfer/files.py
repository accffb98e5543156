"""Files for imports, all synthetic (合成)."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

HEAD = {
    "source": "来源",
    "source_id": "来源编号",
    "year": "年度",
    "author_kind": "提出人类别",
    "deputy_id": "代表编号",
    "channel": "渠道",
    "aspect": "方面",
    "title": "标题",
    "text": "内容",
    "beneficiaries": "受益人群",
    "division": "区划代码",
    "longitude": "经度",
    "latitude": "纬度",
    "datum": "坐标系",
    "round_id": "征集编号",
    "activity_id": "活动编号",
    "happened_on": "提出日期",
}


def row(number: int, **changes: Any) -> dict[str, Any]:
    """One good row."""
    return {
        "source": "合成热线",
        "source_id": f"S{number:06d}",
        "year": "2023",
        "author_kind": "群众",
        "deputy_id": "",
        "channel": "热线电话",
        "aspect": "养老",
        "title": f"增设老年食堂 {number}(合成)",
        "text": "合成文本,\n两行",
        "beneficiaries": "老人",
        "division": "330106",
        "longitude": "120.15",
        "latitude": "30.28",
        "datum": "GCJ-02",
        "round_id": "",
        "activity_id": "",
        "happened_on": "2022-11-01",
        **changes,
    }


def write(
    path: Path, rows: list[dict[str, Any]], *, head: dict[str, str] | None = None, **options: Any
) -> Path:
    """A CSV file with these rows."""
    titles = head or HEAD
    with path.open("w", encoding=options.get("encoding", "utf-8-sig"), newline="") as file:
        out = csv.writer(file)
        out.writerow(titles.values())
        out.writerows([one.get(key, "") for key in titles] for one in rows)
    return path
