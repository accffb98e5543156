"""The nameko service: calls and events, each parsed, passed on and answered."""

from __future__ import annotations

import datetime as dt
from typing import Any

from services.chassis.cloudevents import Event
from services.chassis.messaging import subscribe
from services.chassis.paging import PageQuery
from services.chassis.rpc import rpc
from services.chassis.store import Store, load
from services.commons import clock

from . import readers
from .commands import activities, hearing, opinions, projects, records
from .model.activity import Activity, Visit
from .model.group import Group
from .model.indicator import Indicator
from .model.meeting import LookBack, Meeting
from .model.opinion import Opinion, Problem
from .model.project import Project
from .model.report.definition import ReportText
from .queries import lists, reports
from .queries.lists import one
from .schemas import activities as field_schemas
from .schemas import opinions as opinion_schemas
from .schemas import projects as project_schemas
from .schemas import records as record_schemas
from .schemas import reports as report_schemas
from .tables import metadata

Json = dict[str, Any]


class SupervisionService:
    """Supervision, look-back and the annual report (监督、回头看)."""

    name = "supervision"
    store = Store(metadata)

    # Projects and their groups

    @rpc
    def get_project(self, project_id: str) -> Json:
        return self.store.read(one(Project), project_id, answer=project_schemas.Project)

    @rpc
    def list_projects(self, params: Json) -> Json:
        return self.store.list(
            lists.list_projects,
            project_schemas.YearQuery,
            params,
            answer=project_schemas.Project,
        )

    @rpc
    def report_progress(self, project_id: str, body: Json) -> Json:
        return self.store.execute(
            projects.report_progress,
            project_schemas.ReportProgress,
            body,
            id=project_id,
            answer=project_schemas.Project,
        )

    @rpc
    def form_group(self, body: Json) -> Json:
        return self.store.execute(
            projects.form_group, project_schemas.FormGroup, body, answer=project_schemas.Group
        )

    @rpc
    def get_group(self, group_id: str) -> Json:
        return self.store.read(one(Group), group_id, answer=project_schemas.Group)

    @rpc
    def list_groups(self, params: Json) -> Json:
        return self.store.list(
            lists.list_groups, project_schemas.GroupQuery, params, answer=project_schemas.Group
        )

    # Activities, visits and problems

    @rpc
    def arrange_activity(self, body: Json) -> Json:
        return self.store.execute(
            activities.arrange_activity,
            field_schemas.ArrangeActivity,
            body,
            answer=field_schemas.Activity,
        )

    @rpc
    def get_activity(self, activity_id: str) -> Json:
        return self.store.read(one(Activity), activity_id, answer=field_schemas.Activity)

    @rpc
    def list_activities(self, params: Json) -> Json:
        return self.store.list(
            lists.list_activities,
            field_schemas.ActivityQuery,
            params,
            answer=field_schemas.Activity,
        )

    @rpc
    def record_visit(self, body: Json) -> Json:
        return self.store.execute(
            activities.record_visit, field_schemas.RecordVisit, body, answer=field_schemas.Visit
        )

    @rpc
    def get_visit(self, visit_id: str) -> Json:
        return self.store.read(one(Visit), visit_id, answer=field_schemas.Visit)

    @rpc
    def list_visits(self, params: Json) -> Json:
        return self.store.list(
            lists.list_visits, field_schemas.VisitQuery, params, answer=field_schemas.Visit
        )

    @rpc
    def attend_visit(self, visit_id: str, body: Json) -> Json:
        return self.store.execute(
            activities.attend_visit,
            field_schemas.AttendVisit,
            body,
            id=visit_id,
            answer=field_schemas.Attendance,
        )

    @rpc
    def list_attendances(self, visit_id: str, params: Json) -> Json:
        return self.store.list(
            lists.list_attendances(visit_id), PageQuery, params, answer=field_schemas.Attendance
        )

    @rpc
    def record_problem(self, body: Json) -> Json:
        return self.store.execute(
            activities.record_problem,
            field_schemas.RecordProblem,
            body,
            answer=field_schemas.ProjectProblem,
        )

    @rpc
    def get_problem(self, problem_id: str) -> Json:
        return self.store.read(one(Problem), problem_id, answer=field_schemas.ProjectProblem)

    @rpc
    def list_problems(self, params: Json) -> Json:
        return self.store.list(
            lists.list_problems,
            field_schemas.ProblemQuery,
            params,
            answer=field_schemas.ProjectProblem,
        )

    # Opinions and online supervision

    @rpc
    def raise_opinion(self, body: Json) -> Json:
        return self.store.execute(
            opinions.raise_opinion,
            opinion_schemas.RaiseOpinion,
            body,
            answer=opinion_schemas.ProjectOpinion,
        )

    @rpc
    def get_opinion(self, opinion_id: str) -> Json:
        return self.store.read(one(Opinion), opinion_id, answer=opinion_schemas.ProjectOpinion)

    @rpc
    def list_opinions(self, params: Json) -> Json:
        return self.store.list(
            lists.list_opinions,
            opinion_schemas.OpinionQuery,
            params,
            answer=opinion_schemas.ProjectOpinion,
        )

    @rpc
    def handle_opinion(self, opinion_id: str, body: Json) -> Json:
        return self.store.execute(
            opinions.handle_opinion,
            opinion_schemas.HandleOpinion,
            body,
            id=opinion_id,
            answer=opinion_schemas.ProjectOpinion,
        )

    @rpc
    def reply_to_opinion(self, opinion_id: str, body: Json) -> Json:
        return self.store.execute(
            opinions.reply_to_opinion,
            opinion_schemas.ReplyToOpinion,
            body,
            id=opinion_id,
            answer=opinion_schemas.ProjectOpinion,
        )

    @rpc
    def check_online(self, body: Json) -> Json:
        return self.store.execute(
            opinions.check_online,
            opinion_schemas.CheckOnline,
            body,
            answer=opinion_schemas.OnlineCheck,
        )

    @rpc
    def list_online_checks(self, params: Json) -> Json:
        return self.store.list(
            lists.list_online_checks,
            opinion_schemas.OnlineCheckQuery,
            params,
            answer=opinion_schemas.OnlineCheck,
        )

    # Indicators, meetings, look-backs

    @rpc
    def define_indicator(self, body: Json) -> Json:
        return self.store.execute(
            records.define_indicator,
            record_schemas.DefineIndicator,
            body,
            answer=record_schemas.Indicator,
        )

    @rpc
    def get_indicator(self, indicator_id: str) -> Json:
        return self.store.read(one(Indicator), indicator_id, answer=record_schemas.Indicator)

    @rpc
    def list_indicators(self, params: Json) -> Json:
        return self.store.list(
            lists.list_indicators,
            record_schemas.IndicatorQuery,
            params,
            answer=record_schemas.Indicator,
        )

    @rpc
    def declare_indicator(self, indicator_id: str, body: Json) -> Json:
        return self.store.execute(
            records.declare_indicator,
            record_schemas.DeclareIndicator,
            body,
            id=indicator_id,
            answer=record_schemas.Indicator,
        )

    @rpc
    def record_meeting(self, body: Json) -> Json:
        return self.store.execute(
            records.record_meeting,
            record_schemas.RecordMeeting,
            body,
            answer=record_schemas.Meeting,
        )

    @rpc
    def get_meeting(self, meeting_id: str) -> Json:
        return self.store.read(one(Meeting), meeting_id, answer=record_schemas.Meeting)

    @rpc
    def list_meetings(self, params: Json) -> Json:
        return self.store.list(
            lists.list_meetings,
            record_schemas.MeetingQuery,
            params,
            answer=record_schemas.Meeting,
        )

    @rpc
    def record_look_back(self, body: Json) -> Json:
        return self.store.execute(
            records.record_look_back,
            record_schemas.RecordLookBack,
            body,
            answer=record_schemas.LookBack,
        )

    @rpc
    def get_look_back(self, look_back_id: str) -> Json:
        return self.store.read(one(LookBack), look_back_id, answer=record_schemas.LookBack)

    @rpc
    def list_look_backs(self, params: Json) -> Json:
        return self.store.list(
            lists.list_look_backs,
            record_schemas.LookBackQuery,
            params,
            answer=record_schemas.LookBack,
        )

    # The annual report

    @rpc
    def write_report_text(self, body: Json) -> Json:
        return self.store.execute(
            records.write_report_text,
            report_schemas.WriteReportText,
            body,
            answer=report_schemas.ReportText,
        )

    @rpc
    def get_report_text(self, text_id: str) -> Json:
        return self.store.read(one(ReportText), text_id, answer=report_schemas.ReportText)

    @rpc
    def list_report_texts(self, params: Json) -> Json:
        return self.store.list(
            lists.list_report_texts,
            report_schemas.ReportTextQuery,
            params,
            answer=report_schemas.ReportText,
        )

    @rpc
    def define_report(self, body: Json) -> Json:
        return self.store.execute(
            records.define_report,
            report_schemas.DefineReport,
            body,
            answer=report_schemas.ReportDefinition,
        )

    @rpc
    def list_reports(self, params: Json) -> Json:
        return self.store.list(
            lists.list_reports, PageQuery, params, answer=report_schemas.ReportDefinition
        )

    @rpc
    def get_report(self, year: int, params: Json) -> Json:
        return self.store.read(
            reports.report_of,
            year,
            self.store.settings.jurisdiction,
            self._as_of(params),
            answer=report_schemas.AnnualReport,
        )

    @rpc
    def get_report_figures(self, year: int, params: Json) -> Json:
        return self.store.read(
            reports.figures_of,
            year,
            self.store.settings.jurisdiction,
            self._as_of(params),
            answer=report_schemas.ReportFigures,
        )

    def _as_of(self, params: Json) -> dt.date:
        """The day asked for, or today."""
        asked: dt.date | None = load(report_schemas.AsOfQuery, params).get("as_of")
        return asked or clock.civil_day(clock.now(), self.store.settings.zone)

    # What the other services tell

    @subscribe("proposal", "unit.registered.v1")
    def on_unit_registered(self, event: Event) -> bool:
        return self.store.handle(event, readers.UnitRegistered, hearing.hear_unit)

    @subscribe("proposal", "suggestion.submitted.v1")
    def on_suggestion_submitted(self, event: Event) -> bool:
        return self.store.handle(event, readers.SuggestionChanged, hearing.hear_suggestion)

    @subscribe("proposal", "suggestion.sorted.v1")
    def on_suggestion_sorted(self, event: Event) -> bool:
        return self.store.handle(event, readers.SuggestionChanged, hearing.hear_suggestion)

    @subscribe("proposal", "suggestion.withdrawn.v1")
    def on_suggestion_withdrawn(self, event: Event) -> bool:
        return self.store.handle(event, readers.SuggestionChanged, hearing.hear_suggestion)

    @subscribe("proposal", "suggestion.matched.v1")
    def on_suggestion_matched(self, event: Event) -> bool:
        return self.store.handle(event, readers.SuggestionChanged, hearing.hear_suggestion)

    @subscribe("proposal", "suggested-project.distilled.v1")
    def on_suggested_project_distilled(self, event: Event) -> bool:
        return self.store.handle(
            event, readers.SuggestedProjectDistilled, hearing.hear_suggested_project
        )

    @subscribe("ballot", "deputy.enrolled.v1")
    def on_deputy_enrolled(self, event: Event) -> bool:
        return self.store.handle(event, readers.DeputyEnrolled, hearing.hear_deputy)

    @subscribe("ballot", "session.opened.v1")
    def on_session_opened(self, event: Event) -> bool:
        return self.store.handle(event, readers.SessionOpened, hearing.hear_session)

    @subscribe("ballot", "deputy.signed-in.v1")
    def on_deputy_signed_in(self, event: Event) -> bool:
        return self.store.handle(event, readers.DeputySignedIn, hearing.hear_sign_in)

    @subscribe("ballot", "result.certified.v1")
    def on_result_certified(self, event: Event) -> bool:
        return self.store.handle(event, readers.ResultCertified, hearing.hear_result)

    @subscribe("survey", "score.published.v1")
    def on_score_published(self, event: Event) -> bool:
        return self.store.handle(event, readers.ScorePublished, hearing.hear_score)
