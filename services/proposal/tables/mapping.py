"""How the entities are mapped to their tables."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import column_property, registry, relationship

from ..model.activity import CollectionActivity
from ..model.acts import Comment, Cosignature, Sorting, SuggestionVersion
from ..model.answer import Answer, Judgement
from ..model.aspect import Aspect
from ..model.candidate import Candidate
from ..model.candidate_version import CandidateVersion
from ..model.cluster import Cluster, ClusterMember, ClusterMove, ClusterRun
from ..model.contact import Contact, ContactReading
from ..model.deadline import Deadline
from ..model.follow_up import FollowUp
from ..model.handover import Handover
from ..model.heard import HeardLookBack, HeardProject, HeardResult
from ..model.match import Match
from ..model.membership import Membership
from ..model.pool_entry import PoolEntry, PoolLink
from ..model.round import Round
from ..model.rule import Rule
from ..model.shortlist import Shortlist
from ..model.suggested_project import SuggestedProject
from ..model.suggestion import DRAFT, Suggestion
from ..model.transfer import Export, Import
from ..model.unit import Unit
from ..model.voted import VotedSubItem
from . import (
    acts,
    answers,
    candidates,
    clusters,
    contacts,
    findable,
    following,
    heard,
    pool,
    projects,
    register,
    suggestions,
    transfers,
)
from .metadata import metadata

mapper = registry(metadata=metadata)

for entity, table in (
    (Aspect, register.aspects),
    (Unit, register.units),
    (Round, register.rounds),
    (Rule, register.rules),
    (Sorting, acts.sortings),
    (SuggestionVersion, acts.suggestion_versions),
    (Cosignature, acts.cosignatures),
    (Comment, acts.comments),
    (Contact, contacts.contacts),
    (ContactReading, contacts.contact_readings),
    (Suggestion, suggestions.suggestions),
    (SuggestedProject, projects.suggested_projects),
    (Candidate, candidates.candidates),
    (CandidateVersion, candidates.candidate_versions),
    (Shortlist, candidates.shortlists),
    (Import, transfers.imports),
    (Export, transfers.exports),
    (ClusterRun, clusters.cluster_runs),
    (ClusterMove, clusters.cluster_moves),
    (VotedSubItem, heard.voted_sub_items),
    (Membership, projects.memberships),
    (Handover, answers.handovers),
    (Answer, answers.answers),
    (Judgement, answers.answer_judgements),
    (Deadline, answers.deadlines),
    (FollowUp, following.follow_ups),
    (Match, following.matches),
    (HeardResult, heard.heard_results),
    (HeardProject, heard.heard_projects),
    (HeardLookBack, heard.heard_look_backs),
):
    mapper.map_imperatively(entity, table, version_id_col=table.c.version)

_born = (
    sa.select(sa.func.count())
    .where(
        suggestions.suggestions.c.activity_id == register.collection_activities.c.id,
        suggestions.suggestions.c.state != DRAFT,
    )
    .scalar_subquery()
)
mapper.map_imperatively(
    CollectionActivity,
    register.collection_activities,
    version_id_col=register.collection_activities.c.version,
    properties={"suggestions": column_property(_born)},
)
mapper.map_imperatively(PoolLink, pool.pool_suggestions)
mapper.map_imperatively(
    PoolEntry,
    pool.pool_entries,
    version_id_col=pool.pool_entries.c.version,
    properties={
        "links": relationship(PoolLink, lazy="selectin", cascade="all, delete-orphan"),
    },
)
mapper.map_imperatively(Cluster, clusters.clusters, properties=clusters.described)
mapper.map_imperatively(
    ClusterMember, clusters.cluster_members, properties=clusters.members_described
)

# What is said in a suggestion is found from the transaction on that says it.
findable.follow(Suggestion)
