"""The nameko service: calls and events, each parsed, passed on and answered."""

from __future__ import annotations

from .documents import Documents
from .fieldwork import Fieldwork
from .groups import Groups
from .hearing import Hearing
from .matters import Matters
from .meetings import Meetings
from .opinions import Opinions
from .plans import Plans
from .projects import Projects
from .records import Records
from .reports import Reports
from .resources import Resources
from .rules import Rules
from .snaps import Snaps


class SupervisionService(
    Rules,
    Projects,
    Groups,
    Documents,
    Meetings,
    Plans,
    Fieldwork,
    Opinions,
    Matters,
    Snaps,
    Records,
    Reports,
    Resources,
    Hearing,
):
    """Supervision, look-back and the annual report (监督、回头看)."""

    name = "supervision"
