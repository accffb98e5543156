"""Who may see what is not public yet."""

from __future__ import annotations

from services.chassis.context import Principal

#: Who prepares an assessment: sees drafts, and a score between the closing and the publication.
PREPARING = frozenset({"clerk", "secretariat", "auditor"})


def prepares(principal: Principal) -> bool:
    """Whether she may see what the public does not see yet."""
    return bool(PREPARING & principal.roles)
