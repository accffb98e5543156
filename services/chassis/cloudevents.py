"""Events as they travel: CloudEvents 1.0, structured JSON, in a profile of our own for AMQP 0-9-1.

The CloudEvents AMQP binding is written for AMQP 1.0; over 0-9-1 this module is the profile: the
whole envelope in the body, content type ``application/cloudevents+json``.
"""

from __future__ import annotations

import datetime as dt
import json
import uuid
from dataclasses import dataclass
from typing import Any

from services.commons.errors import Invalid

CONTENT_TYPE = "application/cloudevents+json"


@dataclass(frozen=True)
class Event:
    """One event.

    ``type``: ``<service>.<aggregate>.<past participle>.<version>``; ``source``:
    ``/<jurisdiction>/<service>``; ``subject``: the aggregate's id; ``version``: the aggregate's
    version after the change; ``data``: its public state and what the step adds.
    """

    id: str
    type: str
    source: str
    subject: str
    version: int
    time: dt.datetime
    data: dict[str, Any]
    traceparent: str = ""

    def to_json(self) -> str:
        """The envelope as the text of a message's body."""
        envelope = {
            "specversion": "1.0",
            "id": self.id,
            "type": self.type,
            "source": self.source,
            "subject": self.subject,
            "time": self.time.isoformat().replace("+00:00", "Z"),
            "datacontenttype": "application/json",
            "aggregateversion": self.version,
            "data": self.data,
        }
        if self.traceparent:
            envelope["traceparent"] = self.traceparent
        return json.dumps(envelope, ensure_ascii=False, separators=(",", ":"), allow_nan=False)

    @classmethod
    def from_envelope(cls, envelope: Any) -> Event:
        """Read a decoded envelope; raises Invalid if it is not one of ours."""
        try:
            if envelope["specversion"] != "1.0" or not isinstance(envelope["data"], dict):
                raise ValueError
            return cls(
                id=_id(envelope["id"]),
                type=_text(envelope["type"]),
                source=_text(envelope["source"], longest=64),
                subject=_text(envelope["subject"]),
                version=_version(envelope["aggregateversion"]),
                time=_instant(envelope["time"]),
                data=envelope["data"],
                traceparent=_text(envelope["traceparent"]) if "traceparent" in envelope else "",
            )
        except (KeyError, TypeError, ValueError, AttributeError):
            raise Invalid(
                "event-malformed",
                "the message is not a CloudEvents 1.0 envelope of this system",
                "消息不是本系统的 CloudEvents 1.0 信封",
            ) from None


def routing_key(type_: str, code: str) -> str:
    """An event's key: its type without the service, then a jurisdiction's code or ``all``."""
    return f"{type_}.{code}"


def _text(value: Any, longest: int = 255) -> str:
    if not isinstance(value, str) or not 0 < len(value) <= longest:
        raise ValueError
    return value


def _id(value: Any) -> str:
    return str(uuid.UUID(_text(value)))


def _version(value: Any) -> int:
    if type(value) is not int or value < 1:
        raise ValueError
    return value


def _instant(value: Any) -> dt.datetime:
    instant = dt.datetime.fromisoformat(_text(value))
    if instant.tzinfo is None:
        raise ValueError
    return instant
