"""After the closing, and after each night, no stamp of the database belongs to a single answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.orm import Session

from services.chassis.store import BoundStore
from services.survey import nightly
from services.survey.queries.integrity import findings
from services.survey.service import SurveyService

from ...harness import Harness
from .cycle import DRAFTED, close, hear_project
from .sampled import answer, drafted, drawn, links, opened
from .test_unlinkable import TEXT, Dump, dump, plain

AGES = ("18-59", "over-60")
QUESTIONS: list[dict[str, Any]] = [
    {
        "code": "age",
        "kind": "choice",
        "text": TEXT,
        "options": [{"code": code, "text": TEXT} for code in AGES],
        "required": True,
        "stratum": True,
    },
    {"code": "grade", "kind": "grade", "per": "item", "text": TEXT},
    {"code": "why", "kind": "text", "text": TEXT},
]
#: What an answer changes according to what it says.
TOLD = ("cell_tallies", "comment_pages", "quota_counts")


@pytest.fixture
def survey(serve: Callable[[Any], Harness]) -> Harness:
    """The service, which has heard of a project with two sub-items."""
    harness = serve(SurveyService)
    hear_project(harness)
    return harness


def asked(survey: Harness) -> dict[str, Any]:
    """Twenty households, of whom the third alone is old, and the fifth alone writes something."""
    quotas = [{"when": {"age": "over-60"}, "at_most": 9}]
    draft, audience = drafted(survey, channel="invitation", sampling="sample", quotas=quotas)
    revision = {"questions": QUESTIONS, "happened_on": DRAFTED}
    survey.call("revise_questionnaire", draft["id"], revision)
    survey.call("use_sample", audience["id"], {"drawing_id": drawn(survey)["id"]})
    questionnaire = opened(survey, draft, audience)
    for n, token in enumerate(links(survey, questionnaire).values(), start=1):
        lines = [
            {"question": "grade", "item_id": item["item_id"], "value": "satisfied"}
            for item in questionnaire["items"]
        ]
        age = {"question": "age", "value": AGES[n == 3]}
        why = {"question": "why", "value": "(合成)路灯不亮" if n == 5 else None}
        answer(survey, questionnaire, "satisfied", token=token, answers=[age, *lines, why])
    return questionnaire


def stamps(found: Dump) -> set[Any]:
    """Which transactions wrote what answers change last; empty on SQLite, which has no stamps."""
    return {row["xmin"] for table in TOLD for row in found[table] if "xmin" in row}


def settled(survey: Harness, before: Dump) -> bool:
    """Whether nothing but the stamps changed, and one is on all, which is no answer's."""
    after = dump(survey)
    answers = {row.get("xmin") for row in before["idempotency"]}
    same = all(rows(before, table) == rows(after, table) for table in TOLD)
    return same and len(stamps(after)) <= 1 and not stamps(after) & answers


def rows(found: Dump, table: str) -> list[str]:
    """The rows of a table without what the database adds, in an order of their own."""
    return sorted(map(str, plain(found, table)))


def test_at_the_closing_all_records_get_one_stamp(survey: Harness) -> None:
    """Before it the cell of the only old one bears the stamp of her key; afterwards none does."""
    questionnaire = asked(survey)
    before = dump(survey)
    if survey.engine.dialect.name == "postgresql":
        assert len(stamps(before)) > 1
        assert stamps(before) & {row["xmin"] for row in before["idempotency"]}
    close(survey, questionnaire)
    assert settled(survey, before)
    store = BoundStore(survey.engine, survey.metadata, survey.settings)
    with Session(survey.engine) as session:
        assert findings(session, questionnaire["id"], store.keys) == []


def test_every_night_the_records_of_open_audiences_get_one(survey: Harness) -> None:
    """And answers go on being counted."""
    questionnaire = asked(survey)
    before = dump(survey)
    nightly.restamp(BoundStore(survey.engine, survey.metadata, survey.settings))
    assert settled(survey, before)
    shown = survey.call("get_participation", questionnaire["audience_id"])
    assert shown["returned"] == 20
