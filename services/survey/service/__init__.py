"""The nameko service: calls and events, each parsed, passed on and answered."""

from __future__ import annotations

from .audiences import Audiences
from .frames import Frames
from .hearing import Hearing
from .invitations import Invitations
from .methods import Methods
from .offline import Offline
from .questionnaires import Questionnaires
from .results import Results
from .templates import Templates


class SurveyService(
    Methods,
    Templates,
    Questionnaires,
    Audiences,
    Frames,
    Invitations,
    Offline,
    Results,
    Hearing,
):
    """Satisfaction assessment (满意度测评)."""

    name = "survey"
