"""What operators do and see: keys are replaced, records are checked, metrics name no person."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from cryptography.fernet import Fernet
from prometheus_client import REGISTRY, generate_latest

from services.chassis.gauges import Gauges
from services.chassis.settings import Settings
from services.chassis.store import BoundStore
from services.commons import clock
from services.survey import nightly
from services.survey.commands import sealing
from services.survey.queries.gauges import COUNTED
from services.survey.service import SurveyService

from ...harness import Harness
from .cycle import answer, close, decision, hear_deputy, hear_project, opened, publish


@pytest.fixture
def survey(serve: Callable[[Any], Harness]) -> Harness:
    """The service, which has heard of a project with two sub-items."""
    harness = serve(SurveyService)
    hear_project(harness)
    return harness


def store(survey: Harness, settings: Settings | None = None) -> BoundStore:
    """As the service's own processes have it."""
    return BoundStore(survey.engine, survey.metadata, settings or survey.settings)


def with_keys(survey: Harness, file: Path, *keys: str) -> Settings:
    """The service's settings with other keys."""
    file.write_text("\n".join(keys))
    return dataclasses.replace(survey.settings, keys=str(file))


def sample(name: str, **labels: str) -> float | None:
    """A metric of this service as it was counted last."""
    return REGISTRY.get_sample_value(f"minsheng_survey_{name}", {"service": "survey"} | labels)


def gauges(survey: Harness) -> Gauges:
    """What is counted in the database."""
    return Gauges(survey.engine, survey.settings, COUNTED)


def touch(survey: Harness, table: str, **values: Any) -> None:
    """A hand in the database."""
    with survey.engine.begin() as connection:
        connection.execute(sa.update(survey.metadata.tables[table]).values(**values))


def answered(survey: Harness) -> dict[str, Any]:
    """A questionnaire that two deputies have answered."""
    deputies = [hear_deputy(survey) for _ in range(2)]
    questionnaire = opened(survey)
    for deputy in deputies:
        answer(survey, questionnaire, deputy, "satisfied")
    return questionnaire


def test_answers_and_what_waits_are_counted(
    survey: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By channel and state; a decision whose time is over and that is not carried out shows."""
    watched = gauges(survey)
    deputies = [hear_deputy(survey) for _ in range(2)]
    questionnaire = opened(survey)
    assert watched.refresh()
    before = sample("answers", channel="roll") or 0
    for deputy in deputies:
        answer(survey, questionnaire, deputy, "satisfied")
    assert watched.refresh()
    assert sample("answers", channel="roll") == before + 2
    assert sample("audiences_open", channel="roll", state="overdue") == 1
    close(survey, questionnaire)
    monkeypatch.setattr(clock, "now", lambda: dt.datetime(2023, 12, 13, tzinfo=dt.UTC))
    later = decision(publishes_at="2023-12-14T00:00:00Z")
    survey.call("publish_score", questionnaire["id"], later)
    assert watched.refresh()
    assert sample("audiences_open", channel="roll", state="overdue") == 0
    assert sample("publications_waiting", state="waiting") == 1
    monkeypatch.setattr(clock, "now", lambda: dt.datetime(2023, 12, 15, tzinfo=dt.UTC))
    assert watched.refresh()
    assert sample("publications_waiting", state="waiting") == 0
    assert sample("publications_waiting", state="overdue") == 1
    assert sample("imports", state="refused") == 0
    page = generate_latest().decode()
    for one in (*deputies, questionnaire["id"], questionnaire["audience_id"]):
        assert one not in page


def test_the_night_finds_what_was_touched(survey: Harness) -> None:
    """Nothing at first; a changed count, and what was published of it, stand in the metrics."""
    watched = gauges(survey)
    questionnaire = answered(survey)
    close(survey, questionnaire)
    publish(survey, questionnaire)
    nightly.check_records(store(survey))
    assert watched.refresh()
    signs = ("seal", "cells", "returned", "marks", "named", "published-touched", "recomputed")
    assert [sample("records_touched", sign=sign) for sign in signs] == [0] * 7
    assert (sample("records_checked_timestamp_seconds") or 0) > 0
    touch(survey, "cell_tallies", returned=1)
    touch(survey, "published_scores", seal="0" * 64)
    nightly.check_records(store(survey))
    assert watched.refresh()
    found = [sample("records_touched", sign=sign) for sign in signs]
    assert found == [1, 0, 1, 1, 0, 1, 1]


def test_a_key_is_replaced_and_no_seal_breaks(survey: Harness, tmp_path: Path) -> None:
    """Sealed anew the old key can go; what was touched before stays noticed."""
    watched = gauges(survey)
    questionnaire = answered(survey)
    other = opened(survey)
    close(survey, questionnaire)
    publish(survey, questionnaire)
    tallies = survey.metadata.tables["cell_tallies"]
    mine = tallies.c.audience_id == other["audience_id"]
    with survey.engine.begin() as connection:
        connection.execute(sa.update(tallies).where(mine).values(returned=7))
    old = (survey.settings.data_dir / "development-keys").read_text().strip()
    new = Fernet.generate_key().decode()
    both = with_keys(survey, tmp_path / "both", new, old)
    alone = with_keys(survey, tmp_path / "alone", new)
    assert sealing.seal_all_anew(store(survey, both)) == 2
    nightly.check_records(store(survey, alone))
    assert watched.refresh()
    assert sample("records_touched", sign="published-touched") == 0
    assert sample("records_touched", sign="seal") == 1  # the touched one, and no other
    survey.settings = alone
    assert survey.call("get_score", questionnaire["id"], roles=())["notices"] == []
