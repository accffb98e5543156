"""Drawings (抽样): a sample, its reserve, and all that is needed to redo it."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint

from services.commons.sheets import MEDIA_TYPES, Column
from services.survey.schemas import audiences as audience_schemas
from services.survey.schemas import frames as schemas
from services.survey.schemas.invitations import UseSample

from ..resource import call, listed, operation, shown
from ..sheets import confidential

blueprint = Blueprint("drawings", __name__, description="抽样 Samples that anybody can redo")

_ONE = "/drawings/<uuid:drawing_id>"
_CSV = MEDIA_TYPES["csv"].partition(";")[0]
#: How to reach a unit.
CONTACT = [
    Column("name", ("姓名",)),
    Column("phone", ("电话",)),
    Column("address", ("地址",)),
]


@operation(
    blueprint, "GET", "/drawings", query=schemas.DrawingQuery, answer=schemas.Drawing, many=True
)
def list_drawings(query: dict[str, Any]) -> ResponseReturnValue:
    """List the drawings."""
    return listed(call("survey", "list_drawings", query))


@operation(blueprint, "GET", _ONE, answer=schemas.Drawing)
def get_drawing(drawing_id: Any) -> ResponseReturnValue:
    """Show a drawing: plan, pledge, seed, and how many of each stratum."""
    return shown(call("survey", "get_drawing", str(drawing_id)))


@operation(blueprint, "POST", f"{_ONE}/drawing", body=schemas.DrawSample, answer=schemas.Drawing)
def draw_sample(body: dict[str, Any], drawing_id: Any) -> ResponseReturnValue:
    """Draw, with the seed that was pledged; once."""
    return shown(call("survey", "draw_sample", str(drawing_id), body))


@operation(
    blueprint,
    "GET",
    f"{_ONE}/units",
    query=schemas.FrameQuery,
    answer=schemas.DrawnUnit,
    many=True,
)
def list_drawn_units(query: dict[str, Any], drawing_id: Any) -> ResponseReturnValue:
    """List the sample and the reserve in the order of the drawing."""
    return listed(call("survey", "list_drawn_units", str(drawing_id), query))


@operation(
    blueprint, "POST", f"{_ONE}/replacements", body=schemas.ReplaceUnit, answer=schemas.Drawing
)
def replace_unit(body: dict[str, Any], drawing_id: Any) -> ResponseReturnValue:
    """Let the next of the reserve take the place of a unit that cannot be asked."""
    return shown(call("survey", "replace_unit", str(drawing_id), body))


@operation(blueprint, "POST", f"{_ONE}/contact-sheets", body=schemas.ContactSheet, gives=[_CSV])
def make_contact_sheet(body: dict[str, Any], drawing_id: Any) -> ResponseReturnValue:
    """Get how to reach the sample, to hand out paper forms; noted with the reason."""
    sheet = call("survey", "make_contact_sheet", str(drawing_id), body)
    columns = [Column("unit", ("编号",)), *CONTACT]
    return confidential(sheet["items"], columns, f"sample-{sheet['part']}", "样本")


@operation(
    blueprint,
    "POST",
    "/audiences/<uuid:audience_id>/sample",
    body=UseSample,
    answer=audience_schemas.Audience,
)
def use_sample(body: dict[str, Any], audience_id: Any) -> ResponseReturnValue:
    """Make a drawing the sample of an audience that is not opened yet."""
    return shown(call("survey", "use_sample", str(audience_id), body))
