"""The nameko service: calls and events, each parsed, passed on and answered."""

from __future__ import annotations

from functools import partial
from typing import Any

from services.chassis.cloudevents import Event
from services.chassis.gauges import Counted
from services.chassis.messaging import subscribe
from services.chassis.paging import PageQuery
from services.chassis.rpc import rpc
from services.chassis.store import Store

from . import commands, queries, readers, schemas
from .queries import elections
from .schemas import elections as online
from .tables import metadata

Json = dict[str, Any]

COUNTED = (
    Counted(
        "minsheng_ballots_cast",
        "Ballots that count so far in an open electronic vote",
        ("election",),
        elections.count_cast_open,
    ),
    Counted(
        "minsheng_credentials_issued",
        "Deputies who may cast in an open electronic vote",
        ("election",),
        elections.count_issued_open,
    ),
)


class BallotService:
    """The decision by ballot (票决)."""

    name = "ballot"
    store = Store(metadata, COUNTED, seals=True)

    @rpc
    def enrol_deputy(self, body: Json) -> Json:
        return self.store.execute(commands.enrol, schemas.EnrolDeputy, body, answer=schemas.Deputy)

    @rpc
    def get_deputy(self, deputy_id: str) -> Json:
        return self.store.read(queries.get_deputy, deputy_id, answer=schemas.Deputy)

    @rpc
    def list_deputies(self, params: Json) -> Json:
        return self.store.list(
            queries.list_deputies, schemas.CongressQuery, params, answer=schemas.Deputy
        )

    @rpc
    def open_session(self, body: Json) -> Json:
        return self.store.execute(
            commands.open_session, schemas.OpenSession, body, answer=schemas.Session
        )

    @rpc
    def get_session(self, session_id: str) -> Json:
        return self.store.read(queries.get_session, session_id, answer=schemas.Session)

    @rpc
    def list_sessions(self, params: Json) -> Json:
        return self.store.list(
            queries.list_sessions, schemas.CongressQuery, params, answer=schemas.Session
        )

    @rpc
    def sign_in_deputy(self, session_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.sign_in,
            schemas.SignInDeputy,
            body,
            session_id=session_id,
            answer=schemas.SignIn,
        )

    @rpc
    def approve_officer(self, session_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.approve_officer,
            schemas.ApproveOfficer,
            body,
            session_id=session_id,
            answer=schemas.Officer,
        )

    @rpc
    def list_officers(self, session_id: str, params: Json) -> Json:
        self.store.read(queries.get_session, session_id, answer=schemas.Session)
        query = queries.list_officers(session_id)
        return self.store.list(query, PageQuery, params, answer=schemas.Officer)

    @rpc
    def draft_ballot_method(self, body: Json) -> Json:
        return self.store.execute(
            commands.draft_method, schemas.DraftBallotMethod, body, answer=schemas.BallotMethod
        )

    @rpc
    def discuss_ballot_method(self, method_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.discuss_method,
            schemas.DiscussBallotMethod,
            body,
            id=method_id,
            answer=schemas.BallotMethod,
        )

    @rpc
    def list_ballot_method_discussions(self, method_id: str, params: Json) -> Json:
        self.store.read(queries.get_method, method_id, answer=schemas.BallotMethod)
        query = queries.list_discussions(method_id)
        return self.store.list(query, PageQuery, params, answer=schemas.DiscussionOfMethod)

    @rpc
    def submit_ballot_method(self, method_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.submit_method,
            schemas.SubmitBallotMethod,
            body,
            id=method_id,
            answer=schemas.BallotMethod,
        )

    @rpc
    def adopt_ballot_method(self, method_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.adopt_method,
            schemas.AdoptBallotMethod,
            body,
            id=method_id,
            answer=schemas.BallotMethod,
        )

    @rpc
    def get_ballot_method(self, method_id: str) -> Json:
        return self.store.read(queries.get_method, method_id, answer=schemas.BallotMethod)

    @rpc
    def list_ballot_methods(self, params: Json) -> Json:
        return self.store.list(queries.list_methods, PageQuery, params, answer=schemas.BallotMethod)

    @rpc
    def open_ballot(self, body: Json) -> Json:
        return self.store.execute(
            commands.open_ballot, schemas.OpenBallot, body, answer=schemas.Ballot
        )

    @rpc
    def get_ballot(self, ballot_id: str) -> Json:
        return self.store.read(queries.get_ballot, ballot_id, answer=schemas.Ballot)

    @rpc
    def list_ballots(self, params: Json) -> Json:
        return self.store.list(
            queries.list_ballots, schemas.BallotQuery, params, answer=schemas.BallotSummary
        )

    @rpc
    def enter_ballot_count(self, ballot_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.enter_count,
            schemas.EnterCount,
            body,
            id=ballot_id,
            answer=schemas.Ballot,
        )

    @rpc
    def confirm_ballot_count(self, ballot_id: str, round_number: int, body: Json) -> Json:
        return self.store.execute(
            commands.confirm_count,
            schemas.ActOnBallot,
            body,
            id=ballot_id,
            round=str(round_number),
            answer=schemas.Ballot,
        )

    @rpc
    def open_run_off(self, ballot_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.open_run_off,
            schemas.ActOnBallot,
            body,
            id=ballot_id,
            answer=schemas.Ballot,
        )

    @rpc
    def open_re_vote(self, ballot_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.open_re_vote,
            schemas.ActOnBallot,
            body,
            id=ballot_id,
            answer=schemas.Ballot,
        )

    @rpc
    def certify_ballot(self, ballot_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.certify,
            schemas.CertifyBallot,
            body,
            id=ballot_id,
            answer=schemas.Ballot,
        )

    @rpc
    def announce_result(self, ballot_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.announce,
            schemas.AnnounceResult,
            body,
            id=ballot_id,
            answer=schemas.Ballot,
        )

    @rpc
    def void_ballot(self, ballot_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.void,
            schemas.VoidBallot,
            body,
            id=ballot_id,
            answer=schemas.Ballot,
        )

    @rpc
    def get_announcement(self, ballot_id: str) -> Json:
        return self.store.read(queries.get_announcement, ballot_id, answer=schemas.Announcement)

    @rpc
    def get_ballot_result(self, ballot_id: str) -> Json:
        return self.store.read(queries.get_result, ballot_id, answer=schemas.BallotResult)

    @rpc
    def get_ceremony(self, ballot_id: str) -> Json:
        return self.store.read(elections.show_ceremony, ballot_id, answer=online.Ceremony)

    @rpc
    def list_elections(self, params: Json) -> Json:
        return self.store.list(
            elections.list_elections, online.ElectionQuery, params, answer=online.ElectionSummary
        )

    @rpc
    def get_election(self, uuid: str) -> Json:
        return self.store.read(elections.show_election, uuid, answer=online.Election)

    @rpc
    def get_board_part(self, uuid: str, params: Json) -> Json:
        after = self.store.asked(online.BoardQuery, params)["after"]
        return self.store.read(elections.archive_part, uuid, after, answer=online.BoardPart)

    @rpc
    def get_annex_part(self, uuid: str, params: Json) -> Json:
        after = self.store.asked(online.BoardQuery, params)["after"]
        return self.store.read(elections.annex_part, uuid, after, answer=online.AnnexPart)

    @rpc
    def get_receipt(self, uuid: str, params: Json) -> Json:
        # Here and not at the ballot box: whoever looks herself up waits for nobody who casts.
        tracker = self.store.asked(online.ReceiptQuery, params)["tracker"]
        found = partial(elections.find_receipt, keys=self.store.keys)
        return self.store.read(found, uuid, tracker, answer=online.Receipt)

    @rpc
    def get_voters(self, uuid: str) -> Json:
        return self.store.read(elections.voters, uuid, answer=online.Voters)

    @subscribe("proposal", "shortlist.adopted.v1")
    def on_shortlist_adopted(self, event: Event) -> bool:
        return self.store.handle(event, readers.ShortlistAdopted, commands.hear_shortlist)
