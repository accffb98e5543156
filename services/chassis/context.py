"""Who asks, and what travels with a call from the gateway to a service."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, fields
from typing import Any

from services.commons.errors import Forbidden

#: The name under which the context stands in nameko's headers.
HEADER = "call"


@dataclass(frozen=True)
class Principal:
    """The person or system on whose behalf something is done, as her token says.

    ``subject``: the token's subject, for a deputy her id in the register.
    """

    subject: str = ""
    roles: frozenset[str] = frozenset()

    def require(self, *roles: str) -> None:
        """Raise Forbidden unless the principal has one of ``roles``."""
        if not self.roles.intersection(roles):
            raise Forbidden(
                "role-missing",
                f"this needs one of the roles {', '.join(sorted(roles))}",
                f"需要以下角色之一:{'、'.join(sorted(roles))}",
            )

    def speak_for(self, subject: str, *, own: str, others: tuple[str, ...]) -> None:
        """Raise Forbidden unless it is the principal's own subject, with the role ``own``.

        The roles ``others`` may do it in anybody's name.
        """
        self.require(*((own, *others) if subject == self.subject else others))


@dataclass(frozen=True)
class CallContext:
    """What a call carries beside its arguments.

    ``idempotency_key``: made by the caller, the same when it repeats the command.
    ``expected_version``: from If-Match, compared in the transaction.  ``deadline``: seconds since
    the epoch after which nobody waits for the answer.  ``network``: stands for the caller's network
    for an hour, where a limit has to know; empty elsewhere.
    """

    principal: Principal = field(default_factory=Principal)
    request_id: str = ""
    traceparent: str = ""
    idempotency_key: str | None = None
    expected_version: int | None = None
    deadline: float | None = None
    network: str = ""

    def to_header(self) -> str:
        """The context as one header's text."""
        return json.dumps(
            {
                "subject": self.principal.subject,
                "roles": sorted(self.principal.roles),
                "request_id": self.request_id,
                "traceparent": self.traceparent,
                "idempotency_key": self.idempotency_key,
                "expected_version": self.expected_version,
                "deadline": self.deadline,
                "network": self.network,
            }
        )

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> CallContext:
        """Read nameko's context data; a call without a context is an anonymous one.

        Fields that a newer caller adds are ignored.
        """
        if HEADER not in data:
            return cls()
        values = json.loads(data[HEADER])
        principal = Principal(values["subject"], frozenset(values["roles"]))
        known = {name: values[name] for name in _FIELDS if name in values}
        return cls(principal=principal, **known)


_FIELDS = tuple(one.name for one in fields(CallContext) if one.name != "principal")
