"""The nameko service: calls and events, each parsed, passed on and answered."""

from __future__ import annotations

from typing import Any

from services.chassis.cloudevents import Event
from services.chassis.messaging import subscribe
from services.chassis.paging import PageQuery
from services.chassis.rpc import rpc
from services.chassis.store import Store

from . import commands, queries, readers, schemas
from .tables import metadata

Json = dict[str, Any]


class ProposalService:
    """Collection and preliminary selection (征集、初定)."""

    name = "proposal"
    store = Store(metadata)

    @rpc
    def define_aspect(self, body: Json) -> Json:
        return self.store.execute(
            commands.define_aspect, schemas.DefineAspect, body, answer=schemas.Aspect
        )

    @rpc
    def list_aspects(self, params: Json) -> Json:
        return self.store.list(queries.list_aspects, PageQuery, params, answer=schemas.Aspect)

    @rpc
    def register_unit(self, body: Json) -> Json:
        return self.store.execute(
            commands.register_unit, schemas.RegisterUnit, body, answer=schemas.Unit
        )

    @rpc
    def get_unit(self, unit_id: str) -> Json:
        return self.store.read(queries.get_unit, unit_id, answer=schemas.Unit)

    @rpc
    def list_units(self, params: Json) -> Json:
        return self.store.list(queries.list_units, PageQuery, params, answer=schemas.Unit)

    @rpc
    def open_round(self, body: Json) -> Json:
        return self.store.execute(
            commands.open_round, schemas.OpenRound, body, answer=schemas.Round
        )

    @rpc
    def list_rounds(self, params: Json) -> Json:
        return self.store.list(queries.list_rounds, schemas.YearQuery, params, answer=schemas.Round)

    @rpc
    def submit_suggestion(self, body: Json) -> Json:
        return self.store.execute(
            commands.submit, schemas.SubmitSuggestion, body, answer=schemas.Suggestion
        )

    @rpc
    def get_suggestion(self, suggestion_id: str) -> Json:
        return self.store.read(queries.get_suggestion, suggestion_id, answer=schemas.Suggestion)

    @rpc
    def list_suggestions(self, params: Json) -> Json:
        return self.store.list(
            queries.list_suggestions,
            schemas.SuggestionQuery,
            params,
            answer=schemas.Suggestion,
        )

    @rpc
    def sort_suggestion(self, suggestion_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.sort,
            schemas.SortSuggestion,
            body,
            id=suggestion_id,
            answer=schemas.Suggestion,
        )

    @rpc
    def match_suggestion(self, suggestion_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.match,
            schemas.MatchSuggestion,
            body,
            id=suggestion_id,
            answer=schemas.Suggestion,
        )

    @rpc
    def distil_suggested_project(self, body: Json) -> Json:
        return self.store.execute(
            commands.distil,
            schemas.DistilSuggestedProject,
            body,
            answer=schemas.SuggestedProject,
        )

    @rpc
    def get_suggested_project(self, project_id: str) -> Json:
        return self.store.read(
            queries.get_suggested_project, project_id, answer=schemas.SuggestedProject
        )

    @rpc
    def list_suggested_projects(self, params: Json) -> Json:
        return self.store.list(
            queries.list_suggested_projects,
            schemas.YearQuery,
            params,
            answer=schemas.SuggestedProject,
        )

    @rpc
    def propose_candidate(self, body: Json) -> Json:
        return self.store.execute(
            commands.propose, schemas.ProposeCandidate, body, answer=schemas.Candidate
        )

    @rpc
    def get_candidate(self, candidate_id: str) -> Json:
        return self.store.read(queries.get_candidate, candidate_id, answer=schemas.Candidate)

    @rpc
    def list_candidates(self, params: Json) -> Json:
        return self.store.list(
            queries.list_candidates, schemas.YearQuery, params, answer=schemas.Candidate
        )

    @rpc
    def give_opinion_on_candidate(self, candidate_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.give_opinion,
            schemas.GiveOpinion,
            body,
            id=candidate_id,
            answer=schemas.Candidate,
        )

    @rpc
    def draw_up_shortlist(self, body: Json) -> Json:
        return self.store.execute(
            commands.draw_up, schemas.DrawUpShortlist, body, answer=schemas.Shortlist
        )

    @rpc
    def adopt_shortlist(self, shortlist_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.adopt,
            schemas.AdoptShortlist,
            body,
            id=shortlist_id,
            answer=schemas.Shortlist,
        )

    @rpc
    def get_shortlist(self, shortlist_id: str) -> Json:
        return self.store.read(queries.get_shortlist, shortlist_id, answer=schemas.Shortlist)

    @rpc
    def list_shortlists(self, params: Json) -> Json:
        return self.store.list(
            queries.list_shortlists, schemas.YearQuery, params, answer=schemas.Shortlist
        )

    @subscribe("ballot", "result.certified.v1")
    def on_result_certified(self, event: Event) -> bool:
        return self.store.handle(event, readers.ResultCertified, commands.hear_result)
