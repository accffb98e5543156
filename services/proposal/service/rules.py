"""Rules."""

from __future__ import annotations

from services.chassis.rpc import rpc

from ..commands import rules as commands
from ..queries import rules as queries
from ..schemas import rules as schemas
from .stored import Json, Stored


class Rules(Stored):
    """Rules."""

    @rpc
    def adopt_rule(self, body: Json) -> Json:
        return self.store.execute(commands.adopt_rule, schemas.AdoptRule, body, answer=schemas.Rule)

    @rpc
    def get_rule(self, rule_id: str) -> Json:
        return self.store.read(queries.get_rule, rule_id, answer=schemas.Rule)

    @rpc
    def list_rules(self, params: Json) -> Json:
        return self.store.list(queries.list_rules, schemas.RuleQuery, params, answer=schemas.Rule)

    @rpc
    def get_rule_in_force(self, params: Json) -> Json:
        asked = self.store.asked(schemas.RuleInForceQuery, params)
        return self.store.read(queries.show_in_force, asked, answer=schemas.Rule)
