"""The bare baseline: a plain nameko gateway and service, as the nameko examples write them.

It checks the same token, validates the same body, inserts the same row into the same kind of
database with the same durability, and dispatches an event after the commit.  It has nothing else:
no outbox, no idempotency, no deadline, no typed errors, no metrics, and it loses events.

Run by :mod:`tests.benchmarks.systems` as ``python -m tests.benchmarks.baseline gateway|service``.
"""

from __future__ import annotations

import eventlet

eventlet.monkey_patch()

import json  # noqa: E402
import os  # noqa: E402
import sys  # noqa: E402
import uuid  # noqa: E402
from typing import Any  # noqa: E402

import sqlalchemy as sa  # noqa: E402
from nameko.cli.run import run  # noqa: E402
from nameko.events import EventDispatcher  # noqa: E402
from nameko.extensions import DependencyProvider  # noqa: E402
from nameko.rpc import RpcProxy, rpc  # noqa: E402
from nameko.web.handlers import http  # noqa: E402
from werkzeug.wrappers import Response  # noqa: E402

from gateway.auth import Tokens  # noqa: E402
from services.chassis import settings  # noqa: E402
from services.chassis.database import create_engine  # noqa: E402
from services.commons import clock  # noqa: E402
from services.proposal.schemas.suggestions import SubmitSuggestion  # noqa: E402
from services.proposal.tables import metadata  # noqa: E402
from services.proposal.tables.register import aspects  # noqa: E402
from services.proposal.tables.suggestions import suggestions  # noqa: E402


class Engine(DependencyProvider):
    """The database."""

    def setup(self) -> None:
        """Open it and make the tables."""
        self.engine = create_engine(settings.load("baseline").database_url)
        metadata.create_all(self.engine)
        row = {"id": str(uuid.uuid4()), "code": "elderly-care", "name": "养老", "version": 1}
        with self.engine.begin() as connection:
            if connection.execute(sa.select(aspects)).first() is None:
                connection.execute(sa.insert(aspects), row | {"recorded_at": clock.now()})

    def get_dependency(self, worker_ctx: Any) -> sa.Engine:
        """The engine."""
        return self.engine


class BareProposal:
    """Inserts and dispatches."""

    name = "bare_proposal"
    engine = Engine()
    dispatch = EventDispatcher()

    @rpc  # type: ignore[untyped-decorator]
    def submit(self, body: dict[str, Any]) -> dict[str, Any]:
        """Insert one row, commit, dispatch."""
        loaded = SubmitSuggestion().load(body)
        place = loaded.pop("place") or {}
        del loaded["contact"], loaded["draft"]
        row = loaded | {
            "id": str(uuid.uuid4()),
            "division": place.get("division"),
            "recorded_at": clock.now(),
            "state": "submitted",
            "version": 1,
        }
        known = sa.select(aspects.c.id).where(aspects.c.code == row["aspect"])
        with self.engine.begin() as connection:
            if connection.execute(known).first() is None:
                raise ValueError("there is no such aspect")
            connection.execute(sa.insert(suggestions), row)
        answer = {k: v.isoformat() if hasattr(v, "isoformat") else v for k, v in row.items()}
        self.dispatch("suggestion_submitted", answer)
        return answer


class BareGateway:
    """Checks the token, validates, calls."""

    name = "bare_gateway"
    proposal = RpcProxy("bare_proposal")
    tokens: Tokens | None = None

    @http("POST", "/v1/suggestions")  # type: ignore[untyped-decorator]
    def submit(self, request: Any) -> Response:
        """Take in a suggestion."""
        if BareGateway.tokens is None:
            BareGateway.tokens = Tokens(settings.load("gateway"))
        BareGateway.tokens.principal(request.headers["Authorization"])
        body = json.loads(request.get_data(as_text=True))
        SubmitSuggestion().load(body)
        answer = self.proposal.submit(body)
        return Response(json.dumps(answer), status=201, mimetype="application/json")


if __name__ == "__main__":
    config = {
        "AMQP_URI": os.environ["AMQP_URI"],
        "WEB_SERVER_ADDRESS": os.environ["BASELINE_ADDRESS"],
        "max_workers": 128,
    }
    run([BareGateway if sys.argv[1] == "gateway" else BareProposal], config)
