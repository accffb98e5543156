"""The tables that the chassis keeps in every service's database, beside the service's own."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

from .columns import Id, Json, UtcDateTime

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

_Sequence = BigInteger().with_variant(Integer, "sqlite")


def service_metadata() -> MetaData:
    """The metadata of one service's database, with outbox, inbox and idempotency keys in it."""
    metadata = MetaData(naming_convention=NAMES)
    # Written with the rows that caused it; gone when the broker has confirmed it.
    Table(
        "outbox",
        metadata,
        Column("sequence", _Sequence, primary_key=True, autoincrement=True),
        Column("event_id", Id, nullable=False),
        Column("subject", String(64), nullable=False),
        Column("routing_key", String(255), nullable=False),
        Column("also", Json, nullable=False),
        Column("body", Text, nullable=False),
    )
    Table(
        "inbox",
        metadata,
        Column("source", String(64), primary_key=True),
        Column("event_id", Id, primary_key=True),
        sqlite_with_rowid=False,  # one tree to write instead of two
    )
    # Never caller or body: H(key), HMAC(key, caller ‖ body), and the answer to give again.
    Table(
        "idempotency",
        metadata,
        Column("key_hash", LargeBinary(32), primary_key=True),
        Column("fingerprint", LargeBinary(32), nullable=False),
        Column("answer", Json),
        Column("expires_at", UtcDateTime),
        sqlite_with_rowid=False,
    )
    return metadata
