"""The address at which people answer: what stands on an invitation and in a QR code."""

from __future__ import annotations

from flask import request


def address(audience_id: str, base: str | None, *, token: str = "", link: str = "") -> str:
    """The page of an audience, with the invitation's token or the open link's code.

    ``base``: the address at which people reach this system; without it, that of this request.
    What opens the page stands behind ``#``: no browser sends that to a server, so it is in no log.
    """
    page = f"{(base or request.host_url).rstrip('/')}/a/{audience_id}"
    return f"{page}#token={token}" if token else f"{page}#link={link}"
