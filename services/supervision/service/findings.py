"""Findings of visits, check-ins, and who took part."""

from __future__ import annotations

from services.chassis.rpc import rpc

from ..commands import findings as commands
from ..commands.photos import with_photos
from ..model.finding import Finding
from ..queries import findings as queries
from ..queries.organisation import list_participants
from ..queries.reading import one
from ..schemas import findings as schemas
from ..schemas.meetings import Participant, ParticipantQuery, TakePart
from .stored import Json, Stored


class Findings(Stored):
    """Findings of visits, check-ins, and who took part."""

    @rpc
    def join_visit(self, visit_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.join_visit, TakePart, body, id=visit_id, answer=Participant
        )

    @rpc
    def list_visit_participants(self, visit_id: str, params: Json) -> Json:
        return self.store.list(
            list_participants(visit_id), ParticipantQuery, params, answer=Participant
        )

    @rpc
    def note_finding(self, visit_id: str, body: Json) -> Json:
        return self.store.execute(
            with_photos(commands.note_finding, body, self.store.files),
            schemas.NoteFinding,
            body,
            id=visit_id,
            answer=schemas.Finding,
        )

    @rpc
    def get_finding(self, finding_id: str) -> Json:
        return self.store.read(one(Finding), finding_id, answer=schemas.Finding)

    @rpc
    def list_findings(self, params: Json) -> Json:
        return self.store.list(
            queries.list_findings, schemas.FindingQuery, params, answer=schemas.Finding
        )

    @rpc
    def link_finding(self, finding_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.link_finding,
            schemas.LinkFinding,
            body,
            id=finding_id,
            answer=schemas.Finding,
        )

    @rpc
    def check_in(self, body: Json) -> Json:
        return self.store.execute(
            with_photos(commands.check_in, body, self.store.files),
            schemas.MakeCheckIn,
            body,
            answer=schemas.CheckIn,
        )

    @rpc
    def get_check_in(self, check_in_id: str) -> Json:
        return self.store.read(
            queries.check_in_for, check_in_id, self._own(), answer=schemas.CheckIn
        )

    @rpc
    def list_check_ins(self, params: Json) -> Json:
        return self.store.list(
            queries.list_check_ins(self._own()),
            schemas.CheckInQuery,
            params,
            answer=schemas.CheckIn,
        )

    @rpc
    def get_turnout(self, params: Json) -> Json:
        asked = self.store.asked(schemas.TurnoutQuery, params)
        return self.store.read(queries.turnout, asked, answer=schemas.Turnout)

    @rpc
    def get_online_participation(self, params: Json) -> Json:
        asked = self.store.asked(schemas.ParticipationQuery, params)
        return self.store.read(queries.participation, asked, answer=schemas.OnlineParticipation)

    def _own(self) -> str | None:
        """Whose check-ins who asks may see: her own, or for the office and audit everybody's."""
        principal = self.store.principal
        return None if principal.roles & {"clerk", "auditor"} else principal.subject
