"""``python -m gateway.document``: print the OpenAPI document, as it is committed."""

from __future__ import annotations

import json

from services.chassis import settings

from .app import create_app
from .web.docs import specification


def text() -> str:
    """The document as the gateway serves it."""
    app = create_app(settings.load(settings.GATEWAY), None)
    with app.app_context():
        served = specification()
    return json.dumps(served, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    print(text(), end="")
