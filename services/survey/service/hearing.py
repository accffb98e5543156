"""Events of other services."""

from __future__ import annotations

from services.chassis.cloudevents import Event
from services.chassis.messaging import subscribe

from .. import readers
from ..commands import hearing as commands
from .stored import Stored


class Hearing(Stored):
    """Events of other services."""

    @subscribe("ballot", "deputy.enrolled.v1")
    def on_deputy_enrolled(self, event: Event) -> bool:
        return self.store.handle(event, readers.DeputyEnrolled, commands.hear_deputy)

    @subscribe("supervision", "project.adopted.v1")
    def on_project_adopted(self, event: Event) -> bool:
        return self.store.handle(event, readers.ProjectAdopted, commands.hear_project)

    @subscribe("supervision", "look-back.recorded.v1")
    def on_look_back_recorded(self, event: Event) -> bool:
        return self.store.handle(event, readers.LookBackRecorded, commands.hear_look_back)

    @subscribe("supervision", "rectification.reported.v1")
    def on_rectification_reported(self, event: Event) -> bool:
        return self.store.handle(event, readers.RectificationTold, commands.hear_rectification)

    @subscribe("supervision", "rectification.confirmed.v1")
    def on_rectification_confirmed(self, event: Event) -> bool:
        return self.store.handle(event, readers.RectificationTold, commands.hear_rectification)

    @subscribe("survey", "score.published.v1", elsewhere=True)
    def on_score_published(self, event: Event) -> bool:
        return self.store.handle(event, readers.ScorePublished, commands.hear_score)
