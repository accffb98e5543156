"""The evaluation of supervision."""

from __future__ import annotations

from services.chassis.rpc import rpc

from ..queries.evaluation import evaluate
from ..schemas import evaluation as schemas
from .stored import Json, Stored

#: Who sees what every deputy did; a deputy sees what she did, others no deputy at all.
_SEES_ALL = frozenset({"clerk", "secretariat", "auditor"})


class Evaluation(Stored):
    """The evaluation of supervision."""

    @rpc
    def evaluate_supervision(self, params: Json) -> Json:
        asked = self.store.asked(schemas.EvaluationQuery, params)
        asking = self.store.principal
        return self.store.read(
            evaluate,
            asked["year"],
            self.store.settings.jurisdiction,
            asked.get("as_of") or asked["today"],
            asked["today"],
            None if asking.roles & _SEES_ALL else {asking.subject},
            answer=schemas.SupervisionEvaluation,
        )
