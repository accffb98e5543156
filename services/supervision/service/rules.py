"""Rules, and what is overdue by them."""

from __future__ import annotations

from services.chassis.rpc import rpc

from ..queries import deadlines
from ..queries.rules import rulebook
from ..schemas import deadlines as deadline_schemas
from ..schemas import rules as schemas
from .stored import Json, Stored


class Rules(Stored):
    """Rules, and what is overdue by them."""

    @rpc
    def adopt_supervision_rule(self, body: Json) -> Json:
        return self.store.execute(
            rulebook.adopt, schemas.AdoptSupervisionRule, body, answer=schemas.SupervisionRule
        )

    @rpc
    def get_supervision_rule(self, rule_id: str) -> Json:
        return self.store.read(rulebook.get, rule_id, answer=schemas.SupervisionRule)

    @rpc
    def list_supervision_rules(self, params: Json) -> Json:
        return self.store.list(
            rulebook.listed, schemas.SupervisionRuleQuery, params, answer=schemas.SupervisionRule
        )

    @rpc
    def get_supervision_rule_in_force(self, params: Json) -> Json:
        asked = self.store.asked(schemas.SupervisionRuleInForceQuery, params)
        return self.store.read(rulebook.shown, asked, answer=schemas.SupervisionRule)

    @rpc
    def list_supervision_overdue(self, params: Json) -> Json:
        return self.store.list(
            deadlines.list_overdue,
            deadline_schemas.SupervisionOverdueQuery,
            params,
            answer=deadline_schemas.SupervisionDeadline,
        )
