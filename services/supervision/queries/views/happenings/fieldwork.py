"""Who looked at a project, and how: groups, visits, checks, photos, look-backs."""

from __future__ import annotations

from ....tables import fieldwork, groups, look_backs, opinions, photos
from ..happening import Happening
from .words import EFFECTIVE, VISIT

FIELDWORK = (
    Happening(
        "group",
        groups.groups,
        "成立监督小组",
        "supervision group formed",
        "group",
        public=True,
    ),
    Happening(
        "visit",
        fieldwork.visits,
        "监督走访:{code}",
        "supervision: {code}",
        "visit",
        code=fieldwork.visits.c.kind,
        words=VISIT,
    ),
    Happening(
        "online-check",
        opinions.online_checks,
        "代表线上监督",
        "a deputy looked at the progress online",
        "project",
        of=opinions.online_checks.c.project_id,
    ),
    Happening(
        "photo",
        photos.photos,
        "照片存证",
        "photo attached",
        "photo",
    ),
)
LATER = (
    Happening(
        "look-back-planned",
        look_backs.planned_look_backs,
        "列入回头看计划",
        "a look-back is planned",
        "planned-look-back",
    ),
    Happening(
        "look-back",
        look_backs.look_backs,
        "回头看:{code}",
        "look-back: {code}",
        "look-back",
        public=True,
        code=look_backs.look_backs.c.effective,
        words=EFFECTIVE,
    ),
)
