"""Rectification tasks that assessments ask for."""

from __future__ import annotations

from services.chassis.cloudevents import Event
from services.chassis.messaging import subscribe
from services.chassis.rpc import rpc

from .. import readers
from ..commands import rectifications as commands
from ..commands.documents import know_file
from ..model.rectification import Rectification
from ..queries import rectifications as queries
from ..queries.reading import one
from ..schemas import rectifications as schemas
from .stored import Json, Stored


class Rectifications(Stored):
    """Rectification tasks that assessments ask for."""

    @subscribe("survey", "rectification.required.v1")
    def on_rectification_required(self, event: Event) -> bool:
        return self.store.handle(event, readers.RectificationRequired, commands.hear_required)

    @rpc
    def get_rectification(self, rectification_id: str) -> Json:
        return self.store.read(one(Rectification), rectification_id, answer=schemas.Rectification)

    @rpc
    def list_rectifications(self, params: Json) -> Json:
        return self.store.list(
            queries.list_rectifications,
            schemas.RectificationQuery,
            params,
            answer=schemas.Rectification,
        )

    @rpc
    def assign_rectification(self, rectification_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.assign_rectification,
            schemas.AssignRectification,
            body,
            id=rectification_id,
            answer=schemas.Rectification,
        )

    @rpc
    def report_rectification(self, rectification_id: str, body: Json) -> Json:
        know_file(body, self.store.files)
        return self.store.execute(
            commands.report_rectification,
            schemas.ReportRectification,
            body,
            id=rectification_id,
            answer=schemas.Rectification,
        )

    @rpc
    def return_rectification(self, rectification_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.return_rectification,
            schemas.ReturnRectification,
            body,
            id=rectification_id,
            answer=schemas.Rectification,
        )

    @rpc
    def confirm_rectification(self, rectification_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.confirm_rectification,
            schemas.ConfirmRectification,
            body,
            id=rectification_id,
            answer=schemas.Rectification,
        )

    @rpc
    def extend_rectification(self, rectification_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.extend_rectification,
            schemas.ExtendRectification,
            body,
            id=rectification_id,
            answer=schemas.Rectification,
        )
