"""Rules."""

from __future__ import annotations

from services.chassis.rpc import rpc

from ..queries.rules import rulebook
from ..schemas import rules as schemas
from .stored import Json, Stored


class Rules(Stored):
    """Rules."""

    @rpc
    def adopt_rule(self, body: Json) -> Json:
        return self.store.execute(rulebook.adopt, schemas.AdoptRule, body, answer=schemas.Rule)

    @rpc
    def get_rule(self, rule_id: str) -> Json:
        return self.store.read(rulebook.get, rule_id, answer=schemas.Rule)

    @rpc
    def list_rules(self, params: Json) -> Json:
        return self.store.list(rulebook.listed, schemas.RuleQuery, params, answer=schemas.Rule)

    @rpc
    def get_rule_in_force(self, params: Json) -> Json:
        asked = self.store.asked(schemas.RuleInForceQuery, params)
        return self.store.read(rulebook.shown, asked, answer=schemas.Rule)
