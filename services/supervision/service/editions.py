"""Editions of the annual report, and the meeting's opinions on one."""

from __future__ import annotations

from services.chassis.rpc import rpc
from services.chassis.store import load

from ..commands import editions as commands
from ..model.report.edition import Edition
from ..model.report.opinion import ReportOpinion
from ..queries import editions as queries
from ..queries.reading import one
from ..schemas import editions as schemas
from .stored import Json, Stored


class Editions(Stored):
    """Editions of the annual report, and the meeting's opinions on one."""

    @rpc
    def draft_edition(self, body: Json) -> Json:
        return self.store.execute(
            commands.draft_edition,
            schemas.DraftEditionOfYear,
            body,
            answer=schemas.Edition,
        )

    @rpc
    def get_edition(self, edition_id: str) -> Json:
        return self.store.read(one(Edition), edition_id, answer=schemas.Edition)

    @rpc
    def get_edition_document(self, edition_id: str) -> Json:
        return self.store.read(one(Edition), edition_id, answer=schemas.EditionDocument)

    @rpc
    def list_editions(self, params: Json) -> Json:
        return self.store.list(
            queries.list_editions,
            schemas.EditionsOfYearQuery,
            params,
            answer=schemas.EditionBrief,
        )

    @rpc
    def get_edition_differences(self, edition_id: str, params: Json) -> Json:
        return self.store.read(
            queries.differences,
            edition_id,
            self.store.settings.jurisdiction,
            load(schemas.DifferenceQuery, params).get("against"),
            answer=schemas.EditionDifferences,
        )

    @rpc
    def submit_edition(self, edition_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.submit_edition,
            schemas.SubmitEdition,
            body,
            id=edition_id,
            answer=schemas.EditionBrief,
        )

    @rpc
    def withdraw_edition(self, edition_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.withdraw_edition,
            schemas.WithdrawEdition,
            body,
            id=edition_id,
            answer=schemas.EditionBrief,
        )

    @rpc
    def deliberate_edition(self, edition_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.deliberate_edition,
            schemas.DeliberateEdition,
            body,
            id=edition_id,
            answer=schemas.EditionBrief,
        )

    @rpc
    def issue_report_opinion(self, body: Json) -> Json:
        return self.store.execute(
            commands.issue_report_opinion,
            schemas.IssueReportOpinion,
            body,
            answer=schemas.ReportOpinion,
        )

    @rpc
    def get_report_opinion(self, opinion_id: str) -> Json:
        return self.store.read(one(ReportOpinion), opinion_id, answer=schemas.ReportOpinion)

    @rpc
    def list_report_opinions(self, params: Json) -> Json:
        return self.store.list(
            queries.list_report_opinions,
            schemas.ReportOpinionQuery,
            params,
            answer=schemas.ReportOpinion,
        )

    @rpc
    def answer_report_opinion(self, opinion_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.answer_report_opinion,
            schemas.AnswerReportOpinion,
            body,
            id=opinion_id,
            answer=schemas.ReportOpinion,
        )

    @rpc
    def vote_on_answers(self, opinion_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.vote_on_answers,
            schemas.VoteOnAnswers,
            body,
            id=opinion_id,
            answer=schemas.ReportOpinion,
        )

    @rpc
    def close_report_opinion(self, opinion_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.close_report_opinion,
            schemas.CloseReportOpinion,
            body,
            id=opinion_id,
            answer=schemas.ReportOpinion,
        )
