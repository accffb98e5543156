"""Copies of what other services own, from their events.

``version`` is the aggregate's in the event.  A copy takes only a higher version; where every step
counts each step is a row of its own.
"""

from __future__ import annotations

from sqlalchemy import Column, Date, Integer, String, Table

from services.chassis.columns import Id, Json

from .metadata import identity, metadata, version

units = Table(
    "units",
    metadata,
    identity(),
    Column("name", String(120), nullable=False),
    Column("kind", String(20), nullable=False),
    version(),
)
deputies = Table(
    "deputies",
    metadata,
    identity(),
    Column("congresses", Json, nullable=False),
    Column("enrolled_on", Date, nullable=False),
    version(),
)
#: One row per step of a suggestion; ``dated``: the latest day that the step knows of.
suggestion_steps = Table(
    "suggestion_steps",
    metadata,
    identity(),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("year", Integer, nullable=False, index=True),
    Column("author_kind", String(20), nullable=False),
    Column("aspect", String(40), nullable=False),
    Column("state", String(10), nullable=False),
    Column("sub_item_id", Id),
    Column("dated", Date, nullable=False),
)
suggested_projects = Table(
    "suggested_projects",
    metadata,
    identity(),
    Column("year", Integer, nullable=False, index=True),
    Column("aspect", String(40), nullable=False),
    Column("suggestion_ids", Json, nullable=False),
    Column("happened_on", Date, nullable=False),
    version(),
)
sessions = Table(
    "sessions",
    metadata,
    identity(),
    Column("congress", String(6), nullable=False),
    Column("term", Integer, nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("opens_on", Date, nullable=False),
    version(),
)
sign_ins = Table(
    "sign_ins",
    metadata,
    identity(),
    Column("session_id", Id, nullable=False, index=True),
    Column("deputy_id", Id, nullable=False),
    Column("happened_on", Date, nullable=False),
    version(),
)
results = Table(
    "results",
    metadata,
    identity(),
    Column("year", Integer, nullable=False, index=True),
    Column("session_id", Id, nullable=False),
    Column("method_title", String(200), nullable=False),
    Column("voted_on", Date, nullable=False),
    Column("certified_on", Date, nullable=False),
    Column("candidates", Json, nullable=False),
    version(),
)
scores = Table(
    "scores",
    metadata,
    identity(),
    Column("year", Integer, nullable=False, index=True),
    # NULL where nobody knows how many may answer, as with an open link.
    Column("eligible", Integer),
    Column("returned", Integer, nullable=False),
    Column("method_title", String(200), nullable=False),
    Column("items", Json, nullable=False),
    Column("published_on", Date, nullable=False),
    version(),
    # What came later: the assessment that it repeats; groups, projects, the whole, consequences.
    Column("follows", Id),
    Column("parts", Json),
)
