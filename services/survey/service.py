"""The nameko service: calls and events, each parsed, passed on and answered."""

from __future__ import annotations

from typing import Any

from services.chassis.cloudevents import Event
from services.chassis.messaging import subscribe
from services.chassis.paging import PageQuery
from services.chassis.rpc import rpc
from services.chassis.store import Store

from . import commands, queries, readers, schemas
from .tables import metadata

Json = dict[str, Any]

#: The same for everybody: it says nothing of the answer.
ACCEPTED = {"accepted": True}


class SurveyService:
    """Satisfaction assessment (满意度测评)."""

    name = "survey"
    store = Store(metadata)

    @rpc
    def draft_assessment_method(self, body: Json) -> Json:
        return self.store.execute(
            commands.draft_method,
            schemas.DraftAssessmentMethod,
            body,
            answer=schemas.AssessmentMethod,
        )

    @rpc
    def adopt_assessment_method(self, method_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.adopt_method,
            schemas.AdoptAssessmentMethod,
            body,
            id=method_id,
            answer=schemas.AssessmentMethod,
        )

    @rpc
    def get_assessment_method(self, method_id: str) -> Json:
        return self.store.read(queries.get_method, method_id, answer=schemas.AssessmentMethod)

    @rpc
    def list_assessment_methods(self, params: Json) -> Json:
        return self.store.list(
            queries.list_methods, PageQuery, params, answer=schemas.AssessmentMethod
        )

    @rpc
    def open_questionnaire(self, body: Json) -> Json:
        return self.store.execute(
            commands.open_questionnaire,
            schemas.OpenQuestionnaire,
            body,
            answer=schemas.Questionnaire,
        )

    @rpc
    def get_questionnaire(self, questionnaire_id: str) -> Json:
        return self.store.read(
            queries.get_questionnaire, questionnaire_id, answer=schemas.Questionnaire
        )

    @rpc
    def list_questionnaires(self, params: Json) -> Json:
        return self.store.list(
            queries.list_questionnaires,
            schemas.QuestionnaireQuery,
            params,
            answer=schemas.Questionnaire,
        )

    @rpc
    def answer_questionnaire(self, questionnaire_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.answer,
            schemas.AnswerQuestionnaire,
            body,
            id=questionnaire_id,
            answer=schemas.AnswerAccepted,
            secret=ACCEPTED,
        )

    @rpc
    def close_questionnaire(self, questionnaire_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.close,
            schemas.ActOnQuestionnaire,
            body,
            id=questionnaire_id,
            answer=schemas.Questionnaire,
        )

    @rpc
    def publish_score(self, questionnaire_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.publish,
            schemas.ActOnQuestionnaire,
            body,
            id=questionnaire_id,
            answer=schemas.Questionnaire,
        )

    @rpc
    def get_score(self, questionnaire_id: str) -> Json:
        asking = self.store.context.principal
        return self.store.read(queries.get_score, questionnaire_id, asking, answer=schemas.Score)

    @subscribe("ballot", "deputy.enrolled.v1")
    def on_deputy_enrolled(self, event: Event) -> bool:
        return self.store.handle(event, readers.DeputyEnrolled, commands.hear_deputy)

    @subscribe("supervision", "project.adopted.v1")
    def on_project_adopted(self, event: Event) -> bool:
        return self.store.handle(event, readers.ProjectAdopted, commands.hear_project)

    @subscribe("supervision", "look-back.recorded.v1")
    def on_look_back_recorded(self, event: Event) -> bool:
        return self.store.handle(event, readers.LookBackRecorded, commands.hear_look_back)
