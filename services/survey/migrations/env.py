"""Alembic's entry."""

from services.chassis import migrations

migrations.run()
