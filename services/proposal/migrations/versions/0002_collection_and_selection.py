"""collection and selection

Revision: 0002, after: 0001
"""

from __future__ import annotations

import uuid

import sqlalchemy as sa
from alembic import op

from services.chassis import columns

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply; must work while the release before still runs."""
    op.create_table(
        "answer_judgements",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("answer_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("suggestion_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("judge", sa.String(length=64), nullable=False),
        sa.Column("judgement", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(length=200), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_judgements")),
    )
    with op.batch_alter_table("answer_judgements", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_answer_judgements_suggestion_id"), ["suggestion_id"], unique=False
        )
        batch_op.create_index(
            "uq_answer_judgements_answer_id_judge", ["answer_id", "judge"], unique=True
        )

    op.create_table(
        "answers",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("suggestion_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("project_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("unit_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("result", sa.String(length=1), nullable=False),
        sa.Column("promised_on", sa.Date(), nullable=True),
        sa.Column("deputy_ids", columns.Json(), nullable=False),
        sa.Column("to_author", sa.Boolean(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("given_by", sa.String(length=200), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answers")),
    )
    with op.batch_alter_table("answers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_answers_project_id"), ["project_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_answers_suggestion_id"), ["suggestion_id"], unique=False
        )

    op.create_table(
        "candidate_suggested_projects",
        sa.Column("candidate_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("project_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.PrimaryKeyConstraint(
            "candidate_id", "project_id", name=op.f("pk_candidate_suggested_projects")
        ),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("candidate_suggested_projects", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_candidate_suggested_projects_project_id"), ["project_id"], unique=False
        )

    op.create_table(
        "candidate_versions",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("candidate_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", columns.Json(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("replaced_by", sa.String(length=200), nullable=False),
        sa.Column("replaced_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_candidate_versions")),
        sa.UniqueConstraint(
            "candidate_id", "number", name=op.f("uq_candidate_versions_candidate_id_number")
        ),
    )
    op.create_table(
        "cluster_members",
        sa.Column("run_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("suggestion_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("cluster_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("moved", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("run_id", "suggestion_id", name=op.f("pk_cluster_members")),
    )
    with op.batch_alter_table("cluster_members", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_cluster_members_cluster_id"), ["cluster_id"], unique=False
        )

    op.create_table(
        "cluster_moves",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("suggestion_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("other_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("verdict", sa.String(length=10), nullable=False),
        sa.Column("left_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("moved_by", sa.String(length=200), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cluster_moves")),
    )
    with op.batch_alter_table("cluster_moves", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cluster_moves_year"), ["year"], unique=False)

    op.create_table(
        "cluster_runs",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("aspect", sa.String(length=40), nullable=True),
        sa.Column("parameters", columns.Json(), nullable=False),
        sa.Column("code_version", sa.String(length=40), nullable=False),
        sa.Column("input_hash", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("counts", columns.Json(), nullable=False),
        sa.Column("agreement", columns.Json(), nullable=False),
        sa.Column("started_at", columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("finished_at", columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cluster_runs")),
        sa.UniqueConstraint("digest", name=op.f("uq_cluster_runs_digest")),
    )
    with op.batch_alter_table("cluster_runs", schema=None) as batch_op:
        batch_op.create_index(
            "ix_cluster_runs_year_finished_at", ["year", "finished_at"], unique=False
        )

    op.create_table(
        "clusters",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("run_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("aspect", sa.String(length=40), nullable=False),
        sa.Column("representative_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clusters")),
    )
    with op.batch_alter_table("clusters", schema=None) as batch_op:
        batch_op.create_index("ix_clusters_run_id_number", ["run_id", "number"], unique=False)

    op.create_table(
        "collection_activities",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("organiser_kind", sa.String(length=20), nullable=False),
        sa.Column("organiser", sa.String(length=120), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("recorded_at", columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_collection_activities")),
    )
    op.create_table(
        "comments",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("suggestion_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("deputy_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comments")),
    )
    with op.batch_alter_table("comments", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_comments_suggestion_id"), ["suggestion_id"], unique=False
        )

    op.create_table(
        "contact_readings",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("suggestion_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("read_by", sa.String(length=200), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("read_at", columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_readings")),
    )
    with op.batch_alter_table("contact_readings", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_contact_readings_suggestion_id"), ["suggestion_id"], unique=False
        )

    op.create_table(
        "contacts",
        sa.Column("suggestion_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("recorded_at", columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("suggestion_id", name=op.f("pk_contacts")),
    )
    op.create_table(
        "cosignatures",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("suggestion_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("deputy_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cosignatures")),
    )
    with op.batch_alter_table("cosignatures", schema=None) as batch_op:
        batch_op.create_index(
            "uq_cosignatures_suggestion_id_deputy_id", ["suggestion_id", "deputy_id"], unique=True
        )

    op.create_table(
        "deadlines",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("subject_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("suggestion_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("project_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("unit_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("begins", sa.String(length=20), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=True),
        sa.Column("unit", sa.String(length=20), nullable=True),
        sa.Column("over_holidays", sa.Boolean(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("starts_at", columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("due_at", columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("rule_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("rule_digest", sa.String(length=64), nullable=True),
        sa.Column("recorded_at", columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("extended_on", sa.Date(), nullable=True),
        sa.Column("extension_reason", sa.Text(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("extended_by", sa.String(length=200), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadlines")),
    )
    with op.batch_alter_table("deadlines", schema=None) as batch_op:
        batch_op.create_index("ix_deadlines_due_on_id", ["due_on", "id"], unique=False)
        batch_op.create_index(
            "ix_deadlines_open",
            ["due_on", "id", "kind"],
            unique=False,
            sqlite_where=sa.text("ended_on IS NULL"),
            postgresql_where=sa.text("ended_on IS NULL"),
        )
        batch_op.create_index(batch_op.f("ix_deadlines_project_id"), ["project_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_deadlines_subject_id"), ["subject_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_deadlines_suggestion_id"), ["suggestion_id"], unique=False
        )

    op.create_table(
        "deputies",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("congress", sa.String(length=6), nullable=False),
        sa.Column("level", sa.String(length=20), nullable=False),
        sa.Column("delegation", sa.String(length=120), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deputies")),
    )
    op.create_table(
        "exports",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("list", sa.String(length=40), nullable=False),
        sa.Column("filters", columns.Json(), nullable=False),
        sa.Column("format", sa.String(length=10), nullable=False),
        sa.Column("asked_by", sa.String(length=200), nullable=False),
        sa.Column("asked_at", columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("beat_at", columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("rows", sa.Integer(), nullable=True),
        sa.Column("size", sa.BigInteger(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("ready_at", columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exports")),
    )
    with op.batch_alter_table("exports", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_exports_state"), ["state"], unique=False)

    op.create_table(
        "follow_ups",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("suggestion_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("milestone", sa.String(length=40), nullable=False),
        sa.Column("about_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("project_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("reason", sa.String(length=40), nullable=True),
        sa.Column("votes", columns.Json(), nullable=True),
        sa.Column("deputy_ids", columns.Json(), nullable=False),
        sa.Column("to_author", sa.Boolean(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_ups")),
    )
    with op.batch_alter_table("follow_ups", schema=None) as batch_op:
        batch_op.create_index(
            "ix_follow_ups_suggestion_id_happened_on",
            ["suggestion_id", "happened_on"],
            unique=False,
        )
        batch_op.create_index(
            "uq_follow_ups_about_id_suggestion_id_milestone",
            ["about_id", "suggestion_id", "milestone"],
            unique=True,
        )

    op.create_table(
        "handovers",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("project_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("unit_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("document_number", sa.String(length=60), nullable=True),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("return_until", sa.Date(), nullable=True),
        sa.Column("returned_on", sa.Date(), nullable=True),
        sa.Column("return_reason", sa.Text(), nullable=True),
        sa.Column("opinion", sa.Text(), nullable=True),
        sa.Column("opinion_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("returned_by", sa.String(length=200), nullable=True),
        sa.Column("opinion_by", sa.String(length=200), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handovers")),
    )
    with op.batch_alter_table("handovers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_handovers_project_id"), ["project_id"], unique=False)

    op.create_table(
        "heard_look_backs",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("project_name", sa.String(length=120), nullable=False),
        sa.Column("project_year", sa.Integer(), nullable=False),
        sa.Column("effective", sa.Boolean(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_heard_look_backs")),
    )
    with op.batch_alter_table("heard_look_backs", schema=None) as batch_op:
        batch_op.create_index(
            "ix_heard_look_backs_project_year_project_name",
            ["project_year", "project_name"],
            unique=False,
        )

    op.create_table(
        "heard_projects",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("heard", sa.Integer(), nullable=False),
        sa.Column("completed_on", sa.Date(), nullable=True),
        sa.Column("sub_item_ids", columns.Json(), nullable=False),
        sa.Column("progress", columns.Json(), nullable=False),
        sa.Column("scores", columns.Json(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_heard_projects")),
    )
    op.create_table(
        "heard_results",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("ballot_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("chosen", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=True),
        sa.Column("round", sa.Integer(), nullable=True),
        sa.Column("approve", sa.Integer(), nullable=True),
        sa.Column("oppose", sa.Integer(), nullable=True),
        sa.Column("abstain", sa.Integer(), nullable=True),
        sa.Column("certified_on", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_heard_results")),
    )
    with op.batch_alter_table("heard_results", schema=None) as batch_op:
        batch_op.create_index("ix_heard_results_year_name", ["year", "name"], unique=False)

    op.create_table(
        "imports",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("file_hash", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("imported_by", sa.String(length=200), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("written", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("started_at", columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("finished_at", columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imports")),
        sa.UniqueConstraint("file_hash", name=op.f("uq_imports_file_hash")),
    )
    op.create_table(
        "matches",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("suggestion_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("sub_item_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("matched_on", sa.Date(), nullable=False),
        sa.Column("matched_by", sa.String(length=200), nullable=False),
        sa.Column("recorded_at", columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_matches")),
    )
    with op.batch_alter_table("matches", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_matches_suggestion_id"), ["suggestion_id"], unique=False
        )

    op.create_table(
        "pool_entries",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("aspect", sa.String(length=40), nullable=False),
        sa.Column("suggested_project_ids", columns.Json(), nullable=False),
        sa.Column("candidate_ids", columns.Json(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("added_on", sa.Date(), nullable=False),
        sa.Column("history", columns.Json(), nullable=False),
        sa.Column("recorded_at", columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pool_entries")),
    )
    with op.batch_alter_table("pool_entries", schema=None) as batch_op:
        batch_op.create_index("ix_pool_entries_state_aspect", ["state", "aspect"], unique=False)

    op.create_table(
        "rules",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("source", sa.String(length=500), nullable=False),
        sa.Column("content", columns.Json(), nullable=False),
        sa.Column("adopted_by", sa.String(length=200), nullable=False),
        sa.Column("adopted_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rules")),
    )
    with op.batch_alter_table("rules", schema=None) as batch_op:
        batch_op.create_index("ix_rules_kind_adopted_on", ["kind", "adopted_on"], unique=False)

    op.create_table(
        "similarity_blocks",
        sa.Column(
            "segment_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("segment_id", "place", name=op.f("pk_similarity_blocks")),
    )
    op.create_table(
        "similarity_documents",
        sa.Column(
            "number",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("suggestion_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(length=32), nullable=False),
        sa.Column("pending", sa.Boolean(), server_default=sa.text("(true)"), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_similarity_documents")),
        sa.UniqueConstraint("suggestion_id", name=op.f("uq_similarity_documents_suggestion_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("similarity_documents", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_similarity_documents_fingerprint"), ["fingerprint"], unique=False
        )
        batch_op.create_index(
            "ix_similarity_documents_pending",
            ["number"],
            unique=False,
            sqlite_where=sa.text("pending"),
            postgresql_where=sa.text("pending"),
        )

    op.create_table(
        "similarity_lexicons",
        sa.Column("id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("groups", columns.Json(), nullable=False),
        sa.Column("phrases", columns.Json(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_similarity_lexicons")),
    )
    op.create_table(
        "similarity_segments",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("numbers", sa.LargeBinary(), nullable=False),
        sa.Column("lengths", sa.LargeBinary(), nullable=False),
        sa.Column("grams", sa.LargeBinary(), nullable=False),
        sa.Column("counts", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_similarity_segments")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "sortings",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("suggestion_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("aspect_before", sa.String(length=40), nullable=False),
        sa.Column("aspect_after", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("reason_code", sa.String(length=40), nullable=True),
        sa.Column("checks", columns.Json(), nullable=True),
        sa.Column("rule_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("rule_digest", sa.String(length=64), nullable=False),
        sa.Column("sorted_by", sa.String(length=200), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sortings")),
    )
    with op.batch_alter_table("sortings", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_sortings_suggestion_id"), ["suggestion_id"], unique=False
        )

    op.create_table(
        "suggested_project_suggestions",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("project_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("suggestion_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("added_on", sa.Date(), nullable=False),
        sa.Column("added_by", sa.String(length=200), nullable=True),
        sa.Column("added_because", sa.Text(), nullable=True),
        sa.Column("removed_on", sa.Date(), nullable=True),
        sa.Column("removed_by", sa.String(length=200), nullable=True),
        sa.Column("removed_because", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suggested_project_suggestions")),
    )
    with op.batch_alter_table("suggested_project_suggestions", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_suggested_project_suggestions_project_id"), ["project_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_suggested_project_suggestions_suggestion_id"),
            ["suggestion_id"],
            unique=False,
        )

    op.create_table(
        "suggestion_versions",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("suggestion_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", columns.Json(), nullable=False),
        sa.Column("by", sa.String(length=10), nullable=False),
        sa.Column("corrected_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suggestion_versions")),
    )
    with op.batch_alter_table("suggestion_versions", schema=None) as batch_op:
        batch_op.create_index(
            "uq_suggestion_versions_suggestion_id_number", ["suggestion_id", "number"], unique=True
        )

    op.create_table(
        "supports",
        sa.Column("suggestion_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("person", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("suggestion_id", "person", name=op.f("pk_supports")),
    )
    op.create_table(
        "pool_suggestions",
        sa.Column("entry_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("suggestion_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["pool_entries.id"], name=op.f("fk_pool_suggestions_entry_id")
        ),
        sa.PrimaryKeyConstraint("entry_id", "suggestion_id", name=op.f("pk_pool_suggestions")),
    )
    with op.batch_alter_table("pool_suggestions", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_pool_suggestions_suggestion_id"), ["suggestion_id"], unique=False
        )

    with op.batch_alter_table("aspects", schema=None) as batch_op:
        batch_op.add_column(sa.Column("until", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("superseded_by", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("names", columns.Json(), nullable=True))

    with op.batch_alter_table("candidates", schema=None) as batch_op:
        batch_op.add_column(sa.Column("goal", sa.Text(), nullable=True))
        batch_op.add_column(
            sa.Column("co_unit_ids", columns.Json(), server_default="[]", nullable=False)
        )
        batch_op.add_column(
            sa.Column("sources", columns.Json(), server_default="[]", nullable=False)
        )
        batch_op.add_column(sa.Column("years", columns.Json(), server_default="[]", nullable=False))
        batch_op.add_column(
            sa.Column("places", columns.Json(), server_default="[]", nullable=False)
        )
        batch_op.add_column(sa.Column("urgency", sa.String(length=40), nullable=True))
        batch_op.add_column(
            sa.Column("stages", columns.Json(), server_default="[]", nullable=False)
        )
        batch_op.add_column(sa.Column("supporting", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("operation", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("pool_entry_id", sa.Uuid(as_uuid=False), nullable=True))
        batch_op.add_column(
            sa.Column("state", sa.String(length=20), server_default="proposed", nullable=False)
        )
        batch_op.add_column(sa.Column("revision", sa.Integer(), server_default="1", nullable=False))
        batch_op.add_column(sa.Column("revised_on", sa.Date(), nullable=True))
        batch_op.add_column(
            sa.Column("screenings", columns.Json(), server_default="[]", nullable=False)
        )
        batch_op.create_index("ix_candidates_year_state", ["year", "state"], unique=False)

    with op.batch_alter_table("rounds", schema=None) as batch_op:
        batch_op.add_column(sa.Column("dates", columns.Json(), nullable=True))
        batch_op.create_index("ix_rounds_year", ["year"], unique=False)

    with op.batch_alter_table("shortlists", schema=None) as batch_op:
        batch_op.add_column(sa.Column("seats", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("digest", sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column("rule", columns.Json(), nullable=True))
        batch_op.add_column(
            sa.Column("stages", columns.Json(), server_default="[]", nullable=False)
        )

    with op.batch_alter_table("suggested_projects", schema=None) as batch_op:
        batch_op.add_column(sa.Column("unit_id", sa.Uuid(as_uuid=False), nullable=True))
        batch_op.add_column(sa.Column("co_handling_unit_ids", columns.Json(), nullable=True))
        batch_op.add_column(sa.Column("document_number", sa.String(length=60), nullable=True))
        batch_op.add_column(sa.Column("handed_over_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("answer_due_on", sa.Date(), nullable=True))
        batch_op.add_column(
            sa.Column(
                "answer_due_provisional",
                sa.Boolean(),
                server_default=sa.text("(false)"),
                nullable=False,
            )
        )
        batch_op.add_column(sa.Column("answered_on", sa.Date(), nullable=True))

    with op.batch_alter_table("suggestions", schema=None) as batch_op:
        batch_op.add_column(sa.Column("beneficiaries", sa.String(length=200), nullable=True))
        batch_op.add_column(sa.Column("round_id", sa.Uuid(as_uuid=False), nullable=True))
        batch_op.add_column(sa.Column("activity_id", sa.Uuid(as_uuid=False), nullable=True))
        batch_op.add_column(sa.Column("datum", sa.String(length=10), nullable=True))
        batch_op.add_column(sa.Column("given_longitude", sa.Float(), nullable=True))
        batch_op.add_column(sa.Column("given_latitude", sa.Float(), nullable=True))
        batch_op.add_column(sa.Column("attachments", columns.Json(), nullable=True))
        batch_op.add_column(sa.Column("author", sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column("entered_by", sa.String(length=200), nullable=True))
        batch_op.add_column(sa.Column("source", sa.String(length=60), nullable=True))
        batch_op.add_column(sa.Column("source_id", sa.String(length=120), nullable=True))
        batch_op.add_column(sa.Column("source_digest", sa.String(length=64), nullable=True))
        batch_op.add_column(
            sa.Column("supporters", sa.Integer(), server_default="0", nullable=False)
        )
        batch_op.add_column(
            sa.Column("cosigners", sa.Integer(), server_default="0", nullable=False)
        )
        batch_op.add_column(sa.Column("reason_code", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("as_sorted", columns.Json(), nullable=True))
        batch_op.add_column(sa.Column("withdrawn_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("withdrawal", columns.Json(), nullable=True))
        batch_op.add_column(sa.Column("answer_due_on", sa.Date(), nullable=True))
        batch_op.add_column(
            sa.Column(
                "answer_due_provisional",
                sa.Boolean(),
                server_default=sa.text("(false)"),
                nullable=False,
            )
        )
        batch_op.add_column(sa.Column("answered_on", sa.Date(), nullable=True))
        batch_op.create_index("ix_suggestions_activity_id", ["activity_id"], unique=False)
        batch_op.create_index("ix_suggestions_answer_due_on", ["answer_due_on"], unique=False)
        batch_op.create_index("ix_suggestions_author", ["author"], unique=False)
        batch_op.create_index("ix_suggestions_deputy_id", ["deputy_id"], unique=False)
        batch_op.create_index("ix_suggestions_matched_sub_item", ["matched_sub_item"], unique=False)
        batch_op.create_index(
            "ix_suggestions_unanswered",
            ["answer_due_on"],
            unique=False,
            sqlite_where=sa.text("state = 'accepted' AND answered_on IS NULL"),
            postgresql_where=sa.text("state = 'accepted' AND answered_on IS NULL"),
        )
        batch_op.create_index(
            "ix_suggestions_published",
            ["happened_on", "id", "year", "aspect", "division"],
            unique=False,
            sqlite_where=sa.text("state = 'accepted'"),
            postgresql_where=sa.text("state = 'accepted'"),
        )
        batch_op.create_index(
            "ix_suggestions_supported",
            ["supporters", "id", "year", "aspect", "division"],
            unique=False,
            sqlite_where=sa.text("state = 'accepted'"),
            postgresql_where=sa.text("state = 'accepted'"),
        )
        batch_op.drop_index("ix_suggestions_year_state")
        batch_op.create_index(
            "ix_suggestions_year_state_happened_on",
            ["year", "state", "happened_on", "id", "aspect", "division"],
            unique=False,
        )
        batch_op.create_index(
            "uq_suggestions_source_source_id", ["source", "source_id"], unique=True
        )

    with op.batch_alter_table("voted_sub_items", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_voted_sub_items_project_id"), ["project_id"], unique=False
        )
    _fill_links()
    _tell_states()


def downgrade() -> None:
    """Take back."""
    with op.batch_alter_table("voted_sub_items", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_voted_sub_items_project_id"))

    with op.batch_alter_table("suggestions", schema=None) as batch_op:
        batch_op.drop_index("uq_suggestions_source_source_id")
        batch_op.drop_index("ix_suggestions_year_state_happened_on")
        batch_op.create_index("ix_suggestions_year_state", ["year", "state"], unique=False)
        batch_op.drop_index(
            "ix_suggestions_supported",
            sqlite_where=sa.text("state = 'accepted'"),
            postgresql_where=sa.text("state = 'accepted'"),
        )
        batch_op.drop_index(
            "ix_suggestions_published",
            sqlite_where=sa.text("state = 'accepted'"),
            postgresql_where=sa.text("state = 'accepted'"),
        )
        batch_op.drop_index(
            "ix_suggestions_unanswered",
            sqlite_where=sa.text("state = 'accepted' AND answered_on IS NULL"),
            postgresql_where=sa.text("state = 'accepted' AND answered_on IS NULL"),
        )
        batch_op.drop_index("ix_suggestions_matched_sub_item")
        batch_op.drop_index("ix_suggestions_deputy_id")
        batch_op.drop_index("ix_suggestions_author")
        batch_op.drop_index("ix_suggestions_answer_due_on")
        batch_op.drop_index("ix_suggestions_activity_id")
        batch_op.drop_column("answered_on")
        batch_op.drop_column("answer_due_provisional")
        batch_op.drop_column("answer_due_on")
        batch_op.drop_column("withdrawal")
        batch_op.drop_column("withdrawn_on")
        batch_op.drop_column("as_sorted")
        batch_op.drop_column("reason_code")
        batch_op.drop_column("cosigners")
        batch_op.drop_column("supporters")
        batch_op.drop_column("source_digest")
        batch_op.drop_column("source_id")
        batch_op.drop_column("source")
        batch_op.drop_column("entered_by")
        batch_op.drop_column("author")
        batch_op.drop_column("attachments")
        batch_op.drop_column("given_latitude")
        batch_op.drop_column("given_longitude")
        batch_op.drop_column("datum")
        batch_op.drop_column("activity_id")
        batch_op.drop_column("round_id")
        batch_op.drop_column("beneficiaries")

    with op.batch_alter_table("suggested_projects", schema=None) as batch_op:
        batch_op.drop_column("answered_on")
        batch_op.drop_column("answer_due_provisional")
        batch_op.drop_column("answer_due_on")
        batch_op.drop_column("handed_over_on")
        batch_op.drop_column("document_number")
        batch_op.drop_column("co_handling_unit_ids")
        batch_op.drop_column("unit_id")

    with op.batch_alter_table("shortlists", schema=None) as batch_op:
        batch_op.drop_column("stages")
        batch_op.drop_column("rule")
        batch_op.drop_column("digest")
        batch_op.drop_column("seats")

    with op.batch_alter_table("rounds", schema=None) as batch_op:
        batch_op.drop_index("ix_rounds_year")
        batch_op.drop_column("dates")

    with op.batch_alter_table("candidates", schema=None) as batch_op:
        batch_op.drop_index("ix_candidates_year_state")
        batch_op.drop_column("screenings")
        batch_op.drop_column("revised_on")
        batch_op.drop_column("revision")
        batch_op.drop_column("state")
        batch_op.drop_column("pool_entry_id")
        batch_op.drop_column("operation")
        batch_op.drop_column("supporting")
        batch_op.drop_column("stages")
        batch_op.drop_column("urgency")
        batch_op.drop_column("places")
        batch_op.drop_column("years")
        batch_op.drop_column("sources")
        batch_op.drop_column("co_unit_ids")
        batch_op.drop_column("goal")

    with op.batch_alter_table("aspects", schema=None) as batch_op:
        batch_op.drop_column("names")
        batch_op.drop_column("superseded_by")
        batch_op.drop_column("until")

    with op.batch_alter_table("pool_suggestions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pool_suggestions_suggestion_id"))

    op.drop_table("pool_suggestions")
    op.drop_table("supports")
    with op.batch_alter_table("suggestion_versions", schema=None) as batch_op:
        batch_op.drop_index("uq_suggestion_versions_suggestion_id_number")

    op.drop_table("suggestion_versions")
    with op.batch_alter_table("suggested_project_suggestions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_suggested_project_suggestions_suggestion_id"))
        batch_op.drop_index(batch_op.f("ix_suggested_project_suggestions_project_id"))

    op.drop_table("suggested_project_suggestions")
    with op.batch_alter_table("sortings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sortings_suggestion_id"))

    op.drop_table("sortings")
    op.drop_table("similarity_segments")
    op.drop_table("similarity_lexicons")
    with op.batch_alter_table("similarity_documents", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_similarity_documents_pending",
            sqlite_where=sa.text("pending"),
            postgresql_where=sa.text("pending"),
        )
        batch_op.drop_index(batch_op.f("ix_similarity_documents_fingerprint"))

    op.drop_table("similarity_documents")
    op.drop_table("similarity_blocks")
    with op.batch_alter_table("rules", schema=None) as batch_op:
        batch_op.drop_index("ix_rules_kind_adopted_on")

    op.drop_table("rules")
    with op.batch_alter_table("pool_entries", schema=None) as batch_op:
        batch_op.drop_index("ix_pool_entries_state_aspect")

    op.drop_table("pool_entries")
    with op.batch_alter_table("matches", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_matches_suggestion_id"))

    op.drop_table("matches")
    op.drop_table("imports")
    with op.batch_alter_table("heard_results", schema=None) as batch_op:
        batch_op.drop_index("ix_heard_results_year_name")

    op.drop_table("heard_results")
    op.drop_table("heard_projects")
    with op.batch_alter_table("heard_look_backs", schema=None) as batch_op:
        batch_op.drop_index("ix_heard_look_backs_project_year_project_name")

    op.drop_table("heard_look_backs")
    with op.batch_alter_table("handovers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_handovers_project_id"))

    op.drop_table("handovers")
    with op.batch_alter_table("follow_ups", schema=None) as batch_op:
        batch_op.drop_index("uq_follow_ups_about_id_suggestion_id_milestone")
        batch_op.drop_index("ix_follow_ups_suggestion_id_happened_on")

    op.drop_table("follow_ups")
    with op.batch_alter_table("exports", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_exports_state"))

    op.drop_table("exports")
    op.drop_table("deputies")
    with op.batch_alter_table("deadlines", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_deadlines_suggestion_id"))
        batch_op.drop_index(batch_op.f("ix_deadlines_subject_id"))
        batch_op.drop_index(batch_op.f("ix_deadlines_project_id"))
        batch_op.drop_index(
            "ix_deadlines_open",
            sqlite_where=sa.text("ended_on IS NULL"),
            postgresql_where=sa.text("ended_on IS NULL"),
        )
        batch_op.drop_index("ix_deadlines_due_on_id")

    op.drop_table("deadlines")
    with op.batch_alter_table("cosignatures", schema=None) as batch_op:
        batch_op.drop_index("uq_cosignatures_suggestion_id_deputy_id")

    op.drop_table("cosignatures")
    op.drop_table("contacts")
    with op.batch_alter_table("contact_readings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contact_readings_suggestion_id"))

    op.drop_table("contact_readings")
    with op.batch_alter_table("comments", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_comments_suggestion_id"))

    op.drop_table("comments")
    op.drop_table("collection_activities")
    with op.batch_alter_table("clusters", schema=None) as batch_op:
        batch_op.drop_index("ix_clusters_run_id_number")

    op.drop_table("clusters")
    with op.batch_alter_table("cluster_runs", schema=None) as batch_op:
        batch_op.drop_index("ix_cluster_runs_year_finished_at")

    op.drop_table("cluster_runs")
    with op.batch_alter_table("cluster_moves", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_cluster_moves_year"))

    op.drop_table("cluster_moves")
    with op.batch_alter_table("cluster_members", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_cluster_members_cluster_id"))

    op.drop_table("cluster_members")
    op.drop_table("candidate_versions")
    with op.batch_alter_table("candidate_suggested_projects", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_candidate_suggested_projects_project_id"))

    op.drop_table("candidate_suggested_projects")
    with op.batch_alter_table("answers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_answers_suggestion_id"))
        batch_op.drop_index(batch_op.f("ix_answers_project_id"))

    op.drop_table("answers")
    with op.batch_alter_table("answer_judgements", schema=None) as batch_op:
        batch_op.drop_index("uq_answer_judgements_answer_id_judge")
        batch_op.drop_index(batch_op.f("ix_answer_judgements_suggestion_id"))

    op.drop_table("answer_judgements")


def _fill_links() -> None:
    """Put what stands in the lists of ids into the tables that are joined by."""
    connection = op.get_bind()
    for row in connection.execute(sa.select(_PROJECTS)).all():
        for suggestion_id in row.suggestion_ids:
            member = {"id": str(uuid.uuid4()), "project_id": row.id, "version": 1}
            member |= {"suggestion_id": suggestion_id, "added_on": row.happened_on}
            connection.execute(sa.insert(_MEMBERS), member)
    for row in connection.execute(sa.select(_CANDIDATES)).all():
        for project_id in row.suggested_project_ids:
            link = {"candidate_id": row.id, "project_id": project_id}
            connection.execute(sa.insert(_LINKS), link)


def _tell_states() -> None:
    """Candidates of the release before went to the vote, and some were chosen."""
    connection = op.get_bind()
    adopted = sa.select(_SHORTLISTS).where(_SHORTLISTS.c.adopted_on.is_not(None))
    went = {id_ for row in connection.execute(adopted).all() for id_ in row.candidate_ids}
    chosen = set(connection.execute(sa.select(_VOTED.c.project_id)).scalars())
    for id_ in went:
        state = "chosen" if id_ in chosen else "shortlisted"
        here = sa.update(_CANDIDATES).where(_CANDIDATES.c.id == id_)
        connection.execute(here.values(state=state))


_ID = sa.Uuid(as_uuid=False)
_PROJECTS = sa.table(
    "suggested_projects",
    sa.column("id", _ID),
    sa.column("suggestion_ids", columns.Json()),
    sa.column("happened_on", sa.Date()),
)
_MEMBERS = sa.table(
    "suggested_project_suggestions",
    sa.column("id", _ID),
    sa.column("project_id", _ID),
    sa.column("suggestion_id", _ID),
    sa.column("added_on", sa.Date()),
    sa.column("version", sa.Integer()),
)
_CANDIDATES = sa.table(
    "candidates",
    sa.column("id", _ID),
    sa.column("suggested_project_ids", columns.Json()),
    sa.column("state", sa.String(20)),
)
_LINKS = sa.table(
    "candidate_suggested_projects", sa.column("candidate_id", _ID), sa.column("project_id", _ID)
)
_SHORTLISTS = sa.table(
    "shortlists",
    sa.column("candidate_ids", columns.Json()),
    sa.column("adopted_on", sa.Date()),
)
_VOTED = sa.table("voted_sub_items", sa.column("project_id", _ID))
