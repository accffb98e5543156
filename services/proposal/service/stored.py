"""What every part of the service stands on: its database."""

from __future__ import annotations

from typing import Any

from services.chassis.gauges import Counted
from services.chassis.starter import Nightly, Starter
from services.chassis.store import Store

from ..queries.deadlines import count_unanswered
from ..queries.unsorted import count_overdue
from ..tables import metadata

Json = dict[str, Any]

COUNTED = (
    Counted(
        "minsheng_overdue",
        "Answers, opinions and sortings that are overdue",
        ("kind",),
        count_overdue,
    ),
    Counted(
        "minsheng_suggestions_unanswered",
        "Accepted suggestions without an answer",
        (),
        count_unanswered,
    ),
)


class Stored:
    """Base of the parts; nameko gives each call the store that knows who asks."""

    store = Store(metadata, COUNTED, seals=True)
    night = Starter("services.proposal.nightly", Nightly(), every=10.0)
