"""The lists that go out as files: their columns, and how their rows are found.

No column holds what tells who a resident is: neither contacts nor pseudonyms are ever among them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from marshmallow import Schema

from services.commons.sheets import Column

from ..queries import activities, answers, candidates, deadlines, pool, projects, register
from ..queries import shortlists as shortlist_queries
from ..queries import transfers as queries
from ..schemas.activities import CollectionActivityQuery
from ..schemas.answers import AnswerQuery, KeptOverdueQuery
from ..schemas.candidates import CandidateQuery, OpinionQuery
from ..schemas.pool import PoolEntryQuery
from ..schemas.projects import SuggestedProjectQuery
from ..schemas.register import UnitQuery
from ..schemas.shortlists import ShortlistQuery
from ..schemas.suggestions import SuggestionQuery
from . import headings
from .columns import SUGGESTIONS

_PAGE = ("cursor", "limit")
Values = Callable[[Any, str], dict[str, Any]]


def _alone(row: Any, params: dict[str, Any]) -> Iterable[Any]:
    return (row,)


@dataclass(frozen=True)
class Listed:
    """One list: the schema of its filters, its columns, its query, a row's values by column.

    ``parts``: the sheet's rows that are in one row of the query, where that is not one.
    """

    title: str
    filters: Schema
    columns: Sequence[Column]
    query: Callable[[dict[str, Any]], sa.Select[Any]]
    values: Values
    parts: Callable[[Any, dict[str, Any]], Iterable[Any]] = _alone


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


def _of(names: Mapping[str, str], **written: Callable[[Any], Any]) -> Values:
    """The values of an entity, or of a row with an entity first and then more."""

    def values(row: Any, _own: str) -> dict[str, Any]:
        more = row._mapping
        found = {n: more[n] if n in more else getattr(row[0], n) for n in names}
        return found | {name: write(found[name]) for name, write in written.items()}

    return values


def _lines(ids: Iterable[str] | None) -> str:
    """Several values in one cell, a line each."""
    return "\n".join(ids or ())


def _sub_items(items: Iterable[dict[str, Any]]) -> str:
    return _lines(
        f"{item['name']} {'' if item['target'] is None else item['target']}"
        f"{item['unit_of_measure']}"
        for item in items
    )


def _yuan(by: str) -> Callable[[Iterable[dict[str, Any]]], str]:
    return lambda parts: _lines(f"{one[by]} {one['yuan']}" for one in parts)


def _opinion(row: dict[str, Any], _own: str) -> dict[str, Any]:
    answer = row.get("answer") or {}
    said = {"answer": "text", "adopted": "adopted", "answered_on": "happened_on"}
    found = {name: row.get(name) for name in headings.OPINION}
    return found | {name: answer.get(key) for name, key in said.items()}


def _columns(names: Mapping[str, str]) -> tuple[Column, ...]:
    return tuple(Column(key, (title,)) for key, title in names.items())


def _listed(
    title: str,
    filters: type[Schema],
    names: Mapping[str, str],
    query: Callable[[dict[str, Any]], sa.Select[Any]],
    **written: Callable[[Any], Any],
) -> Listed:
    return Listed(title, filters(exclude=_PAGE), _columns(names), query, _of(names, **written))


LISTS: dict[str, Listed] = {
    "suggestions": Listed(
        "建议", SuggestionQuery(exclude=_PAGE), SUGGESTIONS, queries.suggestion_rows, _suggestion
    ),
    "suggested-projects": _listed(
        "建议项目", SuggestedProjectQuery, headings.PROJECT, projects.list_suggested_projects
    ),
    "candidates": _listed(
        "候选项目",
        CandidateQuery,
        headings.CANDIDATE,
        candidates.list_candidates,
        co_unit_ids=_lines,
        sources=_yuan("source"),
        years=_yuan("year"),
        sub_items=_sub_items,
    ),
    "candidate-opinions": Listed(
        "审议意见",
        OpinionQuery(exclude=_PAGE),
        _columns(headings.OPINION),
        candidates.deliberated,
        _opinion,
        candidates.opinions_of,
    ),
    "pool-entries": _listed(
        "储备项目",
        PoolEntryQuery,
        headings.POOL_ENTRY,
        pool.entry_rows,
        suggested_project_ids=_lines,
        candidate_ids=_lines,
    ),
    "shortlists": _listed(
        "候选项目清单",
        ShortlistQuery,
        headings.SHORTLIST,
        shortlist_queries.list_shortlists,
        candidate_ids=_lines,
    ),
    "answers": _listed("答复", AnswerQuery, headings.ANSWER, answers.answer_rows),
    "collection-activities": _listed(
        "征集活动", CollectionActivityQuery, headings.ACTIVITY, activities.list_activities
    ),
    "overdue": _listed(
        "逾期事项",
        KeptOverdueQuery,
        headings.DEADLINE,
        deadlines.list_overdue,
        provisional=lambda is_so: "是" if is_so else "否",
    ),
    "units": _listed("单位", UnitQuery, headings.UNIT, register.list_units),
}
