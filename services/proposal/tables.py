"""SQL: the tables of this service and how the model is mapped to them."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Date, Float, Index, Integer, String, Table, Text
from sqlalchemy.orm import registry

from services.chassis.columns import Id, Json, UtcDateTime
from services.chassis.tables import service_metadata

from .model.aspect import Aspect
from .model.candidate import Candidate
from .model.round import Round
from .model.shortlist import Shortlist
from .model.suggested_project import SuggestedProject
from .model.suggestion import Suggestion
from .model.unit import Unit
from .model.voted import VotedSubItem

metadata = service_metadata()
mapper = registry(metadata=metadata)


def _version() -> Column[int]:
    return Column("version", Integer, nullable=False)


aspects = Table(
    "aspects",
    metadata,
    Column("id", Id, primary_key=True),
    Column("code", String(40), nullable=False, unique=True),
    Column("name", String(40), nullable=False),
    Column("recorded_at", UtcDateTime, nullable=False),
    _version(),
)
units = Table(
    "units",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", String(120), nullable=False, unique=True),
    Column("kind", String(20), nullable=False),
    Column("credit_code", String(18)),
    Column("recorded_at", UtcDateTime, nullable=False),
    _version(),
)
rounds = Table(
    "rounds",
    metadata,
    Column("id", Id, primary_key=True),
    Column("year", Integer, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("name", String(120), nullable=False),
    Column("starts_on", Date, nullable=False),
    Column("ends_on", Date, nullable=False),
    Column("recorded_at", UtcDateTime, nullable=False),
    _version(),
)
suggestions = Table(
    "suggestions",
    metadata,
    Column("id", Id, primary_key=True),
    Column("year", Integer, nullable=False),
    Column("author_kind", String(20), nullable=False),
    Column("deputy_id", Id),
    Column("channel", String(20), nullable=False),
    Column("aspect", String(40), nullable=False),
    Column("title", String(120), nullable=False),
    Column("text", Text, nullable=False),
    Column("division", String(6)),
    Column("longitude", Float),
    Column("latitude", Float),
    Column("happened_on", Date, nullable=False),
    Column("recorded_at", UtcDateTime, nullable=False),
    Column("state", String(10), nullable=False),
    Column("sorted_on", Date),
    Column("sorted_by", String(200)),
    Column("reason", Text),
    Column("matched_sub_item", Id),
    Column("matched_on", Date),
    Column("matched_by", String(200)),
    _version(),
    Index("ix_suggestions_year_state", "year", "state"),
    Index("ix_suggestions_happened_on_id", "happened_on", "id"),
)
suggested_projects = Table(
    "suggested_projects",
    metadata,
    Column("id", Id, primary_key=True),
    Column("year", Integer, nullable=False, index=True),
    Column("title", String(120), nullable=False),
    Column("aspect", String(40), nullable=False),
    Column("text", Text, nullable=False),
    Column("suggestion_ids", Json, nullable=False),
    Column("happened_on", Date, nullable=False),
    Column("recorded_at", UtcDateTime, nullable=False),
    _version(),
)
candidates = Table(
    "candidates",
    metadata,
    Column("id", Id, primary_key=True),
    Column("year", Integer, nullable=False, index=True),
    Column("name", String(120), nullable=False),
    Column("description", Text, nullable=False),
    Column("aspect", String(40), nullable=False),
    Column("lead_unit_id", Id, nullable=False),
    Column("total_yuan", BigInteger, nullable=False),
    Column("year_yuan", BigInteger, nullable=False),
    Column("funding_source", String(200), nullable=False),
    Column("due_on", Date, nullable=False),
    Column("sub_items", Json, nullable=False),
    Column("suggested_project_ids", Json, nullable=False),
    Column("opinions", Json, nullable=False),
    Column("happened_on", Date, nullable=False),
    Column("recorded_at", UtcDateTime, nullable=False),
    _version(),
)
shortlists = Table(
    "shortlists",
    metadata,
    Column("id", Id, primary_key=True),
    Column("year", Integer, nullable=False, index=True),
    Column("candidate_ids", Json, nullable=False),
    Column("candidates", Json),
    Column("adopted_by", String(200)),
    Column("adopted_on", Date),
    Column("happened_on", Date, nullable=False),
    Column("recorded_at", UtcDateTime, nullable=False),
    _version(),
)
voted_sub_items = Table(
    "voted_sub_items",
    metadata,
    Column("id", Id, primary_key=True),
    Column("project_id", Id, nullable=False),
    Column("project_name", String(120), nullable=False),
    Column("name", String(120), nullable=False),
    Column("year", Integer, nullable=False),
    Column("certified_on", Date, nullable=False),
    _version(),
)

for entity, table in (
    (Aspect, aspects),
    (Unit, units),
    (Round, rounds),
    (Suggestion, suggestions),
    (SuggestedProject, suggested_projects),
    (Candidate, candidates),
    (Shortlist, shortlists),
    (VotedSubItem, voted_sub_items),
):
    mapper.map_imperatively(entity, table, version_id_col=table.c.version)
