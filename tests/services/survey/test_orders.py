"""Whatever is done in whatever order: an accepted answer counts once, and the records agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from services.chassis.secretbox import keys_of
from services.commons.aggregate import new_id
from services.commons.errors import Conflict
from services.survey.queries.integrity import findings
from services.survey.service import SurveyService

from ...harness import Harness
from .cycle import (
    CLOSES,
    DEPUTY,
    DRAFTED,
    adopted_method,
    audience_body,
    form,
    hear_deputy,
    hear_project,
    questionnaire_body,
)
from .records import kept, tallies

GRADES = ("satisfied", "basically-satisfied", "dissatisfied", None)
KINDS: tuple[dict[str, Any], ...] = ({}, {"kind": "named"}, {"kind": "named", "replaceable": True})
places = st.integers(0, 3)


class Assessment(RuleBasedStateMachine):
    """One questionnaire; beside it what must have been counted."""

    def __init__(self, survey: Harness, deputies: list[str], method: str) -> None:
        super().__init__()
        self.survey, self.deputies = survey, deputies
        self.id = survey.call("draft_questionnaire", questionnaire_body(method))["id"]
        self.state, self.version = "draft", 1
        self.audiences: list[dict[str, Any]] = []
        self.states: dict[str, str] = {}
        self.answers: dict[str, dict[str, str | None]] = {}
        self.sent: list[tuple[str, str, dict[str, Any], str]] = []

    @rule(kind=st.sampled_from(KINDS))
    @precondition(lambda self: len(self.audiences) < 3)
    def add(self, kind: dict[str, Any]) -> None:
        """Add an audience; not to a closed one."""
        added = self._tried(
            self.state != "closed", "add_audience", self.id, audience_body(group="g", **kind)
        )
        if added:
            self.audiences.append(added)
            self.states[added["id"]], self.answers[added["id"]] = "draft", {}

    @rule()
    def open(self) -> None:
        """Open all at once."""
        may = self.state == "draft" and bool(self.audiences)
        if self._tried(may, "open_questionnaire", self.id, {"happened_on": DRAFTED}):
            self.state = "open"
            self.states = dict.fromkeys(self.states, "open")

    @rule(place=places)
    def open_one(self, place: int) -> None:
        """Open one that was added later."""
        if audience := self._at(place):
            may = self.state == "open" and self.states[audience["id"]] == "draft"
            day = {"happened_on": "2023-12-01"}
            if self._tried(may, "open_audience", audience["id"], day):
                self.states[audience["id"]] = "open"

    @rule()
    def revise(self) -> None:
        """Change the form; not once somebody has answered."""
        answered = any(self.answers.values())
        body = {"title": "改名(合成)", "happened_on": "2023-12-01"}
        if self._tried(
            self.state != "closed" and not answered, "revise_questionnaire", self.id, body
        ):
            self.version += 1

    @rule(place=places, who=places, grade=st.sampled_from(GRADES), old=st.booleans())
    def answer(self, place: int, who: int, grade: str | None, old: bool) -> None:
        """Answer, perhaps to an old version of the form, perhaps again."""
        audience = self._at(place)
        if not audience or self.state == "draft":
            return
        shown = self.survey.call("get_questionnaire", self.id)
        body = form(shown, grade) | {"form_version": self.version - old or 1}
        id_, deputy = audience["id"], self.deputies[who]
        again = deputy in self.answers[id_]
        may = (
            self.states[id_] == "open"
            and body["form_version"] == self.version
            and (audience["replaceable"] or not again)
        )
        key = new_id()
        if self._tried(may, "answer_questionnaire", id_, body, subject=deputy, key=key):
            self.answers[id_][deputy] = grade
            self.sent.append((id_, deputy, body, key))

    @rule(place=st.integers(0, 50))
    def repeat(self, place: int) -> None:
        """A request that was answered comes once more, at any later time."""
        if self.sent:
            id_, deputy, body, key = self.sent[place % len(self.sent)]
            again = self._tried(True, "answer_questionnaire", id_, body, subject=deputy, key=key)
            assert again == {"accepted": True}

    @rule(place=places)
    def close_one(self, place: int) -> None:
        """Close one audience on its last day."""
        if audience := self._at(place):
            id_ = audience["id"]
            may = self.states[id_] == "open"
            if self._tried(may, "close_audience", id_, {"happened_on": CLOSES}):
                self.states[id_] = "closed"

    @rule()
    @precondition(lambda self: len(self.sent) > 2)
    def close(self) -> None:
        """Close everything."""
        may = self.state == "open"
        if self._tried(may, "close_questionnaire", self.id, {"happened_on": CLOSES}):
            self.state = "closed"
            closed = {id_: "closed" for id_, state in self.states.items() if state == "open"}
            self.states |= closed

    @invariant()
    def every_accepted_answer_counts_once(self) -> None:
        """In the counts, on the roll, and in the named rows."""
        rolls = {row["audience_id"]: row["answered"] for row in kept(self.survey, "rolls")}
        named = Counter(row["audience_id"] for row in kept(self.survey, "named_answers"))
        for audience in self.audiences:
            id_, given = audience["id"], self.answers[audience["id"]]
            if self.states[id_] == "draft":
                continue
            (tally,) = tallies(self.survey, id_)
            expected = Counter(grade for grade in given.values() if grade is not None)
            assert tally["returned"] == len(given)
            assert all(+Counter(count) == expected for count in tally["counts"].values())
            assert {one for one, answered in rolls[id_].items() if answered} == given.keys()
            assert named[id_] == (len(given) if audience["kind"] == "named" else 0)

    def teardown(self) -> None:
        """Nothing contradicts itself in the end."""
        with sa.orm.Session(self.survey.engine) as session:
            assert findings(session, self.id, keys_of(self.survey.settings)) == []

    def _at(self, place: int) -> dict[str, Any] | None:
        return self.audiences[place % len(self.audiences)] if self.audiences else None

    def _tried(self, may: bool, method: str, *args: Any, **how: Any) -> Any:
        roles = DEPUTY if method == "answer_questionnaire" else ("clerk", "recorder")
        try:
            answered = self.survey.call(method, *args, roles=roles, **how)
        except Conflict:
            assert not may, method
            return None
        assert may, method
        return answered


def test_every_order_of_doing_things(serve: Callable[[Any], Harness]) -> None:
    """Drafting, opening, revising, answering, replacing, repeating and closing, in any order."""
    survey = serve(SurveyService)
    hear_project(survey)
    deputies, method = [hear_deputy(survey) for _ in range(4)], adopted_method(survey)
    run_state_machine_as_test(
        lambda: Assessment(survey, deputies, method),  # type: ignore[arg-type]
        settings=settings(
            max_examples=20,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
