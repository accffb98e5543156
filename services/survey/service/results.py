"""What comes out: publications, requirements, comparisons, charts, files, comments."""

from __future__ import annotations

from services.chassis import database
from services.chassis.paging import PageQuery
from services.chassis.rpc import rpc
from services.chassis.store import load
from services.commons.errors import NotFound

from ..commands import comment_groups as comment_commands
from ..commands import publishing as commands
from ..queries import announced, comment_groups, comparisons, files
from ..queries import results as queries
from ..schemas import comments, results, scores
from .stored import Json, Stored


class Results(Stored):
    """What comes out."""

    @rpc
    def publish_score(self, questionnaire_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.decide,
            results.DecidePublication,
            body,
            id=questionnaire_id,
            answer=results.Publication,
        )

    @rpc
    def withdraw_publication(self, publication_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.withdraw,
            results.WithdrawPublication,
            body,
            id=publication_id,
            answer=results.Publication,
        )

    @rpc
    def get_publication(self, publication_id: str) -> Json:
        return self.store.read(queries.get_publication, publication_id, answer=results.Publication)

    @rpc
    def get_published_score(self, publication_id: str) -> Json:
        return self.store.read(
            announced.get_published_score, publication_id, answer=scores.PublishedScore
        )

    @rpc
    def list_publications(self, questionnaire_id: str, params: Json) -> Json:
        return self.store.list(
            lambda asked: queries.list_publications(asked, questionnaire_id),
            PageQuery,
            params,
            answer=results.Publication(),
        )

    @rpc
    def list_requirements(self, questionnaire_id: str, params: Json) -> Json:
        return self.store.list(
            lambda asked: queries.list_requirements(asked, questionnaire_id),
            PageQuery,
            params,
            answer=results.Requirement(),
        )

    @rpc
    def get_requirement(self, requirement_id: str) -> Json:
        return self.store.read(queries.get_requirement, requirement_id, answer=results.Requirement)

    @rpc
    def get_score(self, questionnaire_id: str) -> Json:
        return self.store.read(
            announced.get_score,
            questionnaire_id,
            self.store.principal,
            self.store.keys,
            answer=scores.Score,
        )

    @rpc
    def get_score_explanation(self, questionnaire_id: str) -> Json:
        return self.store.read(
            announced.get_explanation,
            questionnaire_id,
            self.store.context.principal,
            answer=scores.ScoreExplanation,
        )

    @rpc
    def get_comparison(self, questionnaire_id: str) -> Json:
        return self.store.read(
            comparisons.get_comparison,
            questionnaire_id,
            self.store.principal,
            answer=results.Comparison,
        )

    @rpc
    def list_score_charts(self, questionnaire_id: str) -> Json:
        return self.store.read(
            comparisons.list_charts,
            questionnaire_id,
            self.store.principal,
            answer=results.ChartTitles,
        )

    @rpc
    def get_score_chart(self, questionnaire_id: str, key: str) -> Json:
        asking = self.store.principal
        found = database.in_transaction(
            self.store.engine,
            lambda session: comparisons.get_chart(session, questionnaire_id, key, asking),
            reading=True,
        )
        if found is None:
            raise NotFound("chart-unknown", "this score has no such chart", "该测评没有此图表")
        return found

    @rpc
    def get_score_tables(self, questionnaire_id: str) -> Json:
        asking, keys = self.store.principal, self.store.keys
        return database.in_transaction(
            self.store.engine,
            lambda session: files.tables_of(session, questionnaire_id, asking, keys),
            reading=True,
        )

    @rpc
    def list_comment_groups(self, questionnaire_id: str, params: Json) -> Json:
        asked = load(comments.CommentQuery, params)
        return database.in_transaction(
            self.store.engine,
            lambda session: comment_groups.list_groups(session, questionnaire_id, asked),
            reading=True,
        )

    @rpc
    def release_comment(self, questionnaire_id: str, body: Json) -> Json:
        return self.store.execute(
            comment_commands.release,
            comments.ReleaseComment,
            body,
            id=questionnaire_id,
            answer=comments.ReleasedComment,
        )

    @rpc
    def withdraw_comment(self, comment_id: str, body: Json) -> Json:
        return self.store.execute(
            comment_commands.withdraw,
            comments.WithdrawComment,
            body,
            id=comment_id,
            answer=comments.ReleasedComment,
        )

    @rpc
    def list_published_comments(self, questionnaire_id: str, params: Json) -> Json:
        asked = load(PageQuery, params)
        asking = self.store.principal
        return database.in_transaction(
            self.store.engine,
            lambda session: comment_groups.list_released(session, questionnaire_id, asked, asking),
            reading=True,
        )
