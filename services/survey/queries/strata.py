"""How the strata are called that a form does not ask: of frames, sites, delegations."""

from __future__ import annotations

from sqlalchemy.orm import Session

from ..model.breakdown import Names
from ..model.frame import SamplingFrame
from ..model.link import SITE
from ..model.roll import DELEGATION, OTHER
from .audiences import audiences_of
from .frames import drawing_of
from .invitations import links_of


def names(session: Session, questionnaire_id: str) -> Names:
    """Stratum → its title and those of its values, of all audiences of a questionnaire."""
    found: dict[str, tuple[str, dict[str, str]]] = {DELEGATION: ("代表团", {OTHER: "其他代表团"})}
    sites: dict[str, str] = {}
    for audience in audiences_of(session, questionnaire_id):
        sites |= {one.site: one.label for one in links_of(session, audience.id) if one.site}
        drawing = drawing_of(session, audience.id)
        frame = session.get(SamplingFrame, drawing.frame_id) if drawing else None
        found |= {one["code"]: (one["title"], {}) for one in (frame.strata if frame else [])}
    return found | {SITE: ("作答地点", sites)}
