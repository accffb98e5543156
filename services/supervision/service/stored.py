"""What every part of the service stands on: its database."""

from __future__ import annotations

from typing import Any

from services.chassis.gauges import Counted
from services.chassis.starter import Nightly, Starter
from services.chassis.store import Store

from ..queries.deadlines import kept
from ..queries.escalations import count_open
from ..tables import metadata

Json = dict[str, Any]

COUNTED = (
    Counted("minsheng_overdue", "What is overdue", ("kind",), kept.count_overdue),
    Counted("minsheng_escalated", "What stands on a rung", ("kind", "step"), count_open),
)


class Stored:
    """Base of the parts; nameko gives each call the store that knows who asks."""

    store = Store(metadata, COUNTED, seals=True)
    night = Starter("services.supervision.nightly", Nightly(), every=10.0)
