"""Questionnaires."""

from __future__ import annotations

from services.chassis.rpc import rpc

from ..commands import questionnaires as commands
from ..queries import questionnaires as queries
from ..schemas import questionnaires as schemas
from .stored import Json, Stored


class Questionnaires(Stored):
    """Questionnaires."""

    @rpc
    def draft_questionnaire(self, body: Json) -> Json:
        return self.store.execute(
            commands.draft, schemas.DraftQuestionnaire, body, answer=schemas.Questionnaire
        )

    @rpc
    def revise_questionnaire(self, questionnaire_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.revise,
            schemas.ReviseQuestionnaire,
            body,
            id=questionnaire_id,
            answer=schemas.Questionnaire,
        )

    @rpc
    def get_questionnaire(self, questionnaire_id: str) -> Json:
        asking = self.store.principal
        return self.store.read(
            queries.get_questionnaire, questionnaire_id, asking, answer=schemas.Questionnaire
        )

    @rpc
    def list_questionnaires(self, params: Json) -> Json:
        asking = self.store.principal
        return self.store.list(
            lambda asked: queries.list_questionnaires(asked, asking),
            schemas.QuestionnaireQuery,
            params,
            answer=schemas.Questionnaire(),
        )

    @rpc
    def open_questionnaire(self, questionnaire_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.open_,
            schemas.ActOnQuestionnaire,
            body,
            id=questionnaire_id,
            answer=schemas.Questionnaire,
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
