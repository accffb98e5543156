"""Supervision groups and leading groups."""

from __future__ import annotations

from services.chassis.paging import PageQuery
from services.chassis.rpc import rpc

from ..commands import groups as commands
from ..model.group import Group
from ..model.leading_group import LeadingGroup
from ..queries import organisation as queries
from ..queries.reading import one
from ..schemas import groups as schemas
from .stored import Json, Stored


class Groups(Stored):
    """Supervision groups and leading groups."""

    @rpc
    def form_group(self, body: Json) -> Json:
        return self.store.execute(
            commands.form_group, schemas.FormGroup, body, answer=schemas.Group
        )

    @rpc
    def get_group(self, group_id: str) -> Json:
        return self.store.read(one(Group), group_id, answer=schemas.Group)

    @rpc
    def list_groups(self, params: Json) -> Json:
        return self.store.list(
            queries.list_groups, schemas.GroupQuery, params, answer=schemas.Group
        )

    @rpc
    def join_group(self, group_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.join_group, schemas.JoinGroup, body, id=group_id, answer=schemas.Group
        )

    @rpc
    def leave_group(self, group_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.leave_group, schemas.LeaveGroup, body, id=group_id, answer=schemas.Group
        )

    @rpc
    def get_group_members(self, group_id: str, params: Json) -> Json:
        asked = self.store.asked(schemas.MembersQuery, params)
        return self.store.read(
            queries.members_shown(Group), group_id, asked, answer=schemas.Members
        )

    @rpc
    def establish_leading_group(self, body: Json) -> Json:
        return self.store.execute(
            commands.establish_leading_group,
            schemas.EstablishLeadingGroup,
            body,
            answer=schemas.LeadingGroup,
        )

    @rpc
    def get_leading_group(self, group_id: str) -> Json:
        return self.store.read(one(LeadingGroup), group_id, answer=schemas.LeadingGroup)

    @rpc
    def list_leading_groups(self, params: Json) -> Json:
        return self.store.list(
            queries.list_leading_groups, PageQuery, params, answer=schemas.LeadingGroup
        )

    @rpc
    def join_leading_group(self, group_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.join_leading_group,
            schemas.JoinLeadingGroup,
            body,
            id=group_id,
            answer=schemas.LeadingGroup,
        )

    @rpc
    def leave_leading_group(self, group_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.leave_leading_group,
            schemas.LeaveGroup,
            body,
            id=group_id,
            answer=schemas.LeadingGroup,
        )

    @rpc
    def get_leading_group_members(self, group_id: str, params: Json) -> Json:
        asked = self.store.asked(schemas.MembersQuery, params)
        return self.store.read(
            queries.members_shown(LeadingGroup), group_id, asked, answer=schemas.Members
        )
