"""How the entities are mapped to their tables."""

from __future__ import annotations

from sqlalchemy.orm import registry

from ..model.aspect import Aspect
from ..model.candidate import Candidate
from ..model.cluster import Cluster, ClusterMember, ClusterMove, ClusterRun
from ..model.round import Round
from ..model.rule import Rule
from ..model.shortlist import Shortlist
from ..model.suggested_project import SuggestedProject
from ..model.suggestion import Suggestion
from ..model.unit import Unit
from ..model.voted import VotedSubItem
from . import candidates, clusters, findable, heard, projects, register, suggestions
from .metadata import metadata

mapper = registry(metadata=metadata)

for entity, table in (
    (Aspect, register.aspects),
    (Unit, register.units),
    (Round, register.rounds),
    (Rule, register.rules),
    (Suggestion, suggestions.suggestions),
    (SuggestedProject, projects.suggested_projects),
    (Candidate, candidates.candidates),
    (Shortlist, candidates.shortlists),
    (ClusterRun, clusters.cluster_runs),
    (ClusterMove, clusters.cluster_moves),
    (VotedSubItem, heard.voted_sub_items),
):
    mapper.map_imperatively(entity, table, version_id_col=table.c.version)
mapper.map_imperatively(Cluster, clusters.clusters, properties=clusters.described)
mapper.map_imperatively(
    ClusterMember, clusters.cluster_members, properties=clusters.members_described
)

# What is said in a suggestion is found from the transaction on that says it.
findable.follow(Suggestion)
