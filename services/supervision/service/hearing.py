"""What other services say."""

from __future__ import annotations

from services.chassis.cloudevents import Event
from services.chassis.messaging import subscribe

from .. import readers
from ..commands import hearing
from .stored import Stored


class Hearing(Stored):
    """What other services say."""

    @subscribe("proposal", "unit.registered.v1")
    def on_unit_registered(self, event: Event) -> bool:
        return self.store.handle(event, readers.UnitRegistered, hearing.hear_unit)

    @subscribe("proposal", "suggestion.submitted.v1")
    def on_suggestion_submitted(self, event: Event) -> bool:
        return self.store.handle(event, readers.SuggestionChanged, hearing.hear_suggestion)

    @subscribe("proposal", "suggestion.sorted.v1")
    def on_suggestion_sorted(self, event: Event) -> bool:
        return self.store.handle(event, readers.SuggestionChanged, hearing.hear_suggestion)

    @subscribe("proposal", "suggestion.withdrawn.v1")
    def on_suggestion_withdrawn(self, event: Event) -> bool:
        return self.store.handle(event, readers.SuggestionChanged, hearing.hear_suggestion)

    @subscribe("proposal", "suggestion.matched.v1")
    def on_suggestion_matched(self, event: Event) -> bool:
        return self.store.handle(event, readers.SuggestionChanged, hearing.hear_suggestion)

    @subscribe("proposal", "suggested-project.distilled.v1")
    def on_suggested_project_distilled(self, event: Event) -> bool:
        return self.store.handle(
            event, readers.SuggestedProjectDistilled, hearing.hear_suggested_project
        )

    @subscribe("ballot", "deputy.enrolled.v1")
    def on_deputy_enrolled(self, event: Event) -> bool:
        return self.store.handle(event, readers.DeputyEnrolled, hearing.hear_deputy)

    @subscribe("ballot", "session.opened.v1")
    def on_session_opened(self, event: Event) -> bool:
        return self.store.handle(event, readers.SessionOpened, hearing.hear_session)

    @subscribe("ballot", "deputy.signed-in.v1")
    def on_deputy_signed_in(self, event: Event) -> bool:
        return self.store.handle(event, readers.DeputySignedIn, hearing.hear_sign_in)

    @subscribe("ballot", "result.certified.v1")
    def on_result_certified(self, event: Event) -> bool:
        return self.store.handle(event, readers.ResultCertified, hearing.hear_result)

    @subscribe("survey", "score.published.v1")
    def on_score_published(self, event: Event) -> bool:
        return self.store.handle(event, readers.ScorePublished, hearing.hear_score)
