"""What residents do to answer an assessment: by an invitation's link, by the code at a site."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from . import actors, texts
from .client import Refused
from .hall import Hall
from .request import Ref, Request, Step, single

_SVG = "image/svg+xml"
#: The pictures of the code, by file.
_PICTURES = {"site-code.svg": "code", "site-poster.svg": "poster"}
_LINK = "链接"


@dataclass(frozen=True)
class Residents:
    """The office hands out the links of a sample, and hangs up a code; some answer.

    ``invitations``: the answers of those who answer, by their place on the sheet; ``passing``: of
    those who read the code.
    """

    invited: Ref
    at_site: Ref
    link: Ref
    invitations: dict[int, list[dict[str, Any]]]
    passing: list[list[dict[str, Any]]]
    day: str

    @property
    def size(self) -> int:
        """How many answer."""
        return len(self.invitations) + len(self.passing)

    def perform(self, hall: Hall, advance: Callable[[], None]) -> None:
        """Each answers by what she was given and nothing else; code and poster stay as files."""
        reason = {"reason": f"发放邀请{texts.MARK}"}
        sheet = Request(
            "invitations", actors.CLERK, "/v1/audiences/{}/link-sheets", reason, (self.invited,)
        )
        tokens = [row[_LINK].partition("#token=")[2] for row in hall.caller.sheet(sheet)]
        if not all(tokens) or len(tokens) <= max(self.invitations, default=-1):
            raise Refused(f"{sheet.name}: the sheet has no link for somebody who answers")
        answers = [*self._invited(tokens), *self._passing(hall)]
        hall.caller.perform(Step("", single(answers)), advance)
        id_ = hall.caller.find(self.link)
        for file, what in _PICTURES.items():
            picture = hall.caller.fetch(f"/v1/links/{id_}/{what}", _SVG, ("clerk",))
            (hall.folder / file).write_bytes(picture)

    def _invited(self, tokens: list[str]) -> Iterator[Request]:
        for number, answers in self.invitations.items():
            yield self._answer(
                f"household/{number:04}", self.invited, answers, token=tokens[number]
            )

    def _passing(self, hall: Hall) -> Iterator[Request]:
        code = hall.caller.find(Ref(self.link.name, ("code",)))
        for number, answers in enumerate(self.passing):
            yield self._answer(f"passer-by/{number:03}", self.at_site, answers, link=code)

    def _answer(self, name: str, of: Ref, answers: list[dict[str, Any]], **given: str) -> Request:
        body = {"form_version": 1, "answers": answers, "happened_on": self.day} | given
        return Request(name, actors.PAGE, "/v1/audiences/{}/answers", body, (of,))
