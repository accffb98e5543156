"""Audiences and their answers."""

from __future__ import annotations

from services.chassis.rpc import rpc

from ..commands import answering
from ..commands import audiences as commands
from ..queries import audiences as queries
from ..schemas import answers, forms
from ..schemas import audiences as schemas
from .stored import Json, Stored

#: The same for everybody: it says nothing of the answer.
ACCEPTED = {"accepted": True}


class Audiences(Stored):
    """Audiences and their answers."""

    @rpc
    def add_audience(self, questionnaire_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.add, schemas.AddAudience, body, id=questionnaire_id, answer=schemas.Audience
        )

    @rpc
    def list_audiences(self, questionnaire_id: str) -> Json:
        return self.store.read(
            queries.list_audiences,
            questionnaire_id,
            self.store.principal,
            answer=schemas.Audiences,
        )

    @rpc
    def get_audience(self, audience_id: str) -> Json:
        asking = self.store.principal
        return self.store.read(queries.get_audience, audience_id, asking, answer=schemas.Audience)

    @rpc
    def open_audience(self, audience_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.open_, schemas.OpenAudience, body, id=audience_id, answer=schemas.Audience
        )

    @rpc
    def close_audience(self, audience_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.close, schemas.CloseAudience, body, id=audience_id, answer=schemas.Audience
        )

    @rpc
    def get_audience_form(self, audience_id: str) -> Json:
        return self.store.read(queries.get_form, audience_id, answer=forms.AudienceForm)

    @rpc
    def answer_questionnaire(self, audience_id: str, body: Json) -> Json:
        return self.store.execute(
            answering.answer,
            answers.AnswerQuestionnaire,
            body,
            id=audience_id,
            answer=answers.AnswerAccepted,
            secret=ACCEPTED,
        )

    @rpc
    def get_participation(self, audience_id: str) -> Json:
        return self.store.read(queries.get_participation, audience_id, answer=schemas.Participation)

    @rpc
    def get_outstanding(self, audience_id: str) -> Json:
        return self.store.read(queries.get_outstanding, audience_id, answer=schemas.Outstanding)
