"""The nameko service: calls and events, each parsed, passed on and answered."""

from __future__ import annotations

from .audiences import Audiences
from .hearing import Hearing
from .methods import Methods
from .questionnaires import Questionnaires


class SurveyService(Methods, Questionnaires, Audiences, Hearing):
    """Satisfaction assessment (满意度测评)."""

    name = "survey"
