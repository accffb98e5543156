"""The nameko service: calls and events, each parsed, passed on and answered."""

from __future__ import annotations

from .candidates import Candidates
from .clusters import Clusters
from .hearing import Hearing
from .projects import Projects
from .register import Register
from .rules import Rules
from .shortlists import Shortlists
from .suggestions import Suggestions


class ProposalService(
    Register, Rules, Suggestions, Projects, Candidates, Clusters, Shortlists, Hearing
):
    """Collection and preliminary selection (征集、初定)."""

    name = "proposal"
