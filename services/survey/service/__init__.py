"""The nameko service: calls and events, each parsed, passed on and answered."""

from __future__ import annotations

from .audiences import Audiences
from .hearing import Hearing
from .methods import Methods
from .offline import Offline
from .questionnaires import Questionnaires
from .results import Results
from .templates import Templates


class SurveyService(Methods, Templates, Questionnaires, Audiences, Offline, Results, Hearing):
    """Satisfaction assessment (满意度测评)."""

    name = "survey"
