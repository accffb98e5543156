"""What an audience's ``limits`` may say, and what holds where it says nothing.

``reminders``, ``days_between_reminders``: of invitations.  ``total``, ``per_day``: of each open
link.  ``per_network_hour``: of each network in an hour, over all links; many people share the
address of one network (a family, an office, a mobile operator), so it is no count of persons.
"""

from __future__ import annotations

from typing import Any

from .audience import Audience
from .link import Link

DEFAULTS = {"reminders": 3, "days_between_reminders": 3, "per_network_hour": 60}


def limits_of(audience: Audience, link: Link | None = None) -> dict[str, Any]:
    """The audience's limits, a link's own before them."""
    return DEFAULTS | audience.limits | (link.limits if link else {})
