"""How the model is mapped to the tables."""

from __future__ import annotations

from sqlalchemy.orm import registry, relationship

from ..model.heard import HeardDeputy, HeardLookBack, HeardProject
from ..model.method import AssessmentMethod
from ..model.questionnaire import Questionnaire
from ..model.tally import Tally
from ..model.template import QuestionnaireTemplate
from .heard import heard_deputies, heard_look_backs, heard_projects
from .metadata import metadata
from .methods import assessment_methods
from .questionnaires import questionnaires, tallies
from .templates import questionnaire_templates

mapper = registry(metadata=metadata)

mapper.map_imperatively(
    AssessmentMethod, assessment_methods, version_id_col=assessment_methods.c.version
)
mapper.map_imperatively(
    Questionnaire,
    questionnaires,
    version_id_col=questionnaires.c.version,
    properties={"method": relationship(AssessmentMethod, lazy="joined", innerjoin=True)},
)
mapper.map_imperatively(
    Tally,
    tallies,
    # Only so that the questionnaire is written first.
    properties={"_questionnaire": relationship(Questionnaire)},
)
mapper.map_imperatively(
    QuestionnaireTemplate,
    questionnaire_templates,
    version_id_col=questionnaire_templates.c.version,
)
# Their versions are the producers', so nothing here counts them.
mapper.map_imperatively(HeardProject, heard_projects)
mapper.map_imperatively(HeardLookBack, heard_look_backs)
mapper.map_imperatively(HeardDeputy, heard_deputies)
