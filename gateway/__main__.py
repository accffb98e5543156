"""``python -m gateway``: run the gateway."""

from services.chassis import runner

runner.run("gateway.service:Gateway")
