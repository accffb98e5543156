"""What other services say."""

from __future__ import annotations

from services.chassis.cloudevents import Event
from services.chassis.messaging import subscribe

from .. import readers
from ..commands import afterwards, hearing
from .stored import Stored


class Hearing(Stored):
    """Events of other services, each taking effect once."""

    @subscribe("ballot", "result.certified.v1")
    def on_result_certified(self, event: Event) -> bool:
        return self.store.handle(event, readers.ResultCertified, hearing.hear_result)

    @subscribe("ballot", "deputy.enrolled.v1")
    def on_deputy_enrolled(self, event: Event) -> bool:
        return self.store.handle(event, readers.DeputyEnrolled, hearing.hear_deputy)

    @subscribe("supervision", "project.progressed.v1")
    def on_project_progressed(self, event: Event) -> bool:
        return self.store.handle(event, readers.ProjectProgressed, afterwards.hear_progress)

    @subscribe("supervision", "project.completed.v1")
    def on_project_completed(self, event: Event) -> bool:
        return self.store.handle(event, readers.ProjectCompleted, afterwards.hear_completion)

    @subscribe("supervision", "look-back.recorded.v1")
    def on_look_back_recorded(self, event: Event) -> bool:
        return self.store.handle(event, readers.LookBackRecorded, afterwards.hear_look_back)

    @subscribe("survey", "score.published.v1")
    def on_score_published(self, event: Event) -> bool:
        return self.store.handle(event, readers.ScorePublished, afterwards.hear_score)
