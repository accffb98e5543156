"""The nameko service: calls and events, each parsed, passed on and answered."""

from __future__ import annotations

from .audiences import Audiences
from .frames import Frames
from .hearing import Hearing
from .invitations import Invitations
from .methods import Methods
from .questionnaires import Questionnaires


class SurveyService(Methods, Questionnaires, Audiences, Frames, Invitations, Hearing):
    """Satisfaction assessment (满意度测评)."""

    name = "survey"
