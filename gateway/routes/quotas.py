"""What each delegation and deputies' group owes a year (每个团组每年的候选项目)."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint

from services.proposal.schemas import register as schemas

from ..resource import call, operation, shown

blueprint = Blueprint("quotas", __name__, description="团组任务 What delegations and groups owe")


@operation(blueprint, "GET", "/quotas", query=schemas.QuotaQuery, answer=schemas.QuotaReport)
def get_quotas(query: dict[str, Any]) -> ResponseReturnValue:
    """Show who has delivered what a year asks of each delegation and group."""
    return shown(call("proposal", "get_quotas", query))
