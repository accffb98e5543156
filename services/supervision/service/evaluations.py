"""Evaluations of projects and appraisals of units."""

from __future__ import annotations

from services.chassis.rpc import rpc

from ..commands import evaluations as commands
from ..model.evaluation import Evaluation
from ..model.observed import PROJECT, UNIT
from ..queries import evaluations as queries
from ..queries.reading import one
from ..schemas import evaluations as schemas
from .stored import Json, Stored


class Evaluations(Stored):
    """Evaluations of projects and appraisals of units."""

    @rpc
    def evaluate_project(self, body: Json) -> Json:
        return self.store.execute(
            commands.evaluate_project, schemas.EvaluateProject, body, answer=schemas.Evaluation
        )

    @rpc
    def appraise_unit(self, body: Json) -> Json:
        return self.store.execute(
            commands.appraise_unit, schemas.AppraiseUnit, body, answer=schemas.Evaluation
        )

    @rpc
    def get_evaluation(self, evaluation_id: str) -> Json:
        return self.store.read(one(Evaluation), evaluation_id, answer=schemas.Evaluation)

    @rpc
    def get_evaluation_records(self, evaluation_id: str) -> Json:
        return self.store.read(one(Evaluation), evaluation_id, answer=schemas.ResultRecords)

    @rpc
    def list_evaluations(self, params: Json) -> Json:
        return self.store.list(
            queries.list_results(PROJECT),
            schemas.EvaluationQuery,
            params,
            answer=schemas.Evaluation,
        )

    @rpc
    def list_appraisals(self, params: Json) -> Json:
        return self.store.list(
            queries.list_results(UNIT), schemas.AppraisalQuery, params, answer=schemas.Evaluation
        )

    @rpc
    def get_evaluation_series(self, params: Json) -> Json:
        asked = self.store.asked(schemas.ProjectSeriesQuery, params)
        return self.store.read(
            queries.series_of, PROJECT, asked["project_id"], answer=schemas.ResultSeries
        )

    @rpc
    def get_appraisal_series(self, params: Json) -> Json:
        asked = self.store.asked(schemas.UnitSeriesQuery, params)
        return self.store.read(
            queries.series_of, UNIT, asked["unit_id"], answer=schemas.ResultSeries
        )

    @rpc
    def preview_evaluation(self, params: Json) -> Json:
        asked = self.store.asked(schemas.ProjectPreviewQuery, params)
        on = asked.get("on") or asked["today"]
        return self.store.read(
            queries.preview_of_project, asked["project_id"], on, answer=schemas.ResultOfRule
        )

    @rpc
    def preview_appraisal(self, params: Json) -> Json:
        asked = self.store.asked(schemas.UnitPreviewQuery, params)
        on = asked.get("on") or asked["today"]
        return self.store.read(
            queries.preview_of_unit,
            asked["unit_id"],
            asked["year"],
            on,
            answer=schemas.ResultOfRule,
        )

    @rpc
    def list_measures(self) -> Json:
        return self.store.read(queries.measures, answer=schemas.Measures)
