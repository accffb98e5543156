"""Templates of questionnaires."""

from __future__ import annotations

from services.chassis.rpc import rpc

from ..commands import templates as commands
from ..queries import templates as queries
from ..schemas import templates as schemas
from .stored import Json, Stored


class Templates(Stored):
    """Templates of questionnaires."""

    @rpc
    def draft_questionnaire_template(self, body: Json) -> Json:
        return self.store.execute(
            commands.draft_template,
            schemas.DraftTemplate,
            body,
            answer=schemas.QuestionnaireTemplate,
        )

    @rpc
    def get_questionnaire_template(self, template_id: str) -> Json:
        return self.store.read(
            queries.get_template, template_id, answer=schemas.QuestionnaireTemplate
        )

    @rpc
    def list_questionnaire_templates(self, params: Json) -> Json:
        return self.store.list(
            queries.list_templates,
            schemas.TemplateQuery,
            params,
            answer=schemas.QuestionnaireTemplate,
        )
