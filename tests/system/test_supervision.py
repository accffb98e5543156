"""Supervision on the whole system: one walk, two races at its edge, and what was written of it."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from deploy.local.system import System
from tests.desk import Desk, rows

from .walk import NAMES, PATIENT, PHONE, PLACE, WORDS, Walk
from .written import written


@pytest.fixture(scope="module")
def walk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walk]:
    """A system of its own that tells its logs everything, after the vote."""
    chosen = {"MINSHENG_NIGHTLY": "", "MINSHENG_LOG_LEVEL": "debug", "MINSHENG_DRAIN": "1"}
    with System(tmp_path_factory.mktemp("walk"), chosen=chosen) as system:
        made = Walk(Desk(system, PATIENT))
        made.vote()
        yield made


@pytest.fixture(scope="module")
def walked(walk: Walk) -> dict[str, Any]:
    """The whole way; what each step came to."""
    return {step: getattr(walk, step)() for step in STEPS}


STEPS = ("build", "loop", "message", "look_back", "score", "grades", "edition")


def test_a_project_from_its_vote_to_the_report(walk: Walk, walked: dict[str, Any]) -> None:
    """Plan, progress, acceptance, snap, reply, judgement, confirmation, look-back, score, report.

    What one service says takes effect in the others, by way of the broker.
    """
    state, closed, score = (walked[step] for step in ("build", "loop", "score"))
    assert (state["completion"], state["accepted_on"]) == (1.0, "2023-05-12")
    assert (closed["state"], closed["confirmed_on"]) == ("closed", "2023-06-09")
    assert walked["message"]["state"] == "answered"
    assert [one["effect"] for one in score["basis"]] == ["again", "cap"]
    (ours,) = [one for one in score["items"] if one["item_id"] == walk.project]
    assert (ours["counted_grade"], ours["grade"]) == ("satisfied", "basically-satisfied")
    assert ours["look_backs"] == [walked["look_back"]]
    assert walked["grades"] == ["basically-satisfied"]
    edition = walked["edition"]
    values = {one["key"]: one["value"] for one in edition["figures"]}
    assert {key: values[key] for key in FIGURES} == FIGURES
    assert walk.desk.call("get_edition", edition["id"])["digest"] == edition["digest"]


FIGURES = {
    "supervision.projects": 2,
    "supervision.sub_items_completed_by_2023_11_30": 1,
    "supervision.snaps": 1,
    "supervision.messages.received": 1,
    "look_backs.made": 1,
}


def test_three_hundred_photos_at_once_are_refused(walk: Walk) -> None:
    """Clearly, at the place, and without a trace."""
    before = rows(walk.desk.system, "supervision", "snaps")
    shown = [{"sha256": f"{number:064x}"} for number in range(300)]
    status, problem = walk.snap(shown)
    assert (status, [one["pointer"] for one in problem["errors"]]) == (422, ["/photos"])
    assert rows(walk.desk.system, "supervision", "snaps") == before


def test_of_two_who_close_a_matter_at_the_same_moment_one_is_told(walk: Walk) -> None:
    """With and without If-Match: one closes it, the other hears that somebody was faster."""
    for version in (True, False):
        matter = walk.replied()
        seen = matter["version"] if version else None
        answers: list[tuple[int, Any]] = []
        barrier = threading.Barrier(2)

        def close(  # noqa: PLR0913
            who: dict[str, Any],
            matter: Any = matter,
            seen: int | None = seen,
            answers: list[Any] = answers,
            barrier: threading.Barrier = barrier,
        ) -> None:
            body = {"reason": WORDS, "happened_on": "2023-06-20"}
            barrier.wait()
            answers.append(
                walk.desk.ask("close_opinion", matter["id"], body, expected_version=seen, **who)
            )

        herself = {"roles": ("deputy", "recorder"), "subject": walk.deputies[0]}
        threads = [threading.Thread(target=close, args=(who,)) for who in ({}, herself)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        statuses = sorted(status for status, _ in answers)
        assert statuses[0] == 200 and statuses[1] in ((412,) if version else (409, 412)), answers
        history = walk.desk.call("get_opinion_history", matter["id"])
        assert [one["act"] for one in history["acts"]] == ["closing"]


def test_nobodys_words_contact_name_or_place_are_written_elsewhere(
    walk: Walk, walked: dict[str, Any]
) -> None:
    """Not in a log, a metric, an outbox, an event or a dead letter, whatever was said above."""
    system = walk.desk.system
    found = written(system)
    types = {json.loads(event)["type"] for event in found["events"].splitlines()}
    assert {"supervision.snap.taken.v1", "survey.score.published.v1"} <= types
    assert "operation=take_snap status=201" in found["logs"]
    places = [str(PLACE["longitude"]), str(PLACE["latitude"])]
    (snap,) = rows(system, "supervision", "snaps")
    places += [repr(snap.longitude), repr(snap.latitude)]
    for where, text in found.items():
        assert text
        for secret in (WORDS, PHONE, *NAMES, *places):
            assert secret not in text, (where, secret)
            assert json.dumps(secret).strip('"') not in text, (where, secret)
