"""Residents' messages, and what else a project's public page shows."""

from __future__ import annotations

from services.chassis.paging import PageQuery
from services.chassis.rpc import rpc

from ..commands import message_contacts
from ..commands import messages as commands
from ..queries import messages as queries
from ..queries.public_page import public_page
from ..schemas import messages as schemas
from ..schemas import public_page as page_schemas
from .stored import Json, Stored


class Messages(Stored):
    """Residents' messages."""

    @rpc
    def post_message(self, body: Json) -> Json:
        return self.store.execute(commands.post, schemas.LeaveMessage, body, answer=schemas.Message)

    @rpc
    def get_message(self, message_id: str) -> Json:
        principal, author = self.store.principal, self._author()
        form = schemas.ForwardedMessage if self._as_unit() else schemas.Message
        return self.store.read(queries.seen, message_id, principal, author, answer=form)

    @rpc
    def list_messages(self, params: Json) -> Json:
        principal = self.store.principal
        return self.store.list(
            lambda asked: queries.listed_for(asked, principal),
            schemas.MessageQuery,
            params,
            answer=schemas.ForwardedMessage() if self._as_unit() else schemas.Message(),
        )

    @rpc
    def list_own_messages(self, params: Json) -> Json:
        author = self._author()
        return self.store.list(
            lambda asked: queries.list_own(asked, author),
            schemas.OwnMessageQuery,
            params,
            answer=schemas.Message,
        )

    @rpc
    def list_public_messages(self, project_id: str, params: Json) -> Json:
        return self.store.list(
            queries.list_public(project_id), PageQuery, params, answer=schemas.PublicMessage
        )

    @rpc
    def get_public_project(self, project_id: str) -> Json:
        return self.store.read(
            public_page, project_id, self.store.settings.today, answer=page_schemas.PublicProject
        )

    @rpc
    def approve_message(self, message_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.approve,
            schemas.ApproveMessage,
            body,
            id=message_id,
            answer=schemas.Message,
        )

    @rpc
    def refuse_message(self, message_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.refuse, schemas.RefuseMessage, body, id=message_id, answer=schemas.Message
        )

    @rpc
    def forward_message(self, message_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.forward,
            schemas.ForwardMessage,
            body,
            id=message_id,
            answer=schemas.Message,
        )

    @rpc
    def answer_message(self, message_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.answer,
            schemas.AnswerMessage,
            body,
            id=message_id,
            answer=schemas.ForwardedMessage,
        )

    @rpc
    def return_message(self, message_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.return_, schemas.ReturnMessage, body, id=message_id, answer=schemas.Message
        )

    @rpc
    def close_message(self, message_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.close, schemas.CloseMessage, body, id=message_id, answer=schemas.Message
        )

    @rpc
    def withdraw_message(self, message_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.withdraw,
            schemas.WithdrawMessage,
            body,
            id=message_id,
            answer=schemas.Message,
        )

    @rpc
    def link_message(self, message_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.link,
            schemas.LinkMessage,
            body,
            id=message_id,
            answer=schemas.Message,
        )

    @rpc
    def list_message_acts(self, message_id: str) -> Json:
        return self.store.read(queries.acts_of, message_id, answer=schemas.MessageActs)

    @rpc
    def read_message_contact(self, message_id: str, body: Json) -> Json:
        return self.store.execute(
            message_contacts.read,
            schemas.ReadMessageContact,
            body,
            id=message_id,
            answer=schemas.MessageContact,
            kept=False,
        )

    @rpc
    def list_message_contact_readings(self, message_id: str) -> Json:
        return self.store.read(
            queries.readings_of, message_id, answer=schemas.MessageContactReadings
        )

    def _author(self) -> str:
        return queries.author_of(self.store.keys, self.store.principal.subject)

    def _as_unit(self) -> bool:
        principal = self.store.principal
        return "unit" in principal.roles and not queries.is_staff(principal)
