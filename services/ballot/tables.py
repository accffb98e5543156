"""SQL: the tables of this service and how the model is mapped to them."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import registry, relationship

from services.chassis.columns import Id, Json, UtcDateTime
from services.chassis.tables import service_metadata

from .model.ballot import Ballot
from .model.board import (
    AnnexLine,
    CredentialIssue,
    CredentialList,
    Member,
    Openings,
    PublicCredential,
    SeenAlpha,
    SpoiledBallot,
    Turnout,
)
from .model.ceremony import Ceremony
from .model.deputy import Deputy, Mandate
from .model.election import Election
from .model.method import BallotMethod, Discussion
from .model.officer import Officer
from .model.round import Round
from .model.session import Session, SignIn
from .model.shortlist import HeardShortlist

metadata = service_metadata()
mapper = registry(metadata=metadata)


def _version() -> Column[int]:
    return Column("version", Integer, nullable=False)


deputies = Table(
    "deputies",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", String(80), nullable=False),
    Column("enrolled_on", Date, nullable=False),
    Column("recorded_at", UtcDateTime, nullable=False),
    _version(),
)
# A table and not a list in the deputy's row, because a roll is counted by congress.
mandates = Table(
    "mandates",
    metadata,
    Column("deputy_id", Id, ForeignKey("deputies.id"), primary_key=True),
    Column("congress", String(6), primary_key=True, index=True),
    Column("level", String(20), nullable=False),
    Column("delegation", String(80), nullable=False),
)
sessions = Table(
    "sessions",
    metadata,
    Column("id", Id, primary_key=True),
    Column("congress", String(6), nullable=False),
    Column("term", Integer, nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("name", String(120), nullable=False),
    Column("opens_on", Date, nullable=False),
    Column("closes_on", Date, nullable=False),
    Column("recorded_at", UtcDateTime, nullable=False),
    _version(),
    UniqueConstraint("congress", "term", "ordinal"),
)
officers = Table(
    "officers",
    metadata,
    Column("id", Id, primary_key=True),
    Column("session_id", Id, ForeignKey("sessions.id"), nullable=False),
    Column("subject", String(200), nullable=False),
    Column("name", String(80), nullable=False),
    Column("role", String(40), nullable=False),
    Column("put_up_by", String(80)),
    Column("approved_by", String(200), nullable=False),
    Column("approved_on", Date, nullable=False),
    Column("recorded_at", UtcDateTime, nullable=False),
    _version(),
    # One person, one office.
    UniqueConstraint("session_id", "subject"),
)
sign_ins = Table(
    "sign_ins",
    metadata,
    Column("id", Id, primary_key=True),
    Column("session_id", Id, ForeignKey("sessions.id"), nullable=False),
    Column("deputy_id", Id, ForeignKey("deputies.id"), nullable=False),
    Column("happened_on", Date, nullable=False),
    Column("recorded_at", UtcDateTime, nullable=False),
    _version(),
    # Present is present: nobody counts twice on one day.
    UniqueConstraint("session_id", "happened_on", "deputy_id"),
)
ballot_methods = Table(
    "ballot_methods",
    metadata,
    Column("id", Id, primary_key=True),
    Column("title", String(120), nullable=False),
    Column("text", Text, nullable=False),
    Column("parameters", Json, nullable=False),
    Column("supersedes", Id, ForeignKey("ballot_methods.id")),
    Column("drafted_on", Date, nullable=False),
    Column("recorded_at", UtcDateTime, nullable=False),
    Column("submitted_by", String(200)),
    Column("submitted_on", Date),
    Column("adopted_by", String(200)),
    Column("adopted_on", Date),
    _version(),
)
method_discussions = Table(
    "method_discussions",
    metadata,
    Column("id", Id, primary_key=True),
    Column("method_id", Id, ForeignKey("ballot_methods.id"), nullable=False),
    Column("delegation", String(80), nullable=False),
    Column("happened_on", Date, nullable=False),
    Column("opinion", Text),
    UniqueConstraint("method_id", "delegation"),
)
shortlists = Table(
    "shortlists",
    metadata,
    Column("id", Id, primary_key=True),
    Column("year", Integer, nullable=False),
    Column("adopted_on", Date, nullable=False),
    Column("candidates", Json, nullable=False),
    # Since the second release, and empty of what was heard before.
    Column("digest", String(64)),
    Column("published", Json),
    _version(),
)
ballots = Table(
    "ballots",
    metadata,
    Column("id", Id, primary_key=True),
    Column("year", Integer, nullable=False, index=True),
    Column("session_id", Id, ForeignKey("sessions.id"), nullable=False),
    Column("shortlist_id", Id, ForeignKey("shortlists.id"), nullable=False),
    Column("method_id", Id, ForeignKey("ballot_methods.id"), nullable=False),
    Column("candidates", Json, nullable=False),
    Column("roll", Integer, nullable=False),
    Column("opened_on", Date, nullable=False),
    Column("recorded_at", UtcDateTime, nullable=False),
    Column("state", String(20), nullable=False),
    Column("verdicts", Json, nullable=False),
    Column("open_seats", Integer, nullable=False),
    Column("certified_on", Date),
    Column("certified_by", String(200)),
    Column("certified_as", String(40)),
    Column("shortlist_digest", String(64)),
    Column("method_digest", String(64)),
    Column("announcement_number", Integer),
    Column("announcement_signed_by", String(200)),
    Column("announced_on", Date),
    Column("announced_by", String(200)),
    Column("voided_on", Date),
    Column("voided_by", String(200)),
    Column("void_reason", Text),
    Column("medium", String(20), nullable=False, server_default="paper"),
    Column("uuids", Json, nullable=False, server_default="[]"),
    _version(),
    # A session votes on a shortlist once; whatever must be voted on again is a round of it.
    UniqueConstraint("session_id", "shortlist_id"),
    # A session numbers its announcements, each differently.
    Index("ix_ballots_announcement", "session_id", "announcement_number", unique=True),
)
rounds = Table(
    "rounds",
    metadata,
    Column("ballot_id", Id, ForeignKey("ballots.id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(20), nullable=False),
    Column("candidate_ids", Json, nullable=False),
    Column("seats", Integer, nullable=False),
    Column("opened_on", Date, nullable=False),
    Column("opened_by", String(200)),
    Column("present", Integer, nullable=False),
    Column("count", Json),
    Column("entered_by", String(200)),
    Column("entered_on", Date),
    Column("confirmed_by", String(200)),
    Column("confirmed_on", Date),
    Column("medium", String(20), nullable=False, server_default="paper"),
    Column("papers", Json),
    Column("void_because", Text),
)

#: One list per election and spare, as the credentials office made it.
credential_lists = Table(
    "credential_lists",
    metadata,
    Column("uuid", String(64), primary_key=True),
    Column("ballot_id", Id, ForeignKey("ballots.id"), nullable=False, index=True),
    Column("number", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("registered_by", String(200), nullable=False),
    Column("registered_on", Date, nullable=False),
)
ceremonies = Table(
    "ceremonies",
    metadata,
    Column("id", Id, primary_key=True),
    Column("ballot_id", Id, ForeignKey("ballots.id"), nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("group", String(40), nullable=False),
    Column("uuids", Json, nullable=False),
    Column("threshold", Integer, nullable=False),
    Column("seats", Json, nullable=False),
    Column("step", String(20), nullable=False),
    Column("started_on", Date, nullable=False),
    Column("started_by", String(200), nullable=False),
    Column("recorded_at", UtcDateTime, nullable=False),
    Column("rehearsed", Json),
    Column("trustees", Text),
    Column("failed_because", Text),
    Column("complaint", Text),
    _version(),
    UniqueConstraint("ballot_id", "attempt"),
)
elections = Table(
    "elections",
    metadata,
    Column("id", Id, primary_key=True),
    Column("uuid", String(64), nullable=False, unique=True),
    Column("ballot_id", Id, ForeignKey("ballots.id"), nullable=False),
    Column("round", Integer, nullable=False),
    Column("state", String(20), nullable=False),
    Column("manifest", Json, nullable=False),
    Column("timestamp", String(20), nullable=False),
    Column("board_key", LargeBinary, nullable=False),
    Column("sums", Text, nullable=False),
    Column("opened_on", Date, nullable=False),
    Column("opened_by", String(200), nullable=False),
    Column("recorded_at", UtcDateTime, nullable=False),
    Column("last_event", Text, nullable=False),
    Column("members", Integer, nullable=False),
    Column("last_line", Text, nullable=False),
    Column("annex_lines", Integer, nullable=False),
    Column("cast", Integer, nullable=False),
    Column("voted", Integer),
    Column("difference_because", Text),
    Column("cosigned", Json, nullable=False),
    Column("decrypted", Json, nullable=False),
    Column("result", Json),
    Column("closed_on", Date),
    Column("closed_by", String(200)),
    Column("tallied_on", Date),
    Column("tallied_by", String(200)),
    Column("void_because", Text),
    Column("voided_on", Date),
    Column("voided_by", String(200)),
    _version(),
)
#: Who was given a credential is no secret; nobody here knows which one it was.
credential_issues = Table(
    "credential_issues",
    metadata,
    Column("ballot_id", Id, ForeignKey("ballots.id"), primary_key=True),
    Column("deputy_id", Id, ForeignKey("deputies.id"), primary_key=True),
    Column("issued_on", Date, nullable=False),
    Column("issued_by", String(200), nullable=False),
)
board_members = Table(
    "board_members",
    metadata,
    Column("election_id", Id, ForeignKey("elections.id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(5), nullable=False),
    Column("hash", String(64), nullable=False),
    Column("text", Text, nullable=False),
    # The same bytes twice would be a ballot twice.
    UniqueConstraint("election_id", "hash"),
)
annex_lines = Table(
    "annex_lines",
    metadata,
    Column("election_id", Id, ForeignKey("elections.id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("text", Text, nullable=False),
)
public_credentials = Table(
    "public_credentials",
    metadata,
    Column("election_id", Id, ForeignKey("elections.id"), primary_key=True),
    Column("hash", String(64), primary_key=True),
    Column("state", String(20), nullable=False),
    Column("ballot", String(64)),
    Column("ballots", Integer, nullable=False),
)
seen_alphas = Table(
    "seen_alphas",
    metadata,
    Column("election_id", Id, ForeignKey("elections.id"), primary_key=True),
    Column("hash", LargeBinary(32), primary_key=True),
)
spoiled_ballots = Table(
    "spoiled_ballots",
    metadata,
    Column("election_id", Id, ForeignKey("elections.id"), primary_key=True),
    Column("hash", String(43), primary_key=True),
)
turnouts = Table(
    "turnouts",
    metadata,
    Column("election_id", Id, ForeignKey("elections.id"), primary_key=True),
    Column("voted", Json, nullable=False),
)
openings = Table(
    "openings",
    metadata,
    Column("election_id", Id, ForeignKey("elections.id"), primary_key=True),
    Column("number", Json, nullable=False),
)

mapper.map_imperatively(Ceremony, ceremonies, version_id_col=ceremonies.c.version)
mapper.map_imperatively(Election, elections, version_id_col=elections.c.version)
mapper.map_imperatively(CredentialList, credential_lists)
mapper.map_imperatively(CredentialIssue, credential_issues)
mapper.map_imperatively(Member, board_members)
mapper.map_imperatively(AnnexLine, annex_lines)
mapper.map_imperatively(PublicCredential, public_credentials)
mapper.map_imperatively(SeenAlpha, seen_alphas)
mapper.map_imperatively(SpoiledBallot, spoiled_ballots)
mapper.map_imperatively(Turnout, turnouts)
mapper.map_imperatively(Openings, openings)
mapper.map_imperatively(Mandate, mandates)
mapper.map_imperatively(
    Deputy,
    deputies,
    version_id_col=deputies.c.version,
    properties={
        "mandates": relationship(
            Mandate,
            lazy="selectin",
            order_by=mandates.c.congress,
            cascade="all, delete-orphan",
        )
    },
)
mapper.map_imperatively(Session, sessions, version_id_col=sessions.c.version)
mapper.map_imperatively(Officer, officers, version_id_col=officers.c.version)
mapper.map_imperatively(SignIn, sign_ins, version_id_col=sign_ins.c.version)
mapper.map_imperatively(Discussion, method_discussions)
mapper.map_imperatively(
    BallotMethod,
    ballot_methods,
    version_id_col=ballot_methods.c.version,
    properties={
        "discussions": relationship(
            Discussion,
            lazy="selectin",
            order_by=(method_discussions.c.happened_on, method_discussions.c.id),
            cascade="all, delete-orphan",
        )
    },
)
# Its version is the producer's, so nothing here counts it.
mapper.map_imperatively(HeardShortlist, shortlists)
mapper.map_imperatively(Round, rounds)
mapper.map_imperatively(
    Ballot,
    ballots,
    version_id_col=ballots.c.version,
    properties={
        # The model's own properties have these two names.
        "_session_id": ballots.c.session_id,
        "_method_id": ballots.c.method_id,
        "session": relationship(Session, lazy="joined", innerjoin=True),
        "method": relationship(BallotMethod, lazy="joined", innerjoin=True),
        "rounds": relationship(
            Round, lazy="selectin", order_by=rounds.c.number, cascade="all, delete-orphan"
        ),
    },
)
