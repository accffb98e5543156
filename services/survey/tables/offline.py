"""Forms on paper and files of forms; the model's modules say why in these shapes."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from services.chassis.columns import Id, Json, UtcDateTime

from .metadata import metadata

paper_forms = Table(
    "paper_forms",
    metadata,
    Column("id", Id, primary_key=True),
    Column("audience_id", Id, ForeignKey("audiences.id"), nullable=False),
    Column("number", String(14), nullable=False),
    Column("first_by", String(200)),
    Column("first", LargeBinary),
    Column("second_by", String(200)),
    Column("second", LargeBinary),
    Column("differing", Json),
    Column("state", String(10), nullable=False),
    Column("condition", String(10)),
    Column("decided_by", String(200)),
    Column("reason", Text),
    Column("recorded_at", UtcDateTime, nullable=False),
    Column("version", Integer, nullable=False),
    UniqueConstraint("audience_id", "number"),
)
# One row per audience, changed under its lock.
offline_counts = Table(
    "offline_counts",
    metadata,
    Column("audience_id", Id, ForeignKey("audiences.id"), primary_key=True),
    Column("issued", Integer),
    Column("handed_in", Integer),
    Column("outcomes", Json, nullable=False),
    Column("void_lines", Json, nullable=False),
    Column("pairs", Integer, nullable=False),
    Column("pairs_different", Integer, nullable=False),
    Column("lines", Integer, nullable=False),
    Column("lines_different", Integer, nullable=False),
)
# The numbers of imported forms, so that none is counted twice; deleted after the closing.
imported_forms = Table(
    "imported_forms",
    metadata,
    Column("audience_id", Id, ForeignKey("audiences.id"), primary_key=True),
    Column("number", String(14), primary_key=True),
    Column("mark", String(16), nullable=False),
)
answer_imports = Table(
    "answer_imports",
    metadata,
    Column("id", Id, primary_key=True),
    Column("audience_id", Id, ForeignKey("audiences.id"), nullable=False, index=True),
    Column("sha256", String(64), nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("name", String(255), nullable=False),
    Column("sheet", String(255)),
    Column("dry_run", Boolean, nullable=False),
    Column("stored", Boolean, nullable=False),
    Column("asked_by", String(200), nullable=False),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("state", String(10), nullable=False, index=True),
    Column("attempts", Integer, nullable=False),
    Column("rows", Integer, nullable=False),
    Column("written", Integer, nullable=False),
    Column("same", Integer, nullable=False),
    Column("report", Json),
    Column("reason", Text),
    Column("beat_at", UtcDateTime),
    Column("ended_at", UtcDateTime),
    Column("version", Integer, nullable=False),
)
