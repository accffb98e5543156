"""The ballot method (票决办法) that an election says it follows, held against its manifest.

The service makes the manifest; what the congress adopted is the method.  So its text and parameters
are fetched and hashed here, and every number of the manifest that follows from them is compared.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from services.ballot.annex.manifest import Manifest
from services.ballot.belenios.election import Election
from services.ballot.model.electronic import BLANK, Electronic
from services.ballot.model.kind import kind_of, limits
from services.ballot.model.rules import Rules
from services.commons.canonical import digest
from services.commons.errors import Invalid

from .gateway import Service, items
from .trouble import Trouble
from .trustee_state import check_id


@dataclass(frozen=True)
class Method:
    """A method as it was fetched; ``digest``: of its text and parameters, computed here."""

    id: str
    title: str
    digest: str
    rules: Rules

    @property
    def electronic(self) -> Electronic:
        """What it fixes of an electronic vote; Trouble if it knows none."""
        if self.rules.electronic is None:
            raise Trouble(
                "no-electronic-method", "该办法不采用电子票决", "it has no electronic vote"
            )
        return self.rules.electronic

    def check_manifest(self, manifest: Manifest, election: Election) -> None:
        """Trouble unless all that follows from the method is what the manifest says."""
        for name, ours, theirs in self._compared(manifest, election):
            if ours != theirs:
                raise Trouble(
                    "other-method",
                    f"清单与票决办法不符({name}:办法为 {ours},清单为 {theirs}),请立即报告总监票人",
                    f"the manifest is not what the adopted method says ({name})",
                )

    def check_ceremony(self, shown: dict[str, Any]) -> None:
        """Trouble unless the trustees are as many as the method says, in its group."""
        online = self.electronic
        for name, ours, theirs in (
            ("group", online.group, shown["group"]),
            ("threshold", online.trustees.threshold, shown["threshold"]),
            ("trustees", online.trustees.size, len(shown["seats"])),
            ("elections", 1 + online.spare_elections, len(set(shown["uuids"]))),
        ):
            if ours != theirs:
                raise Trouble(
                    "other-method",
                    f"密钥生成与票决办法不符({name}:办法为 {ours},所示为 {theirs})",
                    f"the ceremony is not what the adopted method says ({name})",
                )

    def _compared(self, manifest: Manifest, election: Election) -> Iterator[tuple[str, Any, Any]]:
        """Names, and the values that follow from the method and that the manifest has."""
        online, n = self.electronic, len(manifest.candidates)
        least, most = limits(self.rules.choice, n, manifest.seats)
        yield "hash", self.digest, manifest.method.hash
        yield "title", self.title, manifest.method.title
        yield "group", online.group, election.group.name
        yield "kind", kind_of(self.rules.choice), manifest.kind
        # A run-off or a re-vote decides on the seats that stayed open.
        first = manifest.round == 1
        yield (
            "seats",
            self.rules.seats if first else True,
            (manifest.seats if first else manifest.seats <= self.rules.seats),
        )
        yield "min", least, manifest.min
        yield "max", most, manifest.max
        yield "blank", online.overvote == BLANK, manifest.blank
        yield "recast", online.recast, manifest.recast
        yield "threshold", online.trustees.threshold, manifest.threshold
        yield "least_ballots", online.least_ballots, manifest.least_ballots
        yield "least_papers", online.least_papers, manifest.least_papers
        yield "elections", 1 + online.spare_elections, 1 + len(manifest.spares)


def fetch(service: Service, method_id: str) -> Method:
    """A method; Trouble if it is none that this program knows the rules of."""
    shown = service.get(f"ballot-methods/{check_id(method_id)}")
    try:
        rules = Rules.from_data(shown["parameters"])
        hashed = digest({"text": shown["text"], "parameters": shown["parameters"]})
    except (Invalid, KeyError, TypeError, ValueError) as exc:
        raise Trouble("method-malformed", "票决办法无法识别", "this is no ballot method") from exc
    return Method(method_id, str(shown["title"]), hashed, rules)


def of_ballot(service: Service, ballot_id: str) -> Method:
    """The method of a ballot (票决)."""
    for one in items(service, "ballots", limit=200):
        if one["id"] == ballot_id:
            return fetch(service, one["method_id"])
    raise Trouble("no-ballot", "没有此票决", "there is no such ballot")
