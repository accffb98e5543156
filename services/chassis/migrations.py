"""Schemas of the services' databases, by Alembic; each service has a folder ``migrations/``."""

from __future__ import annotations

import importlib
from contextlib import ExitStack
from importlib import resources

import sqlalchemy as sa
from alembic import command, context
from alembic.config import Config
from alembic.script import Script, ScriptDirectory

from .database import create_engine, until_unlocked
from .settings import Settings, owner

#: PostgreSQL waits this long for a lock before a migration gives up; it can be run again.
LOCK_TIMEOUT = "5s"


def metadata(service: str) -> sa.MetaData:
    """The tables of a service as its ``tables.py`` has them."""
    found: sa.MetaData = importlib.import_module(f"services.{owner(service)}.tables").metadata
    return found


def upgrade(settings: Settings, revision: str = "head") -> None:
    """Bring a service's database to a revision, the newest one; repeating it changes nothing."""
    engine = create_engine(settings.database_url)
    with ExitStack() as stack:
        # Services may be writing, and two replicas may migrate at once: the second one waits, and
        # finds the work done.
        connection = stack.enter_context(engine.connect())
        if engine.dialect.name == "sqlite":
            # A table that others refer to is changed by making it anew; nothing may be deleted
            # with the old one.  Inside a transaction this cannot be said.
            connection.connection.cursor().execute("PRAGMA foreign_keys=OFF")
        until_unlocked(lambda: stack.enter_context(connection.begin()))
        if engine.dialect.name == "postgresql":
            connection.execute(sa.text("SELECT pg_advisory_xact_lock(70001)"))
            connection.execute(sa.text(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'"))
        command.upgrade(_config(settings, connection), revision)
        if engine.dialect.name == "sqlite":
            broken = connection.execute(sa.text("PRAGMA foreign_key_check")).all()
            if broken:
                raise RuntimeError(f"the migration leaves {len(broken)} rows that refer to nothing")
    engine.dispose()


def revise(service: str, message: str, settings: Settings) -> str:
    """Write a new revision from the difference between the tables and the database; its path."""
    upgrade(settings)
    engine = create_engine(settings.database_url)
    with engine.connect() as connection:
        config = _config(settings, connection)
        number = f"{len(list(ScriptDirectory.from_config(config).walk_revisions())) + 1:04d}"
        script = command.revision(config, message, autogenerate=True, rev_id=number)
    engine.dispose()
    return str(script.path) if isinstance(script, Script) else ""


def run() -> None:
    """What every service's ``migrations/env.py`` does: migrate on the connection it is given."""
    connection = context.config.attributes["connection"]
    context.configure(
        connection=connection,
        target_metadata=context.config.attributes["metadata"],
        render_as_batch=connection.dialect.name == "sqlite",
        user_module_prefix="columns.",
    )
    with context.begin_transaction():
        context.run_migrations()


def _config(settings: Settings, connection: sa.Connection) -> Config:
    service = settings.service
    config = Config()
    folder = resources.files(f"services.{service}") / "migrations"
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.attributes["connection"] = connection
    config.attributes["metadata"] = metadata(service)
    # For a migration that seals what it moves.
    config.attributes["settings"] = settings
    return config
