"""Answers and deadlines."""

from __future__ import annotations

from services.chassis.paging import PageQuery
from services.chassis.rpc import rpc
from services.chassis.store import load

from ..commands import answers as commands
from ..commands import deadlines
from ..model.deadline import SORTING
from ..queries import answers as queries
from ..queries import deadlines as deadline_queries
from ..queries.reading import check_reader, check_reader_of_answer
from ..queries.unsorted import unsorted_on
from ..schemas import answers as schemas
from ..schemas import projects, suggestions
from .stored import Json, Stored


class Answers(Stored):
    """Answers and deadlines."""

    @rpc
    def answer_together(self, project_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.answer_together,
            schemas.AnswerTogether,
            body,
            id=project_id,
            answer=projects.SuggestedProject,
        )

    @rpc
    def answer_suggestion(self, suggestion_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.answer_apart,
            schemas.AnswerApart,
            body,
            id=suggestion_id,
            answer=schemas.Answer,
        )

    @rpc
    def list_answers(self, suggestion_id: str, params: Json) -> Json:
        check_reader(self.store, suggestion_id)
        query = queries.list_answers(suggestion_id)
        return self.store.list(query, PageQuery, params, answer=schemas.Answer)

    @rpc
    def judge_answer(self, answer_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.judge, schemas.JudgeAnswer, body, id=answer_id, answer=schemas.Judgement
        )

    @rpc
    def list_judgements(self, answer_id: str, params: Json) -> Json:
        check_reader_of_answer(self.store, answer_id)
        query = queries.list_judgements(answer_id)
        return self.store.list(query, PageQuery, params, answer=schemas.Judgement)

    @rpc
    def extend_deadline(self, suggestion_id: str, body: Json) -> Json:
        return self.store.execute(
            deadlines.extend,
            schemas.ExtendDeadline,
            body,
            id=suggestion_id,
            answer=suggestions.Suggestion,
        )

    @rpc
    def extend_project_deadline(self, project_id: str, body: Json) -> Json:
        return self.store.execute(
            deadlines.extend_project,
            schemas.ExtendDeadline,
            body,
            id=project_id,
            answer=projects.SuggestedProject,
        )

    @rpc
    def list_overdue(self, params: Json) -> Json:
        params = {"on": self.store.settings.today.isoformat()} | params
        if params.get("kind") == SORTING:
            return self._unsorted(params)
        return self.store.list(
            deadline_queries.list_overdue, schemas.OverdueQuery, params, answer=schemas.Deadline
        )

    def _unsorted(self, params: Json) -> Json:
        found = unsorted_on(self.store, load(schemas.OverdueQuery, params)["on"])
        page = self.store.list(found.listed, schemas.OverdueQuery, params, answer=schemas.Unsorted)
        return page | {"items": [found.as_deadline(one) for one in page["items"]]}
