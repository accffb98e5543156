"""Candidate projects."""

from __future__ import annotations

from services.chassis.rpc import rpc
from services.chassis.store import load

from ..commands import candidates as commands
from ..queries import candidates as queries
from ..schemas import candidates as schemas
from .stored import Json, Stored


class Candidates(Stored):
    """Candidate projects."""

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
            queries.list_candidates, schemas.CandidateQuery, params, answer=schemas.Candidate
        )

    @rpc
    def revise_candidate(self, candidate_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.revise,
            schemas.ReviseCandidate,
            body,
            id=candidate_id,
            answer=schemas.Candidate,
        )

    @rpc
    def list_candidate_versions(self, candidate_id: str) -> Json:
        return self.store.read(
            queries.list_versions, candidate_id, answer=schemas.CandidateVersions
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
    def answer_opinion_on_candidate(self, candidate_id: str, opinion_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.answer_opinion,
            schemas.AnswerOpinion,
            body,
            id=candidate_id,
            opinion_id=opinion_id,
            answer=schemas.Candidate,
        )

    @rpc
    def list_candidate_opinions(self, params: Json) -> Json:
        asked = load(schemas.OpinionQuery, params)
        return self.store.read(queries.list_opinions, asked, answer=schemas.CandidateOpinions)

    @rpc
    def screen_candidate(self, candidate_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.screen,
            schemas.ScreenCandidate,
            body,
            id=candidate_id,
            answer=schemas.Candidate,
        )

    @rpc
    def return_candidate_to_pool(self, candidate_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.give_back,
            schemas.ReturnCandidate,
            body,
            id=candidate_id,
            answer=schemas.Candidate,
        )
