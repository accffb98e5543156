"""The closed loop (闭环): the same steps for opinions and for problems."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint
from marshmallow import Schema

from services.supervision.schemas import activities, opinions
from services.supervision.schemas import matter_rates as rate_schemas
from services.supervision.schemas import matters as schemas

from ..resource import call, created, listed, operation, shown

blueprint = Blueprint(
    "matters", __name__, description="闭环办理 Routed, dealt with, answered, judged, confirmed"
)

#: The steps that both registers have: the end of the path, the body, the call, what it does.
STEPS: tuple[tuple[str, type[Schema], str, str], ...] = (
    ("routing", schemas.RouteMatter, "route_{}", "Give it to another unit, or others beside it"),
    ("acceptance", schemas.AcceptMatter, "accept_{}", "Take it as the unit's own (接办)"),
    ("return", schemas.ReturnMatter, "return_{}", "Return what is not the unit's matter (退回)"),
    ("extension", schemas.WithReason, "extend_{}", "Give more time for the reply, once (延期)"),
    ("confirmation", schemas.ConfirmSolution, "confirm_{}", "Say whether it is solved (核实)"),
    ("closing", schemas.WithReason, "close_{}", "Settle it (办结)"),
    ("reopening", schemas.WithReason, "reopen_{}", "Have it dealt with again (重新办理)"),
    ("talks", schemas.Noted, "talk_about_{}", "Note a talk in person (面商)"),
    ("publication", schemas.Noted, "publish_{}", "Note that it was put on the web (公开)"),
)
_CALLS = {
    "routing": "route_matter",
    "acceptance": "accept_matter",
    "return": "return_matter",
    "extension": "extend_matter",
    "confirmation": "confirm_solution",
    "closing": "close_matter",
    "reopening": "reopen_matter",
    "talks": "talk_about_matter",
    "publication": "publish_matter",
    "handling": "handle_matter",
    "reply": "reply_to_matter",
}
#: Opinions have calls of their own for these.
OF_PROBLEMS: tuple[tuple[str, type[Schema], str, str], ...] = (
    ("handling", schemas.HandleMatter, "handle_{}", "Say that it has been put right (整改)"),
    ("reply", schemas.ReplyToMatter, "reply_to_{}", "Reply to who found it (答复)"),
)


def _step(register: str, answer: type[Schema], step: tuple[str, type[Schema], str, str]) -> None:
    end, body, name, says = step

    def respond(given: dict[str, Any], matter_id: Any) -> ResponseReturnValue:
        return shown(call("supervision", _CALLS[end], register, str(matter_id), given))

    respond.__name__, respond.__doc__ = name.format(register), f"{says}."
    path = f"/{register}s/<uuid:matter_id>/{end}"
    operation(blueprint, "POST", path, body=body, answer=answer)(respond)


def _history(register: str) -> None:
    def respond(matter_id: Any) -> ResponseReturnValue:
        return shown(call("supervision", "get_matter_history", register, str(matter_id)))

    respond.__name__ = f"get_{register}_history"
    respond.__doc__ = "Show all that happened to it: routings, replies, judgements, deadlines …"
    path = f"/{register}s/<uuid:matter_id>/history"
    operation(blueprint, "GET", path, answer=schemas.MatterHistory)(respond)


for _register, _answer in (
    ("opinion", opinions.ProjectOpinion),
    ("problem", activities.ProjectProblem),
):
    _steps = STEPS if _register == "opinion" else STEPS + OF_PROBLEMS
    for _one in _steps:
        _step(_register, _answer, _one)
    _history(_register)


@operation(
    blueprint,
    "POST",
    "/opinions/<uuid:opinion_id>/judgement",
    body=schemas.JudgeReply,
    answer=opinions.ProjectOpinion,
)
def judge_reply(body: dict[str, Any], opinion_id: Any) -> ResponseReturnValue:
    """Say whether the latest reply satisfies (评价)."""
    return shown(call("supervision", "judge_reply", str(opinion_id), body))


@operation(
    blueprint,
    "POST",
    "/routings/<uuid:routing_id>/opinion",
    body=schemas.GiveCoOpinion,
    answer=schemas.MatterRouting,
)
def give_co_opinion(body: dict[str, Any], routing_id: Any) -> ResponseReturnValue:
    """Give a co-handling unit's opinion to the lead (协办意见)."""
    return shown(call("supervision", "give_co_opinion", str(routing_id), body))


@operation(
    blueprint,
    "POST",
    "/joint-handlings",
    body=schemas.FormJointHandling,
    answer=schemas.JointHandling,
    status=201,
)
def form_joint_handling(body: dict[str, Any]) -> ResponseReturnValue:
    """Handle identical matters together (并案办理)."""
    return created(call("supervision", "form_joint_handling", body), "/v1/joint-handlings/{id}")


@operation(
    blueprint,
    "GET",
    "/joint-handlings",
    query=schemas.JointHandlingQuery,
    answer=schemas.JointHandling,
    many=True,
)
def list_joint_handlings(query: dict[str, Any]) -> ResponseReturnValue:
    """List what is handled together."""
    return listed(call("supervision", "list_joint_handlings", query))


@operation(blueprint, "GET", "/joint-handlings/<uuid:joint_id>", answer=schemas.JointHandling)
def get_joint_handling(joint_id: Any) -> ResponseReturnValue:
    """Show what is handled together."""
    return shown(call("supervision", "get_joint_handling", str(joint_id)))


@operation(
    blueprint,
    "POST",
    "/joint-handlings/<uuid:joint_id>/handling",
    body=schemas.HandleJointly,
    answer=schemas.JointHandling,
)
def handle_jointly(body: dict[str, Any], joint_id: Any) -> ResponseReturnValue:
    """Say that all that wait were dealt with; each is answered apart (分别答复)."""
    return shown(call("supervision", "handle_jointly", str(joint_id), body))


@operation(
    blueprint,
    "POST",
    "/joint-handlings/<uuid:joint_id>/release",
    body=schemas.ReleaseMember,
    answer=schemas.JointHandling,
)
def release_member(body: dict[str, Any], joint_id: Any) -> ResponseReturnValue:
    """Let one go on alone."""
    return shown(call("supervision", "release_member", str(joint_id), body))


@operation(
    blueprint,
    "GET",
    "/escalations",
    query=schemas.EscalationQuery,
    answer=schemas.Escalation,
    many=True,
)
def list_escalations(query: dict[str, Any]) -> ResponseReturnValue:
    """List what came to a rung of the ladder (督办); without a role the public list (公开通报)."""
    return listed(call("supervision", "list_escalations", query))


@operation(
    blueprint,
    "GET",
    "/matter-rates",
    query=rate_schemas.MatterRatesQuery,
    answer=rate_schemas.MatterRates,
)
def get_matter_rates(query: dict[str, Any]) -> ResponseReturnValue:
    """Show what share was answered, solved and answered to satisfaction, as of a day."""
    return shown(call("supervision", "get_matter_rates", query))
