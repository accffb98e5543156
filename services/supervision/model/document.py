"""The register of documents: schemes, plans, notices and bulletins of the work."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from services.commons.aggregate import Aggregate, new_id
from services.commons.errors import Invalid

#: 工作方案、工作计划、通知、通报、会议纪要、报告、其他.
DOCUMENT_KINDS = ("scheme", "work-plan", "notice", "bulletin", "minutes", "report", "other")


@dataclass(eq=False)
class Document(Aggregate):
    """A document of the work (文件), as a file or as text; ``happened_on``: the day of issue.

    ``number`` (文号); ``issuer``: the body that issued it.  What it is for: a year, perhaps a
    project, a supervision group or a leading group.  ``replaces_id``: the one that it takes the
    place of.
    """

    id: str
    kind: str
    title: str
    number: str | None
    issuer: str
    year: int
    project_id: str | None
    group_id: str | None
    leading_group_id: str | None
    replaces_id: str | None
    sha256: str | None
    text: str | None
    happened_on: dt.date
    recorded_at: dt.datetime
    version: int = 0

    @classmethod
    def register(
        cls,
        *,
        kind: str,
        title: str,
        number: str | None,
        issuer: str,
        year: int,
        project_id: str | None,
        group_id: str | None,
        leading_group_id: str | None,
        replaces_id: str | None,
        sha256: str | None,
        text: str | None,
        happened_on: dt.date,
        recorded_at: dt.datetime,
    ) -> Document:
        """Enter a document; raises Invalid if it has neither a file nor a text."""
        if sha256 is None and text is None:
            raise Invalid(
                "document-empty",
                "a document has a file or a text",
                "文件须有附件或者正文",
                [{"pointer": "/sha256", "detail": "is missing, and so is the text"}],
            )
        return cls(
            new_id(),
            kind,
            title,
            number,
            issuer,
            year,
            project_id,
            group_id,
            leading_group_id,
            replaces_id,
            sha256,
            text,
            happened_on,
            recorded_at,
        )
