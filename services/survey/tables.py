"""SQL: the tables of this service and how the model is mapped to them."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, ForeignKey, Integer, String, Table, Text
from sqlalchemy.orm import registry, relationship

from services.chassis.columns import Id, Json, UtcDateTime
from services.chassis.tables import service_metadata

from .model.heard import HeardDeputy, HeardLookBack, HeardProject
from .model.method import AssessmentMethod
from .model.questionnaire import Questionnaire
from .model.tally import Tally

metadata = service_metadata()
mapper = registry(metadata=metadata)

assessment_methods = Table(
    "assessment_methods",
    metadata,
    Column("id", Id, primary_key=True),
    Column("title", String(120), nullable=False),
    Column("text", Text, nullable=False),
    Column("parameters", Json, nullable=False),
    Column("supersedes", Id, ForeignKey("assessment_methods.id")),
    Column("drafted_on", Date, nullable=False),
    Column("recorded_at", UtcDateTime, nullable=False),
    Column("adopted_by", String(200)),
    Column("adopted_on", Date),
    Column("version", Integer, nullable=False),
)
questionnaires = Table(
    "questionnaires",
    metadata,
    Column("id", Id, primary_key=True),
    Column("year", Integer, nullable=False, index=True),
    Column("title", String(120), nullable=False),
    Column("congress", String(6), nullable=False),
    Column("audience", String(20), nullable=False),
    Column("method_id", Id, ForeignKey("assessment_methods.id"), nullable=False),
    Column("opens_on", Date, nullable=False),
    Column("closes_on", Date, nullable=False),
    Column("items", Json, nullable=False),
    Column("look_backs", Json, nullable=False),
    Column("eligible", Integer, nullable=False),
    Column("opened_on", Date, nullable=False),
    Column("recorded_at", UtcDateTime, nullable=False),
    Column("closed_on", Date),
    Column("published_on", Date),
    Column("basis", Json),
    Column("version", Integer, nullable=False),
)
# One row per questionnaire, without a version and a time; model/tally.py says why.
tallies = Table(
    "tallies",
    metadata,
    Column("questionnaire_id", Id, ForeignKey("questionnaires.id"), primary_key=True),
    Column("answered", Json, nullable=False),
    Column("counts", Json, nullable=False),
)
heard_projects = Table(
    "heard_projects",
    metadata,
    Column("id", Id, primary_key=True),
    Column("year", Integer, nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("sub_items", Json, nullable=False),
    Column("version", Integer, nullable=False),
    Column("lead_unit_id", Id),
    Column("aspect", String(40)),
)
heard_look_backs = Table(
    "heard_look_backs",
    metadata,
    Column("id", Id, primary_key=True),
    Column("project_name", Text, nullable=False),
    Column("project_year", Integer, nullable=False),
    Column("effective", Boolean, nullable=False),
    Column("happened_on", Date, nullable=False),
    Column("version", Integer, nullable=False),
    Column("project_id", Id),
    Column("lead_unit_id", Id),
    Column("aspect", String(40)),
    Column("sub_items", Json),
)
heard_deputies = Table(
    "heard_deputies",
    metadata,
    Column("id", Id, primary_key=True),
    Column("congresses", Json, nullable=False),
    Column("enrolled_on", Date, nullable=False),
    Column("version", Integer, nullable=False),
)

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
# Their versions are the producers', so nothing here counts them.
mapper.map_imperatively(HeardProject, heard_projects)
mapper.map_imperatively(HeardLookBack, heard_look_backs)
mapper.map_imperatively(HeardDeputy, heard_deputies)
