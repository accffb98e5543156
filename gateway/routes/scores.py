"""What comes out of an assessment (测评结果): files, charts, comparisons, publication."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint

from services.chassis.paging import PageQuery
from services.commons.charts import Chart, to_svg
from services.commons.sheets import MEDIA_TYPES, Table, to_do, to_sps, to_xlsx
from services.survey.schemas import results as schemas
from services.survey.schemas.scores import PublishedScore, ScoreExplanation

from ..resource import call, created, listed, operation, shown

SVG = "image/svg+xml"
PLAIN = "text/plain; charset=utf-8"
_CSV = "score.csv"

blueprint = Blueprint("scores", __name__, description="测评结果 What came out, and what follows")


@operation(
    blueprint,
    "POST",
    "/questionnaires/<uuid:questionnaire_id>/publication",
    body=schemas.DecidePublication,
    answer=schemas.Publication,
    status=201,
)
def publish_score(body: dict[str, Any], questionnaire_id: Any) -> ResponseReturnValue:
    """Decide that the score is published, at once or at a time that may lie ahead."""
    made = call("survey", "publish_score", str(questionnaire_id), body)
    return created(made, "/v1/publications/{id}")


@operation(
    blueprint,
    "GET",
    "/questionnaires/<uuid:questionnaire_id>/publications",
    query=PageQuery,
    answer=schemas.Publication,
    many=True,
)
def list_publications(query: dict[str, Any], questionnaire_id: Any) -> ResponseReturnValue:
    """List the decisions to publish a score, withdrawn ones too."""
    return listed(call("survey", "list_publications", str(questionnaire_id), query))


@operation(blueprint, "GET", "/publications/<uuid:publication_id>", answer=schemas.Publication)
def get_publication(publication_id: Any) -> ResponseReturnValue:
    """Show a decision to publish a score."""
    return shown(call("survey", "get_publication", str(publication_id)))


@operation(
    blueprint,
    "GET",
    "/publications/<uuid:publication_id>/content",
    answer=PublishedScore,
)
def get_published_score(publication_id: Any) -> ResponseReturnValue:
    """Show what was published by a decision, word for word, with its digest."""
    return shown(call("survey", "get_published_score", str(publication_id)))


@operation(
    blueprint,
    "POST",
    "/publications/<uuid:publication_id>/withdrawal",
    body=schemas.WithdrawPublication,
    answer=schemas.Publication,
)
def withdraw_publication(body: dict[str, Any], publication_id: Any) -> ResponseReturnValue:
    """Withdraw a decision before its time."""
    return shown(call("survey", "withdraw_publication", str(publication_id), body))


@operation(
    blueprint,
    "GET",
    "/questionnaires/<uuid:questionnaire_id>/score/explanation",
    answer=ScoreExplanation,
)
def get_score_explanation(questionnaire_id: Any) -> ResponseReturnValue:
    """Explain each step of a score in words."""
    return shown(call("survey", "get_score_explanation", str(questionnaire_id)))


@operation(
    blueprint,
    "GET",
    "/questionnaires/<uuid:questionnaire_id>/score.csv",
    gives=[MEDIA_TYPES["csv"]],
)
def get_score_csv(questionnaire_id: Any) -> ResponseReturnValue:
    """Get the counts of a score by group, line, question, option and stratum, as CSV."""
    counts = _counts(questionnaire_id)
    return _file(counts.to_csv(), MEDIA_TYPES["csv"], _CSV)


@operation(
    blueprint,
    "GET",
    "/questionnaires/<uuid:questionnaire_id>/score.xlsx",
    gives=[MEDIA_TYPES["xlsx"]],
)
def get_score_xlsx(questionnaire_id: Any) -> ResponseReturnValue:
    """Get a score as a workbook: lines, groups, projects, counts, what follows, definitions."""
    found = call("survey", "get_score_tables", str(questionnaire_id))
    book = to_xlsx(Table.from_data(one) for one in found["sheets"])
    return _file(book, MEDIA_TYPES["xlsx"], "score.xlsx")


@operation(blueprint, "GET", "/questionnaires/<uuid:questionnaire_id>/score.sps", gives=[PLAIN])
def get_score_sps(questionnaire_id: Any) -> ResponseReturnValue:
    """Get the SPSS syntax that reads score.csv with its labels."""
    counts = _counts(questionnaire_id)
    return _file(to_sps(counts, _CSV).encode(), PLAIN, "score.sps")


@operation(blueprint, "GET", "/questionnaires/<uuid:questionnaire_id>/score.do", gives=[PLAIN])
def get_score_do(questionnaire_id: Any) -> ResponseReturnValue:
    """Get the Stata do-file that reads score.csv with its labels."""
    counts = _counts(questionnaire_id)
    return _file(to_do(counts, _CSV).encode(), PLAIN, "score.do")


@operation(
    blueprint,
    "GET",
    "/questionnaires/<uuid:questionnaire_id>/comparison",
    answer=schemas.Comparison,
)
def get_comparison(questionnaire_id: Any) -> ResponseReturnValue:
    """Show a score beside earlier years, other congresses, and the assessment that it follows."""
    return shown(call("survey", "get_comparison", str(questionnaire_id)))


@operation(
    blueprint,
    "GET",
    "/questionnaires/<uuid:questionnaire_id>/charts",
    answer=schemas.ChartTitles,
)
def list_score_charts(questionnaire_id: Any) -> ResponseReturnValue:
    """List the charts of a score."""
    return shown(call("survey", "list_score_charts", str(questionnaire_id)))


@operation(
    blueprint,
    "GET",
    "/questionnaires/<uuid:questionnaire_id>/charts/<string(maxlength=100):key>.svg",
    gives=[SVG],
)
def get_score_chart(questionnaire_id: Any, key: str) -> ResponseReturnValue:
    """Get a chart as SVG, with what it shows in words for who cannot see it."""
    chart = Chart.from_data(call("survey", "get_score_chart", str(questionnaire_id), key))
    response = Response(to_svg(chart), content_type=f"{SVG}; charset=utf-8")
    response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'"
    return response


@operation(
    blueprint,
    "GET",
    "/questionnaires/<uuid:questionnaire_id>/requirements",
    query=PageQuery,
    answer=schemas.Requirement,
    many=True,
)
def list_requirements(query: dict[str, Any], questionnaire_id: Any) -> ResponseReturnValue:
    """List what follows from a published score, and how far it has come."""
    return listed(call("survey", "list_requirements", str(questionnaire_id), query))


@operation(blueprint, "GET", "/requirements/<uuid:requirement_id>", answer=schemas.Requirement)
def get_requirement(requirement_id: Any) -> ResponseReturnValue:
    """Show one of them."""
    return shown(call("survey", "get_requirement", str(requirement_id)))


def _counts(questionnaire_id: Any) -> Table:
    return Table.from_data(call("survey", "get_score_tables", str(questionnaire_id))["counts"])


def _file(content: bytes, kind: str, name: str) -> Response:
    """The answer with a file, under the name by which the syntax reads it."""
    response = Response(content, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-cache"
    return response
