"""Rules (规则): lists and parameters, each an adopted record."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint

from services.proposal.schemas import rules as schemas

from ..resource import call, created, listed, operation, shown

blueprint = Blueprint("rules", __name__, description="规则 Lists and parameters, as adopted")


@operation(blueprint, "POST", "/rules", body=schemas.AdoptRule, answer=schemas.Rule, status=201)
def adopt_rule(body: dict[str, Any]) -> ResponseReturnValue:
    """Record a rule that a body adopted."""
    return created(call("proposal", "adopt_rule", body), "/v1/rules/{id}")


@operation(blueprint, "GET", "/rules", query=schemas.RuleQuery, answer=schemas.Rule, many=True)
def list_rules(query: dict[str, Any]) -> ResponseReturnValue:
    """List adopted rules."""
    return listed(call("proposal", "list_rules", query))


@operation(blueprint, "GET", "/rules/in-force", query=schemas.RuleInForceQuery, answer=schemas.Rule)
def get_rule_in_force(query: dict[str, Any]) -> ResponseReturnValue:
    """Show the rule of a kind that was in force on a day."""
    return shown(call("proposal", "get_rule_in_force", query))


@operation(blueprint, "GET", "/rules/<uuid:rule_id>", answer=schemas.Rule)
def get_rule(rule_id: Any) -> ResponseReturnValue:
    """Show a rule."""
    return shown(call("proposal", "get_rule", str(rule_id)))
