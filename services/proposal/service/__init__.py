"""The nameko service: calls and events, each parsed, passed on and answered."""

from __future__ import annotations

from .answers import Answers
from .candidates import Candidates
from .clusters import Clusters
from .contacts import Contacts
from .exports import Exports
from .following import Following
from .hearing import Hearing
from .pool import Pool
from .projects import Projects
from .register import Register
from .rules import Rules
from .shortlists import Shortlists
from .statistics import Statistics
from .suggestions import Suggestions
from .supports import Supports


class ProposalService(
    Register,
    Rules,
    Suggestions,
    Supports,
    Contacts,
    Projects,
    Answers,
    Following,
    Candidates,
    Clusters,
    Pool,
    Shortlists,
    Exports,
    Statistics,
    Hearing,
):
    """Collection and preliminary selection (征集、初定)."""

    name = "proposal"
