"""An assessment over HTTP: what is public, what is not, and bodies that are too large."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pytest

from deploy.local.system import System
from tests.desk import Desk
from tests.services.survey import cycle

#: A congress and a year of these tests' own.
CONGRESS, YEAR = "330182", 2031


@pytest.fixture(scope="module")
def desk(system: System) -> Desk:
    """The gateway; an opening waits for what survey has still to hear of."""
    return Desk(system, ("open_questionnaire",))


@pytest.fixture(scope="module")
def deputy(desk: Desk) -> str:
    """A deputy of the congress, whose register has no others."""
    return cycle.hear_deputy(desk, congress=CONGRESS)


@pytest.fixture(scope="module")
def questionnaire(desk: Desk, deputy: str) -> dict[str, Any]:
    """Open to all deputies."""
    project = cycle.hear_project(desk, year=YEAR)
    opened = cycle.opened(desk, {"closes_on": "2099-12-31"}, year=YEAR, congress=CONGRESS)
    assert opened["items"][0]["name"] == project["name"]
    return opened


def test_the_form_is_public_and_the_participation_is_not(
    desk: Desk, questionnaire: dict[str, Any]
) -> None:
    """Who may answer, and who may know how many have."""
    audience = questionnaire["audience_id"]
    status, body = desk.insist("GET", f"/v1/audiences/{audience}/form")
    assert (status, json.loads(body)["form_version"]) == (200, 1)
    for part in ("participation", "outstanding"):
        status, _ = desk.insist("GET", f"/v1/audiences/{audience}/{part}")
        assert status == 401
        status, _ = desk.ask(f"get_{part}", audience, roles=("deputy", "government"))
        assert status == 403


def test_ten_megabytes_of_text_are_refused_and_nothing_is_counted(
    desk: Desk, questionnaire: dict[str, Any], deputy: str
) -> None:
    """Before anything of it is read; the deputy can still answer."""
    audience, roles = questionnaire["audience_id"], cycle.DEPUTY
    body = cycle.form(questionnaire, "satisfied")
    large = body | {"answers": [*body["answers"], {"question": "why", "value": "长" * 3_400_000}]}
    status, problem = desk.ask("answer_questionnaire", audience, large, roles=roles, subject=deputy)
    assert (status, problem["type"]) == (413, "/problems/body-too-large")
    key = str(uuid.uuid4())
    for _ in range(2):
        status, answered = desk.ask(
            "answer_questionnaire", audience, body, roles=roles, subject=deputy, key=key
        )
        assert (status, answered) == (201, {"accepted": True})
    assert desk.call("get_participation", audience)["returned"] == 1
    status, problem = desk.ask("answer_questionnaire", audience, body, roles=roles, subject=deputy)
    assert (status, problem["type"]) == (409, "/problems/already-answered")


def test_nobody_without_a_token_answers_as_a_deputy(
    desk: Desk, questionnaire: dict[str, Any]
) -> None:
    """The route is public for those who answer by a link; a roll is not."""
    body = json.dumps(cycle.form(questionnaire, "satisfied")).encode()
    headers = {"Content-Type": "application/json", "Idempotency-Key": str(uuid.uuid4())}
    path = f"/v1/audiences/{questionnaire['audience_id']}/answers"
    status, _ = desk.insist("POST", path, body, headers)
    assert status == 403
