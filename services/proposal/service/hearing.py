"""What other services say."""

from __future__ import annotations

from services.chassis.cloudevents import Event
from services.chassis.messaging import subscribe

from .. import readers
from ..commands import hearing
from .stored import Stored


class Hearing(Stored):
    """Events of other services, each taking effect once."""

    @subscribe("ballot", "result.certified.v1")
    def on_result_certified(self, event: Event) -> bool:
        return self.store.handle(event, readers.ResultCertified, hearing.hear_result)

    @subscribe("ballot", "deputy.enrolled.v1")
    def on_deputy_enrolled(self, event: Event) -> bool:
        return self.store.handle(event, readers.DeputyEnrolled, hearing.hear_deputy)
