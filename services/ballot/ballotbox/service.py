"""The nameko service ``ballotbox``: a CPU worker on ballot's database, one job at a time."""

from __future__ import annotations

from typing import Any

from nameko.extensions import DependencyProvider

from services.chassis import database
from services.chassis.rpc import rpc
from services.chassis.store import WorkingStore, dump, load
from services.commons.errors import Invalid

from ..queries import elections as queries
from ..schemas import elections as schemas
from ..tables import metadata
from . import casting, closing, desk, metrics, preparing, spoiling
from .refusal import told
from .setting import Setting, Settings

Json = dict[str, Any]


class Remembered(DependencyProvider):
    """The elections that this process has met."""

    def setup(self) -> None:
        """None yet."""
        self.settings = Settings()

    def get_dependency(self, worker_ctx: Any) -> Settings:
        """Them."""
        return self.settings


class BallotBox:
    """Electronic votes (电子票决)."""

    name = "ballotbox"
    store = WorkingStore(metadata, seals=True)
    settings = Remembered()

    @rpc
    def register_credentials(self, ballot_id: str, body: Json) -> Json:
        return self.store.execute(
            preparing.register_credentials,
            schemas.RegisterCredentials,
            body,
            id=ballot_id,
            answer=schemas.CredentialList,
        )

    @rpc
    def start_ceremony(self, ballot_id: str, body: Json) -> Json:
        return self._ceremony(preparing.start_ceremony, schemas.StartCeremony, ballot_id, body)

    @rpc
    def post_ceremony_message(self, ballot_id: str, body: Json) -> Json:
        return self._ceremony(preparing.post_message, schemas.PostMessage, ballot_id, body)

    @rpc
    def complain(self, ballot_id: str, body: Json) -> Json:
        return self._ceremony(preparing.complain, schemas.Complain, ballot_id, body)

    @rpc
    def open_election(self, ballot_id: str, body: Json) -> Json:
        return self._shown(desk.open_election, schemas.OpenElection, ballot_id, body)

    @rpc
    def issue_credential(self, ballot_id: str, body: Json) -> Json:
        return self.store.execute(
            desk.issue_credential,
            schemas.IssueCredential,
            body,
            id=ballot_id,
            answer=schemas.CredentialIssue,
        )

    @rpc
    def withdraw_credential(self, uuid: str, body: Json) -> Json:
        return self._shown(desk.withdraw_credential, schemas.WithdrawCredential, uuid, body)

    @rpc
    def spoil_ballot(self, uuid: str, body: Json) -> Json:
        hash_, deputy = load(schemas.SpoilBallot, body)["hash"], self.store.principal.subject
        new = database.in_transaction(
            self.store.engine,
            lambda session: spoiling.is_new(session, uuid, hash_, deputy),
            reading=True,
        )
        if new:
            self.store.apply(lambda uow: spoiling.count(uuid, deputy, uow))
        return self._shown(spoiling.spoil, schemas.SpoilBallot, uuid, body, kept=False)

    @rpc
    def cast_ballot(self, uuid: str, body: Json) -> Json:
        with metrics.refusals():
            return self._cast(uuid, body)

    def _cast(self, uuid: str, body: Json) -> Json:
        # No key is kept: the ballot on the board is what makes a repeat harmless.  Nothing that
        # is stored or logged on the way holds both who casts and what.
        text = load(schemas.CastBallot, body)["ballot"]
        setting, deputy = self._setting(uuid), self.store.principal.subject
        with told("/ballot"):
            cast = casting.read(setting, text, self.store.context.idempotency_key)
        new = database.in_transaction(
            self.store.engine,
            lambda session: casting.admit(session, setting, cast, deputy) is not None,
            reading=True,
        )
        if new:
            with told("/ballot"):
                casting.prove(setting, cast)
        receipt = self.store.apply(lambda uow: casting.put(setting, cast, deputy, uow))
        self.store.apply(lambda uow: casting.note_voted(setting, deputy, uow, again=not new))
        return dump(schemas.Receipt, receipt)

    @rpc
    def close_election(self, uuid: str, body: Json) -> Json:
        return self._shown(closing.close, schemas.CloseElection, uuid, body)

    @rpc
    def cosign_end(self, uuid: str, body: Json) -> Json:
        return self._shown(closing.cosign, schemas.CosignEnd, uuid, body)

    @rpc
    def post_decryption(self, uuid: str, body: Json) -> Json:
        try:
            return self._shown(closing.decrypt, schemas.PostDecryption, uuid, body)
        except Invalid as exc:
            if (code := exc.code) == "false-decryption":
                told_of = load(schemas.PostDecryption, body) | {"id": uuid}
                self.store.apply(lambda uow: closing.name_false_decryption(told_of, code, uow))
            raise

    @rpc
    def tally_election(self, uuid: str, body: Json) -> Json:
        return self._shown(closing.tally, schemas.ActOnElection, uuid, body)

    @rpc
    def void_election(self, uuid: str, body: Json) -> Json:
        return self._shown(desk.void, schemas.VoidElection, uuid, body)

    def _setting(self, uuid: str) -> Setting:
        def read(session: Any) -> Setting:
            return self.settings.read(uuid, session, self.store.keys)

        known = self.settings.known(uuid)
        return known or database.in_transaction(self.store.engine, read, reading=True)

    def _ceremony(self, command: Any, schema: Any, ballot_id: str, body: Json) -> Json:
        return self.store.execute(command, schema, body, id=ballot_id, answer=schemas.Ceremony)

    def _shown(self, command: Any, schema: Any, id_: str, body: Json, *, kept: bool = True) -> Json:
        """Run a command and answer with its election as it is shown."""

        def run(data: Json, uow: Any) -> Json:
            election = command(data, uow)
            uow.session.flush()
            return queries.shown(uow.session, election)

        return self.store.execute(run, schema, body, id=id_, kept=kept, answer=schemas.Election)
