"""The meeting's opinions on a report (审议意见), and what the units answer."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint

from services.supervision.schemas import editions as schemas

from ..resource import call, created, listed, operation, shown

blueprint = Blueprint(
    "report_opinions", __name__, description="审议意见 Issued, answered, voted on, closed"
)


@operation(
    blueprint,
    "POST",
    "/report-opinions",
    body=schemas.IssueReportOpinion,
    answer=schemas.ReportOpinion,
    status=201,
)
def issue_report_opinion(body: dict[str, Any]) -> ResponseReturnValue:
    """Record an opinion of the meeting; each unit's clock starts."""
    return created(call("supervision", "issue_report_opinion", body), "/v1/report-opinions/{id}")


@operation(
    blueprint,
    "GET",
    "/report-opinions",
    query=schemas.ReportOpinionQuery,
    answer=schemas.ReportOpinion,
    many=True,
)
def list_report_opinions(query: dict[str, Any]) -> ResponseReturnValue:
    """List the opinions on reports by day."""
    return listed(call("supervision", "list_report_opinions", query))


@operation(blueprint, "GET", "/report-opinions/<uuid:opinion_id>", answer=schemas.ReportOpinion)
def get_report_opinion(opinion_id: Any) -> ResponseReturnValue:
    """Show an opinion with its answers and votes."""
    return shown(call("supervision", "get_report_opinion", str(opinion_id)))


@operation(
    blueprint,
    "POST",
    "/report-opinions/<uuid:opinion_id>/answers",
    body=schemas.AnswerReportOpinion,
    answer=schemas.ReportOpinion,
)
def answer_report_opinion(body: dict[str, Any], opinion_id: Any) -> ResponseReturnValue:
    """Answer what became of it (研究处理情况), as a unit."""
    return shown(call("supervision", "answer_report_opinion", str(opinion_id), body))


@operation(
    blueprint,
    "POST",
    "/report-opinions/<uuid:opinion_id>/votes",
    body=schemas.VoteOnAnswers,
    answer=schemas.ReportOpinion,
)
def vote_on_answers(body: dict[str, Any], opinion_id: Any) -> ResponseReturnValue:
    """Record the vote on the answers: satisfied, or the units answer again."""
    return shown(call("supervision", "vote_on_answers", str(opinion_id), body))


@operation(
    blueprint,
    "POST",
    "/report-opinions/<uuid:opinion_id>/closing",
    body=schemas.CloseReportOpinion,
    answer=schemas.ReportOpinion,
)
def close_report_opinion(body: dict[str, Any], opinion_id: Any) -> ResponseReturnValue:
    """Close an answered opinion without a vote, with a reason."""
    return shown(call("supervision", "close_report_opinion", str(opinion_id), body))
