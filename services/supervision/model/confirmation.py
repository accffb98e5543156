"""Whether something is solved as somebody else than its handler found, and other single acts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from services.commons.aggregate import Aggregate, new_id
from services.commons.errors import Forbidden, Invalid

from .matter import Matter

DEPUTY, UNIT, OFFICE = CONFIRMERS = ("deputy", "unit", "office")
#: What an act may be: dealt with, settled, opened again, talked about in person, put on the web,
#: taken into a joint handling and out of it.
HANDLING, CLOSING, REOPENING, TALK, PUBLICATION, JOINING, LEAVING = ACTS = (
    "handling",
    "closing",
    "reopening",
    "talk",
    "publication",
    "joining",
    "leaving",
)


@dataclass(frozen=True)
class Confirmer:
    """Who confirms: a deputy, a unit, or (the subject of) somebody of the office.

    ``by``: who enters it, in her own name or another's.
    """

    kind: str
    id: str
    by: str

    def checked(self, handlers: Collection[str | None]) -> Confirmer:
        """The same; Forbidden for who handled it, in whose name ever (回访不得由承办者作)."""
        if self.id in handlers or self.by in handlers:
            raise Forbidden(
                "confirmed-by-handler",
                "who dealt with it cannot confirm that it is solved",
                "承办单位和经办人不能自行核实办结情况",
            )
        return self


@dataclass(eq=False, kw_only=True)
class Confirmation(Aggregate):
    """What somebody else found (核实、回访): solved or not.

    An after-photo shows it, or ``waiver`` says why there is none.
    """

    id: str
    register: str
    matter_id: str
    project_id: str
    handler_id: str | None
    confirmer_kind: str
    confirmer: str
    solved: bool
    text: str | None
    waiver: str | None
    recorded_by: str | None
    happened_on: dt.date
    recorded_at: dt.datetime
    version: int = 0

    @classmethod
    def give(
        cls,
        matter: Matter,
        confirmer: Confirmer,
        *,
        solved: bool,
        text: str | None,
        waiver: str | None,
        photographed: bool,
        **more: Any,
    ) -> Confirmation:
        """A confirmation; Invalid without a photo or waiver, or without words if not solved."""
        if solved and not photographed and not waiver:
            raise Invalid(
                "after-photo-missing",
                "show by an after-photo that it is solved, or say why there is none",
                "请附办理后的照片,或者书面说明免附照片的理由",
                [{"pointer": "/photos", "detail": "needs one of role after, or a waiver"}],
            )
        if not solved and not text:
            raise Invalid(
                "reason-missing",
                "say what is not solved, so that it can be dealt with",
                "核实未解决的,请说明情况",
                [{"pointer": "/text", "detail": "is required when not solved"}],
            )
        made = cls(
            id=new_id(),
            register=matter.register,
            matter_id=matter.id,
            project_id=matter.project_id,
            handler_id=matter.unit_id,
            confirmer_kind=confirmer.kind,
            confirmer=confirmer.id,
            solved=solved,
            text=text,
            waiver=waiver,
            **more,
        )
        made.record("confirmation.given.v1")
        return made

    def public_state(self) -> dict[str, Any]:
        """For events: not who confirmed, nor any words."""
        return {
            "id": self.id,
            "register": self.register,
            "matter_id": self.matter_id,
            "project_id": self.project_id,
            "unit_id": self.handler_id,
            "solved": self.solved,
            "waived": self.waiver is not None,
            "happened_on": self.happened_on.isoformat(),
        }


@dataclass(eq=False, kw_only=True)
class Act(Aggregate):
    """A step that leaves no more than its day and words, such as a talk in person (面商)."""

    id: str
    register: str
    matter_id: str
    project_id: str
    act: str
    unit_id: str | None
    text: str | None
    done_by: str | None
    happened_on: dt.date
    recorded_at: dt.datetime
    version: int = 0

    @classmethod
    def of(cls, matter: Matter, act: str, **more: Any) -> Act:
        """An act on a matter."""
        return cls(
            id=new_id(),
            register=matter.register,
            matter_id=matter.id,
            project_id=matter.project_id,
            act=act,
            **more,
        )
