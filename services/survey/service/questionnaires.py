"""Questionnaires, answers, scores."""

from __future__ import annotations

from services.chassis.rpc import rpc

from ..commands import questionnaires as commands
from ..queries import questionnaires as queries
from ..schemas import questionnaires as schemas
from ..schemas import scores
from .stored import Json, Stored

#: The same for everybody: it says nothing of the answer.
ACCEPTED = {"accepted": True}


class Questionnaires(Stored):
    """Questionnaires, answers, scores."""

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
        return self.store.read(queries.get_score, questionnaire_id, asking, answer=scores.Score)
