"""Publishing a score: by a decision, at its time, once, whatever happens meanwhile."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import sqlalchemy as sa

from services.chassis.store import BoundStore
from services.commons import clock
from services.commons.canonical import digest
from services.commons.errors import Conflict, Forbidden, Invalid, NotFound
from services.survey.publishing import is_due, publish_due
from services.survey.service import SurveyService

from ...harness import Harness
from . import sampled
from .cycle import (
    AFTER,
    DRAFTED,
    answer,
    close,
    decision,
    hear_deputy,
    hear_project,
    opened,
    publish,
)

ROOT = Path(__file__).resolve().parents[3]
LATER = dt.datetime(2023, 12, 14, 2, tzinfo=dt.UTC)
STAFF = ("clerk", "secretariat", "auditor")


@pytest.fixture
def survey(serve: Callable[[Any], Harness]) -> Harness:
    """The service, which has heard of a project with two sub-items."""
    harness = serve(SurveyService)
    hear_project(harness)
    return harness


def at(monkeypatch: pytest.MonkeyPatch, moment: dt.datetime) -> None:
    """Let it be that moment."""
    monkeypatch.setattr(clock, "now", lambda: moment)


def closed(survey: Harness) -> dict[str, Any]:
    """A closed questionnaire that two deputies answered."""
    deputies = [hear_deputy(survey) for _ in range(2)]
    questionnaire = opened(survey)
    for deputy in deputies:
        answer(survey, questionnaire, deputy, "satisfied")
    return close(survey, questionnaire)


def waiting(survey: Harness, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """A decision of 12 December that waits for the 14th."""
    questionnaire = closed(survey)
    at(monkeypatch, LATER - dt.timedelta(hours=30))
    made: dict[str, Any] = survey.call(
        "publish_score", questionnaire["id"], decision(publishes_at=LATER.isoformat())
    )
    return made


def store(survey: Harness) -> BoundStore:
    """The service's store as its own processes have it."""
    return BoundStore(survey.engine, survey.metadata, survey.settings)


def readings(questionnaire_id: str) -> list[tuple[str, Any]]:
    """Every call that tells something of what came out."""
    return [
        ("get_score", (questionnaire_id,)),
        ("get_score_tables", (questionnaire_id,)),
        ("list_score_charts", (questionnaire_id,)),
        ("get_score_chart", (questionnaire_id, "grades-all-deputies")),
        ("get_comparison", (questionnaire_id,)),
        ("list_published_comments", (questionnaire_id, {})),
    ]


def test_nobody_reads_anything_before_the_closing(survey: Harness) -> None:
    """Neither a score nor a file, a chart or a comment, whatever the role."""
    deputy = hear_deputy(survey)
    questionnaire = opened(survey)
    answer(survey, questionnaire, deputy, "satisfied")
    for role in (*STAFF, "deputy", "recorder"):
        for method, args in readings(questionnaire["id"]):
            with pytest.raises(NotFound):
                survey.call(method, *args, roles=(role,))
        with pytest.raises(Conflict):
            survey.call("list_comment_groups", questionnaire["id"], {}, roles=(role,))
    with pytest.raises(Conflict):
        survey.call("publish_score", questionnaire["id"], decision())


def test_between_closing_and_publication_who_prepares_it_reads(survey: Harness) -> None:
    """The others from the publication on."""
    questionnaire = closed(survey)
    for method, args in readings(questionnaire["id"]):
        survey.call(method, *args, roles=("auditor",))
        with pytest.raises(NotFound):
            survey.call(method, *args, roles=("deputy",))
    survey.call("publish_score", questionnaire["id"], decision())
    for method, args in readings(questionnaire["id"]):
        survey.call(method, *args, roles=())
    score = survey.call("get_score", questionnaire["id"], roles=())
    told = {name: score["publication"][name] for name in ("decided_by", "reference", "decided_on")}
    assert told == {
        "decided_by": "主任会议(合成)",
        "reference": "合成〔2023〕1号",
        "decided_on": AFTER,
    }


def test_what_was_published_stays_whatever_is_counted_later(survey: Harness) -> None:
    """Score, charts, files and comparison are those of that day; a notice says what differs."""
    questionnaire = closed(survey)
    decided = survey.call("publish_score", questionnaire["id"], decision())
    before = {m: survey.call(m, *args, roles=()) for m, args in readings(questionnaire["id"])}
    steps = survey.call("get_score_explanation", questionnaire["id"], roles=())
    assert before["get_score"]["notices"] == []
    table = survey.metadata.tables["cell_tallies"]
    with survey.engine.begin() as connection:
        connection.execute(sa.update(table).values(counts={}))  # nothing can be made of it
    after = {m: survey.call(m, *args, roles=()) for m, args in readings(questionnaire["id"])}
    notices = [one["kind"] for one in after["get_score"].pop("notices")]
    assert before["get_score"].pop("notices") == [] and set(notices) == {"seal", "recomputed"}
    for name in ("get_score", "list_score_charts", "get_score_chart", "get_comparison"):
        assert after[name] == before[name]
    assert after["get_score_tables"]["counts"] == before["get_score_tables"]["counts"]
    assert survey.call("get_score_explanation", questionnaire["id"], roles=()) == steps
    kept = survey.call("get_published_score", decided["id"], roles=())
    assert kept["digest"] == digest(kept["content"]) == after["get_score"]["publication"]["digest"]


def test_a_hand_on_the_published_score_is_noticed(survey: Harness) -> None:
    """Another content does not fit the digest, another digest not the seal."""
    questionnaire = closed(survey)
    decided = survey.call("publish_score", questionnaire["id"], decision())
    kept = survey.call("get_published_score", decided["id"], roles=())
    table = survey.metadata.tables["published_scores"]
    content = kept["content"] | {"failures": {"overall": 3}}
    for values in ({"content": content}, {"content": content, "digest": digest(content)}):
        with survey.engine.begin() as connection:
            connection.execute(sa.update(table).values(**values))
        score = survey.call("get_score", questionnaire["id"], roles=())
        assert [one["kind"] for one in score["notices"]] == ["published-touched", "recomputed"]


def test_nothing_is_kept_of_what_is_not_published(
    survey: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A decision that waits has no content yet, for nobody."""
    made = waiting(survey, monkeypatch)
    with pytest.raises(NotFound, match="score-not-published"):
        survey.call("get_published_score", made["id"], roles=("auditor",))


def test_a_score_waits_for_its_time(survey: Harness, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before it nothing is public; at it all is, with the civil day of that instant."""
    made = waiting(survey, monkeypatch)
    assert (made["state"], made["published_on"]) == ("waiting", None)
    publish_due(store(survey))
    with pytest.raises(NotFound):
        survey.call("get_score", made["questionnaire_id"], roles=())
    assert survey.events("score.published.v1") == []
    at(monkeypatch, LATER)
    publish_due(store(survey))
    publish_due(store(survey))
    score = survey.call("get_score", made["questionnaire_id"], roles=())
    assert (score["state"], score["published_on"]) == ("published", "2023-12-14")
    assert survey.call("get_publication", made["id"])["state"] == "published"
    assert len(survey.events("score.published.v1")) == 1


def test_the_leading_replica_starts_it_when_it_is_due(
    survey: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not before the time, not by another replica, and not again."""
    waiting(survey, monkeypatch)

    def leads(leading: bool) -> Any:
        return SimpleNamespace(engine=survey.engine, relay=SimpleNamespace(leading=leading))

    assert not is_due(leads(True))
    at(monkeypatch, LATER)
    assert is_due(leads(True)) and not is_due(leads(False))
    publish_due(store(survey))
    assert not is_due(leads(True))


def test_several_at_once_publish_once(survey: Harness, monkeypatch: pytest.MonkeyPatch) -> None:
    """Replicas that all find it due, at the same moment."""
    waiting(survey, monkeypatch)
    at(monkeypatch, LATER)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: publish_due(store(survey)), range(4)))
    assert len(survey.events("score.published.v1")) == 1


def test_it_is_withdrawn_before_its_time_and_not_after(
    survey: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a reason; another decision may follow, and all of them can be read."""
    made = waiting(survey, monkeypatch)
    with pytest.raises(Conflict):
        survey.call("publish_score", made["questionnaire_id"], decision())
    body = {"reason": "数据待核(合成)", "happened_on": "2023-12-12"}
    gone = survey.call("withdraw_publication", made["id"], body)
    assert (gone["state"], gone["withdrawal_reason"]) == ("withdrawn", "数据待核(合成)")
    at(monkeypatch, LATER)
    publish_due(store(survey))
    assert survey.events("score.published.v1") == []
    again = survey.call("publish_score", made["questionnaire_id"], decision())
    assert again["state"] == "published"
    with pytest.raises(Conflict):
        survey.call("withdraw_publication", again["id"], body)
    with pytest.raises(Conflict):
        survey.call("publish_score", made["questionnaire_id"], decision())
    listed = survey.call("list_publications", made["questionnaire_id"], {})["items"]
    assert {one["state"] for one in listed} == {"withdrawn", "published"}


def test_days_must_be_in_order(survey: Harness) -> None:
    """A decision before the closing, a time before the decision, a late record without the role."""
    questionnaire = closed(survey)
    for changed in (
        {"happened_on": "2023-12-09"},
        {"publishes_at": "2023-12-11T00:00:00+08:00"},
    ):
        with pytest.raises(Invalid):
            survey.call("publish_score", questionnaire["id"], decision(**changed))
    with pytest.raises(Forbidden):
        survey.call("publish_score", questionnaire["id"], decision(), roles=("clerk",))
    assert survey.events("score.published.v1") == []


def test_killed_at_any_moment_it_is_published_once(
    survey: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The real process, ended hard at several moments; the last one goes to the end."""
    made = waiting(survey, monkeypatch)
    env = os.environ | {
        "MINSHENG_SURVEY_DATABASE_URL": survey.engine.url.render_as_string(hide_password=False),
        "MINSHENG_DATA_DIR": str(survey.settings.data_dir),
        "PYTHONPATH": str(ROOT),
    }
    command = [sys.executable, "-m", "services.survey.publishing"]
    for wait in (0.7, 1.0, 1.3, 1.6):
        process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL)
        time.sleep(wait)
        process.kill()
        process.wait()
        assert len(survey.events("score.published.v1")) <= 1
    subprocess.run(command, env=env, check=True, stdout=subprocess.DEVNULL)
    assert len(survey.events("score.published.v1")) == 1
    assert survey.call("get_publication", made["id"])["state"] == "published"


def test_an_open_link_alone_is_published_without_a_base(survey: Harness) -> None:
    """Nobody knows how many may answer: the event says so and makes up no number."""
    draft, audience = sampled.drafted(survey, channel="open", sampling="open", group="residents")
    questionnaire = sampled.opened(survey, draft, audience)
    link = {"label": "公园(合成)", "happened_on": DRAFTED}
    code = survey.call("open_link", audience["id"], link)["code"]
    for _ in range(12):
        sampled.answer(survey, questionnaire, "satisfied", link=code)
    close(survey, questionnaire)
    score = publish(survey, questionnaire)
    (event,) = survey.events("score.published.v1")
    assert score["eligible"] is event.data["eligible"] is None
    assert (score["returned"], event.data["returned"]) == (12, 12)


def test_nobody_can_be_asked_to_be_nobody(survey: Harness) -> None:
    """A base of none is a mistake of the body, and not of the publication later."""
    with pytest.raises(Invalid) as refused:
        sampled.drafted(survey, channel="open", sampling="open", eligible=0)
    assert [one["pointer"] for one in refused.value.errors] == ["/eligible"]
