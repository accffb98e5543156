"""``python -m services.supervision``: run the service."""

from services.chassis import runner

runner.run("services.supervision.service:SupervisionService")
