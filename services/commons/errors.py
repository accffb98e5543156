"""What can be wrong with a request, as the services say it to whoever called.

Every error carries a stable ``code`` (the last part of the problem type's URI), the sentence for
people in English and Chinese, and where the mistake is.  The chassis carries them over the wire,
the gateway turns them into problem+json (RFC 9457).
"""

from __future__ import annotations

from typing import Any, ClassVar


class ServiceError(Exception):
    """Base of the typed errors; raise one of its children.

    ``code``: stable lowercase slug, e.g. ``ballot-closed``.  ``en``, ``zh``: one sentence that says
    what is wrong and how to mend it, without personal data.  ``errors``: the single places, each
    ``{"pointer": "/title", "detail": …}`` with a JSON pointer (RFC 6901) into the body.
    """

    kind: ClassVar[str] = "error"

    def __init__(
        self,
        code: str,
        en: str,
        zh: str = "",
        errors: list[dict[str, Any]] | None = None,
    ) -> None:
        # All of it in ``args``: that is what crosses the wire and makes the error again there.
        super().__init__(code, en, zh or en, errors or [])
        self.code = code
        self.en = en
        self.zh = zh or en
        self.errors = errors or []

    def __str__(self) -> str:
        return f"{self.code}: {self.en}"


class Invalid(ServiceError):
    """The body or a parameter breaks a rule; sending it again unchanged cannot succeed."""

    kind = "invalid"


class Unsupported(ServiceError):
    """What was sent is of a kind that is not taken here, however well it is made."""

    kind = "unsupported"


class TooLarge(ServiceError):
    """What was sent is larger than is taken here."""

    kind = "too-large"


class NotFound(ServiceError):
    """There is no such thing, or the caller may not know of it."""

    kind = "not-found"


class Conflict(ServiceError):
    """The state of the thing does not admit this now."""

    kind = "conflict"


class Stale(ServiceError):
    """The thing has changed since the version that the caller named (If-Match)."""

    kind = "stale"


class Forbidden(ServiceError):
    """The caller is known and may not do this."""

    kind = "forbidden"


class TooMany(ServiceError):
    """The caller has done this as often as she may for now; later it will be taken."""

    kind = "too-many"


class Unavailable(ServiceError):
    """Not now: the database or another part is away; try again later."""

    kind = "unavailable"


class DeadlineExceeded(ServiceError):
    """No answer came in time; what was asked may have happened: repeat it with the same key."""

    kind = "deadline"


class Internal(ServiceError):
    """Something broke here; what, stands in the service's log, never in the answer."""

    kind = "internal"
