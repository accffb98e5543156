"""The closed loop of opinions and problems: its steps, and what it shows."""

from __future__ import annotations

from typing import Any

from services.chassis.rpc import rpc
from services.chassis.work import not_found

from ..commands import joint_handlings, replies, routing, settling
from ..commands.loop import CLASSES
from ..commands.photos import with_photos
from ..model.joint_handling import JointHandling
from ..model.matter import OPINION, Matter
from ..queries import escalations, joint_handling
from ..queries import matters as queries
from ..queries.matter_rates import matter_rates
from ..queries.reading import one
from ..schemas import activities, opinions
from ..schemas import matter_rates as rate_schemas
from ..schemas import matters as schemas
from .stored import Json, Stored

#: Who may see more than the public list.
_CONCERNED = frozenset(("deputy", "unit", "clerk", "secretariat", "government", "auditor"))


class Matters(Stored):
    """The closed loop of opinions and problems."""

    @rpc
    def route_matter(self, register: str, matter_id: str, body: Json) -> Json:
        return self._step(routing.route, schemas.RouteMatter, register, matter_id, body)

    @rpc
    def accept_matter(self, register: str, matter_id: str, body: Json) -> Json:
        return self._step(routing.accept, schemas.AcceptMatter, register, matter_id, body)

    @rpc
    def return_matter(self, register: str, matter_id: str, body: Json) -> Json:
        return self._step(routing.give_back, schemas.ReturnMatter, register, matter_id, body)

    @rpc
    def handle_matter(self, register: str, matter_id: str, body: Json) -> Json:
        return self._step(replies.handle, schemas.HandleMatter, register, matter_id, body)

    @rpc
    def reply_to_matter(self, register: str, matter_id: str, body: Json) -> Json:
        return self._step(replies.reply, schemas.ReplyToMatter, register, matter_id, body)

    @rpc
    def judge_reply(self, opinion_id: str, body: Json) -> Json:
        return self._step(replies.judge, schemas.JudgeReply, OPINION, opinion_id, body)

    @rpc
    def extend_matter(self, register: str, matter_id: str, body: Json) -> Json:
        return self._step(replies.extend, schemas.WithReason, register, matter_id, body)

    @rpc
    def confirm_solution(self, register: str, matter_id: str, body: Json) -> Json:
        command = with_photos(settling.confirm, body, self.store.files)
        return self._step(command, schemas.ConfirmSolution, register, matter_id, body)

    @rpc
    def close_matter(self, register: str, matter_id: str, body: Json) -> Json:
        return self._step(settling.close, schemas.WithReason, register, matter_id, body)

    @rpc
    def reopen_matter(self, register: str, matter_id: str, body: Json) -> Json:
        return self._step(settling.reopen, schemas.WithReason, register, matter_id, body)

    @rpc
    def talk_about_matter(self, register: str, matter_id: str, body: Json) -> Json:
        return self._step(settling.talk, schemas.Noted, register, matter_id, body)

    @rpc
    def publish_matter(self, register: str, matter_id: str, body: Json) -> Json:
        return self._step(settling.publish, schemas.Noted, register, matter_id, body)

    @rpc
    def get_matter_history(self, register: str, matter_id: str) -> Json:
        if register not in CLASSES:
            raise not_found(Matter)
        cls = CLASSES[register]
        return self.store.read(queries.history, cls, matter_id, answer=schemas.MatterHistory)

    @rpc
    def give_co_opinion(self, routing_id: str, body: Json) -> Json:
        return self.store.execute(
            routing.give_opinion,
            schemas.GiveCoOpinion,
            body,
            id=routing_id,
            answer=schemas.MatterRouting,
        )

    @rpc
    def form_joint_handling(self, body: Json) -> Json:
        return self.store.execute(
            joint_handlings.form,
            schemas.FormJointHandling,
            body,
            answer=schemas.JointHandling,
        )

    @rpc
    def handle_jointly(self, joint_id: str, body: Json) -> Json:
        return self.store.execute(
            joint_handlings.handle,
            schemas.HandleJointly,
            body,
            id=joint_id,
            answer=schemas.JointHandling,
        )

    @rpc
    def release_member(self, joint_id: str, body: Json) -> Json:
        return self.store.execute(
            joint_handlings.release,
            schemas.ReleaseMember,
            body,
            id=joint_id,
            answer=schemas.JointHandling,
        )

    @rpc
    def get_joint_handling(self, joint_id: str) -> Json:
        return self.store.read(one(JointHandling), joint_id, answer=schemas.JointHandling)

    @rpc
    def list_joint_handlings(self, params: Json) -> Json:
        return self.store.list(
            joint_handling.list_joint_handlings,
            schemas.JointHandlingQuery,
            params,
            answer=schemas.JointHandling,
        )

    @rpc
    def list_escalations(self, params: Json) -> Json:
        # The public reads what the public list has, whatever it asks for.
        concerned = self.store.principal.roles & _CONCERNED
        query = escalations.list_escalations if concerned else escalations.list_public
        return self.store.list(query, schemas.EscalationQuery, params, answer=schemas.Escalation)

    @rpc
    def get_matter_rates(self, params: Json) -> Json:
        asked = self.store.asked(rate_schemas.MatterRatesQuery, params)
        return self.store.read(matter_rates, asked, answer=rate_schemas.MatterRates)

    def _step(self, command: Any, schema: Any, register: str, matter_id: str, body: Json) -> Json:
        """A step of one matter, answered with where it stands then."""
        answer = opinions.ProjectOpinion if register == OPINION else activities.ProjectProblem
        return self.store.execute(
            command, schema, body, id=matter_id, register=register, answer=answer
        )
