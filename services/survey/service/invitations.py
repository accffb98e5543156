"""Invitations, reminders and open links."""

from __future__ import annotations

from services.chassis.rpc import rpc

from .. import poster
from ..commands import invitations as commands
from ..commands import links
from ..queries import audiences as audience_queries
from ..queries import invitations as queries
from ..schemas import forms
from ..schemas import invitations as schemas
from ..schemas.frames import Sheet
from .stored import Json, Stored


class Invitations(Stored):
    """Invitations, reminders and open links."""

    @rpc
    def make_link_sheet(self, audience_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.link_sheet,
            schemas.MakeLinkSheet,
            body,
            id=audience_id,
            answer=Sheet,
            kept=False,
        )

    @rpc
    def renew_link(self, audience_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.renew,
            schemas.RenewLink,
            body,
            id=audience_id,
            answer=schemas.RenewedLink,
            kept=False,
        )

    @rpc
    def list_unanswered(self, audience_id: str, params: Json) -> Json:
        part = self.store.asked(schemas.UnansweredQuery, params)["part"]
        return self.store.read(queries.unanswered, audience_id, part, answer=schemas.Unanswered)

    @rpc
    def remind(self, audience_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.remind, schemas.Remind, body, id=audience_id, answer=schemas.Reminder
        )

    @rpc
    def list_reminders(self, audience_id: str) -> Json:
        return self.store.read(queries.list_reminders, audience_id, answer=schemas.Reminders)

    @rpc
    def make_reminder_sheet(self, audience_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.reminder_sheet,
            schemas.ReminderSheet,
            body,
            id=audience_id,
            answer=Sheet,
            kept=False,
        )

    @rpc
    def open_link(self, audience_id: str, body: Json) -> Json:
        return self.store.execute(
            links.open_link, schemas.OpenLink, body, id=audience_id, answer=schemas.Link
        )

    @rpc
    def close_link(self, link_id: str, body: Json) -> Json:
        return self.store.execute(
            links.close_link, schemas.CloseLink, body, id=link_id, answer=schemas.Link
        )

    @rpc
    def list_links(self, audience_id: str) -> Json:
        return self.store.read(queries.list_links, audience_id, answer=schemas.Links)

    @rpc
    def get_link(self, link_id: str) -> Json:
        return self.store.read(queries.get_link, link_id, answer=schemas.Link)

    @rpc
    def draw_link_code(self, address: str, kind: str) -> Json:
        return {"png": poster.png(address)} if kind == "png" else {"svg": poster.svg(address)}

    @rpc
    def draw_link_poster(self, link_id: str, address: str) -> Json:
        link = self.store.read(queries.get_link, link_id, answer=schemas.Link)
        form = self.store.read(
            audience_queries.get_form, link["audience_id"], answer=forms.AudienceForm
        )
        days = f"{form['opens_on']} 至 {form['closes_on']}"
        return {"svg": poster.poster(address, title=form["title"], place=link["label"], days=days)}

    @rpc
    def get_screened(self, audience_id: str) -> Json:
        return self.store.read(queries.screened, audience_id, answer=schemas.Screened)
