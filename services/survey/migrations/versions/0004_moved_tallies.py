"""moved tallies; Revision: 0004, after: 0003"""

from __future__ import annotations

from alembic import context, op

from services.chassis.secretbox import keys_of
from services.survey.migrations import moving

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply; must work while the release before still runs."""
    own = context.config.attributes["settings"]
    moving.move(op.get_bind(), lambda text: keys_of(own).mark(text))


def downgrade() -> None:
    """What was moved stays where it is."""
