"""``python -m services.survey``: run the service."""

from services.chassis import runner

runner.run("services.survey.service:SurveyService")
