"""The lists that go out as files: their columns, and how their rows are found.

No column holds what tells who a resident is: neither contacts nor pseudonyms are ever among them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from marshmallow import Schema

from services.commons.sheets import Column

from ..queries import candidates, projects, register
from ..queries import transfers as queries
from ..schemas.candidates import CandidateQuery
from ..schemas.projects import SuggestedProjectQuery
from ..schemas.register import UnitQuery
from ..schemas.suggestions import SuggestionQuery
from .columns import SUGGESTIONS

_PAGE = ("cursor", "limit")


@dataclass(frozen=True)
class Listed:
    """One list: the schema of its filters, its columns, its query, a row's values by column."""

    title: str
    filters: Schema
    columns: Sequence[Column]
    query: Callable[[dict[str, Any]], sa.Select[Any]]
    values: Callable[[Any, str], dict[str, Any]]


def _suggestion(row: Any, own: str) -> dict[str, Any]:
    values = dict(row._mapping)
    if values["source"] is None:
        values |= {"source": own, "source_id": values["id"]}
    wgs84 = values["longitude"], values["latitude"]
    values["wgs84_longitude"], values["wgs84_latitude"] = wgs84
    # As they were given, in the datum that stands beside them, so that they come in the same again.
    given = values.pop("given_longitude"), values.pop("given_latitude")
    if given[0] is not None:
        values["longitude"], values["latitude"] = given
    return values


def _entity(*names: str) -> Callable[[Any, str], dict[str, Any]]:
    def values(row: Any, _own: str) -> dict[str, Any]:
        return {name: getattr(row[0], name) for name in names}

    return values


def _candidate(row: Any, own: str) -> dict[str, Any]:
    values = _entity(*_CANDIDATE)(row, own)
    items = values.pop("sub_items")
    return values | {
        "sub_items": "\n".join(
            f"{item['name']} {'' if item['target'] is None else item['target']}"
            f"{item['unit_of_measure']}"
            for item in items
        )
    }


_UNIT = {"id": "编号", "name": "名称", "kind": "类别", "credit_code": "统一社会信用代码"}
_PROJECT = {
    "id": "编号",
    "year": "年度",
    "title": "标题",
    "aspect": "方面",
    "text": "内容",
    "happened_on": "日期",
}
_CANDIDATE = {
    "id": "编号",
    "year": "年度",
    "name": "名称",
    "description": "内容",
    "aspect": "方面",
    "lead_unit_id": "牵头单位编号",
    "total_yuan": "总投资(元)",
    "year_yuan": "年度投资(元)",
    "funding_source": "资金来源",
    "due_on": "完成期限",
    "sub_items": "子项",
    "happened_on": "日期",
}


def _columns(names: dict[str, str]) -> tuple[Column, ...]:
    return tuple(Column(key, (title,)) for key, title in names.items())


LISTS: dict[str, Listed] = {
    "suggestions": Listed(
        "建议", SuggestionQuery(exclude=_PAGE), SUGGESTIONS, queries.suggestion_rows, _suggestion
    ),
    "suggested-projects": Listed(
        "建议项目",
        SuggestedProjectQuery(exclude=_PAGE),
        _columns(_PROJECT),
        projects.list_suggested_projects,
        _entity(*_PROJECT),
    ),
    "candidates": Listed(
        "候选项目",
        CandidateQuery(exclude=_PAGE),
        _columns(_CANDIDATE),
        candidates.list_candidates,
        _candidate,
    ),
    "units": Listed(
        "单位", UnitQuery(exclude=_PAGE), _columns(_UNIT), register.list_units, _entity(*_UNIT)
    ),
}
