"""The proposal service with a worker that finds similar suggestions in the same database."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from services.chassis import settings
from services.chassis.context import CallContext, Principal
from services.chassis.store import BoundStore
from services.proposal.service import ProposalService
from services.proposal.similarity.search import Index
from services.proposal.similarity.service import SimilarityService

from ....harness import Harness

SORTING = {"outcome": "accepted", "happened_on": "2022-12-01"}


class Office:
    """Both, as one would use them; texts are synthetic."""

    def __init__(self, harness: Harness) -> None:
        self.harness = harness
        self.engine = harness.engine
        self.index = Index()
        for code in ("elderly-care", "transport"):
            harness.call("define_aspect", {"code": code, "name": code})

    def submit(self, title: str, text: str, **changes: Any) -> str:
        """Submit a suggestion; its id."""
        body = {
            "year": 2023,
            "author_kind": "resident",
            "channel": "site",
            "aspect": "elderly-care",
            "title": title,
            "text": text,
            "place": {"division": "330106", "longitude": 120.1, "latitude": 30.2},
            "happened_on": "2022-11-01",
        }
        made: str = self.harness.call("submit_suggestion", body | changes)["id"]
        return made

    def accept(self, suggestion_id: str, read: int | None = None) -> str:
        """Accept it, in the version that was read; its id."""
        self.harness.call("sort_suggestion", suggestion_id, SORTING, expected_version=read)
        return suggestion_id

    def similar(self, suggestion_id: str, **params: Any) -> list[dict[str, Any]]:
        """Those similar to a stored one."""
        return self._call("clerk", "list_similar_suggestions", suggestion_id, params)

    def search(self, text: str, role: str = "clerk", **body: Any) -> list[dict[str, Any]]:
        """Those similar to a draft."""
        return self._call(role, "search_similar_suggestions", {"text": text} | body)

    def ids(self, text: str, **body: Any) -> list[str]:
        """Their ids."""
        return [one["id"] for one in self.search(text, **body)]

    def _call(self, role: str, method: str, *args: Any) -> list[dict[str, Any]]:
        service: Any = SimilarityService()
        service.index = self.index
        service.store = BoundStore(
            self.engine,
            self.harness.metadata,
            settings.load("similarity", {}),
            CallContext(principal=Principal("somebody", frozenset([role]))),
        )
        found: list[dict[str, Any]] = getattr(service, method)(*args)["items"]
        return found


@pytest.fixture
def office(serve: Callable[[Any], Harness]) -> Office:
    """Both on a fresh database."""
    return Office(serve(ProposalService))
