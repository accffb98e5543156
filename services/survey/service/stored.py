"""What every part of the service stands on: its database."""

from __future__ import annotations

from typing import Any

from services.chassis.starter import Nightly, Starter
from services.chassis.store import Store

from ..publishing import is_due
from ..queries.gauges import COUNTED
from ..tables import metadata

Json = dict[str, Any]


class Stored:
    """Base of the parts; nameko gives each call the store that knows who asks."""

    store = Store(metadata, COUNTED, seals=True)
    night = Starter("services.survey.nightly", Nightly(), every=10.0)
    publishing = Starter("services.survey.publishing", is_due, every=2.0)
