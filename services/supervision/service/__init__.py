"""The nameko service: calls and events, each parsed, passed on and answered."""

from __future__ import annotations

from .acceptances import Acceptances
from .archive import Archive
from .calendar import Calendar
from .changes import Changes
from .documents import Documents
from .editions import Editions
from .evaluation import Evaluation
from .evaluations import Evaluations
from .fieldwork import Fieldwork
from .findings import Findings
from .funds import Funds
from .groups import Groups
from .hearing import Hearing
from .look_backs import LookBacks
from .matters import Matters
from .meetings import Meetings
from .messages import Messages
from .open311 import Open311
from .opinions import Opinions
from .photos import Photos
from .plans import Plans
from .projects import Projects
from .records import Records
from .rectifications import Rectifications
from .reports import Reports
from .resources import Resources
from .rules import Rules
from .snaps import Snaps
from .views import Views


class SupervisionService(
    Rules,
    Projects,
    Groups,
    Documents,
    Calendar,
    Meetings,
    Plans,
    Acceptances,
    Changes,
    Fieldwork,
    Findings,
    Opinions,
    Matters,
    Snaps,
    Records,
    Rectifications,
    LookBacks,
    Archive,
    Reports,
    Editions,
    Evaluation,
    Photos,
    Messages,
    Open311,
    Resources,
    Views,
    Funds,
    Evaluations,
    Hearing,
):
    """Supervision, look-back and the annual report (监督、回头看)."""

    name = "supervision"
