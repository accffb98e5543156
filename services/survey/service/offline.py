"""Forms on paper, files of forms, the statement of the count."""

from __future__ import annotations

from typing import Any

from services.chassis import database
from services.chassis.paging import PageQuery
from services.chassis.rpc import rpc
from services.chassis.starter import Starter

from ..commands import answer_imports, paper_forms
from ..queries import answer_imports as import_queries
from ..queries import count_statement
from ..queries import paper_forms as queries
from ..schemas import offline as schemas
from .stored import Json, Stored


def _is_due(store: Any) -> bool:
    return database.in_transaction(store.engine, import_queries.imports_due, reading=True)


class Offline(Stored):
    """Forms on paper, and files of forms, which a process of its own imports."""

    importing = Starter("services.survey.transfer.importing", _is_due, every=1.0)

    @rpc
    def count_forms_by_hand(self, audience_id: str, body: Json) -> Json:
        return self.store.execute(
            paper_forms.count_by_hand,
            schemas.FormCounts,
            body,
            id=audience_id,
            answer=schemas.OfflineProgress,
        )

    @rpc
    def get_offline_progress(self, audience_id: str) -> Json:
        return self.store.read(queries.get_progress, audience_id, answer=schemas.OfflineProgress)

    @rpc
    def enter_paper_form(self, audience_id: str, body: Json) -> Json:
        return self.store.execute(
            paper_forms.enter,
            schemas.EnterPaperForm,
            body,
            id=audience_id,
            answer=schemas.PaperForm,
        )

    @rpc
    def list_paper_forms(self, audience_id: str, params: Json) -> Json:
        return self.store.list(
            lambda asked: queries.list_paper_forms(asked | {"audience_id": audience_id}),
            schemas.PaperFormQuery,
            params,
            answer=schemas.PaperForm(),
        )

    @rpc
    def get_paper_form(self, form_id: str) -> Json:
        keys = self.store.keys
        return self.store.read(
            queries.get_paper_form, form_id, keys, answer=schemas.ComparedPaperForm
        )

    @rpc
    def resolve_paper_form(self, form_id: str, body: Json) -> Json:
        return self._decide(paper_forms.resolve, form_id, body, schemas.ResolvePaperForm)

    @rpc
    def enter_paper_form_anew(self, form_id: str, body: Json) -> Json:
        return self._decide(paper_forms.enter_anew, form_id, body)

    @rpc
    def set_paper_form_aside(self, form_id: str, body: Json) -> Json:
        return self._decide(paper_forms.set_aside, form_id, body)

    @rpc
    def withdraw_paper_form(self, form_id: str, body: Json) -> Json:
        return self._decide(paper_forms.withdraw, form_id, body)

    @rpc
    def get_count_statement(self, audience_id: str) -> Json:
        return self.store.read(
            count_statement.get_count_statement, audience_id, answer=schemas.CountStatement
        )

    @rpc
    def get_import_template(self, audience_id: str) -> Json:
        return self.store.read(
            import_queries.get_template, audience_id, answer=schemas.ImportTemplate
        )

    @rpc
    def import_answers(self, audience_id: str, body: Json) -> Json:
        return self.store.execute(
            answer_imports.ask,
            schemas.AskForImport,
            body,
            id=audience_id,
            answer=schemas.AnswerImport,
        )

    @rpc
    def list_answer_imports(self, audience_id: str, params: Json) -> Json:
        return self.store.list(
            lambda asked: import_queries.list_imports(asked | {"audience_id": audience_id}),
            PageQuery,
            params,
            answer=schemas.AnswerImport(),
        )

    @rpc
    def get_answer_import(self, import_id: str) -> Json:
        return self.store.read(import_queries.get_import, import_id, answer=schemas.AnswerImport)

    @rpc
    def set_answer_import_aside(self, import_id: str, body: Json) -> Json:
        return self.store.execute(
            answer_imports.set_aside,
            schemas.ExplainOffline,
            body,
            id=import_id,
            answer=schemas.AnswerImport,
        )

    def _decide(
        self,
        command: Any,
        form_id: str,
        body: Json,
        schema: Any = schemas.ExplainOffline,
    ) -> Json:
        return self.store.execute(command, schema, body, id=form_id, answer=schemas.PaperForm)
