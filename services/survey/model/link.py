"""Open links (公开链接) and codes at the site (民生码): anybody may answer, within limits.

Who answers is not known, so nobody is counted twice or not by name: the output says that these
answers are self-selected.  What is kept beside the counts is, for each link, how many answered on
each day, and for each network how many in this hour; the latter under a pseudonym that the gateway
makes for the hour, and is gone in the next one and at the closing.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from services.commons.aggregate import Aggregate, new_id
from services.commons.errors import Conflict, Forbidden, TooMany

from .cell import cell_of

#: No letters and digits that look alike.
_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
_LENGTH = 12
#: The code of the stratum that a site is.
SITE = "site"


@dataclass(eq=False)
class Link(Aggregate):
    """A link of an audience: where it hangs or whom it was sent to (``label``).

    ``site``: its code, then the answers of this site are counted apart; ``limits``: ``total``,
    ``per_day``, None without.
    """

    id: str
    audience_id: str
    code: str
    label: str
    site: str | None
    project_id: str | None
    limits: dict[str, int]
    opened_on: dt.date
    recorded_at: dt.datetime
    closed_on: dt.date | None = None
    version: int = 0

    @classmethod
    def open(
        cls,
        audience_id: str,
        *,
        label: str,
        site: str | None,
        project_id: str | None,
        limits: dict[str, int],
        happened_on: dt.date,
        recorded_at: dt.datetime,
    ) -> Link:
        """A new link with a code of its own."""
        code = "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))
        return cls(
            new_id(),
            audience_id,
            code,
            label,
            site,
            project_id,
            limits,
            happened_on,
            recorded_at,
        )

    @property
    def cell(self) -> str:
        """The stratum that its site is."""
        return cell_of({SITE: self.site}) if self.site else ""

    def close(self, on: dt.date) -> None:
        """Take no more answers by it."""
        if self.closed_on is not None:
            raise Conflict("link-closed", "this link is closed", "该链接已停用")
        self.closed_on = on

    def check_open(self) -> None:
        """Raise Forbidden if it takes no answers any more."""
        if self.closed_on is not None:
            raise Forbidden("link-closed", "this link is closed", "该链接已停用")

    def public_state(self) -> dict[str, Any]:
        """For events; it causes none."""
        return {"id": self.id}


@dataclass(eq=False)
class LinkCount:
    """How many answered by a link on each day: what bursts are seen by."""

    link_id: str
    days: dict[str, int] = field(default_factory=dict)

    def take(self, limits: Mapping[str, int], on: dt.date) -> None:
        """Count one more; TooMany beyond a limit."""
        day = on.isoformat()
        today, total = self.days.get(day, 0), sum(self.days.values())
        if total >= limits.get("total", total + 1):
            raise _too_many("link-full", "this link has", "该链接已达作答总数上限")
        if today >= limits.get("per_day", today + 1):
            raise _too_many("link-full-today", "today this link has", "该链接今日作答已达上限")
        self.days = dict(sorted({**self.days, day: today + 1}.items()))


@dataclass(eq=False)
class NetworkCount:
    """How many answers came from each network in one hour, by pseudonym; older hours are gone."""

    audience_id: str
    hour: str = ""
    networks: dict[str, int] = field(default_factory=dict)

    def take(self, network: str, at: dt.datetime, at_most: int) -> None:
        """Count one more; TooMany beyond ``at_most`` an hour."""
        hour = self.hour_of(at)
        known = self.networks if self.hour == hour else {}
        if known.get(network, 0) >= at_most:
            raise _too_many(
                "network-busy", "in this hour your network has", "您所在网络本小时作答过多"
            )
        self.hour = hour
        # In the order of the pseudonyms, so that none tells who came first.
        self.networks = dict(sorted({**known, network: known.get(network, 0) + 1}.items()))

    @staticmethod
    def hour_of(at: dt.datetime) -> str:
        """The hour of an instant, as it is kept."""
        return at.strftime("%Y-%m-%dT%H")

    def forget(self) -> None:
        """Drop all of it."""
        self.hour, self.networks = "", {}


def _too_many(code: str, en: str, zh: str) -> TooMany:
    return TooMany(code, f"{en} as many answers as it may have; try later", f"{zh},请稍后再试")
