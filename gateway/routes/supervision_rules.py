"""Rules of supervision (监督规则), each an adopted record, and what is overdue by them."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint

from services.supervision.schemas import deadlines as deadline_schemas
from services.supervision.schemas import rules as schemas

from ..resource import call, created, listed, operation, shown

blueprint = Blueprint(
    "supervision_rules", __name__, description="监督规则 Lists and parameters, as adopted"
)


@operation(
    blueprint,
    "POST",
    "/supervision-rules",
    body=schemas.AdoptSupervisionRule,
    answer=schemas.SupervisionRule,
    status=201,
)
def adopt_supervision_rule(body: dict[str, Any]) -> ResponseReturnValue:
    """Record a rule that a body adopted."""
    return created(
        call("supervision", "adopt_supervision_rule", body), "/v1/supervision-rules/{id}"
    )


@operation(
    blueprint,
    "GET",
    "/supervision-rules",
    query=schemas.SupervisionRuleQuery,
    answer=schemas.SupervisionRule,
    many=True,
)
def list_supervision_rules(query: dict[str, Any]) -> ResponseReturnValue:
    """List adopted rules."""
    return listed(call("supervision", "list_supervision_rules", query))


@operation(
    blueprint,
    "GET",
    "/supervision-rules/in-force",
    query=schemas.SupervisionRuleInForceQuery,
    answer=schemas.SupervisionRule,
)
def get_supervision_rule_in_force(query: dict[str, Any]) -> ResponseReturnValue:
    """Show the rule of a kind that was in force on a day."""
    return shown(call("supervision", "get_supervision_rule_in_force", query))


@operation(
    blueprint,
    "GET",
    "/supervision-rules/<uuid:rule_id>",
    answer=schemas.SupervisionRule,
)
def get_supervision_rule(rule_id: Any) -> ResponseReturnValue:
    """Show a rule."""
    return shown(call("supervision", "get_supervision_rule", str(rule_id)))


@operation(
    blueprint,
    "GET",
    "/supervision-overdue",
    query=deadline_schemas.SupervisionOverdueQuery,
    answer=deadline_schemas.SupervisionDeadline,
    many=True,
)
def list_supervision_overdue(query: dict[str, Any]) -> ResponseReturnValue:
    """List what was overdue on a day, the longest first."""
    return listed(call("supervision", "list_supervision_overdue", query))
