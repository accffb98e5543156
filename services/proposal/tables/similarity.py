"""The index of similar suggestions; it can be made anew from the suggestions at any time."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    String,
    Table,
    text,
)

from services.chassis.columns import Id, Json

from .metadata import metadata

_Number = BigInteger().with_variant(Integer, "sqlite")

# One row for each suggestion that can be found.  A corrected one gets a new number, so what
# segments hold under the old number means nothing any more.  ``pending``: in no segment yet; a
# query reads those themselves.
documents = Table(
    "similarity_documents",
    metadata,
    Column("number", _Number, primary_key=True, autoincrement=True),
    Column("suggestion_id", Id, nullable=False, unique=True),
    Column("fingerprint", LargeBinary(32), nullable=False, index=True),
    Column("pending", Boolean, nullable=False, server_default=text("true")),
    sqlite_autoincrement=True,  # a number is never given twice
)
Index(
    "ix_similarity_documents_pending",
    documents.c.number,
    sqlite_where=text("pending"),
    postgresql_where=text("pending"),
)

# The immutable parts of the index.  ``generation``: those of another one than the lexicon's are
# being built, or what a killed process left.  The bytes: see ``similarity.segment``.
segments = Table(
    "similarity_segments",
    metadata,
    Column("id", _Number, primary_key=True, autoincrement=True),
    Column("generation", Integer, nullable=False),
    Column("live", Boolean, nullable=False),
    Column("size", Integer, nullable=False),
    Column("numbers", LargeBinary, nullable=False),
    Column("lengths", LargeBinary, nullable=False),
    Column("grams", LargeBinary, nullable=False),
    Column("counts", LargeBinary, nullable=False),
    sqlite_autoincrement=True,  # processes keep segments in memory by their id
)
# The postings of a segment, cut into rows that a database page holds.
blocks = Table(
    "similarity_blocks",
    metadata,
    Column("segment_id", _Number, primary_key=True, autoincrement=False),
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("data", LargeBinary, nullable=False),
)
# One row: the lexicon with which the segments were made; queries use the same.
lexicons = Table(
    "similarity_lexicons",
    metadata,
    Column("id", SmallInteger, primary_key=True, autoincrement=False),
    Column("generation", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
    Column("groups", Json, nullable=False),
    Column("phrases", Json, nullable=False),
)
