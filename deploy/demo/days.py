"""The calendar of a year's cycle; the days are made up, their order is not."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass


@dataclass(frozen=True)
class Days:
    """When what happens in the cycle of ``year``; collection begins the year before."""

    year: int
    completed_by: dt.date
    as_of: dt.date

    @property
    def enrolment(self) -> dt.date:
        """The deputies are on the register well before both sessions."""
        return dt.date(self.year - 1, 1, 10)

    @property
    def rules(self) -> dt.date:
        """The office adopts the rules of the collection and of what follows it."""
        return dt.date(self.year - 1, 10, 12)

    @property
    def collection(self) -> tuple[dt.date, dt.date]:
        """The concentrated round (集中征集), in the fourth quarter of the year before."""
        return dt.date(self.year - 1, 10, 28), dt.date(self.year - 1, 11, 27)

    @property
    def sorting(self) -> tuple[dt.date, dt.date]:
        """Sorting (梳理) follows the round."""
        return dt.date(self.year - 1, 11, 28), dt.date(self.year - 1, 12, 9)

    @property
    def distilling(self) -> dt.date:
        """Suggested projects are distilled."""
        return dt.date(self.year - 1, 12, 14)

    @property
    def handing_over(self) -> dt.date:
        """Suggested projects are handed to units (交办)."""
        return dt.date(self.year - 1, 12, 19)

    @property
    def pooling(self) -> dt.date:
        """They enter the reserve pool (储备库)."""
        return dt.date(self.year - 1, 12, 22)

    @property
    def proposing(self) -> dt.date:
        """The government's candidates."""
        return dt.date(self.year - 1, 12, 26)

    @property
    def deliberation(self) -> dt.date:
        """Deputies deliberate on the candidates."""
        return dt.date(self.year, 1, 9)

    @property
    def shortlist(self) -> dt.date:
        """The standing committee adopts the shortlist."""
        return dt.date(self.year, 1, 31)

    @property
    def session(self) -> tuple[dt.date, dt.date]:
        """The session of the congress; the vote is on its last day."""
        return dt.date(self.year, 2, 19), dt.date(self.year, 2, 22)

    @property
    def session_before(self) -> dt.date:
        """The vote of the year before."""
        return dt.date(self.year - 1, 2, 24)

    @property
    def matching(self) -> dt.date:
        """Suggestions are compared with what was voted."""
        return dt.date(self.year, 3, 1)

    @property
    def answering(self) -> tuple[dt.date, dt.date]:
        """Units answer suggestions, within three months of the handover (答复)."""
        return dt.date(self.year, 3, 2), dt.date(self.year, 3, 15)

    @property
    def kick_off(self) -> dt.date:
        """The kick-off meeting (部署会), after which groups are formed."""
        return dt.date(self.year, 3, 6)

    @property
    def by_election(self) -> dt.date:
        """A few deputies enter after the session: not on its roll."""
        return dt.date(self.year, 4, 20)

    @property
    def week(self) -> tuple[dt.date, dt.date]:
        """The supervision week (代表监督周): Monday to Friday from mid-May."""
        middle = dt.date(self.year, 5, 15)
        monday = middle + dt.timedelta(days=-middle.weekday() % 7)
        return monday, monday + dt.timedelta(days=4)

    @property
    def report_meeting(self) -> dt.date:
        """The August report meeting with on-site questions."""
        return dt.date(self.year, 8, 24)

    @property
    def assessment(self) -> tuple[dt.date, dt.date]:
        """The days on which the deputies answer the questionnaire."""
        return dt.date(self.year, 12, 4), dt.date(self.year, 12, 15)

    @property
    def later(self) -> dt.date:
        """A day after the report's: what is dated so must not count in it."""
        return dt.date(self.year + 1, 1, 8)

    def month_end(self, month: int) -> dt.date:
        """The last day of a month of the year."""
        first = dt.date(self.year + month // 12, month % 12 + 1, 1)
        return first - dt.timedelta(days=1)


def between(rng: random.Random, first: dt.date, last: dt.date) -> dt.date:
    """Some day from ``first`` to ``last``, both included."""
    return first + dt.timedelta(days=rng.randint(0, (last - first).days))
